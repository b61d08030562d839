// File names are bytes; what is shown or stored as text must be valid UTF-8.
#pragma once

#include <string>
#include <string_view>

namespace smidgen {

/// Bytes of the well-formed sequence (RFC 3629) at the start of `text`; 0 when there is none.
[[nodiscard]] std::size_t utf8SequenceLength(std::string_view text);
[[nodiscard]] bool isValidUtf8(std::string_view text);
/// Bytes that belong to no sequence become U+FFFD.
[[nodiscard]] std::string validUtf8(std::string_view text);

}  // namespace smidgen
