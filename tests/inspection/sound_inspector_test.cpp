#include "engine/workstation/inspection/sound_inspector.h"

#include <gtest/gtest.h>
#include <unistd.h>

#include <algorithm>
#include <cmath>
#include <condition_variable>
#include <fstream>
#include <mutex>
#include <numbers>
#include <random>

#include "engine/audio/audio_writer.h"

namespace smidgen {
namespace {

namespace fs = std::filesystem;

/// Wakes the test whenever the inspector tells of something new.
class Watch {
 public:
    explicit Watch(SoundInspector& inspector) : m_inspector(inspector) {
        m_id = inspector.addListener([this] {
            const std::lock_guard lock(m_mutex);
            ++m_told;
            m_changed.notify_all();
        });
    }
    ~Watch() { m_inspector.removeListener(m_id); }

    /// Asks `ready` at each change until it says yes; false after ten seconds.
    template <typename Ready>
    bool until(Ready ready) {
        const auto deadline = std::chrono::steady_clock::now() + std::chrono::seconds(10);
        while (true) {
            const int seen = told();
            if (ready()) return true;
            std::unique_lock lock(m_mutex);
            if (!m_changed.wait_until(lock, deadline, [&] { return m_told != seen; })) return false;
        }
    }
    bool untilComplete() {
        return until([this] { return m_inspector.outline()->complete; });
    }
    std::shared_ptr<const SpectrumTile> tile(const SpectrumTileKey& key, int filled) {
        std::shared_ptr<const SpectrumTile> found;
        const bool made = until([&] {
            found = m_inspector.tile(key);
            return found && found->filled >= filled;
        });
        return made ? found : nullptr;
    }

 private:
    int told() {
        const std::lock_guard lock(m_mutex);
        return m_told;
    }

