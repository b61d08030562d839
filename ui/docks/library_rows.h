// Snapshots as rows of the library.
#pragma once

#include "engine/workstation/snapshots.h"
#include "ui/docks/row_model.h"

namespace smidgen::ui {

[[nodiscard]] std::vector<Row> collectionRows(
    const std::vector<std::shared_ptr<const CollectionSnapshot>>& collections);
[[nodiscard]] std::vector<Row> modelRows(const std::vector<std::shared_ptr<const ModelSnapshot>>& models);
/// Ids are paths. Every file has a row, also those that cannot be used.
[[nodiscard]] std::vector<Row> soundRows(const std::shared_ptr<const CollectionSnapshot>& collection);

}  // namespace smidgen::ui
