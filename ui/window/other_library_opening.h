// The dialog of another library, one at a time.
#pragma once

#include <QString>

#include "ui/commands/studio.h"

namespace smidgen::ui {

class MainWindow;

/// Shows it; the one that is open or at work, when there is one. `folder`: to be looked into; empty: the one
/// it comes with.
void openOtherLibrary(MainWindow& window, const Studio& studio, const QString& folder = {});

/// Once, when the window's panels are there: what is linked in the dock and in the dialog is the same.
void connectLinkedLibraries(MainWindow& window, const Studio& studio);

}  // namespace smidgen::ui
