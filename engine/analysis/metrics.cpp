#include "engine/analysis/metrics.h"

#include <algorithm>
#include <array>
#include <cmath>

namespace smidgen {
namespace {

constexpr std::array kLsdSizes{512, 1024, 2048};
constexpr std::array kShortLsdSizes{128, 256};

/// Keeps not-a-number, unlike std::max.
float floored(float magnitude) {
    return magnitude < kMelFloor ? kMelFloor : magnitude;
}

struct Pair {
    std::span<const float> a;
    std::span<const float> b;
};

Pair commonPart(std::span<const float> a, std::span<const float> b) {
    const std::size_t length = std::min(a.size(), b.size());
    return {a.first(length), b.first(length)};
}

/// Calls visit(rowA, rowB) with the floored magnitudes (mel magnitudes, when there is a bank) of every frame;
/// returns how many frames there were: none for empty signals.
template <typename Visit>
std::int64_t forEachFrame(Pair pair, StftShape shape, const MelBank* bank, Visit visit) {
    if (pair.a.empty()) return 0;
    Stft stft(shape);
    const auto bins = static_cast<std::size_t>(shape.bins());
    const std::size_t width = bank ? static_cast<std::size_t>(bank->shape().bands) : bins;
    std::vector<float> magnitudes(bins);
    std::vector<float> rowA(width);
    std::vector<float> rowB(width);
    const auto fill = [&](std::span<const float> signal, std::int64_t centre, std::vector<float>& row) {
        stft.frameMagnitudes(signal, centre, bank ? magnitudes : row);
        if (bank) bank->apply(magnitudes, row);
        for (float& value : row) value = floored(value);
    };
    const std::int64_t frames = stft.frameCount(Samples(static_cast<std::int64_t>(pair.a.size()))).value;
    for (std::int64_t t = 0; t < frames; ++t) {
        fill(pair.a, t * shape.hop, rowA);
        fill(pair.b, t * shape.hop, rowB);
        visit(std::span<const float>(rowA), std::span<const float>(rowB));
    }
    return frames;
}

double meanOver(double sum, std::int64_t count) {
    return count == 0 ? 0.0 : sum / static_cast<double>(count);
}

double lsdAt(Pair pair, int fftSize) {
    double sum = 0;
    const StftShape shape{fftSize, fftSize / 4};
    const std::int64_t frames = forEachFrame(pair, shape, nullptr, [&](auto a, auto b) {
        double squares = 0;
        for (std::size_t k = 0; k < a.size(); ++k) {
            const float difference = std::log10(a[k] / b[k]);
            squares += static_cast<double>(difference * difference);
        }
        sum += std::sqrt(squares / static_cast<double>(a.size()));
    });
    return meanOver(sum, frames);
}

template <std::size_t N>
double meanLsd(Pair pair, const std::array<int, N>& sizes) {
    double sum = 0;
    for (const int size : sizes) sum += lsdAt(pair, size);
    return sum / static_cast<double>(N);
}

double melL1At(Pair pair, const MelShape& shape) {
    const MelBank bank(shape);
    double sum = 0;
    const std::int64_t frames = forEachFrame(pair, shape.stft, &bank, [&](auto a, auto b) {
        for (std::size_t k = 0; k < a.size(); ++k)
            sum += static_cast<double>(std::abs(std::log10(a[k] / b[k])));
    });
    return meanOver(sum, frames * shape.bands);
}

double mrStftAt(Pair pair, int fftSize) {
    double error = 0;
    double energy = 0;
    double logs = 0;
    const StftShape shape{fftSize, fftSize / 4};
    const std::int64_t frames = forEachFrame(pair, shape, nullptr, [&](auto a, auto b) {
        for (std::size_t k = 0; k < a.size(); ++k) {
            const double difference = static_cast<double>(a[k]) - static_cast<double>(b[k]);
            error += difference * difference;
            energy += static_cast<double>(a[k]) * static_cast<double>(a[k]);
            logs += static_cast<double>(std::abs(std::log(a[k] / b[k])));
        }
    });
    if (frames == 0) return 0.0;
    return std::sqrt(error / energy) + meanOver(logs, frames * shape.bins());
}

}  // namespace

double melL1(std::span<const float> a, std::span<const float> b) {
    return melL1At(commonPart(a, b), MelShape{});
}

double melErrorDb(std::span<const float> a, std::span<const float> b) {
    return 20.0 * melL1(a, b);
}

double logSpectralDistance(std::span<const float> a, std::span<const float> b) {
    return meanLsd(commonPart(a, b), kLsdSizes);
}

double shortWindowLsd(std::span<const float> a, std::span<const float> b) {
    return meanLsd(commonPart(a, b), kShortLsdSizes);
}

double melDistance(std::span<const float> a, std::span<const float> b) {
    double sum = 0;
    for (int scale = 0; scale < 7; ++scale) {
        MelShape shape;
        shape.stft.fftSize = 32 << scale;
        shape.stft.hop = shape.stft.fftSize / 4;
        shape.bands = 5 << scale;
        sum += melL1At(commonPart(a, b), shape);
    }
    return sum;
}

double multiResolutionStft(std::span<const float> reference, std::span<const float> other) {
    double sum = 0;
    for (const int size : kLsdSizes) sum += mrStftAt(commonPart(reference, other), size);
    return sum / static_cast<double>(kLsdSizes.size());
}

ReconstructionMetrics compareSignals(std::span<const float> reference, std::span<const float> other) {
    ReconstructionMetrics metrics;
    metrics.melL1 = melL1(reference, other);
    metrics.melErrorDb = 20.0 * metrics.melL1;
    metrics.melDistance = melDistance(reference, other);
    metrics.mrStft = multiResolutionStft(reference, other);
    metrics.lsd = logSpectralDistance(reference, other);
    metrics.lsdShort = shortWindowLsd(reference, other);
    return metrics;
}

}  // namespace smidgen
