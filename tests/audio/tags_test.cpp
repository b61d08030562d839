// The recipe and the names travel inside the file.
#include <nlohmann/json.hpp>

#include "engine/audio/audio_reader.h"
#include "tests/audio/sounds.h"

namespace smidgen {
namespace {

constexpr FileFormat kFormats[] = {FileFormat::wav,    FileFormat::flac, FileFormat::aiff,
                                   FileFormat::vorbis, FileFormat::opus, FileFormat::mp3};
const std::string kRecipe = R"({"seed":18446744073709551615,"modelName":"глина 陶 \"x\"","seconds":8.5})";

class TagsTest : public AudioTest {
 protected:
    Tags roundTrip(FileFormat format, const WriteOptions& wanted) {
        WriteOptions options = wanted;
        options.profile.format = format;
        const auto path = folder / ("a." + std::string(fileExtension(format)));
        const auto written = writeAudio(makeSound(1, 4800), path, options);
        EXPECT_TRUE(written) << written.error().sentence << written.error().detail;
        const auto tags = readTags(path);
        EXPECT_TRUE(tags);
        return tags.value_or(Tags{});
    }
};

TEST_F(TagsTest, EveryFormatCarriesEveryFieldAndTheRecipe) {
    WriteOptions options;
    options.tags = {{"title", "Тишина 静けさ 🎵"},
                    {"artist", "A & B <c>"},
                    {"software", "Smidgen 0.1.0"},
                    {"date", "2024-05-06"},
                    {"mood", "line 1\nline 2"}};
    options.recipeJson = kRecipe;
    for (const FileFormat format : kFormats) {
        const Tags tags = roundTrip(format, options);
        for (const char* field : {"title", "artist", "software", "date"})
            EXPECT_EQ(tags.at(field), options.tags.at(field)) << fileExtension(format);
        EXPECT_EQ(tags.at("MOOD"), "line 1\nline 2");
        EXPECT_EQ(tags.at("comment"), kRecipe);
        EXPECT_EQ(nlohmann::json::parse(tags.at(kRecipeTag)), nlohmann::json::parse(kRecipe));
    }
}

TEST_F(TagsTest, ACommentOfOnesOwnStaysBesideTheRecipe) {
    WriteOptions options;
    options.tags = {{"comment", "recorded in the kitchen"}};
    options.recipeJson = kRecipe;
    for (const FileFormat format : kFormats) {
        const Tags tags = roundTrip(format, options);
        EXPECT_EQ(tags.at("comment"), "recorded in the kitchen");
        EXPECT_EQ(tags.at(kRecipeTag), kRecipe);
    }
}

TEST_F(TagsTest, ALongRecipeSurvives) {
    nlohmann::json recipe = nlohmann::json::array();
    for (int i = 0; i < 20000; ++i) recipe.push_back(i);
    WriteOptions options;
    options.recipeJson = nlohmann::json{{"path", recipe}}.dump();
    for (const FileFormat format : kFormats)
        EXPECT_EQ(roundTrip(format, options).at(kRecipeTag), options.recipeJson) << fileExtension(format);
}

TEST_F(TagsTest, TextThatIsNoUtf8IsMadeReadable) {
    WriteOptions options;
    options.tags = {{"title", "kick \xFF\xFE end"}, {"artist", std::string("a\0b", 3)}, {"date", ""}};
    for (const FileFormat format : kFormats) {
        const Tags tags = roundTrip(format, options);
        EXPECT_EQ(tags.at("title"), "kick \uFFFD\uFFFD end");
        EXPECT_EQ(tags.at("artist"), "ab");
        EXPECT_FALSE(tags.contains("date"));
    }
}

TEST_F(TagsTest, AFieldNameMustBeAWord) {
    WriteOptions options;
    options.tags = {{"a=b", "x"}};
    const auto written = writeAudio(makeSound(1, 100), folder / "a.wav", options);
    ASSERT_FALSE(written);
    EXPECT_EQ(written.error().code, ErrorCode::invalidArgument);
}

TEST_F(TagsTest, WithoutTagsThereAreNoneOfOurs) {
    for (const FileFormat format : kFormats) {
        const Tags tags = roundTrip(format, {});
        EXPECT_FALSE(tags.contains("title"));
        EXPECT_FALSE(tags.contains(kRecipeTag));
    }
}

