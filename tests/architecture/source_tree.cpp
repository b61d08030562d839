#include "tests/architecture/source_tree.h"

#include <algorithm>
#include <fstream>
#include <regex>
#include <sstream>

namespace smidgen::architecture {

SourceFile sourceFromText(const std::string& path, const std::string& text) {
    SourceFile file{path, {}};
    std::istringstream stream(text);
    for (std::string line; std::getline(stream, line);) file.lines.push_back(line);
    return file;
}

std::vector<SourceFile> readSources(const std::filesystem::path& top,
                                    const std::vector<std::string>& folders) {
    std::vector<SourceFile> files;
    for (const std::string& folder : folders) {
        if (!std::filesystem::exists(top / folder)) continue;
        for (const auto& entry : std::filesystem::recursive_directory_iterator(top / folder)) {
            const std::string extension = entry.path().extension().string();
            if (!entry.is_regular_file() || (extension != ".h" && extension != ".cpp")) continue;
            std::ifstream stream(entry.path());
            std::ostringstream text;
            text << stream.rdbuf();
            files.push_back(
                sourceFromText(entry.path().lexically_relative(top).generic_string(), text.str()));
        }
    }
    std::sort(files.begin(), files.end(), [](const auto& a, const auto& b) { return a.path < b.path; });
    return files;
}

std::vector<Include> includesOf(const SourceFile& file) {
    static const std::regex kInclude(R"re(^\s*#\s*include\s*[<"]([^>"]+)[>"].*)re");
    std::vector<Include> includes;
    for (std::size_t i = 0; i < file.lines.size(); ++i) {
        std::smatch match;
        if (std::regex_match(file.lines[i], match, kInclude)) {
            includes.push_back({match[1].str(), static_cast<int>(i) + 1});
        }
    }
    return includes;
}

}  // namespace smidgen::architecture
