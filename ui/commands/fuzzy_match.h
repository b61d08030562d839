// How well a few typed letters fit a text: for lists that narrow while one types.
#pragma once

#include <QString>
#include <optional>

namespace smidgen::ui {

/// Larger is better; nothing when a word of `typed` does not fit at all. Every word of `typed` must fit, in
/// any order: the whole text before its beginning, that before the beginning of a word, then a stretch
/// anywhere, then its letters in this order with others between them. Case does not matter. Nothing typed
/// fits with 0.
[[nodiscard]] std::optional<int> fuzzyMatch(const QString& typed, const QString& text);

}  // namespace smidgen::ui
