// The dialog of another library, one at a time.
#pragma once

#include "ui/commands/studio.h"

namespace smidgen::ui {

class MainWindow;

/// Shows it; the one that is open or at work, when there is one.
void openOtherLibrary(MainWindow& window, const Studio& studio);

}  // namespace smidgen::ui
