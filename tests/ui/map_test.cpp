// The map of the library: laid out, heard by clicks, dimmed by the search box, a way between two sounds.
#include <QComboBox>
#include <QInputDialog>
#include <QLineEdit>
#include <QPushButton>
#include <QTest>
#include <QToolButton>
#include <QUndoStack>
#include <algorithm>

#include "engine/audio/audio_reader.h"
#include "engine/library/library.h"
#include "engine/workstation/presets.h"
#include "tests/ui/desk.h"
#include "tests/ui/hands.h"
#include "ui/bridge/chosen_items.h"
#include "ui/bridge/text.h"
#include "ui/canvas/elided_label.h"
#include "ui/docks/found_panel.h"
#include "ui/docks/library_list.h"
#include "ui/docks/library_panel.h"
#include "ui/docks/take_strip.h"
#include "ui/docks/takes_panel.h"
#include "ui/pages/edit_page.h"
#include "ui/pages/generate_page.h"
#include "ui/pages/map_page.h"
#include "ui/pages/recipe_form.h"

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

/// The library holds a take, its preset, and an edited sound that was never listened to.
class MapOfEverythingTest : public MapTest {
 protected:
    void furnish() {
        importSamples(4);
        const auto sound = readAudioAtInternalRate("/usr/share/sonic-pi/samples/elec_blip.flac");
        ASSERT_TRUE(sound);
        Recipe recipe;
        recipe.modelName = "Rain";
        recipe.sliders[Attribute::brightness] = 0.75;
        const auto take = engine().items().addTake(*sound, {-20, -1, -1}, recipe);
        ASSERT_TRUE(take);
        m_take = (*take)->id;
        engine().tell({Topic::takes, m_take, 0});
        ASSERT_TRUE(savePreset(engine(), "Caves/Dark", recipe));
        Recipe unused;
        unused.variation = 0.25;
        ASSERT_TRUE(savePreset(engine(), "Unused", unused));
        const auto model = engine().importModel(*Workstation::shippedBase(ModelKind::rvq));
        ASSERT_TRUE(model) << model.error().sentence;
        engine().tell({Topic::models, (*model)->id, 0});
        CodeDesk desk(engine());
        const auto codes = desk.openSound("/usr/share/sonic-pi/samples/drum_cowbell.flac", (*model)->id);
        ASSERT_TRUE(codes) << codes.error().sentence;
        m_codes = *codes;
        ASSERT_TRUE(desk.rename(m_codes, "Bent bell"));
        ASSERT_TRUE(desk.flush());
    }
    [[nodiscard]] int pointOf(ItemKind kind) {
        const auto& items = page().map()->items;
        const auto at = std::ranges::find(items, kind, &MapItem::kind);
        return at == items.end() ? -1 : static_cast<int>(at - items.begin());
    }
    /// Brought close enough to be pointed at.
    [[nodiscard]] QPoint placeOf(ItemKind kind) {
        SoundMapView& view = page().view();
        const int point = pointOf(kind);
        view.setFocused(point);
        for (int i = 0; i < 12; ++i) {
            view.grab();
            if (view.pointAt(view.positionOf(point)) == point) break;
            view.zoomBy(1.5);
        }
        EXPECT_EQ(view.pointAt(view.positionOf(point)), point);
        return view.positionOf(point).toPoint();
    }
    [[nodiscard]] QString note() {
        return window().findChild<ElidedLabel*>(QStringLiteral("mapNote"))->fullText();
    }
    [[nodiscard]] FoundPanel& found() { return *window().findChild<FoundPanel*>(); }

    TakeId m_take;
    CodesId m_codes;
};

