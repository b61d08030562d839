#include "storage/backend/space_index.h"

#include <algorithm>
#include <charconv>

#include "storage/blocks/block_record.h"
#include "storage/blocks/byte_stream.h"
#include "storage/blocks/change_log.h"
#include "storage/blocks/checksum.h"

namespace smidgen::storage {
namespace {

namespace fs = std::filesystem;

constexpr std::size_t kChangesAtOnce = 1000;
constexpr const char* kSuffix = ".vectors";

std::string hexOf(std::uint64_t value) {
    std::string text;
    for (int shift = 60; shift >= 0; shift -= 4) text += "0123456789abcdef"[(value >> shift) & 15];
    return text;
}

/// The marks in a name "<prefix><change>-<hash>.vectors".
std::optional<HistoryMark> markOf(const std::string& name, const std::string& prefix) {
    if (!name.starts_with(prefix) || name.size() != prefix.size() + 33 + std::string_view(kSuffix).size())
        return std::nullopt;
    HistoryMark mark;
    const char* from = name.data() + prefix.size();
    const auto first = std::from_chars(from, from + 16, mark.change, 16);
    const auto second = std::from_chars(from + 17, from + 33, mark.hash, 16);
    if (first.ec != std::errc() || second.ec != std::errc() || *(from + 16) != '-') return std::nullopt;
    return mark;
}

std::vector<float> floatsOf(std::span<const std::byte> bytes) {
    std::vector<float> values(bytes.size() / 4);
    ByteReader in(bytes);
    for (float& value : values) value = std::bit_cast<float>(in.u32());
    return values;
}

}  // namespace

Result<HistoryMark> historyMark(Connection& connection, std::optional<std::uint64_t> change) {
    Statement entry =
        connection.use("SELECT seq, hash FROM audit WHERE seq = ifnull(?1, (SELECT max(seq) FROM audit))");
    if (change) entry.bind(1, static_cast<std::int64_t>(*change));
    auto row = entry.step();
    if (!row) return propagate(row);
    if (!*row) {
        if (change.value_or(0) == 0) return HistoryMark{};
        return failure(ErrorCode::notFound, "There is no change of that number.");
    }
    return HistoryMark{static_cast<std::uint64_t>(entry.integer(0)), ByteReader(entry.blob(1)).u64()};
}

std::string SpaceIndex::filePrefix() const {
    ByteWriter named;
    named.text(m_space.name);
    named.u8(static_cast<std::uint8_t>(m_space.chart));
    const Checksum sum = checksumOf(named.bytes());
    return hexOf(ByteReader(std::as_bytes(std::span(sum))).u64()) + "-";
}

bool SpaceIndex::load(const fs::path& folder, Connection& connection) {
    const std::string prefix = filePrefix();
    std::error_code code;
    std::vector<HistoryMark> marks;
    for (const auto& entry : fs::directory_iterator(folder, code))
        if (const auto mark = markOf(entry.path().filename().string(), prefix)) marks.push_back(*mark);
    std::sort(marks.begin(), marks.end(), [](const auto& a, const auto& b) { return a.change > b.change; });
    for (const HistoryMark& mark : marks) {
        const auto ours = historyMark(connection, mark.change);
        if (!ours || *ours != mark) continue;
        const fs::path file = folder / (prefix + hexOf(mark.change) + "-" + hexOf(mark.hash) + kSuffix);
        if (!m_index.load(file, mark.change)) continue;
        for (const std::uint64_t key : m_index.keys()) {
            std::uint32_t& end = m_slotEnds[static_cast<std::int64_t>(key / kVectorsPerBlock)];
            end = std::max(end, static_cast<std::uint32_t>(key % kVectorsPerBlock) + 1);
        }
        m_mark = m_saved = mark;
        return true;
    }
    return false;
}

Status SpaceIndex::save(const fs::path& folder) {
    if (m_mark == m_saved) return {};
    std::error_code code;
    fs::create_directories(folder, code);
    const std::string prefix = filePrefix();
    const std::string name = prefix + hexOf(m_mark.change) + "-" + hexOf(m_mark.hash) + kSuffix;
    if (auto saved = m_index.save(folder / name, m_mark.change); !saved) return saved;
    m_saved = m_mark;
    std::vector<fs::path> old;
    for (const auto& entry : fs::directory_iterator(folder, code)) {
        const std::string other = entry.path().filename().string();
        if (other != name && markOf(other, prefix)) old.push_back(entry.path());
    }
    for (const fs::path& file : old) fs::remove(file, code);
    return {};
}

std::size_t SpaceIndex::slotEnd(std::int64_t block) const {
    const auto known = m_slotEnds.find(block);
    return known == m_slotEnds.end() ? 0 : known->second;
}

Status SpaceIndex::follow(Reader& reader) {
    auto now = historyMark(reader.connection);
    if (!now) return propagate(now);
    if (*now == m_mark) return {};
    if (m_mark.change == 0) {
        if (auto filled = fill(reader); !filled) return filled;
    } else {
        for (std::uint64_t since = m_mark.change;;) {
            auto page = readChanges(reader.connection, since, kChangesAtOnce);
            if (!page) return propagate(page);
            for (const BlockChange& change : page->changes)
                if (auto done = takeIn(reader, change); !done) return done;
            if (page->changes.size() < kChangesAtOnce) break;
            since = page->next;
        }
    }
    m_mark = *now;
    return {};
}

Status SpaceIndex::fill(Reader& reader) {
    Statement rows = reader.connection.use("SELECT key, data, sum FROM vector WHERE space = ?1");
    rows.bind(1, std::string_view(m_space.name));
    for (;;) {
        auto row = rows.step();
        if (!row) return propagate(row);
        if (!*row) return {};
        if (vectorSum(rows.integer(0), m_space.name, rows.blob(1)) != rows.bytes<16>(2)) continue;
        if (auto added = add(static_cast<std::uint64_t>(rows.integer(0)), floatsOf(rows.blob(1))); !added)
            return added;
    }
}

Status SpaceIndex::takeIn(Reader& reader, const BlockChange& change) {
    forget(change.key);
    if (change.purged) return {};
    auto stored = reader.blocks.findByKey(change.key, true);
    if (!stored) return stored.error().code == ErrorCode::unusableInput ? Status{} : propagate(stored);
    if (!*stored) return {};
    const auto& vectors = (*stored)->block.vectors;
    for (std::size_t slot = 0; slot < vectors.size(); ++slot) {
        if (vectors[slot].space != m_space.name) continue;
        const auto key = static_cast<std::uint64_t>(vectorKey(change.key, slot));
        if (auto added = add(key, vectors[slot].values); !added) return added;
    }
    return {};
}

void SpaceIndex::forget(std::int64_t block) {
    const auto known = m_slotEnds.find(block);
    if (known == m_slotEnds.end()) return;
    for (std::size_t slot = 0; slot < known->second; ++slot)
        m_index.erase(static_cast<std::uint64_t>(vectorKey(block, slot)));
    m_slotEnds.erase(known);
}

/// What does not lie in the space is damaged, and not found.
Status SpaceIndex::add(std::uint64_t key, std::span<const float> values) {
    const auto point = pointOf(m_space, values);
    if (!point) return {};
    if (auto put = m_index.put(key, *point); !put) return put;
    std::uint32_t& end = m_slotEnds[static_cast<std::int64_t>(key / kVectorsPerBlock)];
    end = std::max(end, static_cast<std::uint32_t>(key % kVectorsPerBlock) + 1);
    return {};
}

}  // namespace smidgen::storage
