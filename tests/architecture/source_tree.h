// The sources of the tree as text: what they include, what they contain.
#pragma once

#include <filesystem>
#include <string>
#include <vector>

namespace smidgen::architecture {

struct SourceFile {
    std::string path;  ///< relative to the top, with '/': "engine/audio/audio_reader.cpp"
    std::vector<std::string> lines;
};

struct Include {
    std::string name;  ///< between the quotes or brackets
    int line = 0;      ///< from 1
};

/// Every .h and .cpp below the given folders of `top`, sorted by path.
[[nodiscard]] std::vector<SourceFile> readSources(const std::filesystem::path& top,
                                                  const std::vector<std::string>& folders);
[[nodiscard]] SourceFile sourceFromText(const std::string& path, const std::string& text);
[[nodiscard]] std::vector<Include> includesOf(const SourceFile& file);

}  // namespace smidgen::architecture