TEST_F(MapOfEverythingTest, PresetsAndEditedSoundsAreHeardOpenedAndFound) {
    openStudio();
    ASSERT_NO_FATAL_FAILURE(furnish());
    // Four sounds, a take and its preset at once, the codes when they were listened to.
    open(7);
    SoundMapView& view = page().view();
    EXPECT_TRUE(note().contains(QStringLiteral("1 without a place"))) << note().toStdString();
    ASSERT_TRUE(waitUntil([&] { return !note().contains(QStringLiteral("listening")); }));
    EXPECT_EQ(view.points()[static_cast<std::size_t>(pointOf(ItemKind::codes))].name,
              QStringLiteral("Bent bell"));
    keepPicture(QStringLiteral("map-everything"));

    auto& kinds = find<QComboBox>(QStringLiteral("mapKinds"));
    for (const char* kind : {"Edited sounds", "Presets"}) {
        kinds.setCurrentIndex(kinds.findText(QLatin1String(kind)));
        Q_EMIT kinds.activated(kinds.currentIndex());
        ASSERT_TRUE(waitUntil([&] { return view.spokenValue().contains(QStringLiteral("1 found")); }))
            << kind << ": " << view.spokenValue().toStdString();
    }
    kinds.setCurrentIndex(0);
    Q_EMIT kinds.activated(0);
    ASSERT_TRUE(waitUntil([&] { return !view.spokenValue().contains(QStringLiteral("found")); }));

    QTest::mouseClick(&view, Qt::LeftButton, {}, placeOf(ItemKind::codes));
    const QString key = QStringLiteral("codes:") + toText(m_codes);
    ASSERT_TRUE(waitUntil([&] { return studio().sound.loaded().key == key; }, 60));
    EXPECT_GT(studio().sound.length(), 0.1);
    EXPECT_TRUE(view.spokenValue().contains(QStringLiteral("codes"))) << view.spokenValue().toStdString();
    QTest::mouseClick(&view, Qt::LeftButton, {}, placeOf(ItemKind::preset));
    ASSERT_TRUE(waitUntil([&] { return studio().sound.loaded().file == engine().take(m_take)->file; }));
    ASSERT_EQ(view.chosen(), std::vector<int>{pointOf(ItemKind::preset)}) << "the preset stays chosen";

    // Found by the menu, with the keyboard.
    view.setFocus();
    view.setFocused(pointOf(ItemKind::preset));
    chooseFromMenu(view, QStringLiteral("Find similar"));
    ASSERT_TRUE(waitUntil([&] { return found().isVisible() && !found().items().empty(); }));
    EXPECT_EQ(found().items().front().id, m_take) << "it is like its take";
    EXPECT_EQ(found().items().size(), 6U) << "four sounds, the take, the edited sound";
    auto* list = found().findChild<LibraryList*>();
    for (int row = 0; row < list->model()->rowCount(); ++row)
        if (found().items()[static_cast<std::size_t>(row)].kind == ItemKind::codes)
            list->setCurrentIndex(list->model()->index(row, 0));
    chooseFromMenu(*list, QStringLiteral("Find similar"));
    ASSERT_TRUE(waitUntil([&] {
        const auto& items = found().items();
        return std::ranges::find(items, ItemKind::codes, &FoundItem::kind) == items.end() &&
               std::ranges::find(items, ItemKind::preset, &FoundItem::kind) != items.end();
    }));
    EXPECT_NE(found().items().front().id, m_take) << "a cowbell is not like a blip first of all";

    // Double clicks open.
    QTest::mouseDClick(&view, Qt::LeftButton, {}, placeOf(ItemKind::preset));
    ASSERT_TRUE(waitUntil([&] { return window().page() == MainWindow::Page::generate; }));
    EXPECT_EQ(window().generatePage().form().recipe().sliders[Attribute::brightness], 0.75);
    press(QStringLiteral("view.map"));
    view.setFocus();
    view.setFocused(pointOf(ItemKind::codes));
    QTest::keyClick(&view, Qt::Key_Return, Qt::ShiftModifier);
    ASSERT_TRUE(waitUntil(
        [&] {
            return window().page() == MainWindow::Page::edit && window().editPage().document() == m_codes;
        },
        60));
}

TEST_F(MapOfEverythingTest, WhatIsEditedMovesAndWhatIsRemovedComesBack) {
    openStudio();
    ASSERT_NO_FATAL_FAILURE(furnish());
    open(7);
    ASSERT_TRUE(waitUntil([&] { return pointOf(ItemKind::codes) >= 0; }));
    const auto placeNow = [&] {
        return page().map()->items[static_cast<std::size_t>(pointOf(ItemKind::codes))].place;
    };
    const DiscPoint before = placeNow();
    window().editPage().openKept(m_codes);
    window().showPage(MainWindow::Page::edit);
    ASSERT_TRUE(waitUntil([&] { return window().editPage().document() == m_codes; }, 60));
    CodeDesk& desk = window().editPage().codes().desk();
    const auto seen = desk.view(m_codes);
    std::vector<CodeCell> cells;
    for (std::int64_t frame = 0; frame < seen->document->frames().value; ++frame)
        cells.push_back({0, 0, frame});
    const auto far = seen->space->neighbours(0, seen->document->code(cells.front())).back();
    ASSERT_TRUE(desk.perform(m_codes, setCells(*seen->document, cells, far, "Brush")));
    press(QStringLiteral("view.map"));
    ASSERT_TRUE(waitUntil([&] { return pointOf(ItemKind::codes) >= 0 && placeNow() != before; }, 60))
        << "a moment after the edit";

    // Everything but the sounds away, in the end back.
    SoundMapView& view = page().view();
    view.setChosen({pointOf(ItemKind::take), pointOf(ItemKind::preset), pointOf(ItemKind::codes)});
    view.setFocus();
    press(QStringLiteral("edit.remove"));
    ASSERT_TRUE(waitUntil([&] { return page().map()->items.size() == 4; })) << page().map()->items.size();
    EXPECT_TRUE(engine().takes().empty());
    QUndoStack& undo = studio().library.undoStack();
    ASSERT_TRUE(waitUntil([&] { return undo.count() >= 3; })) << undo.count();
    undo.undo();
    undo.undo();
    ASSERT_TRUE(waitUntil([&] { return page().map()->items.size() == 7; })) << page().map()->items.size();
    EXPECT_EQ(engine().takes().size(), 1U);
}

}  // namespace
}  // namespace smidgen::ui::testing
