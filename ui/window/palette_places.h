// Where the command palette can go: pages, collections, models, takes and the help.
#pragma once

#include <vector>

#include "ui/commands/recent_items.h"
#include "ui/commands/studio.h"
#include "ui/dialogs/command_palette.h"

namespace smidgen::ui {

class MainWindow;

/// "Collection".
[[nodiscard]] QString recentKindText(RecentItem::Kind kind);
/// As they are now. The window and the studio must outlive what is returned.
[[nodiscard]] std::vector<PalettePlace> palettePlaces(MainWindow& window, const Studio& studio);

}  // namespace smidgen::ui
