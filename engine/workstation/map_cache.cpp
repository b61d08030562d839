#include "engine/workstation/map_cache.h"

#include <cmath>
#include <cstdio>
#include <sstream>
#include <string_view>

#include "engine/foundation/atomic_file.h"

namespace smidgen {
namespace {

/// A line of this, a line an item ("x y key"), and a line "end": what was cut short has none.
constexpr std::string_view kHeader = "smidgen-map 1";
constexpr std::size_t kMostBytes = std::size_t{256} << 20;

}  // namespace

KnownPlaces readKnownPlaces(const std::filesystem::path& file) {
    auto text = readWholeFile(file, kMostBytes);
    if (!text) return {};
    std::istringstream lines(*text);
    std::string line;
    if (!std::getline(lines, line) || line != kHeader) return {};
    KnownPlaces places;
    while (std::getline(lines, line)) {
        if (line == "end") return places;
        double x = 0, y = 0;
        int at = 0;
        if (std::sscanf(line.c_str(), "%lf %lf %n", &x, &y, &at) < 2 || !(x * x + y * y < 1.0)) return {};
        places.emplace(line.substr(static_cast<std::size_t>(at)), DiscPoint(x, y));
    }
    return {};
}

Status writeKnownPlaces(const std::filesystem::path& file, const KnownPlaces& places) {
    std::error_code made;
    std::filesystem::create_directories(file.parent_path(), made);
    std::string text(kHeader);
    text += '\n';
    char numbers[64];
    for (const auto& [key, place] : places) {
        std::snprintf(numbers, sizeof numbers, "%.17g %.17g ", place.real(), place.imag());
        text += numbers + key + '\n';
    }
    text += "end\n";
    auto writing = AtomicFile::create(file);
    if (!writing) return propagate(writing);
    if (auto written = writing->write(std::as_bytes(std::span(text))); !written) return written;
    return writing->commitWithoutSync();
}

}  // namespace smidgen
