#include "ui/canvas/wave_painter.h"

#include <QPainter>
#include <algorithm>
#include <cmath>

namespace smidgen {
namespace {

constexpr double kPitch = 3.0;  ///< a bar and its gap
constexpr double kBar = 2.0;

float loudest(std::span<const PeakPair> peaks) {
    float most = 0;
    for (const PeakPair& pair : peaks) most = std::max({most, pair.high, -pair.low});
    return most;
}

}  // namespace

std::vector<PeakPair> resamplePeaks(std::span<const PeakPair> peaks, int columns) {
    std::vector<PeakPair> out(static_cast<std::size_t>(std::max(0, columns)));
    if (peaks.empty()) return out;
    const std::size_t count = peaks.size();
    for (std::size_t c = 0; c < out.size(); ++c) {
        const std::size_t first = c * count / out.size();
        const std::size_t last = std::max(first + 1, ((c + 1) * count + out.size() - 1) / out.size());
        out[c] = peaks[first];
        for (std::size_t i = first + 1; i < std::min(last, count); ++i) {
            out[c].low = std::min(out[c].low, peaks[i].low);
            out[c].high = std::max(out[c].high, peaks[i].high);
        }
    }
    return out;
}

void paintWave(QPainter& painter, const QRectF& rect, std::span<const PeakPair> peaks,
               const WaveStyle& style) {
    const int bars = static_cast<int>(std::floor((rect.width() + kPitch - kBar) / kPitch));
    if (bars <= 0 || rect.height() < 1) return;
    const std::vector<PeakPair> columns = resamplePeaks(peaks, bars);
    const float most = loudest(columns);
    const double gain = style.normalise && most > 0 ? 1.0 / most : 1.0;
    const double half = rect.height() / 2;
    const double left = rect.left() + (rect.width() - (bars * kPitch - (kPitch - kBar))) / 2;
    const double scale = painter.device()->devicePixelRatioF();
    const auto snapped = [scale](double value) { return std::round(value * scale) / scale; };
    const double playedTo =
        style.played.isValid() ? rect.left() + rect.width() * style.playedShare : rect.left();

    painter.save();
    painter.setRenderHint(QPainter::Antialiasing, false);
    painter.setPen(Qt::NoPen);
    const double middle = snapped(rect.center().y());
    const double shortest = 1.0 / scale;
    for (int bar = 0; bar < bars; ++bar) {
        const PeakPair& pair = columns[static_cast<std::size_t>(bar)];
        const double x = snapped(left + bar * kPitch);
        const double up = std::max(shortest, snapped(std::clamp(pair.high * gain, 0.0, 1.0) * half));
        const double down = std::max(shortest, snapped(std::clamp(-pair.low * gain, 0.0, 1.0) * half));
        painter.fillRect(QRectF(x, middle - up, snapped(kBar), up + down),
                         x + kBar / 2 <= playedTo ? style.played : style.colour);
    }
    painter.restore();
}

}  // namespace smidgen
