// Bytes as text (RFC 4648 base 64, with padding).
#pragma once

#include <cstddef>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace smidgen {

[[nodiscard]] std::string toBase64(std::span<const std::byte> bytes);
/// Empty when `text` is not base 64.
[[nodiscard]] std::optional<std::vector<std::byte>> fromBase64(std::string_view text);

}  // namespace smidgen
