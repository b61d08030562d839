// Searching in the Library: words and filters typed, a sound dropped on the search box, "Find similar".
#include <QLabel>
#include <QLineEdit>
#include <QPushButton>
#include <QToolButton>
#include <algorithm>

#include "engine/audio/audio_reader.h"
#include "engine/library/code_shelf.h"
#include "engine/library/library.h"
#include "tests/ui/desk.h"
#include "ui/bridge/text.h"
#include "ui/commands/item_actions.h"
#include "ui/docks/found_panel.h"
#include "ui/docks/library_list.h"
#include "ui/docks/library_panel.h"

namespace smidgen::ui::testing {
namespace {

class FindTest : public DeskTest {
 protected:
    [[nodiscard]] FoundPanel& found() { return *window().findChild<FoundPanel*>(); }
    [[nodiscard]] QLineEdit& search() {
        return *window().findChild<LibraryPanel*>()->findChild<QLineEdit*>();
    }
    void type(const QString& text) {
        press(QStringLiteral("library.search"));
        search().clear();
        QTest::keyClicks(&search(), text);
    }
    [[nodiscard]] bool finds(std::size_t count) {
        return waitUntil([&] { return found().isVisible() && found().items().size() == count; });
    }
};

TEST_F(FindTest, WordsAndFiltersAreFoundAsTheyAreTyped) {
    openStudio();
    importSamples(6);
    EXPECT_FALSE(found().isVisible());
    type(QStringLiteral("drum"));
    ASSERT_TRUE(finds(6)) << found().items().size();
    type(QStringLiteral("kind:collection"));
    ASSERT_TRUE(finds(1));
    type(QStringLiteral("seconds<0"));
    ASSERT_TRUE(waitUntil([&] { return found().isVisible() && found().items().empty(); }));
    type(QStringLiteral("weight<3"));
    ASSERT_TRUE(waitUntil([&] {
        for (const QLabel* label : found().findChildren<QLabel*>())
            if (label->text().contains(QStringLiteral("seconds, lufs"))) return true;
        return false;
    })) << "what is wrong is said";
    keepPicture(QStringLiteral("find-wrong"));
    QTest::mouseClick(found().findChild<QToolButton*>(), Qt::LeftButton);
    EXPECT_FALSE(found().isVisible());
    EXPECT_TRUE(search().text().isEmpty());
}

TEST_F(FindTest, WhatASliderReachedIsANumberToCompare) {
    openStudio();
    auto sound = readAudioAtInternalRate("/usr/share/sonic-pi/samples/elec_blip.flac");
    ASSERT_TRUE(sound);
    for (const double bright : {0.2, 0.5, 0.9}) {
        Recipe recipe;
        recipe.modelName = "Rain";
        auto take = engine().items().addTake(*sound, {-20, -1, -1}, recipe, {},
                                             {{Attribute::brightness, bright, 0.1, bright, bright}});
        ASSERT_TRUE(take);
        engine().tell({Topic::takes, (*take)->id, 0});
    }
    type(QStringLiteral("kind:take brightness>0.7"));
    ASSERT_TRUE(finds(1)) << found().items().size();
    type(QStringLiteral("brightness<=0.5 seconds<9"));
    ASSERT_TRUE(finds(2)) << found().items().size();
    type(QStringLiteral("pulse>0"));
    ASSERT_TRUE(waitUntil([&] { return found().isVisible() && found().items().empty(); }));
}

TEST_F(FindTest, EditedSoundsAndTakesThatWereFoundAreRemovedWithAWayBack) {
    openStudio();
    auto sound = readAudioAtInternalRate("/usr/share/sonic-pi/samples/elec_blip.flac");
    ASSERT_TRUE(sound);
    ASSERT_TRUE(engine().items().addTake(*sound, {-20, -1, -1}, {}));
    CodesRecord record;
    record.name = "Bent bell";
    ASSERT_TRUE(addCodes(engine().items(), record, "{}", "{}"));
    type(QStringLiteral("kind:codes"));
    ASSERT_TRUE(finds(1)) << found().items().size();
    auto* list = found().findChild<LibraryList*>();
    const auto removeFirst = [&] {
        list->setFocus();
        list->setCurrentIndex(list->model()->index(0, 0));
        press(QStringLiteral("edit.remove"));
    };
    const auto undo = [&]() -> QPushButton* {
        for (QPushButton* button : window().findChildren<QPushButton*>())
            if (button->isVisible() && button->text() == QStringLiteral("Undo")) return button;
        return nullptr;
    };
    removeFirst();
    ASSERT_TRUE(waitUntil([&] { return found().items().empty(); })) << "it is in the trash";
    EXPECT_EQ(1U, codesIn(engine().items(), true)->size());
    ASSERT_TRUE(waitUntil([&] { return undo() != nullptr; }));
    QTest::mouseClick(undo(), Qt::LeftButton);
    ASSERT_TRUE(finds(1)) << "and back";
    type(QStringLiteral("kind:take"));
    ASSERT_TRUE(
        waitUntil([&] { return found().items().size() == 1 && found().items()[0].kind == ItemKind::take; }));
    removeFirst();
    ASSERT_TRUE(waitUntil([&] { return found().items().empty(); }));
    press(QStringLiteral("edit.undo"));
    ASSERT_TRUE(finds(1));
}

TEST_F(FindTest, FilesThatMovedAreFoundAgainBelowAFolder) {
    openStudio();
    importSamples(5);
    const CollectionId id = engine().collections().front()->collection.id;
    closeStudio();
    // Moved, one under another name, one lost, and one of the same name that is another sound.
    const auto moved = m_folder / "elsewhere" / "deep";
    std::filesystem::create_directories(moved);
    std::vector<std::filesystem::path> files;
    for (const auto& entry : std::filesystem::directory_iterator(soundsFolder()))
        files.push_back(entry.path());
    std::ranges::sort(files);
    ASSERT_EQ(5U, files.size());
    for (std::size_t i = 0; i < 4; ++i)
        std::filesystem::rename(files[i], moved / (i == 3 ? "other.flac" : files[i].filename().string()));
    std::filesystem::remove(files[4]);
    std::filesystem::copy_file(moved / files[0].filename(), m_folder / "elsewhere" / files[4].filename());
    openStudio();
    const auto missing = [&] {
        std::size_t count = 0;
        for (const SoundEntry& entry : engine().collection(id)->collection.entries)
            count += static_cast<std::size_t>(std::ranges::count(entry.findings, Finding::missing));
        return count;
    };
    ASSERT_EQ(5U, missing());
    relinkFolder(studio(), id, m_folder / "nowhere");
    relinkFolder(studio(), id, m_folder / "elsewhere");
    ASSERT_TRUE(waitUntil([&] { return missing() == 1; })) << missing();
    for (const SoundEntry& entry : engine().collection(id)->collection.entries)
        if (entry.findings.empty()) {
            EXPECT_EQ(moved, entry.path.parent_path()) << entry.path;
        }
    QUndoStack& stack = studio().library.undoStack();
    ASSERT_TRUE(waitUntil([&] { return stack.canUndo(); }));
    stack.undo();
    ASSERT_TRUE(waitUntil([&] { return missing() == 5; })) << missing();
    stack.redo();
    ASSERT_TRUE(waitUntil([&] { return missing() == 1; })) << missing();
}

TEST_F(FindTest, ASoundDroppedOnTheSearchBoxFindsItsLike) {
    openStudio();
    importSamples(8);
    const auto asked = engine().collections().front()->collection.entries.front();
    dropFiles(search(), {asked.path});
    ASSERT_TRUE(finds(8));
    EXPECT_EQ(found().items().front().id, asked.contentHash);
    EXPECT_EQ(found().items().front().distance, 0.0);
    EXPECT_EQ(engine().collections().size(), 1U) << "it was a question, not an import";
    keepPicture(QStringLiteral("find-similar"));
    auto* list = found().findChild<LibraryList*>();
    QTest::mouseClick(list->viewport(), Qt::LeftButton, {},
                      list->visualRect(list->model()->index(1, 0)).center());
    EXPECT_EQ(studio().sound.loaded().file, found().items()[1].file) << "a click is to hear it";
    window().findChild<LibraryPanel*>()->findSimilar(QStringLiteral("nothing"), "no such sound");
    ASSERT_TRUE(waitUntil([&] { return found().items().empty(); }));
}

}  // namespace
}  // namespace smidgen::ui::testing
