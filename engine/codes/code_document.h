// A sound as a grid of codes under edit: what it was, what it is, and its lanes.
#pragma once

#include <compare>
#include <cstdint>
#include <string>
#include <vector>

#include "engine/generation/sound_codes.h"

namespace smidgen {

/// A place in a grid. Channel 0 is mid, 1 the side of a stereo sound; level 0 is the coarsest; frames are
/// latent frames.
struct CodeCell {
    int channel = 0;
    int level = 0;
    std::int64_t frame = 0;
    auto operator<=>(const CodeCell&) const = default;
};

/// A level of the quantiser as a track: of all channels.
struct CodeLane {
    std::string name;
    bool muted = false;
    bool soloed = false;
    bool locked = false;  ///< no edit changes its cells
    bool operator==(const CodeLane&) const = default;
};

/// A value. `original` and `edited` have the same model, channels, levels and frames; there is a lane a
/// level.
struct CodeDocument {
    std::string name;
    std::string modelName;
    std::string source;          ///< the file or take that was encoded; for people
    std::string decoder;         ///< identity (engine/generation/decoder_shelf.h)
    double framesPerSecond = 0;  ///< latent frames
    SoundCodes original;
    SoundCodes edited;
    std::vector<CodeLane> lanes;

    [[nodiscard]] int channels() const { return static_cast<int>(edited.parts.size()); }
    [[nodiscard]] int levels() const { return static_cast<int>(lanes.size()); }
    [[nodiscard]] Frames frames() const {
        return edited.parts.empty() ? Frames() : edited.parts.front().frames();
    }
    [[nodiscard]] bool contains(const CodeCell& cell) const;
    /// Of cells that the document contains.
    [[nodiscard]] std::uint16_t code(const CodeCell& cell) const;
    [[nodiscard]] std::uint16_t originalCode(const CodeCell& cell) const;
    void setCode(const CodeCell& cell, std::uint16_t code);
    /// When any lane is soloed, only those are heard; else all that are not muted.
    [[nodiscard]] bool audible(int level) const;
    [[nodiscard]] std::vector<bool> audibleLevels() const;
    bool operator==(const CodeDocument&) const = default;
};

/// Structure, Timbre, Texture, Detail, and finer ones.
[[nodiscard]] std::vector<CodeLane> usualLanes(int levels);

/// An unedited document.
[[nodiscard]] CodeDocument makeCodeDocument(SoundCodes codes, double framesPerSecond);

}  // namespace smidgen
