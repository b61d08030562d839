// Where the sounds of a model lie: what its file remembers of them. References alone, never copies.
#pragma once

#include <cstdint>
#include <filesystem>
#include <map>
#include <span>
#include <string>
#include <vector>

namespace smidgen {

/// One sound a model was trained or judged on. Frames are those of the front end (hop 512 at 48 kHz).
struct SoundReference {
    std::filesystem::path path;  ///< absolute, as it was
    std::string contentHash;     ///< of the file's bytes: tells whether what lies there is still the same
    double seconds = 0;
    std::int64_t learnedFrames = 0;  ///< from the beginning on; 0: the whole sound was held back
    std::int64_t heldBackFrom = -1;  ///< frame from which on it was held back; −1: all of it was learned
    int anchor = -1;                 ///< of the latents kept in the model, those of this sound; −1: none
    bool operator==(const SoundReference&) const = default;
};

[[nodiscard]] std::string toJson(std::span<const SoundReference> references);
/// What cannot be read gives no references: a model is usable without them.
[[nodiscard]] std::vector<SoundReference> soundReferencesFromJson(const std::string& text);

/// Of a model with this metadata (ModelRecord::metadata); empty when it remembers none, as bases do.
[[nodiscard]] std::vector<SoundReference> soundReferencesOf(
    const std::map<std::string, std::string>& metadata);

}  // namespace smidgen
