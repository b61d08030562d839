// The sound cards the kernel knows, without opening any.
#pragma once

#include <filesystem>
#include <string>
#include <vector>

namespace smidgen::cli {

struct SoundCard {
    std::string id;      ///< "PCH"
    std::string driver;  ///< "HDA-Intel"
    std::string name;    ///< "HDA Intel PCH"
};

/// Reads ALSA's list (Linux: /proc/asound/cards). Empty when there is none.
[[nodiscard]] std::vector<SoundCard> readSoundCards(const std::filesystem::path& list);

}  // namespace smidgen::cli
