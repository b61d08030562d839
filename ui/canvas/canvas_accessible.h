// The voice of custom-painted widgets, and of combo boxes.
#pragma once

namespace smidgen {

/// Makes every Canvas readable by screen readers: its accessible name, and spokenValue() as its value. Every
/// combo box speaks its name, with the choice as its value. Safe to call again.
void installCanvasAccessibility();

}  // namespace smidgen
