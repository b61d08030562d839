// The order people expect of names: "take 2" before "take 10".
#pragma once

#include <filesystem>
#include <string_view>

namespace smidgen {

/// Runs of digits compare by value, ASCII letters without case, everything else by its bytes (UTF-8 order).
/// A strict total order: names that differ are never equal.
[[nodiscard]] bool naturallyLess(std::string_view a, std::string_view b);
/// Folder by folder, so that files of one folder stay together.
[[nodiscard]] bool naturallyLess(const std::filesystem::path& a, const std::filesystem::path& b);

}  // namespace smidgen
