// What lies on a node of a cube, as a small picture.
#pragma once

#include <QImage>
#include <vector>

#include "engine/morph/cube_node.h"
#include "ui/theme/theme.h"

namespace smidgen::ui {

/// From quiet to loud, in the theme's colours.
[[nodiscard]] std::vector<QRgb> loudnessShades(const Theme& theme);
/// 40 × 40: rows to the right, columns upward. `shades`: at least one. Any thread.
[[nodiscard]] QImage nodePicture(const storage::Node& node, const std::vector<QRgb>& shades);

}  // namespace smidgen::ui
