// Going over JSON once, without a tree: is it well-formed, and what texts and numbers are in it? Several
// times faster than a general parser, which is what storing small blocks is spent on otherwise.
#pragma once

#include <functional>
#include <string>
#include <string_view>

namespace smidgen::storage {

/// Whether `text` is one JSON value (RFC 8259) in valid UTF-8 with numbers that a double can hold.
[[nodiscard]] bool isJson(std::string_view text);

/// Gives `value` the texts (unescaped) and numbers (as written; -0 as 0), not the keys, one after the other,
/// until it says false or the JSON ends or breaks. A view lives as long as the call.
void eachJsonValue(std::string_view text, const std::function<bool(std::string_view)>& value);

}  // namespace smidgen::storage