    SoundInspector& m_inspector;
    int m_id = 0;
    int m_told = 0;
    std::mutex m_mutex;
    std::condition_variable m_changed;
};

std::shared_ptr<AudioBuffer> noise(std::int64_t samples, int channels = 1) {
    auto sound = std::make_shared<AudioBuffer>(channels, Samples(samples));
    std::mt19937 random(7);
    for (auto& channel : sound->channels)
        for (float& sample : channel) sample = static_cast<float>(random() % 20001) / 10000.0F - 1.0F;
    return sound;
}

std::shared_ptr<AudioBuffer> sine(double hertz, double seconds, float amplitude) {
    auto sound = std::make_shared<AudioBuffer>(1, toSamples(Seconds(seconds)));
    for (std::size_t i = 0; i < sound->channels[0].size(); ++i)
        sound->channels[0][i] =
            amplitude *
            static_cast<float>(std::sin(2 * std::numbers::pi * hertz * static_cast<double>(i) / kSampleRate));
    return sound;
}

/// Loudest band of a column and its level in dB.
std::pair<int, double> loudest(const SpectrumTile& tile, int column) {
    int best = 0;
    for (int b = 0; b < SpectrumTile::kBands; ++b)
        if (tile.values[static_cast<std::size_t>(b * SpectrumTile::kColumns + column)] >
            tile.values[static_cast<std::size_t>(best * SpectrumTile::kColumns + column)])
            best = b;
    const double value = tile.values[static_cast<std::size_t>(best * SpectrumTile::kColumns + column)];
    return {best, SpectrumTile::kFloorDb * (1 - value / 255)};
}

class SoundFileTest : public ::testing::Test {
 protected:
    void SetUp() override {
        m_folder = fs::temp_directory_path() / ("smidgen-inspect-" + std::to_string(::getpid()));
        fs::create_directories(m_folder);
    }
    void TearDown() override { fs::remove_all(m_folder); }
    fs::path m_folder;
};

TEST(SoundInspectorTest, ColumnsAreTheExtremesOfEveryBlockAlsoAcrossChunks) {
    const std::int64_t length = SoundOutline::kChunk + 100000;
    const auto sound = noise(length);
    SoundInspector inspector{std::shared_ptr<const AudioBuffer>(sound)};
    Watch watch(inspector);
    ASSERT_TRUE(watch.untilComplete());
    const auto outline = inspector.outline();
    ASSERT_EQ(outline->length.value, length);
    ASSERT_EQ(outline->chunks.size(), 2U);
    const std::int64_t start = SoundOutline::kChunk - 64 * 500;
    std::vector<PeakPair> columns(1000);
    outline->columns(static_cast<double>(start), 64.0 * 1000, columns);
    for (std::size_t c = 0; c < columns.size(); ++c) {
        const auto from = sound->channels[0].begin() + start + static_cast<std::int64_t>(c) * 64;
        const auto [low, high] = std::minmax_element(from, from + 64);
        ASSERT_EQ(columns[c].low, *low) << c;
        ASSERT_EQ(columns[c].high, *high) << c;
    }
    std::vector<PeakPair> whole(1);
    outline->columns(0, static_cast<double>(length), whole);
    const auto [low, high] = std::minmax_element(sound->channels[0].begin(), sound->channels[0].end());
    EXPECT_EQ(whole[0].low, *low);
    EXPECT_EQ(whole[0].high, *high);
    std::vector<float> power(1);
    outline->powers(0, static_cast<double>(length), power);
    double sum = 0;
    for (const float x : sound->channels[0]) sum += static_cast<double>(x) * static_cast<double>(x);
    EXPECT_NEAR(power[0], sum / static_cast<double>(length), 1e-4);
}

TEST(SoundInspectorTest, ColumnsOutsideTheSoundAreSilent) {
    SoundInspector inspector{std::shared_ptr<const AudioBuffer>(noise(4800))};
    Watch watch(inspector);
    ASSERT_TRUE(watch.untilComplete());
    std::vector<PeakPair> columns(4);
    inspector.outline()->columns(-4800, 4 * 4800, columns);
    EXPECT_EQ(columns[0].high, 0);
    EXPECT_GT(columns[1].high, 0.9F);
    EXPECT_EQ(columns[2].high, 0);
    EXPECT_EQ(columns[3].high, 0);
}

TEST(SoundInspectorTest, StereoIsSeenAsItsMean) {
    auto sound = std::make_shared<AudioBuffer>(2, Samples(9600));
    std::fill(sound->channels[0].begin(), sound->channels[0].end(), 0.75F);
    std::fill(sound->channels[1].begin(), sound->channels[1].end(), -0.25F);
    SoundInspector inspector{std::shared_ptr<const AudioBuffer>(sound)};
    Watch watch(inspector);
    ASSERT_TRUE(watch.untilComplete());
    std::vector<PeakPair> columns(1);
    inspector.outline()->columns(0, 9600, columns);
    EXPECT_FLOAT_EQ(columns[0].high, 0.25F);
    EXPECT_FLOAT_EQ(columns[0].low, 0.25F);
    EXPECT_EQ(inspector.outline()->channels, 2);
}

TEST(SoundInspectorTest, SineShowsAtItsFrequencyAndLevelAtEveryZoom) {
    for (const double hertz : {220.0, 1000.0, 9000.0}) {
        SoundInspector inspector{std::shared_ptr<const AudioBuffer>(sine(hertz, 12, 0.5F))};
        Watch watch(inspector);
        ASSERT_TRUE(watch.untilComplete());
        for (const int level : {0, 3, 5, 6, 8}) {
            const auto tile = watch.tile({level, 0}, level >= 6 ? 10 : 100);
            ASSERT_TRUE(tile) << level;
            const auto [band, decibels] = loudest(*tile, 5);
            const double position = spectrumPosition(hertz, kSampleRate) * SpectrumTile::kBands;
            EXPECT_NEAR(band + 0.5, position, 1.2) << hertz << " Hz, level " << level;
            // A Hann window lets a sine between two bins lose up to 1.42 dB (Harris 1978).
            EXPECT_NEAR(decibels, -6.02, 1.9) << hertz << " Hz, level " << level;
        }
    }
}

TEST(SoundInspectorTest, OverviewAndFineTilesTellTheSameTime) {
    auto sound = std::make_shared<AudioBuffer>(1, toSamples(Seconds(20)));
    const std::int64_t onset = 8 * 48000;
    const auto tone = sine(2000, 20, 0.8F);
    std::copy(tone->channels[0].begin() + onset, tone->channels[0].end(), sound->channels[0].begin() + onset);
    SoundInspector inspector{std::shared_ptr<const AudioBuffer>(sound)};
    Watch watch(inspector);
    ASSERT_TRUE(watch.untilComplete());
    for (const int level : {2, 4, 6}) {
        const std::int64_t column = onset / SpectrumTile::stride(level);
        const SpectrumTileKey key{level, column / SpectrumTile::kColumns};
        const int inside = static_cast<int>(column % SpectrumTile::kColumns);
        const auto tile = watch.tile(key, std::min(inside + 4, SpectrumTile::kColumns));
        ASSERT_TRUE(tile) << level;
        EXPECT_LT(loudest(*tile, inside - 4).second, -60) << level;
        EXPECT_GT(loudest(*tile, inside + 3).second, -6) << level;
    }
}

TEST(SoundInspectorTest, SampleBlocksAreTheSamples) {
    const auto sound = noise(SoundInspector::kSampleBlock * 2 + 10);
    SoundInspector inspector{std::shared_ptr<const AudioBuffer>(sound)};
    Watch watch(inspector);
    ASSERT_TRUE(watch.untilComplete());
    std::shared_ptr<const std::vector<float>> block;
    ASSERT_TRUE(watch.until([&] { return (block = inspector.samples(2)) != nullptr; }));
    ASSERT_EQ(block->size(), 10U);
    EXPECT_TRUE(std::equal(block->begin(), block->end(),
                           sound->channels[0].begin() + SoundInspector::kSampleBlock * 2));
    EXPECT_EQ(inspector.samples(3), nullptr);
    EXPECT_EQ(inspector.samples(-1), nullptr);
}

TEST(SoundInspectorTest, MemoryStaysBoundedHoweverMuchIsLookedAt) {
    SoundInspector inspector{std::shared_ptr<const AudioBuffer>(noise(60 * 48000))};
    Watch watch(inspector);
    ASSERT_TRUE(watch.untilComplete());
    const std::size_t outlineBytes = inspector.memoryBytes();
    EXPECT_LT(outlineBytes, std::size_t{60} * 48000 / 64 * 8 * 3 / 2 + (std::size_t{1} << 18));
    for (std::int64_t index = 0; index < 88; ++index) ASSERT_TRUE(watch.tile({0, index}, 1));
    for (std::int64_t index = 0; index < 170; ++index)
        ASSERT_TRUE(watch.until([&] { return inspector.samples(index) != nullptr; }));
    EXPECT_LE(inspector.memoryBytes(),
              outlineBytes + SoundInspector::kTileBytes + SoundInspector::kSampleBytes);
    EXPECT_GT(inspector.memoryBytes(), outlineBytes + SoundInspector::kSampleBytes);
}

TEST(SoundInspectorTest, NonsenseTilesAreRefused) {
    SoundInspector inspector{std::shared_ptr<const AudioBuffer>(noise(4800))};
    Watch watch(inspector);
    ASSERT_TRUE(watch.untilComplete());
    EXPECT_EQ(inspector.tile({-1, 0}), nullptr);
    EXPECT_EQ(inspector.tile({0, -1}), nullptr);
    EXPECT_EQ(inspector.tile({SpectrumTile::kLevels, 0}), nullptr);
    EXPECT_EQ(inspector.tile({0, 1000}), nullptr);
}

TEST(SoundInspectorTest, AnEmptySoundIsCompleteAndSilent) {
    SoundInspector inspector{std::make_shared<const AudioBuffer>(1, Samples(0))};
    Watch watch(inspector);
    ASSERT_TRUE(watch.untilComplete());
    EXPECT_EQ(inspector.outline()->length.value, 0);
    EXPECT_EQ(inspector.outline()->fraction(), 1.0);
    std::vector<PeakPair> columns(3, PeakPair{9, 9});
    inspector.outline()->columns(0, 100, columns);
    EXPECT_EQ(columns[1].high, 0);
}

TEST(SoundInspectorTest, ItCanBeLetGoOfWhileItReads) {
    for (int i = 0; i < 20; ++i) {
        SoundInspector inspector{std::shared_ptr<const AudioBuffer>(noise(600000))};
        static_cast<void>(inspector.tile({0, 3}));
    }
}

TEST(SpectrumScaleTest, PositionsFollowTheHtkMelScale) {
    EXPECT_NEAR(spectrumPosition(24000, 48000), 1.0, 1e-12);
    EXPECT_NEAR(spectrumPosition(0, 48000), 0.0, 1e-12);
    EXPECT_NEAR(spectrumPosition(1000, 48000), 999.985537 / 4016.019180,
                1e-5);  // mel(1 kHz) / mel(24 kHz), by hand
    for (const double hertz : {30.0, 440.0, 5000.0, 20000.0})
        EXPECT_NEAR(spectrumFrequency(spectrumPosition(hertz, 44100), 44100), hertz, 1e-6);
}

TEST_F(SoundFileTest, AFileShowsTheSamplesThatWereWritten) {
    const auto sound = noise(150000, 2);
    for (auto& channel : sound->channels)
        for (float& sample : channel) sample *= 0.9F;
    const fs::path file = m_folder / "noise.wav";
    WriteOptions options;
    options.profile.depth = SampleDepth::float32;
    ASSERT_TRUE(writeAudio(*sound, file, options));
    SoundInspector inspector{file};
    Watch watch(inspector);
    ASSERT_TRUE(watch.untilComplete());
    const auto outline = inspector.outline();
    ASSERT_FALSE(outline->error) << outline->error->sentence;
    ASSERT_EQ(outline->length.value, 150000);
    EXPECT_EQ(outline->channels, 2);
    std::vector<PeakPair> columns(100);
    outline->columns(640, 6400, columns);
    for (std::size_t c = 0; c < columns.size(); ++c) {
        float high = -2;
        for (std::size_t i = 640 + c * 64; i < 640 + (c + 1) * 64; ++i)
            high = std::max(high, (sound->channels[0][i] + sound->channels[1][i]) / 2);
        ASSERT_NEAR(columns[c].high, high, 1e-6) << c;
    }
    std::shared_ptr<const std::vector<float>> block;
    ASSERT_TRUE(watch.until([&] { return (block = inspector.samples(5)) != nullptr; }));
    EXPECT_NEAR((*block)[100],
                (sound->channels[0][5 * 16384 + 100] + sound->channels[1][5 * 16384 + 100]) / 2, 1e-6);
}

TEST_F(SoundFileTest, AMissingFileIsASentence) {
    SoundInspector inspector{m_folder / "nowhere.wav"};
    Watch watch(inspector);
    ASSERT_TRUE(watch.untilComplete());
    ASSERT_TRUE(inspector.outline()->error);
    EXPECT_EQ(inspector.outline()->error->code, ErrorCode::notFound);
    EXPECT_NE(inspector.outline()->error->sentence.find("nowhere.wav"), std::string::npos);
}

TEST_F(SoundFileTest, ATruncatedFlacShowsWhatCouldBeRead) {
    const fs::path file = m_folder / "noise.flac";
    WriteOptions options;
    options.profile.format = FileFormat::flac;
    ASSERT_TRUE(writeAudio(*noise(300000), file, options));
    fs::resize_file(file, fs::file_size(file) / 2);
    SoundInspector inspector{file};
    Watch watch(inspector);
    ASSERT_TRUE(watch.untilComplete());
    const auto outline = inspector.outline();
    EXPECT_TRUE(outline->error);
    EXPECT_LT(outline->length.value, 200000);
    EXPECT_EQ(outline->length, outline->known);
}

}  // namespace
}  // namespace smidgen
