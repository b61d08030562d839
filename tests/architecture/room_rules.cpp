#include "tests/architecture/room_rules.h"

#include <algorithm>
#include <map>
#include <optional>
#include <regex>
#include <set>

namespace smidgen::architecture {
namespace {

struct RoomRule {
    std::string room;                  ///< path prefix; the longest that fits is the file's room
    std::vector<std::string> reaches;  ///< prefixes it may include, besides itself and engine/foundation/
};

const std::vector<RoomRule>& roomRules() {
    static const std::vector<RoomRule> kRules{
        {"engine/foundation/", {}},
        {"models/", {}},
        {"storage/", {}},
        {"engine/audio/", {}},
        {"engine/analysis/", {}},
        {"engine/synthesis/", {}},
        {"engine/collections/", {"engine/audio/", "engine/analysis/"}},
        {"engine/steering/", {"engine/audio/", "engine/analysis/"}},
        {"engine/control/", {"engine/analysis/", "engine/steering/"}},
        {"engine/space/", {"engine/audio/", "engine/analysis/"}},
        {"engine/generation/",
         {"engine/audio/", "engine/analysis/", "engine/space/", "engine/steering/", "models/"}},
        {"engine/codes/", {"engine/audio/", "engine/analysis/", "engine/generation/", "models/", "storage/"}},
        {"engine/morph/", {"engine/audio/", "engine/analysis/", "engine/generation/", "models/", "storage/"}},
        {"engine/playback/", {"engine/audio/"}},
        {"engine/map/", {"storage/"}},
        {"engine/library/",
         {"engine/audio/", "engine/analysis/", "engine/collections/", "engine/generation/",
          "engine/steering/", "models/", "storage/"}},
        {"engine/jobs/",
         {"engine/audio/", "engine/analysis/", "engine/synthesis/", "engine/collections/",
          "engine/generation/", "engine/library/", "engine/steering/", "models/"}},
        {"engine/workstation/",
         {"engine/audio/", "engine/analysis/", "engine/collections/", "engine/codes/", "engine/generation/",
          "engine/map/", "engine/morph/", "engine/library/", "engine/jobs/", "engine/steering/", "models/",
          "storage/"}},
        {"ui/",
         {"engine/workstation/", "engine/playback/", "engine/control/", "engine/audio/", "engine/analysis/",
          "engine/codes/", "engine/collections/", "engine/generation/", "engine/map/", "engine/morph/",
          "engine/steering/"}},
        {"app/studio/", {"ui/", "engine/workstation/", "engine/playback/", "models/device.h"}},
        {"app/cli/",
         {"engine/workstation/", "engine/audio/", "engine/analysis/", "engine/codes/", "engine/collections/",
          "engine/control/", "engine/generation/", "engine/morph/", "engine/steering/", "engine/synthesis/",
          "engine/playback/message_loop.h", "engine/playback/midi_ports.h", "models/device.h",
          "models/process_place.h"}},
    };
    return kRules;
}

struct ForeignRule {
    std::string library;
    std::regex headers;
    std::vector<std::string> rooms;  ///< path prefixes where it may be included
};

const std::vector<ForeignRule>& foreignRules() {
    static const std::vector<ForeignRule> kRules{
        {"LibTorch", std::regex("(torch|ATen|c10|caffe2)/.*"), {"models/"}},
        {"Qt", std::regex("(Qt[A-Z]\\w*/)?Q[A-Za-z]\\w*"), {"ui/", "app/studio/"}},
        {"JUCE", std::regex(".*juce_.*"), {"engine/playback/"}},
        {"libsndfile", std::regex("sndfile\\.(h|hh)"), {"engine/audio/"}},
        {"soxr", std::regex("soxr.*\\.h"), {"engine/audio/"}},
        {"TagLib",
         std::regex("taglib/.*|t(ag|file|list|map|string|bytevector|propertymap)\\.h|fileref\\.h|"
                    "(flac|mpeg|wav|aiff|vorbis|opus)file\\.h"),
         {"engine/audio/"}},
        {"libebur128", std::regex("ebur128\\.h"), {"engine/audio/", "engine/playback/"}},
        {"libmysofa", std::regex("mysofa\\.h"), {"engine/space/"}},
        {"JACK", std::regex("jack/.*"), {"engine/playback/"}},
        {"liblo", std::regex("lo/lo.*\\.h"), {"engine/control/"}},
        {"FFTW", std::regex("fftw3\\.h"), {"engine/analysis/"}},
        {"xxHash", std::regex("xxh(ash|3)\\.h"), {"engine/collections/", "storage/"}},
        {"readerwriterqueue",
         std::regex("(readerwriterqueue/)?(readerwriter.*|atomicops)\\.h"),
         {"engine/playback/"}},
        {"SQLite", std::regex("sqlite3\\.h"), {"storage/"}},
        {"Zstandard", std::regex("z(std|dict)\\.h"), {"storage/"}},
        {"zlib", std::regex("z(lib|conf)\\.h"), {"storage/"}},
        {"CLI11", std::regex("CLI/.*"), {"app/cli/"}},
        {"spdlog", std::regex("spdlog/.*"), {"app/"}},
    };
    return kRules;
}

bool startsWithAny(const std::string& path, const std::vector<std::string>& prefixes) {
    return std::any_of(prefixes.begin(), prefixes.end(),
                       [&](const std::string& prefix) { return path.starts_with(prefix); });
}

const RoomRule* ruleOf(const std::string& path) {
    const auto& rules = roomRules();
    const auto rule = std::find_if(rules.begin(), rules.end(),
                                   [&](const RoomRule& each) { return path.starts_with(each.room); });
    return rule == rules.end() ? nullptr : &*rule;
}

bool isOurs(const std::string& include) {
    return startsWithAny(include,
                         {"app/", "ui/", "engine/", "models/", "storage/", "tests/", "third_party/"});
}

std::string place(const SourceFile& file, int line) {
    return file.path + ":" + std::to_string(line);
}

/// Headers of ours through which a foreign header is seen, with the header that includes it itself.
std::map<std::string, std::string> carriersOf(const ForeignRule& rule, const std::vector<SourceFile>& files) {
    std::map<std::string, std::string> carriers;
    for (bool grown = true; grown;) {
        grown = false;
        for (const SourceFile& file : files) {
            if (!file.path.ends_with(".h") || carriers.contains(file.path)) continue;
            for (const Include& include : includesOf(file)) {
                const bool direct = std::regex_match(include.name, rule.headers);
                const auto through = carriers.find(include.name);
                if (!direct && through == carriers.end()) continue;
                carriers[file.path] = direct ? file.path : through->second;
                grown = true;
                break;
            }
        }
    }
    return carriers;
}

}  // namespace

std::vector<std::string> roomViolations(const std::vector<SourceFile>& files) {
    std::vector<std::string> found;
    for (const SourceFile& file : files) {
        const RoomRule* rule = ruleOf(file.path);
        if (rule == nullptr) {
            found.push_back(file.path + ": lies in no room that the rules know");
            continue;
        }
        for (const Include& include : includesOf(file)) {
            if (!isOurs(include.name)) continue;
            const bool own = include.name.starts_with(rule->room);
            if (own || include.name.starts_with("engine/foundation/")) continue;
            if (startsWithAny(include.name, rule->reaches)) continue;
            found.push_back(place(file, include.line) + ": " + rule->room + " must not include " +
                            include.name);
        }
    }
    return found;
}

std::vector<std::string> foreignViolations(const std::vector<SourceFile>& files) {
    std::vector<std::string> found;
    for (const ForeignRule& rule : foreignRules()) {
        const auto carriers = carriersOf(rule, files);
        for (const SourceFile& file : files) {
            if (startsWithAny(file.path, rule.rooms)) continue;
            for (const Include& include : includesOf(file)) {
                if (std::regex_match(include.name, rule.headers)) {
                    found.push_back(place(file, include.line) + ": " + rule.library + " (" + include.name +
                                    ") belongs to " + rule.rooms.front() + " only");
                } else if (const auto carrier = carriers.find(include.name); carrier != carriers.end()) {
                    found.push_back(place(file, include.line) + ": " + include.name + " brings " +
                                    rule.library + " out of its room (through " + carrier->second + ")");
                }
            }
        }
    }
    return found;
}

}  // namespace smidgen::architecture
