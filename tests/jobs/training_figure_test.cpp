// What a model in training is judged by when it is heard.
#include "engine/jobs/training_figure.h"

#include <gtest/gtest.h>

#include <cmath>
#include <numbers>

#include "engine/analysis/mel.h"
#include "engine/foundation/random.h"

namespace smidgen {
namespace {

models::MelVaeTrainer toyTrainer(std::span<const float> sample) {
    models::MelVaeTraining training;
    training.shape.width = 16;
    training.shape.encoderBlocks = training.shape.decoderBlocks = 1;
    training.shape.latentDims = training.shape.globalDims = 8;
    auto trainer = models::MelVaeTrainer::create(training, models::DeviceKind::cpu, sample);
    EXPECT_TRUE(trainer.has_value());
    return std::move(*trainer);
}

std::vector<float> tone(double hz, std::size_t samples) {
    Random random(7);
    std::vector<float> signal(samples);
    for (std::size_t i = 0; i < samples; ++i)
        signal[i] =
            static_cast<float>(0.4 * std::sin(2 * std::numbers::pi * hz * static_cast<double>(i) / 48000) +
                               0.01 * random.normal());
    return MelAnalyzer().analyze(signal).values;
}

TEST(HeardError, IsOfEverySoundUntilEnoughWasHeard) {
    const std::vector<float> low = tone(200, 96000), high = tone(2000, 96000);
    const models::MelVaeTrainer trainer = toyTrainer(low);
    const auto of = [&](const std::vector<std::vector<float>>& sounds) {
        const auto error = heardError(trainer, sounds, {});
        EXPECT_TRUE(error.has_value());
        return error.value_or(0);
    };
    EXPECT_EQ(0, of({}));
    EXPECT_GT(of({low}), 0);
    EXPECT_EQ(of({low}), of({low})) << "the same every time";
    EXPECT_NEAR(0.5 * (of({low}) + of({high})), of({low, high}), 1e-12);
    // A sound of 46 seconds is enough: what stands behind it is not heard.
    std::vector<float> lasting;
    for (int i = 0; i < 23; ++i) lasting.insert(lasting.end(), low.begin(), low.end());
    EXPECT_EQ(of({lasting}), of({lasting, high}));
    CancelToken cancelled;
    cancelled.cancel();
    const std::vector<std::vector<float>> sounds{low};
    EXPECT_EQ(ErrorCode::cancelled, heardError(trainer, sounds, cancelled).error().code);
}

/// What was decoded is measured, not what was to be decoded.
TEST(HeardError, IsNearTheMelsOwnButOfTheSound) {
    const std::vector<std::vector<float>> sounds{tone(440, 96000)};
    const models::MelVaeTrainer trainer = toyTrainer(sounds.front());
    const auto mel = rebuildingError(trainer, sounds), heard = heardError(trainer, sounds, {});
    ASSERT_TRUE(mel && heard);
    EXPECT_NE(*mel, *heard);
    EXPECT_NEAR(*mel, *heard, 0.3 * *mel) << "both in log10 of the same mels";
}

}  // namespace
}  // namespace smidgen
