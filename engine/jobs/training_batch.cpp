#include "engine/jobs/training_batch.h"

#include <algorithm>
#include <span>
#include <thread>

namespace smidgen {

Status readBatch(const TrainingCrops& sampler, const models::MelVaeTraining& training, std::int64_t step,
                 int rank, std::vector<float>& crops) {
    const std::size_t size =
        static_cast<std::size_t>(training.cropFrames) * static_cast<std::size_t>(training.shape.melBands);
    const auto count = static_cast<std::size_t>(training.batchSize);
    crops.resize(count * size);
    for (std::size_t slot = 0; slot < count; ++slot) {
        const auto out = std::span(crops).subspan(slot * size, size);
        const std::uint64_t numbered = static_cast<std::uint64_t>(rank) * count + slot;
        if (auto read = sampler.crop(static_cast<std::uint64_t>(step), numbered, out); !read) return read;
    }
    return {};
}

int mostThreads(int wanted) {
    return wanted > 0 ? wanted : std::max(1, static_cast<int>(std::thread::hardware_concurrency()));
}

Result<int> chooseThreads(models::MelVaeTrainer& trainer, const TrainingCrops& sampler, int wanted) {
    const int most = std::min(mostThreads(wanted), trainer.training().shards);
    if (wanted > 0 || most == 1) {
        trainer.setThreads(most);
        return most;
    }
    std::vector<float> crops;
    if (auto read = readBatch(sampler, trainer.training(), 0, 0, crops); !read) return propagate(read);
    return trainer.tuneThreads(crops, most);
}

}  // namespace smidgen
