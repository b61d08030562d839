// The file of controllers: what is written is read; what cannot be read is kept aside and said.
#include "engine/control/control_settings.h"

#include <gtest/gtest.h>
#include <unistd.h>

#include <fstream>
#include <nlohmann/json.hpp>
#include <random>
#include <sstream>

#include "sample_targets.h"

namespace smidgen::testing {
namespace {

namespace fs = std::filesystem;

class ControlSettingsTest : public ::testing::Test {
 protected:
    ControlSettingsTest()
        : m_folder(fs::temp_directory_path() / ("smidgen-controls-" + std::to_string(::getpid()))) {
        fs::remove_all(m_folder);
        fs::create_directories(m_folder);
    }
    ~ControlSettingsTest() override { fs::remove_all(m_folder); }

    void write(const std::string& text) const { std::ofstream(m_file, std::ios::binary) << text; }
    [[nodiscard]] std::string text(const fs::path& file) const {
        std::ostringstream text;
        text << std::ifstream(file, std::ios::binary).rdbuf();
        return text.str();
    }
    [[nodiscard]] ReadControlSettings read() const { return readControlSettings(m_file, sampleTargets()); }

    fs::path m_folder;
    fs::path m_file = m_folder / "controls.json";
};

ControlSettings sample() {
    ControlSettings settings;
    settings.allInputs = false;
    settings.inputs = {"nanoKONTROL2", "Übergang"};
    settings.osc = true;
    settings.oscPort = 7001;
    settings.oscOpen = true;
    for (const SourceKind kind :
         {SourceKind::controller, SourceKind::controllerPair, SourceKind::nrpn, SourceKind::pitchBend}) {
        auto mapping = mappingOf("slider.warmth", {kind, 3, largestNumber(kind)});
        mapping.low = -0.125;
        mapping.high = 0.75;
        mapping.inverted = true;
        mapping.curve = Curve::fastStart;
        mapping.takeOver = TakeOver::jump;
        mapping.feedback = false;
        settings.mappings.push_back(mapping);
    }
    settings.mappings[0].encoding = Encoding::signMagnitude;
    settings.mappings[0].step = 0.02;
    auto loop = mappingOf("transport.loop", {SourceKind::note, 0, 36});
    loop.port = "Pads";
    loop.switching = SwitchMode::follow;
    settings.mappings.push_back(loop);
    return settings;
}

TEST_F(ControlSettingsTest, ReadsWhatWasWritten) {
    const fs::path deep = m_folder / "new" / "folder" / "controls.json";
    const Status written = writeControlSettings(deep, sample());
    ASSERT_TRUE(written) << written.error().sentence;
    const auto got = readControlSettings(deep, sampleTargets());
    EXPECT_EQ(got.problem, "");
    EXPECT_EQ(got.settings, sample());
}

TEST_F(ControlSettingsTest, NothingThereGivesTheDefaults) {
    const auto got = read();
    EXPECT_EQ(got.problem, "");
    EXPECT_EQ(got.settings, ControlSettings());
    EXPECT_FALSE(got.settings.osc) << "nothing listens unless it was asked for";
}

TEST_F(ControlSettingsTest, ADamagedFileIsKeptAsideAndSaid) {
    for (const std::string bad : {"{\"format\": \"smidgen-contr", "[]", "null", "",
                                  "{\"format\": \"smidgen-controls\", \"version\": 1, \"mappings\": 5e99}",
                                  "{\"format\": \"smidgen-controls\", \"version\": 1, \"midi\": []}"}) {
        fs::remove(m_folder / "controls.json.unreadable");
        write(bad);
        const auto got = read();
        EXPECT_NE(got.problem, "") << bad;
        EXPECT_EQ(got.settings, ControlSettings()) << bad;
        EXPECT_EQ(text(m_folder / "controls.json.unreadable"), bad);
        EXPECT_EQ(text(m_file), bad) << "and is not touched";
    }
}

TEST_F(ControlSettingsTest, EachDamagedFileHasAPlaceOfItsOwn) {
    write("first");
    EXPECT_NE(read().problem.find("controls.json.unreadable."), std::string::npos) << read().problem;
    write("second");
    EXPECT_NE(read().problem, "");
    EXPECT_EQ(text(m_folder / "controls.json.unreadable"), "first");
}

TEST_F(ControlSettingsTest, ADamagedFileThatIsReadAgainIsKeptOnce) {
    write("first");
    const std::string problem = read().problem;
    EXPECT_EQ(read().problem, problem);
    EXPECT_FALSE(fs::exists(m_folder / "controls.json.unreadable-2"));
    write("second");
    EXPECT_NE(read().problem.find("controls.json.unreadable-2"), std::string::npos);
    EXPECT_EQ(read().problem.find("unreadable-3"), std::string::npos);
}

TEST_F(ControlSettingsTest, ANewerFileIsKeptAside) {
    write("{\"format\": \"smidgen-controls\", \"version\": 2}");
    EXPECT_NE(read().problem.find("newer version"), std::string::npos) << read().problem;
    EXPECT_TRUE(fs::exists(m_folder / "controls.json.unreadable"));
}

TEST_F(ControlSettingsTest, GoodMappingsOfABadFileAreUsed) {
    ASSERT_TRUE(writeControlSettings(m_file, sample()));
    auto document = nlohmann::json::parse(text(m_file));
    document["mappings"][1]["channel"] = 99;
    document["mappings"][2].erase("number");
    document["osc"]["port"] = 0;
    write(document.dump());
    const auto got = read();
    EXPECT_NE(got.problem.find("kept as controls.json.unreadable"), std::string::npos) << got.problem;
    EXPECT_NE(got.problem.find("and 2 more"), std::string::npos) << got.problem;
    EXPECT_EQ(got.settings.mappings.size(), sample().mappings.size() - 2);
    EXPECT_EQ(got.settings.oscPort, kDefaultOscPort);
}

TEST_F(ControlSettingsTest, MappingsOfThingsThisVersionLacksAreKept) {
    auto settings = sample();
    settings.mappings[0] = mappingOf("record.take", {SourceKind::note, 1, 5});
    ASSERT_TRUE(writeControlSettings(m_file, settings));
    const auto got = read();
    EXPECT_EQ(got.problem, "");
    EXPECT_EQ(got.settings, settings);
}

TEST_F(ControlSettingsTest, TakesAnyEditOfAFile) {
    ASSERT_TRUE(writeControlSettings(m_file, sample()));
    const std::string good = text(m_file);
    std::mt19937 random(7);
    const std::string letters = "0123456789-+eE.\"{}[],:tfn\\\x80 ";
    int refused = 0;
    for (int i = 0; i < 500; ++i) {
        std::string bad = good;
        for (unsigned edits = 1 + random() % 4; edits > 0; --edits)
            bad[random() % bad.size()] = letters[random() % letters.size()];
        if (random() % 8 == 0) bad.resize(random() % bad.size());
        write(bad);
        const auto got = read();
        refused += got.problem.empty() ? 0 : 1;
        for (const ControlMapping& mapping : got.settings.mappings) ASSERT_LT(mapping.low, mapping.high);
        fs::remove(m_folder / "controls.json.unreadable");
    }
    EXPECT_GT(refused, 150);
}

TEST_F(ControlSettingsTest, AFolderThatCannotBeWrittenIsSaid) {
    write("a file, not a folder");
    const Status written = writeControlSettings(m_file / "controls.json", sample());
    ASSERT_FALSE(written);
    EXPECT_NE(written.error().sentence, "");
}

}  // namespace
}  // namespace smidgen::testing
