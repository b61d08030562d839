// What lies on a node of a cube, as a small picture.
#pragma once

#include <QColor>
#include <QImage>

#include "engine/morph/cube_node.h"

namespace smidgen::ui {

/// 40 × 40: rows to the right, columns upward, loud in `ink`. Any thread.
[[nodiscard]] QImage nodePicture(const storage::Node& node, const QColor& ink, const QColor& ground);

}  // namespace smidgen::ui
