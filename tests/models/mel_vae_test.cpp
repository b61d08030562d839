#include "models/mel_vae.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <cmath>
#include <thread>

#include "mel_vae_fixture.h"
#include "models/weights_file.h"

namespace smidgen::models {
namespace {

class MelVaeTest : public ModelFilesTest {
 protected:
    /// A model that has seen a few steps, so that every part of it speaks.
    [[nodiscard]] MelVae trained() const {
        const MelVaeTraining training = smallTraining();
        auto trainer = MelVaeTrainer::create(training, DeviceKind::cpu, madeUpSample(training.shape));
        for (std::uint64_t step = 0; step < 30; ++step)
            if (!trainer->trainStep(madeUpBatch(training, step, training.batchSize), 0.1))
                throw std::runtime_error("a step failed");
        std::vector<Latents> anchors;
        for (std::uint64_t i = 0; i < 3; ++i)
            anchors.push_back(*trainer->encode(madeUpMel(i, 21, training.shape.melBands)));
        if (!trainer->exportModel(m_folder / "model", {{"name", "Ambient"}}, anchors))
            throw std::runtime_error("no model");
        return std::move(*MelVae::load(m_folder / "model", DeviceKind::cpu));
    }
};

float largestDifference(std::span<const float> a, std::span<const float> b) {
    EXPECT_EQ(a.size(), b.size());
    float most = 0;
    for (std::size_t i = 0; i < std::min(a.size(), b.size()); ++i)
        most = std::max(most, std::abs(a[i] - b[i]));
    return most;
}

TEST_F(MelVaeTest, FileKeepsShapeMetadataAndAnchors) {
    const MelVae model = trained();
    EXPECT_EQ(model.shape().width, smallShape().width);
    EXPECT_EQ(model.metadata(), (std::map<std::string, std::string>{{"name", "Ambient"}}));
    ASSERT_EQ(model.anchors().size(), 3U);
    EXPECT_EQ(model.anchors()[0].frames().value, 11);
    EXPECT_GT(model.parameterCount(), 10000);
    ASSERT_EQ(model.latentMean().size(), 10U);
    // The spread of the first latent over the anchors, computed here from the anchors the file gives back.
    double sum = 0, square = 0;
    int count = 0;
    for (const Latents& anchor : model.anchors()) {
        for (std::size_t i = 0; i < anchor.z.size(); i += 6) {
            sum += anchor.z[i];
            square += static_cast<double>(anchor.z[i]) * anchor.z[i];
            ++count;
        }
    }
    const double mean = sum / count;
    EXPECT_NEAR(model.latentMean()[0], mean, 2e-3);
    EXPECT_NEAR(model.latentStd()[0], std::sqrt(square / count - mean * mean), 2e-3);
}

TEST_F(MelVaeTest, OddLengthsArePaddedToWholeLatentFrames) {
    const MelVae model = trained();
    for (const int frames : {1, 2, 3, 16, 33}) {
        const auto latents = model.encode(madeUpMel(5, frames, 24));
        ASSERT_TRUE(latents);
        EXPECT_EQ(latents->frames().value, (frames + 1) / 2);
        EXPECT_EQ(latents->g.size(), 4U);
        const auto mel = model.decode(*latents);
        ASSERT_TRUE(mel);
        EXPECT_EQ(mel->size(), latents->z.size() / 6 * 2 * 24);
    }
}

/// Far from every border a frame sees the same neighbours whether the sound is cut in pieces or not: the
/// middle of a long run equals the run of a stretch around it, but for what g says of the whole and of the
/// stretch, which moves every z alike.
TEST_F(MelVaeTest, LongSoundsShowNoSeams) {
    const MelVae model = trained();
    constexpr int kFrames = 2 * 1300;
    auto mel = madeUpMel(3, kFrames, 24);
    for (float& value : mel) value = std::max(value, static_cast<float>(kLogMelOfSilence));
    const auto whole = model.encode(mel);
    ASSERT_TRUE(whole);
    const auto decoded = model.decode(*whole);
    ASSERT_TRUE(decoded);
    // Latent frames 400…700 hold the first join (512); 60 latent frames of margin exceed the network's view.
    constexpr int kFrom = 400, kTo = 700, kMargin = 60;
    const std::span<const float> around(mel.data() + (kFrom - kMargin) * 2 * 24,
                                        static_cast<std::size_t>(kTo - kFrom + 2 * kMargin) * 2 * 24);
    const auto part = model.encode(around);
    ASSERT_TRUE(part);
    const auto apart = [&](int frame, std::size_t d) {
        return whole->z[static_cast<std::size_t>(frame) * 6 + d] -
               part->z[static_cast<std::size_t>(frame - kFrom + kMargin) * 6 + d];
    };
    for (std::size_t d = 0; d < 6; ++d)
        for (int frame = kFrom; frame < kTo; ++frame)
            ASSERT_NEAR(apart(frame, d), apart(kFrom, d), 1e-4) << frame;

    Latents cut{
        6, {whole->z.begin() + (kFrom - kMargin) * 6, whole->z.begin() + (kTo + kMargin) * 6}, whole->g};
    const auto piece = model.decode(cut);
    ASSERT_TRUE(piece);
    const std::size_t values = static_cast<std::size_t>(kTo - kFrom) * 2 * 24;
    EXPECT_LT(largestDifference(std::span(*decoded).subspan(kFrom * 2 * 24, values),
                                std::span(*piece).subspan(kMargin * 2 * 24, values)),
              1e-4F);
}

/// Before any training the linear roads alone speak. With a g as wide as the spectrum, an equaliser that
/// holds for the whole sound is g's business, and z does not move.
TEST_F(MelVaeTest, WhatHoldsForTheWholeSoundIsInG) {
    MelVaeTraining training = smallTraining();
    training.shape.globalDims = training.shape.melBands;
    auto trainer = MelVaeTrainer::create(training, DeviceKind::cpu, madeUpSample(training.shape));
    ASSERT_TRUE(trainer);
    const auto mel = madeUpMel(3, 40, 24);
    auto coloured = mel;
    for (std::size_t i = 0; i < mel.size(); ++i)
        coloured[i] += 0.5F * std::sin(static_cast<float>(i % 24)) + 0.3F;
    const auto plain = trainer->encode(mel), equalised = trainer->encode(coloured);
    ASSERT_TRUE(plain && equalised);
    EXPECT_LT(largestDifference(plain->z, equalised->z), 0.05F);
    EXPECT_GT(largestDifference(plain->g, equalised->g), 0.5F);
}

TEST_F(MelVaeTest, NothingIsQuieterThanSilence) {
    const MelVae model = trained();
    auto latents = model.encode(madeUpMel(3, 40, 24));
    ASSERT_TRUE(latents);
    for (float& value : latents->z) value *= 20;
    const auto mel = model.decode(*latents);
    ASSERT_TRUE(mel);
    EXPECT_EQ(*std::min_element(mel->begin(), mel->end()), static_cast<float>(kLogMelOfSilence));
}

TEST_F(MelVaeTest, OneGlobalForAllFramesEqualsThatGlobalOnEveryFrame) {
    const MelVae model = trained();
    auto latents = *model.encode(madeUpMel(8, 50, 24));
    const auto once = *model.decode(latents);
    const std::vector<float> global = latents.g;
    for (std::int64_t i = 1; i < latents.frames().value; ++i)
        latents.g.insert(latents.g.end(), global.begin(), global.end());
    EXPECT_LT(largestDifference(once, *model.decode(latents)), 1e-5F);
    for (float& value : latents.g) value += 3.0F;
    EXPECT_GT(largestDifference(once, *model.decode(latents)), 1e-3F);
}

TEST_F(MelVaeTest, ConcurrentUseGivesTheSameBits) {
    const MelVae model = trained();
    const auto mel = madeUpMel(4, 700, 24);
    const auto alone = *model.decode(*model.encode(mel));
    std::vector<std::vector<float>> results(4);
    std::vector<std::thread> threads;
    for (auto& result : results) threads.emplace_back([&] { result = *model.decode(*model.encode(mel)); });
    for (auto& thread : threads) thread.join();
    for (const auto& result : results) EXPECT_EQ(result, alone);
}

TEST_F(MelVaeTest, ForeignLatentsAreRefused) {
    const MelVae model = trained();
    EXPECT_FALSE(model.encode({}));
    EXPECT_FALSE(model.encode(std::vector<float>(25)));
    EXPECT_FALSE(model.decode({6, {}, std::vector<float>(4)}));
    EXPECT_FALSE(model.decode({5, std::vector<float>(10), std::vector<float>(4)}));
    EXPECT_FALSE(model.decode({6, std::vector<float>(12), std::vector<float>(3)}));
}

TEST_F(MelVaeTest, DamagedModelsAreRefusedInWords) {
    static_cast<void>(trained());
    const auto weights = *loadWeights(m_folder / "model");
    const auto refused = [&](const WeightsFile& file) {
        EXPECT_TRUE(saveWeights(file, m_folder / "bad"));
        const auto model = MelVae::load(m_folder / "bad", DeviceKind::cpu);
        return !model && model.error().code == ErrorCode::unusableInput &&
               model.error().sentence.find("bad") != std::string::npos;
    };
    EXPECT_FALSE(refused(weights));
    auto file = weights;
    file.tensors.erase("weights.decoder.1.up.weight");
    EXPECT_TRUE(refused(file));
    file = weights;
    file.tensors["weights.input.weight"].shape = {32, 24};
    EXPECT_TRUE(refused(file));
    file = weights;
    for (auto& byte : file.tensors["weights.output.bias"].bytes) byte = std::byte{0xFF};
    EXPECT_TRUE(refused(file));
    file = weights;
    file.metadata["smidgen.format"] = "2";
    EXPECT_TRUE(refused(file));
    file = weights;
    file.metadata["smidgen.shape"] = R"({"melBands":1024,"width":4096,"encoderBlocks":64,"decoderBlocks":64,)"
                                     R"("latentDims":512,"globalDims":512,"fold":16})";
    EXPECT_TRUE(refused(file));
    file = weights;
    file.metadata.clear();
    EXPECT_TRUE(refused(file));
    EXPECT_EQ(MelVae::load(m_folder / "nothing", DeviceKind::cpu).error().code, ErrorCode::notFound);
}

}  // namespace
}  // namespace smidgen::models
