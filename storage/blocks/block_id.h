// The name a block keeps for ever, in every store it travels to: a UUID of version 7 (RFC 9562, 2024).
#pragma once

#include <array>
#include <compare>
#include <cstdint>
#include <functional>
#include <optional>
#include <string>
#include <string_view>

namespace smidgen::storage {

/// 16 bytes: 48 bits of milliseconds since 1970 (big-endian), version, 74 bits of counter and chance. Ids
/// made by one process ascend strictly, so that they append to an index instead of scattering over it.
struct BlockId {
    std::array<std::uint8_t, 16> bytes{};

    auto operator<=>(const BlockId&) const = default;
    [[nodiscard]] bool isNull() const { return *this == BlockId{}; }
    /// "018f3c5e-7b1a-7c3d-9e2f-0123456789ab"
    [[nodiscard]] std::string text() const;
    /// A new id. Thread-safe.
    [[nodiscard]] static BlockId make();
    /// Nothing when `text` is not 36 characters of that form.
    [[nodiscard]] static std::optional<BlockId> parse(std::string_view text);
};

/// 64 bits from the system's source of chance, for names that must not meet (stores, packs).
[[nodiscard]] std::uint64_t randomWord();

/// Milliseconds since 1970, UTC.
[[nodiscard]] std::int64_t currentMilliseconds();

}  // namespace smidgen::storage

template <>
struct std::hash<smidgen::storage::BlockId> {
    std::size_t operator()(const smidgen::storage::BlockId& id) const noexcept {
        std::uint64_t word = 0;
        for (std::size_t i = 8; i < 16; ++i) word = (word << 8) | id.bytes[i];
        return static_cast<std::size_t>(word ^ (word >> 29));
    }
};
