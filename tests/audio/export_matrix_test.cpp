// Every format × depth × rate × channels × target, reopened by programs that are not ours.
#include <algorithm>
#include <cstdlib>
#include <iostream>

#include "engine/audio/audio_reader.h"
#include "engine/audio/levelled_writer.h"
#include "engine/audio/resampler.h"
#include "tests/audio/independent_reader.h"
#include "tests/audio/sounds.h"

namespace smidgen {
namespace {

struct Kind {
    FileFormat format;
    SampleDepth depth;
    const char* codec;  ///< FFmpeg's name
    int bits;
};
constexpr Kind kKinds[] = {{FileFormat::wav, SampleDepth::int16, "pcm_s16le", 16},
                           {FileFormat::wav, SampleDepth::int24, "pcm_s24le", 24},
                           {FileFormat::wav, SampleDepth::float32, "pcm_f32le", 32},
                           {FileFormat::flac, SampleDepth::int16, "flac", 16},
                           {FileFormat::flac, SampleDepth::int24, "flac", 24},
                           {FileFormat::aiff, SampleDepth::int16, "pcm_s16be", 16},
                           {FileFormat::aiff, SampleDepth::int24, "pcm_s24be", 24},
                           {FileFormat::aiff, SampleDepth::float32, "pcm_f32be", 32},
                           {FileFormat::vorbis, SampleDepth::int24, "vorbis", 0},
                           {FileFormat::opus, SampleDepth::int24, "opus", 0},
                           {FileFormat::mp3, SampleDepth::int24, "mp3", 0}};

struct Target {
    const char* name;
    LevelTarget level;
};
const Target kTargets[] = {{"as it is", {}},
                           {"-16 LUFS", {-16.0, {}, -1.0}},
                           {"-12 LUFS", {-12.0, {}, -1.0}},
                           {"peak -3", {{}, -3.0, -1.0}},
                           {"peak 0 below -1", {{}, 0.0, -1.0}}};

const std::string kRecipe = R"({"smidgen_recipe":1,"seed":"7"})";

/// Two seconds of a drum loop under a chord, whose peaks are in the way of any loudness.
AudioBuffer drums(int channels) {
    const auto loop = readAudioAtInternalRate("/usr/share/sonic-pi/samples/loop_amen.flac");
    EXPECT_TRUE(loop);
    AudioBuffer sound(channels, Samples(2 * kSampleRate));
    for (int c = 0; c < channels; ++c) {
        const auto drum = loop->channel(std::min(c, loop->channelCount() - 1));
        for (std::size_t i = 0; i < sound.channel(c).size(); ++i) {
            const double t = static_cast<double>(i) / kSampleRate;
            const double chord = std::sin(2 * std::numbers::pi * (220.0 + c) * t) +
                                 std::sin(2 * std::numbers::pi * 277.2 * t + c);
            sound.channel(c)[i] = 0.6F * drum[i % drum.size()] + static_cast<float>(0.05 * chord);
        }
    }
    return sound;
}

class ExportMatrix : public AudioTest {
 protected:
    /// Everything that holds of a file whatever its target was.
    void expectFacts(const Kind& kind, const WriteProfile& profile, int channels,
                     const std::filesystem::path& file) {
        const FileFacts facts = probeWithFfmpeg(file);
        EXPECT_EQ(facts.codec, kind.codec);
        EXPECT_EQ(facts.rate, profile.rate);
        EXPECT_EQ(facts.channels, channels);
        if (kind.bits > 0) {
            EXPECT_EQ(facts.bits, kind.bits);
        }
        EXPECT_EQ(facts.tags.at("title"), "drums");
        // FFmpeg reads no ID3v2 chunk of a WAV, which has the recipe in its INFO comment too.
        const auto recipe = facts.tags.find("smidgen_recipe");
        EXPECT_EQ(recipe != facts.tags.end() ? recipe->second : facts.tags.at("comment"), kRecipe);
    }

    void expectLevel(const Target& target, const LevelledFile& written, const MeterReading& found) {
        EXPECT_NEAR(found.lufs, written.file.loudness->integratedLufs, 0.1) << "two meters differ";
        if (target.level.lufs) {
            EXPECT_NEAR(found.lufs, *target.level.lufs, 0.3);
            m_worstLoudness = std::max(m_worstLoudness, std::abs(found.lufs - *target.level.lufs));
            EXPECT_EQ(written.outcome, LevelOutcome::reached);
        }
        if (!target.level.ceilingDb) return;
        EXPECT_LE(found.truePeakDb, *target.level.ceilingDb);
        m_highestPeak = std::max(m_highestPeak, found.truePeakDb);
    }

    /// Without dither, within half a step of what went in; 32-bit float: the same.
    static void expectNull(const Kind& kind, const AudioBuffer& sound, const WriteProfile& profile,
                           const std::vector<double>& back) {
        const auto source = resample(sound, profile.rate);
        ASSERT_TRUE(source);
        const double step = profile.depth != SampleDepth::float32 ? std::ldexp(1.0, 1 - kind.bits) : 0;
        const auto channels = static_cast<std::size_t>(sound.channelCount());
        double worst = 0;
        for (std::size_t i = 0; i < back.size(); ++i) {
            const auto value = static_cast<double>(source->channels[i % channels][i / channels]);
            worst = std::max(worst, std::abs(back[i] - value));
        }
        EXPECT_LE(worst, 0.5001 * step);
    }

