#include "app/cli/sound_cards.h"

#include <fstream>
#include <regex>

namespace smidgen::cli {

std::vector<SoundCard> readSoundCards(const std::filesystem::path& list) {
    // " 0 [PCH            ]: HDA-Intel - HDA Intel PCH"; each card has a second line that names its place.
    static const std::regex kCard(R"(\s*\d+ \[(\S+)\s*\]: (.+?) - (.+))");
    std::vector<SoundCard> cards;
    std::ifstream lines(list);
    for (std::string line; std::getline(lines, line);) {
        std::smatch parts;
        if (std::regex_match(line, parts, kCard)) cards.push_back({parts[1], parts[2], parts[3]});
    }
    return cards;
}

}  // namespace smidgen::cli
