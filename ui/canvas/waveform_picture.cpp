#include <QPainter>
#include <QPainterPath>
#include <algorithm>
#include <cmath>

#include "ui/canvas/timeline_picture.h"

namespace smidgen {
namespace {

constexpr double kDotDistance =
    8;  ///< device-independent pixels between samples from which on each gets a dot

QRgb blend(QRgb under, const QColor& over, double cover) {
    const auto channel = [cover](int from, int to) {
        return static_cast<int>(from + (to - from) * cover + 0.5);
    };
    return qRgb(channel(qRed(under), over.red()), channel(qGreen(under), over.green()),
                channel(qBlue(under), over.blue()));
}

/// Fills pixels [top, bottom) of one column, the ends by the share they are covered.
void fillColumn(QImage& image, int x, double top, double bottom, const QRect& area, const QColor& colour) {
    top = std::clamp(top, static_cast<double>(area.top()), area.bottom() + 1.0);
    bottom = std::clamp(bottom, top, area.bottom() + 1.0);
    const int first = static_cast<int>(std::floor(top));
    const int last = std::min(static_cast<int>(std::ceil(bottom)) - 1, area.bottom());
    for (int y = first; y <= last; ++y) {
        const double cover = std::min(bottom, y + 1.0) - std::max(top, static_cast<double>(y));
        auto* row = reinterpret_cast<QRgb*>(image.scanLine(y));
        row[x] = cover >= 1 ? colour.rgb() : blend(row[x], colour, cover);
    }
}

/// Samples [first, last) from the inspector's blocks; false when some are not there yet.
bool readSamples(const SoundInspector& sound, std::int64_t first, std::int64_t last,
                 std::vector<float>& out) {
    out.assign(static_cast<std::size_t>(last - first), 0.0F);
    bool whole = true;
    for (std::int64_t index = first / SoundInspector::kSampleBlock;
         index * SoundInspector::kSampleBlock < last; ++index) {
        const auto block = sound.samples(index);
        if (!block) {
            whole = false;
            continue;
        }
        const std::int64_t start = index * SoundInspector::kSampleBlock;
        const std::int64_t from = std::max(first, start);
        const std::int64_t to = std::min(last, start + static_cast<std::int64_t>(block->size()));
        if (from < to)
            std::copy(block->begin() + (from - start), block->begin() + (to - start),
                      out.begin() + (from - first));
    }
    return whole;
}

void drawBand(QImage& image, const QRect& area, std::span<const PeakPair> columns, const QColor& colour) {
    const double half = area.height() / 2.0;
    const double middle = area.top() + half;
    double lastTop = middle;
    double lastBottom = middle;
    for (int c = 0; c < area.width(); ++c) {
        const PeakPair& pair = columns[static_cast<std::size_t>(c)];
        double top = middle - std::clamp(pair.high, -1.0F, 1.0F) * half;
        double bottom = middle - std::clamp(pair.low, -1.0F, 1.0F) * half;
        const double ownTop = top;
        const double ownBottom = bottom;
        if (c > 0) {  // no gap to the column before
            top = std::min(top, lastBottom);
            bottom = std::max(bottom, lastTop);
        }
        if (bottom - top < 1) {
            const double centre = (top + bottom) / 2;
            top = centre - 0.5;
            bottom = centre + 0.5;
        }
        fillColumn(image, area.left() + c, top, bottom, area, colour);
        lastTop = ownTop;
        lastBottom = ownBottom;
    }
}

void drawLine(QImage& image, const QRect& area, std::span<const float> samples, double firstX,
              double pixelsPerSample, const QColor& colour) {
    const double half = area.height() / 2.0;
    const double scale = image.devicePixelRatio();
    QPolygonF line;
    line.reserve(static_cast<int>(samples.size()));
    for (std::size_t i = 0; i < samples.size(); ++i)
        line << QPointF(area.left() + firstX + static_cast<double>(i) * pixelsPerSample,
                        area.top() + half - std::clamp(samples[i], -1.0F, 1.0F) * half);
    QPainter painter(&image);
    painter.setRenderHint(QPainter::Antialiasing);
    painter.scale(1 / scale, 1 / scale);  // area and line are in device pixels
    painter.setClipRect(area);
    painter.setPen(QPen(colour, 1.3 * scale));
    painter.drawPolyline(line);
    if (pixelsPerSample < kDotDistance * scale) return;
    painter.setPen(Qt::NoPen);
    painter.setBrush(colour);
    const double radius = 2 * scale;
    for (const QPointF& dot : line) painter.drawEllipse(dot, radius, radius);
}

}  // namespace

void drawWaveform(QImage& image, const QRect& area, const SoundInspector& sound, const SampleWindow& window,
                  const QColor& colour) {
    if (area.isEmpty()) return;
    const auto outline = sound.outline();
    const double perPixel = window.span / area.width();
    const double length = static_cast<double>(outline->length.value);
    std::vector<PeakPair> columns(static_cast<std::size_t>(area.width()));
    if (perPixel < PeakPyramid::kBaseBlock && length > 0) {
        const auto first =
            static_cast<std::int64_t>(std::clamp(std::floor(window.start) - 1, 0.0, length - 1));
        const auto last =
            static_cast<std::int64_t>(std::clamp(std::ceil(window.start + window.span) + 2, 1.0, length));
        std::vector<float> samples;
        if (first < last && readSamples(sound, first, last, samples)) {
            if (perPixel <= 1) {
                drawLine(image, area, samples, (static_cast<double>(first) - window.start) / perPixel,
                         1 / perPixel, colour);
                return;
            }
            for (std::size_t c = 0; c < columns.size(); ++c) {
                const double from =
                    window.start + static_cast<double>(c) * perPixel - static_cast<double>(first);
                const auto begin = static_cast<std::int64_t>(std::max(0.0, std::floor(from)));
                const auto end = std::min<std::int64_t>(static_cast<std::int64_t>(std::ceil(from + perPixel)),
                                                        static_cast<std::int64_t>(samples.size()));
                if (begin >= end) continue;
                const auto [low, high] = std::minmax_element(samples.begin() + begin, samples.begin() + end);
                columns[c] = {*low, *high};
            }
            drawBand(image, area, columns, colour);
            return;
        }
    }
    outline->columns(window.start, window.span, columns);
    drawBand(image, area, columns, colour);
}

}  // namespace smidgen
