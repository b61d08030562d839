// Small trainings on made-up spectra that tests share.
#pragma once

#include <gtest/gtest.h>
#include <unistd.h>

#include <cmath>
#include <filesystem>
#include <span>
#include <string>
#include <vector>

#include "engine/foundation/random.h"
#include "models/mel_vae_trainer.h"

namespace smidgen::models {

/// A shape small enough for tests but with every part in it.
inline MelVaeShape smallShape() {
    MelVaeShape shape;
    shape.melBands = 24;
    shape.width = 32;
    shape.encoderBlocks = 2;
    shape.decoderBlocks = 2;
    shape.latentDims = 6;
    shape.globalDims = 4;
    shape.fold = 2;
    return shape;
}

inline MelVaeTraining smallTraining() {
    MelVaeTraining training;
    training.shape = smallShape();
    training.cropFrames = 16;
    training.batchSize = 5;
    training.shards = 2;
    training.warmUpSteps = 4;
    training.learningRate = 1e-3;
    training.seed = 7;
    return training;
}

/// frames × bands of something like log-mel: two moving resonances that decay, and some noise.
inline std::vector<float> madeUpMel(std::uint64_t seed, int frames, int bands) {
    Random random(seed);
    const double low = random.uniform(0.1, 0.4) * bands;
    const double high = random.uniform(0.5, 0.9) * bands;
    const double speed = random.uniform(-0.15, 0.15);
    const double decay = random.uniform(0.01, 0.05);
    std::vector<float> mel;
    for (int t = 0; t < frames; ++t) {
        for (int band = 0; band < bands; ++band) {
            const double a = std::exp(-0.5 * std::pow((band - low - speed * t) / 2.0, 2));
            const double b = std::exp(-0.5 * std::pow((band - high + speed * t) / 3.0, 2));
            const double level = 6.0 * a + 4.0 * b - decay * t - 7.0 + 0.2 * random.normal();
            mel.push_back(static_cast<float>(level));
        }
    }
    return mel;
}

/// The batch of a step: `count` crops that depend on the step alone.
inline std::vector<float> madeUpBatch(const MelVaeTraining& training, std::uint64_t step, int count) {
    std::vector<float> batch;
    for (int i = 0; i < count; ++i) {
        const auto crop = madeUpMel(mixSeed(step, static_cast<std::uint64_t>(i)), training.cropFrames,
                                    training.shape.melBands);
        batch.insert(batch.end(), crop.begin(), crop.end());
    }
    return batch;
}

/// Mean |log10 mel difference| of sounds of cropFrames frames to what the trainer makes of each.
inline double rebuildingError(const MelVaeTrainer& trainer, const std::vector<float>& sounds) {
    const MelVaeTraining& training = trainer.training();
    const auto length = static_cast<std::size_t>(training.cropFrames * training.shape.melBands);
    double sum = 0;
    for (std::size_t start = 0; start < sounds.size(); start += length) {
        const auto rebuilt = trainer.reconstruct(std::span(sounds).subspan(start, length));
        EXPECT_TRUE(rebuilt);
        for (std::size_t i = 0; rebuilt && i < length; ++i)
            sum += std::abs((*rebuilt)[i] - sounds[start + i]);
    }
    return sum / static_cast<double>(sounds.size()) / std::log(10.0);
}

inline std::vector<float> madeUpSample(const MelVaeShape& shape) {
    std::vector<float> sample;
    for (std::uint64_t i = 0; i < 20; ++i) {
        const auto sound = madeUpMel(1000 + i, 40, shape.melBands);
        sample.insert(sample.end(), sound.begin(), sound.end());
    }
    return sample;
}

/// A folder of its own for each test, removed afterwards.
class ModelFilesTest : public ::testing::Test {
 protected:
    void SetUp() override {
        const auto* info = ::testing::UnitTest::GetInstance()->current_test_info();
        m_folder = std::filesystem::temp_directory_path() /
                   ("smidgen-models-" + std::string(info->name()) + "-" + std::to_string(::getpid()));
        std::filesystem::create_directories(m_folder);
    }
    void TearDown() override { std::filesystem::remove_all(m_folder); }
    std::filesystem::path m_folder;
};

inline std::string bytesOf(const std::filesystem::path& path) {
    std::FILE* file = std::fopen(path.c_str(), "rb");
    std::string bytes;
    if (file == nullptr) return bytes;
    char block[65536];
    for (std::size_t got = 0; (got = std::fread(block, 1, sizeof block, file)) > 0;) bytes.append(block, got);
    std::fclose(file);
    return bytes;
}

}  // namespace smidgen::models
