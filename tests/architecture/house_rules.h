// What every source file keeps to.
#pragma once

#include <string>
#include <vector>

#include "tests/architecture/source_tree.h"

namespace smidgen::architecture {

inline constexpr std::size_t kMostLines = 500;

/// One sentence a file of more than kMostLines lines.
[[nodiscard]] std::vector<std::string> lengthViolations(const std::vector<SourceFile>& files);
/// One sentence a line that switches a test off, leaves work unfinished, or opens a whole foreign namespace.
[[nodiscard]] std::vector<std::string> wordViolations(const std::vector<SourceFile>& files);
/// One sentence a type that two headers define under one name in one namespace: in a program that links both,
/// the linker takes either's functions for the other's.
[[nodiscard]] std::vector<std::string> nameViolations(const std::vector<SourceFile>& files);
/// Whether clang-format is there in version 14, Debian 12's; other versions format differently.
[[nodiscard]] bool formatterIsOurs();
/// Files whose formatting `clang-format` would change; none when it is not ours.
[[nodiscard]] std::vector<std::string> formatViolations(const std::string& top,
                                                        const std::vector<SourceFile>& files);

}  // namespace smidgen::architecture
