#include <algorithm>
#include <cmath>
#include <vector>

#include "ui/canvas/timeline_picture.h"

namespace smidgen {
namespace {

/// Coarser levels that may stand in while the wanted tile is being made.
constexpr int kStandIns = 8;

/// The coarsest level whose columns are at most half again as wide as a pixel.
int levelFor(double samplesPerPixel) {
    int level = 0;
    while (level + 1 < SpectrumTile::kLevels &&
           static_cast<double>(SpectrumTile::stride(level + 1)) <= samplesPerPixel * 1.5)
        ++level;
    return level;
}

/// Levels of columns [first, first + count) at one zoom level: kBands rows of `count`.
struct Matrix {
    std::int64_t first = 0;
    int count = 0;
    std::vector<std::uint8_t> values;
    [[nodiscard]] const std::uint8_t* row(int band) const {
        return values.data() + static_cast<std::size_t>(band) * static_cast<std::size_t>(count);
    }
};

/// Copies what `tile` (made `shift` levels coarser) knows of columns [from, to). False when it knows not all.
bool copyColumns(const SpectrumTile& tile, int shift, std::int64_t from, std::int64_t to, Matrix& out) {
    const std::int64_t base = tile.key.index * SpectrumTile::kColumns;
    const std::int64_t known = std::min(to, (base + tile.filled) << shift);
    for (int band = 0; band < SpectrumTile::kBands; ++band) {
        const std::uint8_t* source = tile.values.data() + band * SpectrumTile::kColumns;
        std::uint8_t* target = out.values.data() + static_cast<std::ptrdiff_t>(band) * out.count;
        for (std::int64_t c = from; c < known; ++c) target[c - out.first] = source[(c >> shift) - base];
    }
    return known >= to;
}

/// Wishes for the tiles of [first, first + count) at `level`, so that they are there when they are needed.
void prepare(const SoundInspector& sound, int level, std::int64_t first, int count) {
    if (level >= SpectrumTile::kLevels) return;
    for (std::int64_t index = first / SpectrumTile::kColumns; index * SpectrumTile::kColumns < first + count;
         ++index)
        static_cast<void>(sound.tile({level, index}));
}

/// Zooming out finds its tiles made already: the next coarser level is wished for first, and so made last.
void fillFromTiles(const SoundInspector& sound, int level, Matrix& out) {
    constexpr std::int64_t kColumns = SpectrumTile::kColumns;
    prepare(sound, level + 1, out.first / 2, out.count / 2 + 1);
    const std::int64_t last = out.first + out.count;
    for (std::int64_t index = out.first / kColumns; index * kColumns < last; ++index) {
        const std::int64_t from = std::max(out.first, index * kColumns);
        const std::int64_t to = std::min(last, (index + 1) * kColumns);
        const auto tile = sound.tile({level, index});
        if (tile && copyColumns(*tile, 0, from, to, out)) continue;
        for (int shift = 1; shift <= kStandIns && level + shift < SpectrumTile::kLevels; ++shift) {
            const auto coarse = sound.cachedTile({level + shift, index >> shift});
            if (coarse && coarse->filled > 0) {
                copyColumns(*coarse, shift, from, to, out);
                break;
            }
        }
    }
}

/// Where a pixel reads two neighbours: `low` and the next one, the latter by `share` of 256.
struct Place {
    int low = 0;
    int high = 0;
    int share = 0;
};

Place placeOf(double position, int count) {
    const double clamped = std::clamp(position, 0.0, count - 1.0);
    Place place;
    place.low = static_cast<int>(clamped);
    place.high = std::min(place.low + 1, count - 1);
    place.share = static_cast<int>((clamped - place.low) * 256);
    return place;
}

}  // namespace

void drawSpectrogram(QImage& image, const QRect& area, const SoundInspector& sound,
                     const SampleWindow& window, const std::array<QRgb, 256>& ramp) {
    if (area.isEmpty()) return;
    const double perPixel = window.span / area.width();
    const int level = levelFor(perPixel);
    const auto stride = static_cast<double>(SpectrumTile::stride(level));
    Matrix matrix;
    matrix.first =
        std::max<std::int64_t>(0, static_cast<std::int64_t>(std::floor(window.start / stride)) - 1);
    const auto end = static_cast<std::int64_t>(std::ceil((window.start + window.span) / stride)) + 1;
    matrix.count = static_cast<int>(std::clamp<std::int64_t>(end - matrix.first, 1, 4 * area.width() + 8));
    matrix.values.assign(static_cast<std::size_t>(matrix.count) * SpectrumTile::kBands, 0);
    fillFromTiles(sound, level, matrix);

    std::vector<Place> places(static_cast<std::size_t>(area.width()));
    for (std::size_t x = 0; x < places.size(); ++x) {
        const double sample = window.start + (static_cast<double>(x) + 0.5) * perPixel;
        places[x] = placeOf(sample / stride - 0.5 - static_cast<double>(matrix.first), matrix.count);
    }
    std::vector<int> line(static_cast<std::size_t>(matrix.count));
    for (int y = 0; y < area.height(); ++y) {
        const double height = (area.height() - y - 0.5) / area.height();
        const Place band = placeOf(height * SpectrumTile::kBands - 0.5, SpectrumTile::kBands);
        const std::uint8_t* below = matrix.row(band.low);
        const std::uint8_t* above = matrix.row(band.high);
        for (int c = 0; c < matrix.count; ++c)
            line[static_cast<std::size_t>(c)] = below[c] * (256 - band.share) + above[c] * band.share;
        auto* pixels = reinterpret_cast<QRgb*>(image.scanLine(area.top() + y)) + area.left();
        for (std::size_t x = 0; x < places.size(); ++x) {
            const Place& place = places[x];
            const int left = line[static_cast<std::size_t>(place.low)];
            const int right = line[static_cast<std::size_t>(place.high)];
            pixels[x] =
                ramp[static_cast<std::size_t>((left * (256 - place.share) + right * place.share) >> 16)];
        }
    }
}

}  // namespace smidgen
