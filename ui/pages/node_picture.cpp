#include "ui/pages/node_picture.h"

#include <algorithm>
#include <cmath>

namespace smidgen::ui {

namespace {
constexpr int kThumbnail = 40;
constexpr int kShades = 64;
constexpr float kDynamics = 9.0F;  ///< nepers below the loudest that are still seen
}  // namespace

std::vector<QRgb> loudnessShades(const Theme& theme) {
    std::vector<QRgb> shades;
    for (int i = 0; i < kShades; ++i)
        shades.push_back(
            theme.mixed(Token::background, Token::sound, static_cast<double>(i) / (kShades - 1)).rgb());
    return shades;
}

QImage nodePicture(const storage::Node& node, const std::vector<QRgb>& shades) {
    const std::span<const float> values = node.floats();
    const storage::NodeShape& shape = node.shape;
    float most = -1e30F, least = 1e30F;
    for (const float value : values) {
        if (!std::isfinite(value)) continue;
        most = std::max(most, value);
        least = std::min(least, value);
    }
    least = std::max(least, most - kDynamics);
    QImage image(kThumbnail, kThumbnail, QImage::Format_RGB32);
    for (int y = 0; y < kThumbnail; ++y)
        for (int x = 0; x < kThumbnail; ++x) {
            const auto row = static_cast<std::size_t>(x) * shape.rows / kThumbnail;
            const auto column = static_cast<std::size_t>(kThumbnail - 1 - y) * shape.columns / kThumbnail;
            const float value = values[(row * shape.columns + column) * shape.channels];
            const float share =
                most > least ? std::clamp((value - least) / (most - least), 0.0F, 1.0F) : 0.0F;
            const auto shade = static_cast<std::size_t>(share * static_cast<float>(shades.size() - 1));
            image.setPixel(x, y, shades[shade]);
        }
    return image;
}

}  // namespace smidgen::ui
