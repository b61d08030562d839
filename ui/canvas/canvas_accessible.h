// The voice of custom-painted widgets.
#pragma once

namespace smidgen {

/// Makes every Canvas readable by screen readers: its accessible name, and spokenValue() as its value. Safe
/// to call again.
void installCanvasAccessibility();

}  // namespace smidgen
