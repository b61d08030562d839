#include "engine/codes/code_document.h"

#include <algorithm>
#include <array>
#include <utility>

namespace smidgen {
namespace {

constexpr std::array kLaneNames{"Structure", "Timbre", "Texture", "Detail", "Fine detail", "Finest detail"};

std::size_t indexOf(const SoundCodes& codes, const CodeCell& cell) {
    const auto levels = codes.parts[static_cast<std::size_t>(cell.channel)].levels;
    return static_cast<std::size_t>(cell.frame * levels + cell.level);
}

}  // namespace

bool CodeDocument::contains(const CodeCell& cell) const {
    return cell.channel >= 0 && cell.channel < channels() && cell.level >= 0 && cell.level < levels() &&
           cell.frame >= 0 && cell.frame < frames().value;
}

std::uint16_t CodeDocument::code(const CodeCell& cell) const {
    return edited.parts[static_cast<std::size_t>(cell.channel)].codes[indexOf(edited, cell)];
}

std::uint16_t CodeDocument::originalCode(const CodeCell& cell) const {
    return original.parts[static_cast<std::size_t>(cell.channel)].codes[indexOf(original, cell)];
}

void CodeDocument::setCode(const CodeCell& cell, std::uint16_t code) {
    edited.parts[static_cast<std::size_t>(cell.channel)].codes[indexOf(edited, cell)] = code;
}

bool CodeDocument::audible(int level) const {
    const bool anySolo = std::ranges::any_of(lanes, &CodeLane::soloed);
    const CodeLane& lane = lanes[static_cast<std::size_t>(level)];
    return anySolo ? lane.soloed : !lane.muted;
}

std::vector<bool> CodeDocument::audibleLevels() const {
    std::vector<bool> heard;
    for (int level = 0; level < levels(); ++level) heard.push_back(audible(level));
    return heard;
}

std::vector<CodeLane> usualLanes(int levels) {
    std::vector<CodeLane> lanes;
    for (int level = 0; level < levels; ++level) {
        const auto index = static_cast<std::size_t>(level);
        CodeLane lane;
        lane.name = index < kLaneNames.size() ? kLaneNames[index] : "Level " + std::to_string(level + 1);
        lanes.push_back(std::move(lane));
    }
    return lanes;
}

CodeDocument makeCodeDocument(SoundCodes codes, double framesPerSecond) {
    CodeDocument document;
    document.framesPerSecond = framesPerSecond;
    document.lanes = usualLanes(codes.parts.empty() ? 0 : codes.parts.front().levels);
    document.original = codes;
    document.edited = std::move(codes);
    return document;
}

}  // namespace smidgen
