// Numbers out of file headers, whatever the machine's byte order.
#pragma once

#include <cstddef>
#include <cstdint>
#include <span>
#include <string_view>

namespace smidgen {

[[nodiscard]] constexpr std::uint64_t bigEndian(std::span<const std::byte> bytes) {
    std::uint64_t value = 0;
    for (const std::byte b : bytes) value = (value << 8) | std::to_integer<std::uint64_t>(b);
    return value;
}

[[nodiscard]] constexpr std::uint64_t littleEndian(std::span<const std::byte> bytes) {
    std::uint64_t value = 0;
    for (std::size_t i = bytes.size(); i-- > 0;)
        value = (value << 8) | std::to_integer<std::uint64_t>(bytes[i]);
    return value;
}

[[nodiscard]] constexpr bool startsWith(std::span<const std::byte> bytes, std::string_view text) {
    if (bytes.size() < text.size()) return false;
    for (std::size_t i = 0; i < text.size(); ++i)
        if (std::to_integer<char>(bytes[i]) != text[i]) return false;
    return true;
}

}  // namespace smidgen
