#include "engine/jobs/training_figure.h"

#include <algorithm>
#include <cmath>
#include <numbers>

#include "engine/analysis/mel.h"
#include "engine/generation/decoder_shelf.h"

namespace smidgen {
namespace {

constexpr std::size_t kFramesHeard = 4200;
constexpr int kGriffinLimIterations = 24;

}  // namespace

Result<double> rebuildingError(const models::MelVaeTrainer& trainer,
                               std::span<const std::vector<float>> sounds) {
    double sum = 0;
    for (const std::vector<float>& sound : sounds) {
        auto rebuilt = trainer.reconstruct(sound);
        if (!rebuilt) return propagate(rebuilt);
        double error = 0;
        for (std::size_t i = 0; i < sound.size(); ++i) error += std::abs((*rebuilt)[i] - sound[i]);
        sum += error / static_cast<double>(sound.size());
    }
    return sounds.empty() ? 0.0 : sum / static_cast<double>(sounds.size()) / std::numbers::ln10;
}

Result<double> heardError(const models::MelVaeTrainer& trainer, std::span<const std::vector<float>> sounds,
                          const CancelToken& cancel) {
    auto decoder = makeDecoder(defaultDecoder(), {kGriffinLimIterations});
    if (!decoder) return propagate(decoder);
    MelAnalyzer analyzer;
    const std::int64_t hop = MelShape().stft.hop;
    double sum = 0;
    std::size_t frames = 0, heard = 0;
    for (; heard < sounds.size() && frames < kFramesHeard; ++heard) {
        const std::vector<float>& sound = sounds[heard];
        auto rebuilt = trainer.reconstruct(sound);
        if (!rebuilt) return propagate(rebuilt);
        LogMel mel;
        mel.values = std::move(*rebuilt);
        auto signal = (*decoder)->decode({&mel, Samples(mel.frames().value * hop), 1, cancel});
        if (!signal) return propagate(signal);
        const LogMel again = analyzer.analyze(*signal);
        const std::size_t common = std::min(again.values.size(), sound.size());
        double error = 0;
        for (std::size_t i = 0; i < common; ++i) error += std::abs(again.values[i] - sound[i]);
        sum += error / static_cast<double>(std::max<std::size_t>(common, 1));
        frames += sound.size() / static_cast<std::size_t>(mel.bands);
    }
    return heard == 0 ? 0.0 : sum / static_cast<double>(heard) / std::numbers::ln10;
}

}  // namespace smidgen
