// A wave decoder of a real front end but next to no size, trained for a few steps on hisses.
#pragma once

#include <gtest/gtest.h>
#include <unistd.h>

#include <filesystem>
#include <string>

#include "engine/analysis/mel.h"
#include "engine/analysis/mel_skeleton.h"
#include "engine/foundation/random.h"
#include "models/wave_decoder_trainer.h"

namespace smidgen {

class SmallWaveDecoder : public testing::Test {
 protected:
    static void SetUpTestSuite() {
        s_folder = std::filesystem::temp_directory_path() / ("smidgen-wave-" + std::to_string(::getpid()));
        std::filesystem::create_directories(s_folder);
        models::WaveDecoderTraining training;
        training.shape.width = 16;
        training.shape.blocks = 2;
        training.cropFrames = 24;
        training.marginFrames = 4;
        training.batchSize = 1;
        training.warmUpSteps = 0;
        MelAnalyzer analyzer;
        const MelSkeleton skeleton(analyzer.bank(), {1});
        const std::vector<float> bank = analyzer.bank().dense();
        auto trainer = models::WaveDecoderTrainer::create(training, models::DeviceKind::cpu, bank);
        ASSERT_TRUE(trainer) << trainer.error().sentence;
        for (std::uint64_t step = 0; step < 6; ++step) {
            models::WaveBatch batch;
            Random random(step);
            for (int i = 0; i < 23 * 512; ++i)
                batch.signal.push_back(0.1F * static_cast<float>(random.normal()));
            const LogMel mel = analyzer.analyze(batch.signal);
            describeForDecoder(skeleton, mel.values, training.shape.noise, step, batch.inputs);
            skeleton.interpolate(mel.values, batch.skeleton);
            batch.turns.assign(batch.skeleton.size(), 0.0F);
            ASSERT_TRUE(trainer->trainStep(batch, 0));
        }
        ASSERT_TRUE(trainer->exportDecoder(s_folder / "small.safetensors", {}));
    }
    static void TearDownTestSuite() {
        std::error_code ignored;
        std::filesystem::remove_all(s_folder, ignored);
    }
    static std::filesystem::path file() { return s_folder / "small.safetensors"; }

    inline static std::filesystem::path s_folder;
};

}  // namespace smidgen
