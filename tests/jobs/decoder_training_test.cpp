#include "engine/jobs/decoder_training.h"

#include <gtest/gtest.h>
#include <unistd.h>

#include <algorithm>
#include <cmath>
#include <filesystem>
#include <fstream>
#include <iterator>

#include "engine/audio/audio_writer.h"
#include "engine/generation/decoder_shelf.h"
#include "engine/jobs/decoder_judge.h"
#include "engine/jobs/decoder_material.h"
#include "models/weights_file.h"

namespace smidgen {
namespace {

namespace fs = std::filesystem;

class DecoderTrainingTest : public testing::Test {
 protected:
    void SetUp() override {
        m_folder = fs::temp_directory_path() / ("smidgen-decoder-" + std::to_string(::getpid()));
        fs::create_directories(m_folder / "sounds");
        for (int file = 0; file < 2; ++file) {
            AudioBuffer sound(1, Samples(24000));
            for (std::size_t i = 0; i < 24000; ++i)
                sound.channels[0][i] =
                    static_cast<float>(0.4 * std::sin(0.02 * (file + 1) * static_cast<double>(i)) *
                                       std::exp(-1e-4 * static_cast<double>(i)));
            ASSERT_TRUE(
                writeAudio(sound, m_folder / "sounds" / ("tone" + std::to_string(file) + ".wav"), {}));
        }
    }
    void TearDown() override {
        std::error_code ignored;
        fs::remove_all(m_folder, ignored);
    }
    [[nodiscard]] DecoderTrainingRequest request(const std::string& name, std::int64_t steps) const {
        DecoderTrainingRequest request;
        request.paths = {m_folder / "sounds"};
        request.out = m_folder / name;
        request.size = DecoderSize::draft;
        request.steps = steps;
        request.batchSize = 1;
        request.seed = 3;
        return request;
    }
    [[nodiscard]] static std::string bytes(const fs::path& file) {
        std::ifstream in(file, std::ios::binary);
        return {std::istreambuf_iterator<char>(in), {}};
    }
    fs::path m_folder;
};

TEST_F(DecoderTrainingTest, CancelledAndResumedItEndsAsUndisturbed) {
    const auto straight = trainDecoder(request("straight", 4), models::DeviceKind::cpu);
    ASSERT_TRUE(straight) << straight.error().sentence;
    EXPECT_EQ(straight->steps, 4);
    EXPECT_EQ(straight->files, 2);
    EXPECT_FALSE(fs::exists(decoderCheckpoint(m_folder / "straight")));

    DecoderTrainingRequest broken = request("broken", 4);
    const CancelToken cancel;
    const auto stopped =
        trainDecoder(broken, models::DeviceKind::cpu, cancel, [&](const DecoderTrainingProgress& progress) {
            if (progress.step == 2) cancel.cancel();
        });
    ASSERT_FALSE(stopped);
    EXPECT_EQ(stopped.error().code, ErrorCode::cancelled);
    EXPECT_FALSE(fs::exists(m_folder / "broken"));
    ASSERT_TRUE(fs::exists(decoderCheckpoint(m_folder / "broken")));

    broken.resume = true;
    broken.seed = 4;
    EXPECT_EQ(trainDecoder(broken, models::DeviceKind::cpu).error().code, ErrorCode::invalidArgument);
    broken.seed = 3;
    const auto resumed = trainDecoder(broken, models::DeviceKind::cpu);
    ASSERT_TRUE(resumed) << resumed.error().sentence;
    EXPECT_EQ(bytes(m_folder / "straight"), bytes(m_folder / "broken"));
}

TEST_F(DecoderTrainingTest, FineTuningNeverEndsWorseThanItBegan) {
    const auto shipped = decoderFile("draft");
    ASSERT_TRUE(shipped) << shipped.error().sentence;
    DecoderTrainingRequest tuning = request("tuned", 20);
    tuning.base = *shipped;
    // Far too high a rate for a finished decoder: all it finds is worse, and the base stays.
    tuning.learningRate = 0.1;
    const auto ruined = trainDecoder(tuning, models::DeviceKind::cpu);
    ASSERT_TRUE(ruined) << ruined.error().sentence;
    ASSERT_TRUE(ruined->gain);
    EXPECT_EQ(ruined->gain->bestStep, 0);
    EXPECT_EQ(ruined->gain->after, ruined->gain->before);
    const auto base = models::loadWeights(*shipped);
    const auto kept = models::loadWeights(m_folder / "tuned");
    ASSERT_TRUE(base && kept);
    for (const auto& [name, tensor] : base->tensors)
        EXPECT_EQ(kept->tensors.at(name).bytes, tensor.bytes) << name;
}

TEST_F(DecoderTrainingTest, FineTuningIsGentleUnlessToldOtherwiseAndResumes) {
    ASSERT_TRUE(trainDecoder(request("base", 2), models::DeviceKind::cpu));
    DecoderTrainingRequest tuning = request("straight", 4);
    tuning.base = m_folder / "base";
    const auto straight = trainDecoder(tuning, models::DeviceKind::cpu);
    ASSERT_TRUE(straight) << straight.error().sentence;
    tuning.out = m_folder / "named";
    tuning.learningRate = 5e-5;
    ASSERT_TRUE(trainDecoder(tuning, models::DeviceKind::cpu));
    EXPECT_EQ(bytes(m_folder / "straight"), bytes(m_folder / "named"));

    tuning.out = m_folder / "broken";
    const CancelToken cancel;
    const auto stopped =
        trainDecoder(tuning, models::DeviceKind::cpu, cancel, [&](const DecoderTrainingProgress& progress) {
            if (progress.step == 2) cancel.cancel();
        });
    ASSERT_FALSE(stopped);
    EXPECT_TRUE(fs::exists(m_folder / "broken")) << "the best so far can be used";
    tuning.resume = true;
    const auto resumed = trainDecoder(tuning, models::DeviceKind::cpu);
    ASSERT_TRUE(resumed) << resumed.error().sentence;
    EXPECT_EQ(resumed->gain->before, straight->gain->before);
    EXPECT_EQ(resumed->gain->after, straight->gain->after);
    EXPECT_EQ(bytes(m_folder / "straight"), bytes(m_folder / "broken"));
}

TEST_F(DecoderTrainingTest, RecordingsToJudgeByAreTakenOutOfThoseLearnedFrom) {
    std::vector<fs::path> files;
    for (int i = 0; i < 40; ++i) files.push_back(std::to_string(i));
    std::vector<fs::path> learned = files;
    const auto heldBack = holdBackRecordings(learned, 5);
    EXPECT_EQ(heldBack.size(), 4U);
    EXPECT_EQ(learned.size(), 36U);
    for (const fs::path& file : heldBack) EXPECT_EQ(std::ranges::count(learned, file), 0);
    std::vector<fs::path> again = files;
    EXPECT_EQ(holdBackRecordings(again, 5), heldBack);
    std::vector<fs::path> few(files.begin(), files.begin() + 3);
    EXPECT_TRUE(holdBackRecordings(few, 5).empty());
    EXPECT_EQ(few.size(), 3U);
}

TEST_F(DecoderTrainingTest, WhatCannotBeUsedIsSaid) {
    DecoderTrainingRequest none = request("none", 1);
    fs::create_directories(m_folder / "empty");
    none.paths = {m_folder / "empty"};
    EXPECT_EQ(trainDecoder(none, models::DeviceKind::cpu).error().code, ErrorCode::unusableInput);
    std::ofstream(m_folder / "empty" / "text.wav") << "not a sound";
    EXPECT_EQ(trainDecoder(none, models::DeviceKind::cpu).error().code, ErrorCode::unusableInput);
    none.paths = {m_folder / "nowhere"};
    EXPECT_EQ(trainDecoder(none, models::DeviceKind::cpu).error().code, ErrorCode::notFound);
    none.resume = true;
    EXPECT_EQ(trainDecoder(none, models::DeviceKind::cpu).error().code, ErrorCode::notFound);
}

TEST_F(DecoderTrainingTest, CropsFollowFromSeedAndNumber) {
    const std::vector<fs::path> files{m_folder / "sounds" / "tone0.wav", m_folder / "sounds" / "tone1.wav"};
    DecoderMaterialSettings settings;
    settings.seed = 8;
    const auto one = DecoderMaterial::load(files, settings);
    const auto two = DecoderMaterial::load(files, settings);
    settings.seed = 9;
    const auto other = DecoderMaterial::load(files, settings);
    ASSERT_TRUE(one && two && other);
    EXPECT_NEAR(one->seconds(), 1.0, 1e-3);
    int sounding = 0;
    for (std::uint64_t number = 0; number < 40; ++number) {
        const std::vector<float> crop = one->crop(number, 24);
        ASSERT_EQ(crop.size(), 23U * 512U);
        EXPECT_EQ(crop, two->crop(number, 24));
        float peak = 0;
        for (const float value : crop) peak = std::max(peak, std::abs(value));
        EXPECT_LE(peak, 1.0F);
        sounding += peak > 1e-3F ? 1 : 0;
    }
    EXPECT_GE(sounding, 30);
    EXPECT_NE(one->crop(0, 24), other->crop(0, 24));
    EXPECT_NE(one->crop(0, 24), one->crop(1, 24));
}

}  // namespace
}  // namespace smidgen
