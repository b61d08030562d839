#include "engine/jobs/training_figure.h"

#include <cmath>
#include <numbers>

namespace smidgen {

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

}  // namespace smidgen
