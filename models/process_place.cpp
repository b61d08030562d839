#include "models/process_place.h"

#include <array>
#include <charconv>
#include <cstdlib>
#include <string_view>

namespace smidgen::models {
namespace {

constexpr int kMostProcesses = 1024;
constexpr int kLastPort = 65535;

/// `value` as a whole number from `low` to `high`.
Result<int> numberOf(const char* name, std::string_view value, int low, int high) {
    int number = 0;
    const auto [end, error] = std::from_chars(value.data(), value.data() + value.size(), number);
    if (error == std::errc() && end == value.data() + value.size() && number >= low && number <= high)
        return number;
    return failure(ErrorCode::invalidArgument, std::string(name) + " is '" + std::string(value) +
                                                   "', but must be a whole number from " +
                                                   std::to_string(low) + " to " + std::to_string(high) + ".");
}

}  // namespace

Result<std::optional<ProcessPlace>> placeFromEnvironment() {
    constexpr std::array<const char*, 4> kNames{"RANK", "WORLD_SIZE", "MASTER_ADDR", "MASTER_PORT"};
    std::array<std::string_view, kNames.size()> values;
    const char* given = nullptr;
    const char* missing = nullptr;
    for (std::size_t i = 0; i < kNames.size(); ++i) {
        const char* value = std::getenv(kNames[i]);
        if (value != nullptr && *value != '\0') {
            values[i] = value;
            given = kNames[i];
        } else {
            missing = kNames[i];
        }
    }
    if (given == nullptr) return std::optional<ProcessPlace>();
    if (missing != nullptr)
        return failure(ErrorCode::invalidArgument,
                       std::string(given) + " is set, but " + missing +
                           " is not. Set RANK, WORLD_SIZE, MASTER_ADDR and MASTER_PORT to train with several "
                           "processes, or none of them to train with one.");
    auto size = numberOf(kNames[1], values[1], 1, kMostProcesses);
    if (!size) return propagate(size);
    auto rank = numberOf(kNames[0], values[0], 0, kMostProcesses - 1);
    if (!rank) return propagate(rank);
    if (*rank >= *size)
        return failure(ErrorCode::invalidArgument,
                       "RANK is " + std::to_string(*rank) + ", but WORLD_SIZE is " + std::to_string(*size) +
                           ": ranks go from 0 to " + std::to_string(*size - 1) + ".");
    auto port = numberOf(kNames[3], values[3], 1, kLastPort);
    if (!port) return propagate(port);
    if (*size == 1) return std::optional<ProcessPlace>();
    return ProcessPlace{*rank, *size, std::string(values[2]), *port};
}

}  // namespace smidgen::models