TEST_F(TagsTest, TheSoundIsUntouchedByItsTags) {
    const AudioBuffer sound = makeSound(2, 20000);
    for (const FileFormat format : kFormats) {
        WriteOptions options;
        options.profile.format = format;
        ASSERT_TRUE(writeAudio(sound, folder / "plain", options));
        options.recipeJson = kRecipe;
        ASSERT_TRUE(writeAudio(sound, folder / "tagged", options));
        EXPECT_EQ(readAudio(folder / "plain")->channels, readAudio(folder / "tagged")->channels);
    }
}

TEST_F(TagsTest, WavTagsAreInTheChunkThatOtherProgramsRead) {
    WriteOptions options;
    options.tags = {{"title", "kick"}, {"artist", "me"}, {"software", "Smidgen"}, {"date", "2024"}};
    options.recipeJson = kRecipe;
    ASSERT_TRUE(writeAudio(makeSound(1, 100), folder / "a.wav", options));
    SF_INFO info{};
    SNDFILE* file = sf_open((folder / "a.wav").c_str(), SFM_READ, &info);
    ASSERT_NE(file, nullptr);
    EXPECT_STREQ(sf_get_string(file, SF_STR_TITLE), "kick");
    EXPECT_STREQ(sf_get_string(file, SF_STR_ARTIST), "me");
    EXPECT_STREQ(sf_get_string(file, SF_STR_SOFTWARE), "Smidgen");
    EXPECT_STREQ(sf_get_string(file, SF_STR_DATE), "2024");
    EXPECT_EQ(std::string(sf_get_string(file, SF_STR_COMMENT)), kRecipe);
    sf_close(file);
}

TEST_F(TagsTest, TheRecipeIsFoundInABareComment) {
    AudioBuffer sound = makeSound(1, 100);
    SF_INFO info{};
    info.samplerate = 48000;
    info.channels = 1;
    info.format = SF_FORMAT_WAV | SF_FORMAT_PCM_16;
    SNDFILE* file = sf_open((folder / "a.wav").c_str(), SFM_WRITE, &info);
    ASSERT_NE(file, nullptr);
    sf_set_string(file, SF_STR_COMMENT, kRecipe.c_str());
    sf_writef_float(file, sound.channel(0).data(), 100);
    sf_close(file);
    EXPECT_EQ(readTags(folder / "a.wav")->at(kRecipeTag), kRecipe);
}

TEST_F(TagsTest, TheSidecarHoldsTheRecipe) {
    WriteOptions options;
    options.sidecar = true;
    options.recipeJson = kRecipe;
    const auto written = writeAudio(makeSound(1, 100), folder / "音.wav", options);
    ASSERT_TRUE(written);
    EXPECT_EQ(written->sidecar, folder / "音.wav.json");
    EXPECT_EQ(bytesOf(folder / "音.wav.json"), kRecipe);
    EXPECT_EQ(filesInFolder(), 2U);
}

TEST_F(TagsTest, ASidecarThatIsThereIsNotReplacedUnasked) {
    writeBytes(folder / "a.wav.json", "of a sound that went");
    WriteOptions options;
    options.sidecar = true;
    options.overwrite = false;
    const auto refused = writeAudio(makeSound(1, 100), folder / "a.wav", options);
    ASSERT_FALSE(refused);
    EXPECT_EQ(refused.error().code, ErrorCode::invalidArgument);
    EXPECT_NE(refused.error().sentence.find("a.wav.json"), std::string::npos) << refused.error().sentence;
    EXPECT_EQ(bytesOf(folder / "a.wav.json"), "of a sound that went");
    EXPECT_EQ(filesInFolder(), 1U);
    options.overwrite = true;
    EXPECT_TRUE(writeAudio(makeSound(1, 100), folder / "a.wav", options));
}

TEST_F(TagsTest, TagsOfWhatIsNoSoundAreAnError) {
    writeBytes(folder / "a.mp3", "no sound");
    EXPECT_EQ(readTags(folder / "a.mp3").error().code, ErrorCode::unusableInput);
    EXPECT_EQ(readTags(folder / "b.mp3").error().code, ErrorCode::notFound);
}

}  // namespace
}  // namespace smidgen
