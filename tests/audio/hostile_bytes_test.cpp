// Random damage to small files of every format: always a sound or a sentence, never a crash or a flood.
#include <algorithm>

#include "engine/audio/audio_reader.h"
#include "tests/audio/sounds.h"

// libsndfile 1.2.0 forgets 6 kB of each Ogg file whose Vorbis headers are damaged; any other leak is ours.
extern "C" const char* __lsan_default_suppressions();
extern "C" const char* __lsan_default_suppressions() {
    return "leak:vorbis_info_init\n";
}

namespace smidgen {
namespace {

constexpr FileFormat kFormats[] = {FileFormat::wav,    FileFormat::flac, FileFormat::aiff,
                                   FileFormat::vorbis, FileFormat::opus, FileFormat::mp3};

std::string damaged(std::string bytes, Random& random) {
    switch (random.below(5)) {
        case 0:  // a few bits anywhere
            for (std::uint64_t i = 0; i <= random.below(8); ++i)
                bytes[random.below(bytes.size())] ^= static_cast<char>(1U << random.below(8));
            break;
        case 1:  // bytes of the header
            for (std::uint64_t i = 0; i <= random.below(6); ++i)
                bytes[random.below(std::min<std::uint64_t>(bytes.size(), 120))] =
                    static_cast<char>(random.below(2) == 0 ? 0xFF : random.below(256));
            break;
        case 2:  // the end is missing
            bytes.resize(random.below(bytes.size()));
            break;
        case 3: {  // a piece is missing
            const std::size_t at = random.below(bytes.size());
            bytes.erase(at, random.below(64) + 1);
            break;
        }
        default: {  // a piece is there twice
            const std::size_t at = random.below(bytes.size());
            bytes.insert(at, bytes.substr(random.below(bytes.size()), random.below(200) + 1));
            break;
        }
    }
    return bytes;
}

class HostileBytes : public AudioTest {
 protected:
    std::string encoded(FileFormat format, const AudioBuffer& sound) {
        WriteOptions options;
        options.profile = {format, SampleDepth::int16, sound.rate, false, 0.5};
        options.tags = {{"title", "kick"}};
        options.recipeJson = "{\"seed\":1}";
        EXPECT_TRUE(writeAudio(sound, folder / "good", options));
        return bytesOf(folder / "good");
    }
};

TEST_F(HostileBytes, DamageGivesASoundOrASentence) {
    int sounds = 0;
    int errors = 0;
    for (const FileFormat format : kFormats) {
        const std::string good = encoded(format, makeSound(2, 6000));
        Random random(mixSeed(11, static_cast<std::uint64_t>(format)));
        for (int round = 0; round < 80; ++round) {
            const auto path = folder / "bad";
            const std::string bytes = damaged(good, random);
            writeBytes(path, bytes);
            const auto sound = readAudio(path);
            if (sound) {
                ++sounds;
                // A claim is never believed beyond what can be decoded.
                EXPECT_LT(sound->length().value * sound->channelCount(), 1000000)
                    << fileExtension(format) << round;
                for (const auto& channel : sound->channels)
                    ASSERT_TRUE(std::ranges::all_of(channel, [](float x) { return std::isfinite(x); }));
            } else {
                ++errors;
                EXPECT_EQ(sound.error().code, ErrorCode::unusableInput) << sound.error().sentence;
                EXPECT_GT(sound.error().sentence.size(), 20U);
            }
            auto reader = AudioReader::open(path);
            if (reader && reader->seek(Samples(reader->format().length.value / 2))) {
                std::vector<float> block(static_cast<std::size_t>(100 * reader->format().channels));
                const auto got = reader->read(block, 100);
                EXPECT_TRUE(got || !got.error().sentence.empty());
            }
            const auto tags = readTags(path);
            EXPECT_TRUE(tags || !tags.error().sentence.empty());
        }
    }
    EXPECT_GT(sounds, 50);
    EXPECT_GT(errors, 100);
}

TEST_F(HostileBytes, FlacNeverPassesDamagedSoundOnAsWhole) {
    const AudioBuffer sound = makeSound(1, 12000);
    const std::string good = encoded(FileFormat::flac, sound);
    const auto whole = readAudio(folder / "good");
    ASSERT_TRUE(whole);
    Random random(13);
    int noticed = 0;
    for (int round = 0; round < 100; ++round) {
        std::string bytes = good;
        // Behind header and tags, inside the frames.
        const std::size_t at = bytes.size() / 2 + random.below(bytes.size() / 2);
        bytes[at] ^= static_cast<char>(1U << random.below(8));
        writeBytes(folder / "bad", bytes);
        const auto read = readAudio(folder / "bad");
        if (read) {
            EXPECT_TRUE(read->channels == whole->channels) << "byte " << at;
        } else {
            ++noticed;
        }
    }
    EXPECT_GE(noticed, 95);
}

}  // namespace
}  // namespace smidgen
