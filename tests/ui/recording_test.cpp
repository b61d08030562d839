// Recording through the window: the key, the top bar, the collection, and what a crash leaves.
#include <QComboBox>

#include "engine/audio/audio_reader.h"
#include "tests/playback/jack_server.h"
#include "tests/ui/desk.h"
#include "ui/canvas/level_meter.h"
#include "ui/window/message_bar.h"

namespace smidgen::ui::testing {
namespace {

namespace fs = std::filesystem;

class RecordingTest : public DeskTest {
 protected:
    void SetUp() override {
        DeskTest::SetUp();
        m_music = m_folder / "recordings";
    }
    [[nodiscard]] std::string said() { return window().messages().sentences().join(u'\n').toStdString(); }
    [[nodiscard]] QAction& action() {
        return window().shortcuts().action(QStringLiteral("transport.record"));
    }
    [[nodiscard]] std::vector<fs::path> files() const {
        std::vector<fs::path> found;
        if (fs::exists(m_music))
            for (const auto& entry : fs::directory_iterator(m_music)) found.push_back(entry.path());
        std::sort(found.begin(), found.end());
        return found;
    }
    /// Sounds in the one collection there is.
    [[nodiscard]] std::size_t recorded() {
        const auto collections = engine().collections();
        return collections.size() == 1 ? collections.front()->collection.entries.size() : 0;
    }
    /// Starts and ends one with the key; afterwards it is in the library.
    void recordOne(std::size_t expected) {
        press(QStringLiteral("transport.record"));
        ASSERT_TRUE(studio().recording.recording()) << said();
        EXPECT_TRUE(action().isChecked());
        EXPECT_EQ(find<LevelMeter>(QString()).accessibleName(), QStringLiteral("Input level"));
        ASSERT_TRUE(waitUntil([&] { return studio().recording.length() > 0.3; }));
        keepPicture(QStringLiteral("recording"));
        press(QStringLiteral("transport.record"));
        EXPECT_FALSE(studio().recording.recording());
        EXPECT_FALSE(action().isChecked());
        // The step back comes a moment after the sound.
        ASSERT_TRUE(waitUntil([&] {
            return recorded() == expected &&
                   studio().library.undoStack().index() == static_cast<int>(expected);
        })) << said();
    }

    fs::path m_music;
};

TEST_F(RecordingTest, WithoutAnInputItIsASentenceAndTheSettingsAreOneClickAway) {
    qputenv("JACK_DEFAULT_SERVER", "smidgen-nobody");
    qputenv("ALSA_CONFIG_PATH", "/dev/null");
    openStudio();
    const auto page = window().page();
    press(QStringLiteral("transport.record"));
    EXPECT_FALSE(studio().recording.recording());
    EXPECT_FALSE(action().isChecked());
    EXPECT_NE(said().find("No input to record from was found"), std::string::npos) << said();
    EXPECT_TRUE(files().empty());
    EXPECT_EQ(window().page(), page);
    clickButton(QStringLiteral("Audio settings"));
    auto& inputs = find<QComboBox>(QStringLiteral("recordFrom"));
    EXPECT_FALSE(inputs.isEnabled());
    EXPECT_EQ(inputs.currentText(), QStringLiteral("No input was found"));
    keepPicture(QStringLiteral("audio-settings"), inputs.window());
    auto& channels = find<QComboBox>(QStringLiteral("recordChannels"));
    channels.setFocus();
    QTest::keyClick(&channels, Qt::Key_Down);
    EXPECT_EQ(studio().recording.channels(), 1);
}

TEST_F(RecordingTest, RecordingsGatherInOneCollectionAndAreUndone) {
    smidgen::testing::JackServer server;
    ASSERT_TRUE(server.start()) << "jackd (package jackd2) must be able to start";
    openStudio();
    ASSERT_NO_FATAL_FAILURE(recordOne(1));
    const auto page = window().page();
    ASSERT_NO_FATAL_FAILURE(recordOne(2));
    EXPECT_EQ(window().page(), page) << "the person stays where they are";
    EXPECT_EQ(engine().collections().front()->collection.name, "Recordings");
    ASSERT_EQ(files().size(), 2U);
    for (const fs::path& file : files()) {
        const auto read = readAudio(file);
        ASSERT_TRUE(read) << read.error().sentence;
        EXPECT_GT(read->duration().value, 0.25);
        EXPECT_EQ(read->channelCount(), 2);
    }
    EXPECT_EQ(studio().sound.loaded().file, files().back()) << "to be heard by Space";
    press(QStringLiteral("edit.undo"));
    EXPECT_TRUE(waitUntil([&] { return recorded() == 1; }));
    EXPECT_EQ(files().size(), 2U) << "what was recorded stays on the disk";

    // The window closes in the middle of one: it is kept, and told at the next start.
    press(QStringLiteral("transport.record"));
    ASSERT_TRUE(waitUntil([&] { return studio().recording.length() > 0.3; }));
    closeStudio();
    openStudio();
    EXPECT_TRUE(waitUntil([&] { return recorded() == 2; }));
    EXPECT_NE(said().find("when the studio ended was kept"), std::string::npos) << said();
    EXPECT_EQ(files().size(), 3U);
    EXPECT_EQ(studio().sound.loaded().file, files().back());
}

TEST_F(RecordingTest, ALostInputIsSaidAndKeepsTheSound) {
    smidgen::testing::JackServer server;
    ASSERT_TRUE(server.start()) << "jackd (package jackd2) must be able to start";
    openStudio();
    press(QStringLiteral("transport.record"));
    ASSERT_TRUE(waitUntil([&] { return studio().recording.length() > 0.3; })) << said();
    server.kill();
    ASSERT_TRUE(waitUntil([&] { return !studio().recording.recording(); }));
    EXPECT_FALSE(action().isChecked());
    EXPECT_NE(said().find("'system' is gone"), std::string::npos) << said();
    ASSERT_TRUE(waitUntil([&] { return engine().collections().size() == 1; }));
    EXPECT_EQ(files().size(), 1U);
}

}  // namespace
}  // namespace smidgen::ui::testing
