// The sounds the demo learns from when none are named.
#pragma once

#include <filesystem>
#include <vector>

#include "engine/foundation/result.h"

namespace smidgen::cli {

/// Where Debian's package sonic-pi-samples keeps its sounds (all in the public domain).
inline constexpr const char* kDemoFolder = "/usr/share/sonic-pi/samples";

/// Forty files of `folder`: by sorted names the first 20 drums (bd_, drum_, sn_) and the first 20 others.
/// Errors: notFound with what to install.
[[nodiscard]] Result<std::vector<std::filesystem::path>> chooseDemoSounds(
    const std::filesystem::path& folder = kDemoFolder);

}  // namespace smidgen::cli
