// The map of the library: laid out, heard by clicks, dimmed by the search box, a way between two sounds.
#include <QComboBox>
#include <QInputDialog>
#include <QLineEdit>
#include <QPushButton>
#include <QTest>
#include <QToolButton>

#include "engine/audio/audio_reader.h"
#include "engine/library/library.h"
#include "tests/ui/desk.h"
#include "tests/ui/hands.h"
#include "ui/bridge/chosen_items.h"
#include "ui/bridge/text.h"
#include "ui/docks/library_list.h"
#include "ui/docks/library_panel.h"
#include "ui/docks/take_strip.h"
#include "ui/docks/takes_panel.h"
#include "ui/pages/map_page.h"

namespace smidgen::ui::testing {
namespace {

class MapTest : public DeskTest {
 protected:
    [[nodiscard]] MapPage& page() { return *window().findChild<MapPage*>(); }
    void open(std::size_t things) {
        press(QStringLiteral("view.map"));
        ASSERT_TRUE(waitUntil(
            [&] {
                return page().isVisible() && page().map() != nullptr && page().map()->items.size() == things;
            },
            60));
    }
};

TEST_F(MapTest, SoundsLieOnTheMapAndAreHeardAndCollected) {
    openStudio();
    importSamples(10);
    open(10);
    keepPicture(QStringLiteral("map"));
    SoundMapView& view = page().view();
    view.setFocus();
    QTest::keyClick(&view, Qt::Key_Right);
    QTest::keyClick(&view, Qt::Key_Return);
    ASSERT_TRUE(waitUntil([&] { return studio().sound.loaded().key.startsWith(QStringLiteral("sound:")); }));
    EXPECT_FALSE(view.spokenValue().isEmpty());
    // Everything with a lasso around the disc.
    lassoAll(view);
    ASSERT_TRUE(waitUntil([&] { return view.chosen().size() == 10; })) << view.chosen().size();
    EXPECT_TRUE(find<QPushButton>(QStringLiteral("mapCollect")).isEnabled());
}

TEST_F(MapTest, TheWayBetweenTwoSoundsIsHeardAndKept) {
    openStudio();
    importSamples(4);
    open(4);
    Q_EMIT page().view().pathDrawn(0, 1);
    ASSERT_TRUE(
        waitUntil([&] { return studio().sound.loaded().key.startsWith(QStringLiteral("way:")); }, 60));
    EXPECT_GT(studio().sound.length(), 0.05);
    QTest::mouseClick(&find<QPushButton>(QStringLiteral("mapKeepWay")), Qt::LeftButton);
    ASSERT_TRUE(waitUntil([&] { return engine().takes().size() == 1; }));
    auto again = engine().render(engine().takes().front()->recipe);
    ASSERT_TRUE(again) << again.error().sentence;
}

TEST_F(MapTest, WhatIsChosenIsChosenEverywhereAndMarkedWithAWayBack) {
    openStudio();
    importSamples(6);
    // Two takes of two models, as they lie in the library.
    std::vector<TakeId> takes;
    for (const char* model : {"Rain", "Wood"}) {
        auto sound = readAudioAtInternalRate(takes.empty() ? "/usr/share/sonic-pi/samples/elec_blip.flac"
                                                           : "/usr/share/sonic-pi/samples/elec_wood.flac");
        ASSERT_TRUE(sound);
        Recipe recipe;
        recipe.modelName = model;
        auto take = engine().items().addTake(*sound, {-20, -1, -1}, recipe);
        ASSERT_TRUE(take);
        takes.push_back((*take)->id);
        engine().tell({Topic::takes, takes.back(), 0});
    }
    open(8);
    SoundMapView& view = page().view();
    auto& strip = window().findChild<TakesPanel*>()->strip();
    ASSERT_TRUE(waitUntil([&] { return strip.holds(takes[0]) && strip.holds(takes[1]); }));
    view.setFocus();
    QTest::keyClick(&view, Qt::Key_A, Qt::ControlModifier);
    ASSERT_EQ(view.chosen().size(), 8U);
    EXPECT_EQ(ChosenItems::of(studio().selection).items().size(), 8U);
    EXPECT_EQ(strip.chosen().size(), 2U) << "the tray's takes are the map's";
    EXPECT_TRUE(strip.card(takes[0])->isSelected());
    auto* library = window().findChild<LibraryPanel*>();
    std::size_t chosenSounds = 0;
    for (LibraryList* list : library->findChildren<LibraryList*>())
        if (list->selectionMode() == QAbstractItemView::ExtendedSelection)
            chosenSounds = list->selectedIds().size();
    EXPECT_EQ(chosenSounds, 6U) << "and so are the library's sounds";

    // From the tray to the map.
    QTest::mouseClick(strip.card(takes[1]), Qt::LeftButton);
    ASSERT_EQ(view.chosen().size(), 1U);
    EXPECT_EQ(page().map()->items[static_cast<std::size_t>(view.chosen().front())].id, takes[1]);

    // Only takes of a model, then all of them a star; undone in one step.
    auto& models = find<QComboBox>(QStringLiteral("mapModels"));
    models.setCurrentIndex(models.findText(QStringLiteral("Wood")));
    Q_EMIT models.activated(models.currentIndex());
    ASSERT_TRUE(waitUntil([&] { return view.spokenValue().contains(QStringLiteral("1 found")); }))
        << view.spokenValue().toStdString();
    models.setCurrentIndex(0);
    Q_EMIT models.activated(0);
    ASSERT_TRUE(waitUntil([&] { return !view.spokenValue().contains(QStringLiteral("found")); }));
    view.setFocus();
    QTest::keyClick(&view, Qt::Key_A, Qt::ControlModifier);
    const auto starred = [&] {
        auto found = engine().find({"is:starred", {}, false, 100, 0});
        return found ? found->items.size() : std::size_t{99};
    };
    QTest::mouseClick(&find<QToolButton>(QStringLiteral("mapStar")), Qt::LeftButton);
    ASSERT_TRUE(waitUntil([&] { return starred() == 8; })) << starred();
    QUndoStack& undo = studio().library.undoStack();
    ASSERT_TRUE(waitUntil([&] { return undo.undoText().contains(QStringLiteral("starring")); }));
    undo.undo();
    ASSERT_TRUE(waitUntil([&] { return starred() == 0; }));

    // Tags by the dialog.
    ASSERT_TRUE(waitUntil([&] { return view.chosen().size() == 8; }));
    QTest::mouseClick(&find<QToolButton>(QStringLiteral("mapTag")), Qt::LeftButton);
    ASSERT_TRUE(waitUntil([&] { return window().findChild<QInputDialog*>(QStringLiteral("tags")); }));
    auto* dialog = window().findChild<QInputDialog*>(QStringLiteral("tags"));
    dialog->setTextValue(QStringLiteral("short, dry"));
    dialog->accept();
    ASSERT_TRUE(waitUntil([&] {
        auto found = engine().find({"tag:dry tag:short", {}, false, 100, 0});
        return found && found->items.size() == 8;
    }));
    ASSERT_TRUE(waitUntil([&] { return view.chosen().size() == 8; }));
    keepPicture(QStringLiteral("map-chosen"));

    // Away, and back.
    const auto sounds = [&] { return engine().collections().front()->collection.entries.size(); };
    QTest::mouseClick(&find<QToolButton>(QStringLiteral("mapRemove")), Qt::LeftButton);
    ASSERT_TRUE(waitUntil([&] { return engine().takes().empty() && sounds() == 0; }, 60)) << sounds();
    ASSERT_TRUE(waitUntil([&] { return undo.undoText().contains(QStringLiteral("removing")); }));
    undo.undo();
    ASSERT_TRUE(waitUntil([&] { return engine().takes().size() == 2 && sounds() == 6; }, 60)) << sounds();
}

}  // namespace
}  // namespace smidgen::ui::testing
