#include <QPainter>
#include <algorithm>
#include <cmath>

#include "ui/canvas/timeline_picture.h"

namespace smidgen {
namespace {

constexpr double kLineWidth = 1.3;  ///< device-independent pixels
constexpr double kBodyFrom = 16;    ///< samples a pixel from which on their root mean square says something
constexpr double kOverMark = 3;     ///< device-independent pixels
constexpr double kDotDistance =
    8;  ///< device-independent pixels between samples from which on each gets a dot

QRgb blend(QRgb under, const QColor& over, double cover) {
    const auto channel = [cover](int from, int to) {
        return static_cast<int>(from + (to - from) * cover + 0.5);
    };
    return qRgb(channel(qRed(under), over.red()), channel(qGreen(under), over.green()),
                channel(qBlue(under), over.blue()));
}

/// Where one column is covered, in rows; its ends by the share they are covered.
struct Cover {
    double top = 0;
    double bottom = 0;
    int firstFull = 0;
    int endFull = 0;
};

Cover coverOf(double top, double bottom, const QRect& area) {
    Cover cover;
    cover.top = std::clamp(top, static_cast<double>(area.top()), area.bottom() + 1.0);
    cover.bottom = std::clamp(bottom, cover.top, area.bottom() + 1.0);
    cover.firstFull = static_cast<int>(std::ceil(cover.top));
    cover.endFull = static_cast<int>(std::floor(cover.bottom));
    return cover;
}

/// Row by row, which is how the image lies in memory.
void fillCovers(QImage& image, const QRect& area, std::span<const Cover> covers, const QColor& colour) {
    const QRgb full = colour.rgb();
    for (int y = area.top(); y <= area.bottom(); ++y) {
        auto* row = reinterpret_cast<QRgb*>(image.scanLine(y)) + area.left();
        for (std::size_t c = 0; c < covers.size(); ++c) {
            const Cover& cover = covers[c];
            if (y >= cover.firstFull && y < cover.endFull) {
                row[c] = full;
            } else if (y == cover.firstFull - 1 || y == cover.endFull) {
                const double share =
                    std::min(cover.bottom, y + 1.0) - std::max(cover.top, static_cast<double>(y));
                if (share > 0) row[c] = blend(row[c], colour, std::min(1.0, share));
            }
        }
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

/// `thickness` is added to the extremes of every column, and the least height of one.
void drawBand(QImage& image, const QRect& area, std::span<const PeakPair> columns, double thickness,
              const QColor& colour) {
    const double half = area.height() / 2.0;
    const double middle = area.top() + half;
    double lastTop = middle;
    double lastBottom = middle;
    std::vector<Cover> covers(columns.size());
    for (int c = 0; c < area.width(); ++c) {
        const PeakPair& pair = columns[static_cast<std::size_t>(c)];
        const double ownTop = middle - std::clamp(pair.high, -1.0F, 1.0F) * half - thickness / 2;
        const double ownBottom = middle - std::clamp(pair.low, -1.0F, 1.0F) * half + thickness / 2;
        // No gap to the column before.
        double top = c > 0 ? std::min(ownTop, lastBottom) : ownTop;
        double bottom = c > 0 ? std::max(ownBottom, lastTop) : ownBottom;
        if (bottom - top < 1) {
            const double centre = (top + bottom) / 2;
            top = centre - 0.5;
            bottom = centre + 0.5;
        }
        covers[static_cast<std::size_t>(c)] = coverOf(top, bottom, area);
        lastTop = ownTop;
        lastBottom = ownBottom;
    }
    fillCovers(image, area, covers, colour);
}

/// Up and down by the root of each column's mean square, inside the extremes.
void drawBody(QImage& image, const QRect& area, std::span<const PeakPair> extremes,
              std::span<const float> powers, const QColor& colour) {
    std::vector<PeakPair> columns(powers.size());
    for (std::size_t c = 0; c < powers.size(); ++c) {
        const float level = std::sqrt(powers[c]);
        columns[c] = {std::max(-level, extremes[c].low), std::min(level, extremes[c].high)};
    }
    drawBand(image, area, columns, 0, colour);
}

void markOver(QImage& image, const QRect& area, std::span<const PeakPair> columns, double scale,
              const QColor& colour) {
    const int rows = std::min(area.height() / 4, static_cast<int>(std::ceil(kOverMark * scale)));
    for (std::size_t c = 0; c < columns.size(); ++c)
        for (int row = 0; row < rows; ++row) {
            const int x = area.left() + static_cast<int>(c);
            if (columns[c].high > 1) image.setPixel(x, area.top() + row, colour.rgb());
            if (columns[c].low < -1) image.setPixel(x, area.bottom() - row, colour.rgb());
        }
}

/// Samples of a stretch, and the sample that each column of pixels begins at, counted from the first.
struct Stretch {
    std::vector<float> samples;
    double first = 0;
    double perPixel = 1;
    [[nodiscard]] double at(double column) const { return first + column * perPixel; }
    [[nodiscard]] float interpolated(double place) const {
        const double inside = std::clamp(place, 0.0, static_cast<double>(samples.size() - 1));
        const auto low = static_cast<std::size_t>(inside);
        const float next = samples[std::min(low + 1, samples.size() - 1)];
        return samples[low] + static_cast<float>(inside - static_cast<double>(low)) * (next - samples[low]);
    }
};

/// Extremes of each column of the straight lines through the samples; columns outside the sound stay silent.
void traceSamples(const Stretch& stretch, std::span<PeakPair> columns) {
    const auto count = static_cast<std::int64_t>(stretch.samples.size());
    for (std::size_t c = 0; c < columns.size(); ++c) {
        const double from = stretch.at(static_cast<double>(c));
        const double to = stretch.at(static_cast<double>(c + 1));
        if (to <= 0 || from >= static_cast<double>(count)) continue;
        const auto [left, right] = std::minmax({stretch.interpolated(from), stretch.interpolated(to)});
        PeakPair extremes{left, right};
        const auto begin = std::clamp<std::int64_t>(static_cast<std::int64_t>(std::ceil(from)), 0, count);
        const auto end = std::clamp<std::int64_t>(static_cast<std::int64_t>(std::ceil(to)), begin, count);
        for (std::int64_t i = begin; i < end; ++i) {
            extremes.low = std::min(extremes.low, stretch.samples[static_cast<std::size_t>(i)]);
            extremes.high = std::max(extremes.high, stretch.samples[static_cast<std::size_t>(i)]);
        }
        columns[c] = extremes;
    }
}

/// Mean squares of the samples of each column; columns outside the sound stay silent.
std::vector<float> powersOf(const Stretch& stretch, std::size_t columns) {
    std::vector<float> powers(columns);
    const auto count = static_cast<double>(stretch.samples.size());
    for (std::size_t c = 0; c < columns; ++c) {
        const double from = std::clamp(std::floor(stretch.at(static_cast<double>(c))), 0.0, count);
        const double to = std::clamp(std::ceil(stretch.at(static_cast<double>(c + 1))), from, count);
        double sum = 0;
        for (auto i = static_cast<std::size_t>(from); i < static_cast<std::size_t>(to); ++i)
            sum += static_cast<double>(stretch.samples[i]) * static_cast<double>(stretch.samples[i]);
        if (to > from) powers[c] = static_cast<float>(sum / (to - from));
    }
    return powers;
}

void drawDots(QImage& image, const QRect& area, const Stretch& stretch, double scale, const QColor& colour) {
    QPainter painter(&image);
    painter.setRenderHint(QPainter::Antialiasing);
    painter.setClipRect(area);
    painter.setPen(Qt::NoPen);
    painter.setBrush(colour);
    const double half = area.height() / 2.0;
    for (std::size_t i = 0; i < stretch.samples.size(); ++i) {
        const double x = area.left() + (static_cast<double>(i) - stretch.first) / stretch.perPixel;
        const double y = area.top() + half - std::clamp(stretch.samples[i], -1.0F, 1.0F) * half;
        painter.drawEllipse(QPointF(x, y), 2 * scale, 2 * scale);
    }
}

}  // namespace

void drawWaveform(QImage& image, const QRect& area, const SoundInspector& sound, const SampleWindow& window,
                  double scale, const WaveColours& colours) {
    if (area.isEmpty()) return;
    const auto outline = sound.outline();
    const double perPixel = window.span / area.width();
    const auto length = static_cast<double>(outline->length.value);
    std::vector<PeakPair> columns(static_cast<std::size_t>(area.width()));
    if (perPixel < PeakPyramid::kBaseBlock && length > 0) {
        const double first = std::clamp(std::floor(window.start) - 1, 0.0, length - 1);
        const double last = std::clamp(std::ceil(window.start + window.span) + 2, first + 1, length);
        Stretch stretch;
        stretch.first = window.start - first;
        stretch.perPixel = perPixel;
        if (readSamples(sound, static_cast<std::int64_t>(first), static_cast<std::int64_t>(last),
                        stretch.samples)) {
            traceSamples(stretch, columns);
            const bool hasBody = perPixel >= kBodyFrom;
            drawBand(image, area, columns, perPixel <= 1 ? kLineWidth * scale : 0,
                     hasBody ? colours.extremes : colours.body);
            if (hasBody) drawBody(image, area, columns, powersOf(stretch, columns.size()), colours.body);
            if (perPixel * kDotDistance * scale <= 1) drawDots(image, area, stretch, scale, colours.body);
            markOver(image, area, columns, scale, colours.over);
            return;
        }
    }
    outline->columns(window.start, window.span, columns);
    drawBand(image, area, columns, 0, colours.extremes);
    std::vector<float> powers(columns.size());
    outline->powers(window.start, window.span, powers);
    drawBody(image, area, columns, powers, colours.body);
    markOver(image, area, columns, scale, colours.over);
}

}  // namespace smidgen
