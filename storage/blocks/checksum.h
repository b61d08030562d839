// XXH3-128 (Collet, 2019): finds damage, not malice.
#pragma once

#include <array>
#include <cstddef>
#include <cstdint>
#include <span>

namespace smidgen::storage {

/// In the canonical (big-endian) order, so that it reads the same on every machine.
using Checksum = std::array<std::uint8_t, 16>;

[[nodiscard]] Checksum checksumOf(std::span<const std::byte> bytes);

}  // namespace smidgen::storage
