// SHA-256 (FIPS 180-4, 2015), for the audit log's chain: there malice counts, not only damage.
#pragma once

#include <array>
#include <cstddef>
#include <cstdint>
#include <span>

namespace smidgen::storage {

using Sha256 = std::array<std::uint8_t, 32>;

/// With the processor's own instructions where it has them.
[[nodiscard]] Sha256 sha256Of(std::span<const std::byte> bytes);
/// Without; for comparison.
[[nodiscard]] Sha256 portableSha256Of(std::span<const std::byte> bytes);

}  // namespace smidgen::storage
