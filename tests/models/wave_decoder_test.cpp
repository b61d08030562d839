#include <gtest/gtest.h>

#include <cmath>

#include "engine/foundation/random.h"
#include "mel_vae_fixture.h"
#include "models/wave_decoder_trainer.h"
#include "models/weights_file.h"

namespace smidgen::models {
namespace {

constexpr int kSteps = 12;

WaveDecoderTraining smallWaveTraining() {
    WaveDecoderTraining training;
    training.shape.bands = 8;
    training.shape.noise = 2;
    training.shape.width = 16;
    training.shape.blocks = 1;
    training.cropFrames = 20;
    training.marginFrames = 4;
    training.batchSize = 2;
    training.warmUpSteps = 2;
    training.learningRate = 3e-3;
    training.seed = 5;
    return training;
}

/// Triangles of no particular scale that cover the bins.
std::vector<float> smallBank(const WaveDecoderShape& shape) {
    const int bins = shape.window / 2 + 1;
    std::vector<float> bank(static_cast<std::size_t>(shape.bands * bins), 0.0F);
    for (int k = 0; k < bins; ++k) {
        const int band = std::min(k * shape.bands / bins, shape.bands - 1);
        bank[static_cast<std::size_t>(band * bins + k)] = 1.0F;
    }
    return bank;
}

/// Noise that comes and goes, with inputs that tell when.
WaveBatch madeUpWaveBatch(const WaveDecoderTraining& training, std::uint64_t seed) {
    const WaveDecoderShape& shape = training.shape;
    WaveBatch batch;
    Random random(seed);
    for (int crop = 0; crop < training.batchSize; ++crop) {
        for (int t = 0; t < training.cropFrames; ++t) {
            const auto level = static_cast<float>(std::sin(0.7 * t + crop));
            for (int i = 0; i < shape.inputs(); ++i)
                batch.inputs.push_back(level + 0.1F * static_cast<float>(random.normal()));
            for (int k = 0; k < shape.bins(); ++k) {
                batch.skeleton.push_back(2.0F * level);
                batch.turns.push_back(static_cast<float>(random.uniform()));
            }
        }
        for (int i = 0; i < (training.cropFrames - 1) * shape.window / 4; ++i) {
            const double level = std::sin(0.7 * i / 512.0 + crop);
            batch.signal.push_back(static_cast<float>(0.1 * std::exp(2.0 * level) * random.normal()));
        }
    }
    return batch;
}

class WaveDecoderTest : public ModelFilesTest {
 protected:
    static WaveDecoderTrainer fresh(const WaveDecoderTraining& training) {
        auto trainer = WaveDecoderTrainer::create(training, DeviceKind::cpu, smallBank(training.shape));
        if (!trainer) throw std::runtime_error(trainer.error().sentence);
        return std::move(*trainer);
    }
    static double run(WaveDecoderTrainer& trainer, int from, int to) {
        double loss = 0;
        for (int step = from; step < to; ++step) {
            const auto report =
                trainer.trainStep(madeUpWaveBatch(trainer.training(), static_cast<std::uint64_t>(step)),
                                  static_cast<double>(step) / kSteps);
            if (!report) throw std::runtime_error(report.error().sentence + report.error().detail);
            EXPECT_TRUE(report->finite);
            EXPECT_EQ(report->step, step + 1);
            loss = report->loss;
        }
        return loss;
    }
    std::string exported(const WaveDecoderTrainer& trainer) const {
        EXPECT_TRUE(trainer.exportDecoder(m_folder / "decoder", {{"made_by", "test"}}));
        return bytesOf(m_folder / "decoder");
    }
};

TEST_F(WaveDecoderTest, LearnsTheSoundItIsShown) {
    WaveDecoderTrainer trainer = fresh(smallWaveTraining());
    const WaveBatch judged = madeUpWaveBatch(trainer.training(), 999);
    const auto before = trainer.evaluate(judged);
    run(trainer, 0, kSteps);
    const auto after = trainer.evaluate(judged);
    ASSERT_TRUE(before && after);
    EXPECT_LT(after->loss, before->loss);
    ASSERT_EQ(after->distances.size(), 5U);
}

TEST_F(WaveDecoderTest, SeedAndStepsGiveTheSameBytesInterruptedOrNotAndOnOneThreadOrTwo) {
    WaveDecoderTrainer straight = fresh(smallWaveTraining());
    run(straight, 0, kSteps);

    WaveDecoderTrainer begun = fresh(smallWaveTraining());
    begun.setThreads(2);
    run(begun, 0, 5);
    ASSERT_TRUE(begun.saveCheckpoint(m_folder / "checkpoint", {{"seconds", "1.5"}}));
    auto resumed = WaveDecoderTrainer::resume(m_folder / "checkpoint", DeviceKind::cpu);
    ASSERT_TRUE(resumed) << resumed.error().sentence;
    EXPECT_EQ(resumed->training(), smallWaveTraining());
    EXPECT_EQ(resumed->step(), 5);
    run(*resumed, 5, kSteps);
    EXPECT_EQ(exported(straight), exported(*resumed));
    EXPECT_EQ(decoderCheckpointMetadata(m_folder / "checkpoint")->at("seconds"), "1.5");

    WaveDecoderTraining other = smallWaveTraining();
    other.seed = 6;
    WaveDecoderTrainer different = fresh(other);
    run(different, 0, kSteps);
    EXPECT_NE(exported(straight), exported(different));
}

TEST_F(WaveDecoderTest, OpensAsWritten) {
    WaveDecoderTrainer trainer = fresh(smallWaveTraining());
    run(trainer, 0, 2);
    exported(trainer);
    const auto decoder = WaveDecoder::load(m_folder / "decoder", DeviceKind::cpu);
    ASSERT_TRUE(decoder) << decoder.error().sentence;
    EXPECT_EQ(decoder->shape(), smallWaveTraining().shape);
    EXPECT_EQ(decoder->metadata().at("made_by"), "test");
    EXPECT_EQ(decoder->reach(), 3);
    const WaveDecoderShape& shape = decoder->shape();
    std::vector<std::complex<float>> spectra;
    ASSERT_TRUE(decoder->spectra(std::vector<float>(static_cast<std::size_t>(6 * shape.inputs()), 0.5F),
                                 std::vector<float>(static_cast<std::size_t>(6 * shape.bins()), -1.0F),
                                 spectra));
    ASSERT_EQ(spectra.size(), static_cast<std::size_t>(6 * shape.bins()));
    for (const std::complex<float> value : spectra)
        EXPECT_TRUE(std::isfinite(value.real()) && std::isfinite(value.imag()));
}

TEST_F(WaveDecoderTest, GoesOnFromAFinishedDecoder) {
    WaveDecoderTrainer trainer = fresh(smallWaveTraining());
    run(trainer, 0, kSteps);
    exported(trainer);
    WaveDecoderTraining training = smallWaveTraining();
    training.shape.width = 8;  // the file knows better
    training.learningRate = 1e-4;
    auto further = WaveDecoderTrainer::createFrom(training, m_folder / "decoder", DeviceKind::cpu,
                                                  smallBank(training.shape));
    ASSERT_TRUE(further) << further.error().sentence;
    EXPECT_EQ(further->training().shape, smallWaveTraining().shape);
    EXPECT_EQ(further->step(), 0);
    const WaveBatch judged = madeUpWaveBatch(trainer.training(), 999);
    // The file holds 16-bit numbers.
    EXPECT_NEAR(further->evaluate(judged)->loss, trainer.evaluate(judged)->loss, 2e-3);
    EXPECT_EQ(WaveDecoderTrainer::createFrom(training, m_folder / "none", DeviceKind::cpu, {}).error().code,
              ErrorCode::notFound);
}

TEST_F(WaveDecoderTest, GrowsIntoALargerOneThatSaysTheSameAtFirstAndThenLearns) {
    WaveDecoderTrainer small = fresh(smallWaveTraining());
    run(small, 0, kSteps);
    exported(small);
    WaveDecoderTraining training = smallWaveTraining();
    training.shape.width = 48;
    training.shape.blocks = 3;
    const auto grow = [&] {
        return WaveDecoderTrainer::createFrom(training, m_folder / "decoder", DeviceKind::cpu,
                                              smallBank(training.shape), true);
    };
    auto large = grow();
    ASSERT_TRUE(large) << large.error().sentence;
    EXPECT_EQ(large->training().shape, training.shape);
    const WaveBatch judged = madeUpWaveBatch(small.training(), 999);
    const double before = small.evaluate(judged)->loss;
    EXPECT_NEAR(large->evaluate(judged)->loss, before, 2e-3);
    run(*large, 0, kSteps);
    EXPECT_LT(large->evaluate(judged)->loss, before);
    ASSERT_TRUE(large->exportDecoder(m_folder / "large", {}));
    // Copies of a unit part: else growing would be in vain.
    const auto file = loadWeights(m_folder / "large");
    ASSERT_TRUE(file);
    const std::vector<std::byte>& bytes = file->tensors.at("input.bias").bytes;
    EXPECT_FALSE(std::equal(bytes.begin(), bytes.begin() + 32, bytes.begin() + 32));

    training.shape.width = 24;  // one and a half times
    EXPECT_EQ(grow().error().code, ErrorCode::invalidArgument);
    training.shape.width = 16;
    training.shape.blocks = 0;
    EXPECT_EQ(grow().error().code, ErrorCode::invalidArgument);
}

TEST_F(WaveDecoderTest, WhatDoesNotFitIsRefusedWithASentence) {
    WaveDecoderTraining training = smallWaveTraining();
    WaveDecoderTrainer trainer = fresh(training);
    WaveBatch batch = madeUpWaveBatch(training, 1);
    batch.signal.pop_back();
    EXPECT_EQ(trainer.trainStep(batch, 0).error().code, ErrorCode::invalidArgument);
    batch = madeUpWaveBatch(training, 1);
    batch.turns.pop_back();
    EXPECT_EQ(trainer.trainStep(batch, 0).error().code, ErrorCode::invalidArgument);

    training.shape.width = 100000;
    EXPECT_EQ(WaveDecoderTrainer::create(training, DeviceKind::cpu, smallBank(training.shape)).error().code,
              ErrorCode::invalidArgument);
    EXPECT_EQ(WaveDecoderTrainer::create(smallWaveTraining(), DeviceKind::cpu, {}).error().code,
              ErrorCode::invalidArgument);

    exported(trainer);
    const auto decoder = WaveDecoder::load(m_folder / "decoder", DeviceKind::cpu);
    ASSERT_TRUE(decoder);
    std::vector<std::complex<float>> none;
    EXPECT_EQ(decoder->spectra({}, {}, none).error().code, ErrorCode::invalidArgument);
    EXPECT_EQ(WaveDecoderTrainer::resume(m_folder / "decoder", DeviceKind::cpu).error().code,
              ErrorCode::unusableInput);
    EXPECT_EQ(WaveDecoder::load(m_folder / "nothing", DeviceKind::cpu).error().code, ErrorCode::notFound);
}

TEST_F(WaveDecoderTest, FilesThatLieAreRefused) {
    WaveDecoderTrainer trainer = fresh(smallWaveTraining());
    exported(trainer);
    auto file = loadWeights(m_folder / "decoder");
    ASSERT_TRUE(file);
    const auto refused = [&](WeightsFile lie) {
        EXPECT_TRUE(saveWeights(lie, m_folder / "lie"));
        const auto loaded = WaveDecoder::load(m_folder / "lie", DeviceKind::cpu);
        return !loaded && loaded.error().code == ErrorCode::unusableInput && !loaded.error().sentence.empty();
    };
    WeightsFile lie = *file;
    lie.tensors.erase("phase.weight");
    EXPECT_TRUE(refused(lie));
    lie = *file;
    lie.metadata["smidgen.shape"] = R"({"bands":8,"noise":2,"width":4096,"blocks":64,"window":2048})";
    EXPECT_TRUE(refused(lie));
    lie.metadata["smidgen.shape"] = R"({"bands":8,"noise":2,"width":-16,"blocks":1,"window":2048})";
    EXPECT_TRUE(refused(lie));
    lie.metadata["smidgen.shape"] = R"({"bands":8,"noise":2,"width":16,"blocks":1,"window":2048,"ratio":2})";
    EXPECT_TRUE(refused(lie));
    lie.metadata.erase("smidgen.shape");
    EXPECT_TRUE(refused(lie));
    lie = *file;
    for (std::byte& byte : lie.tensors["input.weight"].bytes) byte = std::byte{0xff};  // not-a-number
    EXPECT_TRUE(refused(lie));
}

}  // namespace
}  // namespace smidgen::models
