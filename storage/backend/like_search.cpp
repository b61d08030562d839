#include "storage/backend/like_search.h"

#include <bit>
#include <charconv>
#include <unordered_set>

namespace smidgen::storage {
namespace {

/// Vectors looked at to know whether another page follows.
constexpr std::size_t kPeek = 16;

std::string writeMark(const PageCursor& cursor) {
    char text[40];
    char* end = std::to_chars(text, text + 20, std::bit_cast<std::uint64_t>(cursor.rank), 16).ptr;
    *end++ = '.';
    end = std::to_chars(end, text + sizeof text, cursor.key, 16).ptr;
    return {text, end};
}

std::optional<PageCursor> readMark(const std::string& mark) {
    PageCursor cursor;
    if (mark.empty()) return cursor;
    const char* const last = mark.data() + mark.size();
    std::uint64_t rank = 0;
    const auto first = std::from_chars(mark.data(), last, rank, 16);
    if (first.ec != std::errc() || first.ptr == last || *first.ptr != '.') return std::nullopt;
    const auto second = std::from_chars(first.ptr + 1, last, cursor.key, 16);
    if (second.ec != std::errc() || second.ptr != last) return std::nullopt;
    cursor.rank = std::bit_cast<double>(rank);
    if (!(cursor.rank >= 0.0)) return std::nullopt;
    return cursor;
}

NearBlock blockOf(const Neighbour& neighbour) {
    return {static_cast<std::int64_t>(neighbour.key / kVectorsPerBlock),
            static_cast<std::size_t>(neighbour.key % kVectorsPerBlock), neighbour.distance};
}

/// Is no other vector of the block nearer? Needs no memory of earlier pages.
bool isNearestOfBlock(const SpaceIndex& index, PackedView point, const NearBlock& near) {
    const std::size_t end = index.slotEnd(near.block);
    if (end <= 1) return true;
    const Space& space = index.space().space;
    const auto rankOf = [&](std::size_t slot) -> std::optional<double> {
        const auto stored = index.index().get(static_cast<std::uint64_t>(vectorKey(near.block, slot)));
        if (!stored) return std::nullopt;
        return space.rank(point, *stored);
    };
    const auto own = rankOf(near.slot);
    for (std::size_t slot = 0; slot < end; ++slot) {
        if (slot == near.slot) continue;
        const auto other = rankOf(slot);
        if (other && own && (*other < *own || (*other == *own && slot < near.slot))) return false;
    }
    return true;
}

}  // namespace

Result<NearPage> nearestBlocks(const SpaceIndex& index, PackedView point, const Filter& filter, std::size_t k,
                               const std::string& page) {
    const auto mark = readMark(page);
    if (!mark)
        return failure(ErrorCode::invalidArgument, "The search cannot go on from there. Start it anew.");
    NearPage found;
    PageCursor cursor = *mark;
    for (bool last = false; !last && found.blocks.size() < k;) {
        // Never more than are wanted, so that the next page begins where this one ends.
        auto some = index.index().page(point, k - found.blocks.size(), cursor, filter);
        if (!some) return propagate(some);
        for (const Neighbour& neighbour : some->neighbours)
            if (const NearBlock near = blockOf(neighbour); isNearestOfBlock(index, point, near))
                found.blocks.push_back(near);
        cursor = some->next;
        last = some->last;
    }
    PageCursor ahead = cursor;
    for (bool last = found.blocks.size() < k; !last;) {
        auto some = index.index().page(point, kPeek, ahead, filter);
        if (!some) return propagate(some);
        for (const Neighbour& neighbour : some->neighbours)
            if (isNearestOfBlock(index, point, blockOf(neighbour))) found.next = writeMark(cursor);
        ahead = some->next;
        last = some->last || !found.next.empty();
    }
    return found;
}

Result<NearPage> nearbyBlocks(const SpaceIndex& index, PackedView point, const Filter& filter,
                              std::size_t k) {
    for (std::size_t wanted = k;; wanted *= 4) {
        SearchOptions options;
        options.k = wanted;
        options.filter = filter;
        auto neighbours = index.index().search(point, options);
        if (!neighbours) return propagate(neighbours);
        NearPage found;
        std::unordered_set<std::int64_t> seen;
        for (const Neighbour& neighbour : *neighbours) {
            const NearBlock near = blockOf(neighbour);
            if (found.blocks.size() < k && seen.insert(near.block).second) found.blocks.push_back(near);
        }
        if (found.blocks.size() == k || neighbours->size() < wanted) return found;
    }
}

}  // namespace smidgen::storage
