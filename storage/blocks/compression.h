// Zstandard where it pays.
#pragma once

#include <cstdint>
#include <span>
#include <vector>

#include "engine/foundation/result.h"

namespace smidgen::storage {

/// How stored bytes stand for content. The numbers are on disk.
enum class Compression : std::uint8_t { plain = 0, zstd = 1 };

struct Packed {
    Compression codec = Compression::plain;
    std::vector<std::byte> bytes;  ///< empty for plain: the content itself is what is stored
};

/// zstd level 3 when it saves at least a sixteenth, judged first on three samples so that noise costs little.
[[nodiscard]] Packed packWhenItPays(std::span<const std::byte> content);

/// Exactly `size` bytes of content. Errors: unusableInput when the bytes are not that, outOfMemory.
[[nodiscard]] Result<std::vector<std::byte>> unpack(Compression codec, std::span<const std::byte> stored,
                                                    std::uint64_t size);

}  // namespace smidgen::storage
