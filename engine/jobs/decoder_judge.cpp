#include "engine/jobs/decoder_judge.h"

#include <algorithm>

#include "engine/foundation/random.h"

namespace smidgen {
namespace {

constexpr std::size_t kFewestFiles = 4;
constexpr std::size_t kFilesPerHeldBack = 10;
constexpr std::size_t kMostHeldBack = 16;
constexpr int kBatches = 4;
/// No step of a training draws crops of such numbers.
constexpr std::uint64_t kFirstNumber = std::uint64_t{1} << 48;
constexpr std::uint64_t kHeldBackStream = 0x6a75646765ULL;

}  // namespace

std::vector<std::filesystem::path> holdBackRecordings(std::vector<std::filesystem::path>& files,
                                                      std::uint64_t seed) {
    std::vector<std::filesystem::path> heldBack;
    if (files.size() < kFewestFiles) return heldBack;
    Random random(mixSeed(seed, kHeldBackStream));
    const std::size_t count = std::clamp<std::size_t>(files.size() / kFilesPerHeldBack, 1, kMostHeldBack);
    while (heldBack.size() < count) {
        const auto chosen = files.begin() + static_cast<std::ptrdiff_t>(random.below(files.size()));
        heldBack.push_back(std::move(*chosen));
        files.erase(chosen);
    }
    return heldBack;
}

Result<DecoderJudge> DecoderJudge::create(const std::vector<std::filesystem::path>& heldBack,
                                          const DecoderMaterial& learned,
                                          const models::WaveDecoderTraining& training,
                                          std::shared_ptr<const models::MelVae> through,
                                          const CancelToken& cancel) {
    std::optional<DecoderMaterial> own;
    if (!heldBack.empty()) {
        DecoderMaterialSettings settings;
        settings.seed = training.seed;
        settings.syntheticSeconds = 0;
        auto loaded = DecoderMaterial::load(heldBack, settings, cancel);
        if (!loaded) return propagate(loaded);
        own.emplace(std::move(*loaded));
    }
    const DecoderMaterial& material = own ? *own : learned;
    WaveBatcher batcher(training.shape, std::move(through));
    DecoderJudge judge;
    std::uint64_t number = kFirstNumber;
    for (int i = 0; i < kBatches; ++i) {
        models::WaveBatch& batch = judge.m_batches.emplace_back();
        for (int k = 0; k < training.batchSize; ++k, ++number) {
            auto appended = batcher.append(material.crop(number, training.cropFrames), number, batch);
            if (!appended) return propagate(appended);
        }
    }
    return judge;
}

Result<double> DecoderJudge::figure(const models::WaveDecoderTrainer& trainer) const {
    double sum = 0;
    for (const models::WaveBatch& batch : m_batches) {
        auto report = trainer.evaluate(batch);
        if (!report) return propagate(report);
        sum += report->loss;
    }
    return sum / static_cast<double>(m_batches.size());
}

}  // namespace smidgen
