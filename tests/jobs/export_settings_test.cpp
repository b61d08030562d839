// Export settings as text, and what files are called.
#include "engine/jobs/export_settings.h"

#include <gtest/gtest.h>

#include <cstdlib>
#include <ctime>
#include <limits>

#include "engine/jobs/export_name.h"

namespace smidgen {
namespace {

ExportSettings unusualSettings() {
    ExportSettings settings;
    settings.profile = {FileFormat::aiff, SampleDepth::float32, 88200, false, 0.25};
    settings.channels = ExportChannels::mono;
    settings.edges = {0.1, 0.2, -55.5, 0.3, 0.4, FadeShape::exponential, FadeShape::equalPower};
    settings.level = {-23.5, {}, -2.5};
    settings.loop = LoopRange{0.5, {}};
    settings.nameTemplate = "{number} {name}";
    settings.tags = {{"artist", "Ann \"A\" Ö"}, {"MOOD", "wet"}};
    settings.sidecar = true;
    return settings;
}

TakeRecord rain() {
    TakeRecord take;
    take.name = "rain 7";
    take.recipe.modelName = "Rain: roof/gutter";
    take.recipe.seed = 18446744073709551615ULL;
    take.createdMs = 1715016605000;  // 2024-05-06 17:30:05 UTC
    take.seconds = 2.5;
    take.lufs = -17.26;
    return take;
}

std::string named(const std::string& nameTemplate, std::size_t index = 0, std::size_t count = 1) {
    ExportSettings settings;
    settings.nameTemplate = nameTemplate;
    const auto name = exportName(settings, rain(), index, count);
    return name ? *name : "! " + name.error().sentence;
}

TEST(ExportSettings, SurviveJsonExactly) {
    const ExportSettings settings = unusualSettings();
    const auto back = exportSettingsFromJson(toJson(settings));
    ASSERT_TRUE(back) << back.error().detail;
    EXPECT_EQ(*back, settings);
    EXPECT_TRUE(settings.validate());
    EXPECT_EQ(*exportSettingsFromJson(toJson(ExportSettings())), ExportSettings());
}

TEST(ExportSettings, DamagedOnesAreRefused) {
    const std::string good = toJson(unusualSettings());
    for (const auto& [from, to] : {std::pair<std::string, std::string>{"\"aiff\"", "\"doc\""},
                                   {"88200", "\"x\""},
                                   {"\"equal-power\"", "\"odd\""},
                                   {"\"smidgen_export\": 1", "\"smidgen_export\": 9"},
                                   {"{", "["}}) {
        std::string bad = good;
        ASSERT_NE(bad.find(from), std::string::npos) << from;
        bad.replace(bad.find(from), from.size(), to);
        const auto settings = exportSettingsFromJson(bad);
        ASSERT_FALSE(settings) << to;
        EXPECT_EQ(settings.error().code, ErrorCode::unusableInput);
    }
}

TEST(ExportName, FillsEveryField) {
    ::setenv("TZ", "UTC", 1);
    ::tzset();
    EXPECT_EQ(named("{name}"), "rain 7.wav");
    EXPECT_EQ(named("{model}-{seed}"), "Rain_ roof_gutter-18446744073709551615.wav");
    EXPECT_EQ(named("{date} {time}"), "2024-05-06 17-30-05.wav");
    EXPECT_EQ(named("{lufs} {seconds}"), "-17.3LUFS 2.50s.wav");
    EXPECT_EQ(named("{space}.{format}.{rate}"), "mono.wav.48000.wav");
    EXPECT_EQ(named("{number}", 0, 9), "1.wav");
    EXPECT_EQ(named("{number}", 8, 10), "09.wav");
    EXPECT_EQ(named("{number}", 99, 120), "100.wav");
    for (const NameField& field : kNameFields)
        EXPECT_EQ(named("{" + std::string(field.word) + "}").find('!'), std::string::npos) << field.word;
}

TEST(ExportName, ALoudnessAskedForIsTheOneInTheName) {
    ExportSettings settings;
    settings.nameTemplate = "{lufs}";
    settings.level.lufs = -14;
    EXPECT_EQ(*exportName(settings, rain(), 0, 1), "-14.0LUFS.wav");
    settings.level.lufs.reset();
    TakeRecord silent = rain();
    silent.lufs = -std::numeric_limits<double>::infinity();
    EXPECT_EQ(*exportName(settings, silent, 0, 1), "silent.wav");
}

TEST(ExportName, UnknownFieldsAndLooseBracesAreRefusedWithWhatIsNear) {
    EXPECT_NE(named("{modle}").find("'model'"), std::string::npos) << named("{modle}");
    EXPECT_NE(named("{zzzzzz}").find("{number}"), std::string::npos) << "what there is";
    EXPECT_EQ(named("{Name}").front(), '!');
    EXPECT_EQ(named("a{name").front(), '!');
    EXPECT_EQ(named("a}b").front(), '!');
    EXPECT_EQ(named("").front(), '!');
    EXPECT_EQ(named("{}").front(), '!');
}

TEST(ExportName, IsFitForAnyFileSystem) {
    EXPECT_EQ(named("../../etc/{name}"), "_.._etc_rain 7.wav");
    EXPECT_EQ(named(" . "), "take.wav");
    EXPECT_EQ(named("a\nb?"), "a_b_.wav");
    std::string longName;
    for (int i = 0; i < 100; ++i) longName += "音";
    const std::string cut = named(longName);
    EXPECT_LE(cut.size(), 184U);
    EXPECT_EQ((cut.size() - 4) % 3, 0U) << "whole characters";
}

}  // namespace
}  // namespace smidgen
