#include "tests/architecture/house_rules.h"

#include <cstdio>
#include <map>
#include <memory>
#include <regex>

namespace smidgen::architecture {
namespace {

std::string outputOf(const std::string& command) {
    const auto close = [](std::FILE* pipe) { pclose(pipe); };
    const std::unique_ptr<std::FILE, decltype(close)> pipe(popen(command.c_str(), "r"), close);
    std::string output;
    if (pipe == nullptr) return output;
    for (int c = std::fgetc(pipe.get()); c != EOF; c = std::fgetc(pipe.get())) {
        output += static_cast<char>(c);
    }
    return output;
}

/// Put together here, so that this file does not break the rule it states.
std::string joined(const char* first, const char* second) {
    return std::string(first) + second;
}

}  // namespace

std::vector<std::string> lengthViolations(const std::vector<SourceFile>& files) {
    std::vector<std::string> found;
    for (const SourceFile& file : files) {
        if (file.lines.size() <= kMostLines) continue;
        found.push_back(file.path + ": " + std::to_string(file.lines.size()) + " lines; split it");
    }
    return found;
}

std::vector<std::string> wordViolations(const std::vector<SourceFile>& files) {
    const std::vector<std::string> unwanted{joined("GTEST", "_SKIP"), joined("QSK", "IP"),
                                            joined("DIS", "ABLED_"), joined("TO", "DO"), joined("FIX", "ME")};
    static const std::regex kBlanket(R"(^\s*using namespace (std|torch|juce);.*)");
    std::vector<std::string> found;
    for (const SourceFile& file : files) {
        for (std::size_t i = 0; i < file.lines.size(); ++i) {
            const std::string place = file.path + ":" + std::to_string(i + 1) + ": ";
            for (const std::string& word : unwanted) {
                if (file.lines[i].find(word) != std::string::npos) found.push_back(place + word);
            }
            if (std::regex_match(file.lines[i], kBlanket)) found.push_back(place + "blanket using-directive");
        }
    }
    return found;
}

bool formatterIsOurs() {
    return outputOf("clang-format --version 2>/dev/null").find("version 14.") != std::string::npos;
}

std::vector<std::string> formatViolations(const std::string& top, const std::vector<SourceFile>& files) {
    if (!formatterIsOurs()) return {};
    std::string command = "cd '" + top + "' && clang-format --dry-run --ferror-limit=1";
    for (const SourceFile& file : files) command += " '" + file.path + "'";
    static const std::regex kWarned(R"((\S+?):\d+:\d+: warning: code should be clang-formatted.*)");
    std::vector<std::string> found;
    for (const std::string& line : sourceFromText("", outputOf(command + " 2>&1")).lines) {
        std::smatch match;
        if (std::regex_match(line, match, kWarned)) found.push_back(match[1].str() + ": run clang-format -i");
    }
    return found;
}

std::vector<std::string> nameViolations(const std::vector<SourceFile>& files) {
    static const std::regex kNamespace(R"(^namespace ([\w:]+) \{.*)");
    static const std::regex kType(R"(^(?:enum class|class|struct) (\w+)\s[^;]*\{.*)");
    std::map<std::string, std::string> known;  // where each was defined first
    std::vector<std::string> found;
    for (const SourceFile& file : files) {
        if (!file.path.ends_with(".h")) continue;
        std::string space;
        for (const std::string& line : file.lines) {
            std::smatch match;
            if (std::regex_match(line, match, kNamespace)) space = match[1].str() + "::";
            if (!std::regex_match(line, match, kType)) continue;
            const std::string name = space + match[1].str();
            const auto [first, fresh] = known.emplace(name, file.path);
            if (!fresh && first->second != file.path)
                found.push_back(file.path + ": " + name + " is also in " + first->second +
                                "; give it another name");
        }
    }
    return found;
}

}  // namespace smidgen::architecture
