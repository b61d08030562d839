#include "engine/analysis/griffin_lim.h"

#include <cmath>
#include <numbers>

#include "engine/foundation/random.h"

namespace smidgen {
namespace {

std::vector<std::complex<float>> randomPhase(std::size_t count, std::uint64_t seed) {
    constexpr std::size_t kAngles = 4096;
    std::vector<std::complex<float>> circle(kAngles);
    for (std::size_t i = 0; i < kAngles; ++i)
        circle[i] = std::complex<float>(
            std::polar(1.0, 2.0 * std::numbers::pi * static_cast<double>(i) / static_cast<double>(kAngles)));
    Random random(mixSeed(seed, 0x6772696666696eULL));
    std::vector<std::complex<float>> phase(count);
    for (auto& value : phase) value = circle[random.bits() >> 52];
    return phase;
}

}  // namespace

std::vector<float> griffinLim(Stft& stft, std::span<const float> magnitudes, Samples samples,
                              const GriffinLimSettings& settings,
                              std::span<const std::complex<float>> startPhase, const CancelToken& cancel) {
    std::vector<std::complex<float>> spectrum =
        startPhase.empty() ? randomPhase(magnitudes.size(), settings.seed)
                           : std::vector<std::complex<float>>(startPhase.begin(), startPhase.end());
    for (std::size_t i = 0; i < spectrum.size(); ++i) spectrum[i] *= magnitudes[i];
    std::vector<float> projected;
    stft.inverse(spectrum, projected, samples);
    spectrum = {};

    // The transform is linear, so the momentum on spectra, c + α (c − c_before), is one on signals.
    const auto momentum = static_cast<float>(settings.momentum);
    std::vector<float> extrapolated = projected;
    std::vector<float> before = projected;
    for (int iteration = 0; iteration < settings.iterations && !cancel.cancelled(); ++iteration) {
        before.swap(projected);
        stft.imposeMagnitudes(extrapolated, magnitudes, projected);
        for (std::size_t i = 0; i < projected.size(); ++i)
            extrapolated[i] = projected[i] + momentum * (projected[i] - before[i]);
    }
    return projected;
}

}  // namespace smidgen
