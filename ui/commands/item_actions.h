// What can be done to things of the library that are chosen together, each with its way back.
#pragma once

#include <filesystem>
#include <vector>

#include "engine/workstation/library_sharing.h"
#include "ui/commands/studio.h"

class QWidget;

namespace smidgen::ui {

// Sounds are named by their content hash. Every call is one step to undo and returns at once.

void starItems(const Studio& studio, const std::vector<ItemName>& items, bool starred);
/// Tags to add and to take away.
void tagItems(const Studio& studio, const std::vector<ItemName>& items, const std::vector<std::string>& more,
              const std::vector<std::string>& less = {});
/// A dialog with the tags that all of the items have; those that are written more are given to all, those
/// that are taken out are taken from all.
void askForTags(const Studio& studio, const std::vector<ItemName>& items, QWidget* parent);
/// Takes and presets go to the trash, sounds out of every collection that holds them. Not for edited sounds,
/// which may be open.
void removeItems(const Studio& studio, const std::vector<ItemName>& items);

/// Looks below `folder` for files of that collection that have gone. Undone: they are missing again.
void relinkFolder(const Studio& studio, const CollectionId& id, const std::filesystem::path& folder);

}  // namespace smidgen::ui
