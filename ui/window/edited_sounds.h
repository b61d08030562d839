// Edited sounds and presets between the pages: found, on the map, opened, used, removed.
#pragma once

namespace smidgen::ui {

class MainWindow;
struct Studio;

/// Once, when the window's pages and panels are there.
void connectEditedSounds(MainWindow& window, const Studio& studio);

}  // namespace smidgen::ui