    int m_files = 0;
    double m_worstLoudness = 0;
    double m_highestPeak = -100;
};

TEST_F(ExportMatrix, EveryFileIsWhatWasAskedForByOthersReading) {
    // Everything with everything takes minutes; else each format, depth and rate has two of the ten
    // combinations of channels and target, in turn.
    const bool whole = std::getenv("SMIDGEN_WHOLE_MATRIX") != nullptr;
    int combination = 0;
    int turn = 0;
    for (const Kind& kind : kKinds)
        for (const int rate : {44100, 48000, 96000}) {
            turn += WriteProfile{kind.format, kind.depth, rate, true, 0.7}.validate() ? 1 : 0;
            combination = 0;
            for (const int channels : {1, 2})
                for (const Target& target : kTargets) {
                    if (!whole && (combination++ + turn) % 5 != 0) continue;
                    WriteOptions options;
                    const bool asItIs = target.level.asItIs();
                    options.profile = {kind.format, kind.depth, rate, !asItIs, 0.7};
                    if (!options.profile.validate()) continue;
                    const auto file = folder / ("a." + std::string(fileExtension(kind.format)));
                    SCOPED_TRACE(file.string() + " " + kind.codec + " " + std::to_string(rate) + " Hz, " +
                                 std::to_string(channels) + " channels, " + target.name);
                    options.tags = {{"title", "drums"}};
                    options.recipeJson = kRecipe;
                    const AudioBuffer sound = drums(channels);
                    const auto written = writeLevelled(sound, file, target.level, options);
                    ASSERT_TRUE(written) << written.error().sentence << written.error().detail;
                    expectFacts(kind, options.profile, channels, file);
                    const bool lossless = !isLossy(kind.format);
                    const HeardFile heard =
                        hearWithFfmpeg(file, lossless && kind.depth != SampleDepth::float32);
                    EXPECT_EQ(heard.samples.size(), static_cast<std::size_t>(2 * rate * channels));
                    expectLevel(target, *written, heard.level);
                    if (asItIs && lossless) expectNull(kind, sound, options.profile, heard.samples);
                    EXPECT_EQ(filesInFolder(), 1U);
                    std::filesystem::remove(file);
                    ++m_files;
                }
        }
    // 8 lossless kinds at three rates, Vorbis at three, MP3 at two, Opus at one.
    const int combinations = 8 * 3 + 3 + 2 + 1;
    EXPECT_EQ(m_files, whole ? combinations * 2 * 5 : combinations * 2);
    std::cout << m_files << " files; loudness off by at most " << m_worstLoudness << " LU; highest true peak "
              << m_highestPeak << " dBTP under a ceiling of -1\n";
}

TEST_F(ExportMatrix, ToolsOfTheFormatsThemselvesAccept) {
    const AudioBuffer sound = drums(2);
    WriteOptions options;
    options.recipeJson = kRecipe;
    options.profile.format = FileFormat::flac;
    ASSERT_TRUE(writeLevelled(sound, folder / "a.flac", {-16.0, {}, -1.0}, options));
    EXPECT_EQ(outputOf("flac --test --silent '" + (folder / "a.flac").string() + "' 2>&1"), "");
    options.profile.format = FileFormat::opus;
    ASSERT_TRUE(writeLevelled(sound, folder / "a.opus", {-16.0, {}, -1.0}, options));
    const std::string about = outputOf("opusinfo '" + (folder / "a.opus").string() + "' 2>&1");
    EXPECT_NE(about.find("SMIDGEN_RECIPE=" + kRecipe), std::string::npos) << about;
    EXPECT_EQ(about.find("WARNING"), std::string::npos) << about;
}

TEST_F(ExportMatrix, LossyFilesNeededMoreHeadRoomThanTheSoundItself) {
    // The reason for encoding again: at low quality the decoded peaks pass a ceiling that the sound keeps.
    const AudioBuffer sound = drums(2);
    for (const FileFormat format : {FileFormat::vorbis, FileFormat::opus, FileFormat::mp3}) {
        AudioBuffer levelled = sound;
        ASSERT_TRUE(setLevel(levelled, {-9.0, {}, -1.0}));
        WriteOptions options;
        options.profile.format = format;
        options.profile.lossyQuality = 0.2;
        options.measure = true;
        const auto plain = writeAudio(levelled, folder / "plain", options);
        ASSERT_TRUE(plain);
        EXPECT_GT(plain->loudness->truePeakDb, -1.0) << nameOf(format);
        const auto file = folder / ("held." + std::string(fileExtension(format)));
        const auto held = writeLevelled(sound, file, {-9.0, {}, -1.0}, options);
        ASSERT_TRUE(held) << held.error().sentence;
        const MeterReading heard = hearWithFfmpeg(file).level;
        EXPECT_LE(heard.truePeakDb, -1.0) << nameOf(format);
        EXPECT_NEAR(heard.lufs, -9.0, 0.3) << nameOf(format);
    }
}

}  // namespace
}  // namespace smidgen
