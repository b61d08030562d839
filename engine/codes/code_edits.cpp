#include "engine/codes/code_edits.h"

#include <algorithm>
#include <map>
#include <utility>

#include "engine/foundation/random.h"

namespace smidgen {
namespace {

/// Collects changes of cells that may change.
class Changes {
 public:
    Changes(const CodeDocument& document, std::string what) : m_document(document) {
        m_mutation.what = std::move(what);
    }
    [[nodiscard]] bool open(const CodeCell& cell) const {
        return m_document.contains(cell) && !m_document.lanes[static_cast<std::size_t>(cell.level)].locked;
    }
    void set(const CodeCell& cell, std::uint16_t code) {
        if (!open(cell) || code >= m_document.edited.codebookSize) return;
        const std::uint16_t before = m_document.code(cell);
        if (before != code) m_mutation.cells.push_back({cell, before, code});
    }
    [[nodiscard]] CodeMutation take() { return std::move(m_mutation); }

 private:
    const CodeDocument& m_document;
    CodeMutation m_mutation;
};

Status sameModel(const CodeDocument& document, const std::string& modelId, int codebookSize) {
    if (document.edited.modelId == modelId && document.edited.codebookSize == codebookSize) return {};
    return failure(ErrorCode::invalidArgument,
                   "Those codes were made by another model, for which these numbers mean other sounds. Open "
                   "both sounds with one model.");
}

}  // namespace

CodeMutation setCells(const CodeDocument& document, std::span<const CodeCell> cells, std::uint16_t code,
                      std::string what) {
    Changes changes(document, std::move(what));
    for (const CodeCell& cell : cells) changes.set(cell, code);
    return changes.take();
}

CodeMutation eraseCells(const CodeDocument& document, std::span<const CodeCell> cells) {
    Changes changes(document, "Erase");
    for (const CodeCell& cell : cells)
        if (changes.open(cell)) changes.set(cell, document.originalCode(cell));
    return changes.take();
}

CodeMutation holdCells(const CodeDocument& document, std::span<const CodeCell> cells) {
    Changes changes(document, "Hold");
    std::map<std::pair<int, int>, CodeCell> first;
    for (const CodeCell& cell : cells) {
        if (!document.contains(cell)) continue;
        const auto [known, fresh] = first.emplace(std::pair(cell.channel, cell.level), cell);
        if (!fresh && cell.frame < known->second.frame) known->second = cell;
    }
    for (const CodeCell& cell : cells)
        if (changes.open(cell))
            changes.set(cell, document.code(first.at(std::pair(cell.channel, cell.level))));
    return changes.take();
}

CodeMutation shuffleCells(const CodeDocument& document, std::span<const CodeCell> cells, std::uint64_t seed) {
    Changes changes(document, "Shuffle");
    std::map<int, std::vector<CodeCell>> lanes;
    for (const CodeCell& cell : cells)
        if (changes.open(cell)) lanes[cell.level].push_back(cell);
    const auto framesOf = [](const std::vector<CodeCell>& lane) {
        std::vector<std::int64_t> frames;
        for (const CodeCell& cell : lane) frames.push_back(cell.frame);
        return frames;
    };
    const bool whole = std::ranges::all_of(
        lanes, [&](const auto& lane) { return framesOf(lane.second) == framesOf(lanes.begin()->second); });
    for (const auto& [level, lane] : lanes) {
        // The same seed draws the same order for every lane.
        Random random(whole ? seed : mixSeed(seed, static_cast<std::uint64_t>(level)));
        std::vector<CodeCell> from = lane;
        for (std::size_t i = from.size(); i > 1; --i)
            std::swap(from[i - 1], from[static_cast<std::size_t>(random.below(i))]);
        for (std::size_t i = 0; i < lane.size(); ++i) changes.set(lane[i], document.code(from[i]));
    }
    return changes.take();
}

CodeMutation stepToNearest(const CodeDocument& document, const CodeSpace& space,
                           std::span<const CodeCell> cells, int steps) {
    Changes changes(document, steps < 0 ? "Nearer code" : "Nearest code");
    for (const CodeCell& cell : cells) {
        if (!changes.open(cell)) continue;
        const auto order = space.neighbours(cell.level, document.originalCode(cell));
        const auto now = std::ranges::find(order, document.code(cell)) - order.begin();
        const auto then = std::clamp<std::ptrdiff_t>(now + steps, 0, std::ssize(order) - 1);
        changes.set(cell, order[static_cast<std::size_t>(then)]);
    }
    return changes.take();
}

CodeClip copyCells(const CodeDocument& document, const CodeSelection& selection) {
    CodeClip clip;
    clip.modelId = document.edited.modelId;
    clip.codebookSize = document.edited.codebookSize;
    clip.region = selection.bounds();
    for (std::int64_t frame = 0; frame < clip.region.frames; ++frame)
        for (int level = 0; level < clip.region.levels; ++level) {
            const CodeCell cell{clip.region.channel, clip.region.level + level, clip.region.frame + frame};
            clip.codes.push_back(document.code(cell));
            clip.filled.push_back(selection.has(cell) ? 1 : 0);
        }
    return clip;
}

Result<CodeMutation> pasteClip(const CodeDocument& document, const CodeClip& clip, const CodeCell& at,
                               std::string what) {
    if (auto same = sameModel(document, clip.modelId, clip.codebookSize); !same) return propagate(same);
    Changes changes(document, std::move(what));
    std::size_t i = 0;
    for (std::int64_t frame = 0; frame < clip.region.frames; ++frame)
        for (int level = 0; level < clip.region.levels; ++level, ++i)
            if (clip.filled[i] != 0)
                changes.set({at.channel, clip.region.level + level, at.frame + frame}, clip.codes[i]);
    return changes.take();
}

Result<CodeSwap> swapRegions(const CodeDocument& here, const CodeCell& at, const CodeDocument& there,
                             const CodeRegion& region) {
    if (auto same = sameModel(here, there.edited.modelId, there.edited.codebookSize); !same)
        return propagate(same);
    const bool one = &here == &there;
    const bool overlap = at.channel == region.channel && at.frame < region.frame + region.frames &&
                         region.frame < at.frame + region.frames;
    if (one && overlap)
        return failure(ErrorCode::invalidArgument,
                       "The two regions overlap. Copy one, then choose a place beside it.");
    Changes ours(here, "Swap"), theirs(there, "Swap");
    for (std::int64_t frame = 0; frame < region.frames; ++frame)
        for (int level = region.level; level < region.level + region.levels; ++level) {
            const CodeCell a{at.channel, level, at.frame + frame};
            const CodeCell b{region.channel, level, region.frame + frame};
            // Both or neither: nothing is lost in a swap.
            if (!ours.open(a) || !theirs.open(b)) continue;
            ours.set(a, there.code(b));
            (one ? ours : theirs).set(b, here.code(a));
        }
    return CodeSwap{ours.take(), theirs.take()};
}

Result<CodeBlend> blendClip(const CodeDocument& document, const SoundCodes& base, const CodeSpace& space,
                            const CodeClip& clip, const CodeCell& at, double amount) {
    if (auto same = sameModel(document, clip.modelId, clip.codebookSize); !same) return propagate(same);
    Changes changes(document, "Blend");
    CodeBlend blend;
    const auto channel = static_cast<std::size_t>(at.channel);
    std::size_t i = 0;
    for (std::int64_t frame = 0; frame < clip.region.frames; ++frame)
        for (int level = 0; level < clip.region.levels; ++level, ++i) {
            const CodeCell cell{at.channel, clip.region.level + level, at.frame + frame};
            if (clip.filled[i] == 0 || !changes.open(cell)) continue;
            const auto place = static_cast<std::size_t>(cell.frame * document.levels() + cell.level);
            const int from = base.parts[channel].codes[place];
            const SnappedCode snapped = space.between(cell.level, from, clip.codes[i], amount);
            changes.set(cell, snapped.code);
            blend.distance += snapped.distance;
            ++blend.cells;
        }
    if (blend.cells > 0) blend.distance /= static_cast<double>(blend.cells);
    blend.mutation = changes.take();
    return blend;
}

CodeMutation takeOver(const CodeDocument& document, int channel, std::span<const std::uint16_t> codes,
                      std::string what) {
    Changes changes(document, std::move(what));
    const auto levels = static_cast<std::size_t>(document.levels());
    for (std::size_t i = 0; i < codes.size(); ++i)
        changes.set({channel, static_cast<int>(i % levels), static_cast<std::int64_t>(i / levels)}, codes[i]);
    return changes.take();
}

Result<CodeMutation> changeLane(const CodeDocument& document, int level, CodeLane lane) {
    if (level < 0 || level >= document.levels())
        return failure(ErrorCode::invalidArgument,
                       "This sound has " + std::to_string(document.levels()) + " lanes.");
    // Code points: what continues one in UTF-8 begins with the bits 10.
    const auto characters =
        std::ranges::count_if(lane.name, [](char c) { return (static_cast<unsigned>(c) & 0xC0U) != 0x80U; });
    if (characters < 1 || characters > kLongestLaneName)
        return failure(ErrorCode::invalidArgument,
                       "A lane needs a name of 1 to " + std::to_string(kLongestLaneName) + " characters.");
    const CodeLane& before = document.lanes[static_cast<std::size_t>(level)];
    CodeMutation mutation;
    if (lane == before) return mutation;
    mutation.what = lane.name != before.name       ? "Rename " + before.name
                    : lane.muted != before.muted   ? (lane.muted ? "Mute " : "Unmute ") + before.name
                    : lane.soloed != before.soloed ? (lane.soloed ? "Solo " : "Unsolo ") + before.name
                                                   : (lane.locked ? "Lock " : "Unlock ") + before.name;
    mutation.lanes.push_back({level, before, std::move(lane)});
    return mutation;
}

}  // namespace smidgen
