// The eight sliders with hands: moved, typed, undone, thrown by dice, heard while they move, and kept.
#include <QComboBox>
#include <QDoubleSpinBox>
#include <QLabel>
#include <QLineEdit>
#include <QMenu>
#include <QPushButton>
#include <QSlider>
#include <QSpinBox>
#include <QToolButton>
#include <QTreeWidget>
#include <QWheelEvent>

#include "engine/audio/audio_reader.h"
#include "tests/playback/jack_server.h"
#include "tests/ui/desk.h"
#include "tests/ui/watchdog.h"
#include "ui/canvas/attribute_slider.h"
#include "ui/docks/take_strip.h"
#include "ui/pages/explore_field.h"
#include "ui/pages/generate_page.h"
#include "ui/pages/live_steering.h"
#include "ui/pages/position_field.h"
#include "ui/pages/preset_button.h"
#include "ui/pages/recipe_form.h"
#include "ui/pages/shape_panel.h"

namespace smidgen::ui::testing {
namespace {

using ::smidgen::testing::JackRecorder;
using ::smidgen::testing::JackServer;

constexpr double kPatience = 200;

class SlidersTest : public DeskTest {
 protected:
    /// A studio with a model of twelve drums, hardly trained beyond the base, on the Generate page.
    void openWithModel() {
        openStudio();
        ASSERT_NO_FATAL_FAILURE(addSmallModel());
        window().showPage(MainWindow::Page::generate);
        ASSERT_TRUE(waitUntil([&] { return !form().model().empty(); }));
        find<QDoubleSpinBox>(QStringLiteral("length")).setValue(1.5);
    }
    [[nodiscard]] RecipeForm& form() { return window().generatePage().form(); }
    [[nodiscard]] ShapePanel& shape() { return form().shape(); }
    [[nodiscard]] AttributeSlider& slider(Attribute attribute) { return shape().slider(attribute); }
    [[nodiscard]] std::optional<double> position(Attribute attribute) {
        return form().recipe().sliders[attribute];
    }
    [[nodiscard]] QUndoStack& undo() { return studio().library.undoStack(); }

    /// Press at one position, move to another in steps, release.
    void drag(Attribute attribute, double from, double to, Qt::KeyboardModifiers keys = {}) {
        AttributeSlider& target = slider(attribute);
        const auto at = [&](double position) { return QPoint(qRound(target.xOf(position)), 9); };
        QTest::mousePress(&target, Qt::LeftButton, keys, at(from));
        for (int i = 1; i <= 8; ++i) {
            const QPointF place = at(from + (to - from) * i / 8);
            QMouseEvent move(QEvent::MouseMove, place, target.mapToGlobal(place), Qt::NoButton,
                             Qt::LeftButton, keys);
            QApplication::sendEvent(&target, &move);
        }
        QTest::mouseRelease(&target, Qt::LeftButton, keys, at(to));
    }
    TakeId generateOne() {
        const std::size_t before = engine().takes().size();
        QTest::mouseClick(&find<QPushButton>(QStringLiteral("generate")), Qt::LeftButton);
        EXPECT_TRUE(waitUntil([&] { return engine().takes().size() > before; }, kPatience));
        const TakeId id = engine().takes().front()->id;
        EXPECT_TRUE(waitUntil([&] { return window().generatePage().results().holds(id); }));
        return id;
    }
};

TEST_F(SlidersTest, HandsMoveThemAndEveryGestureIsOneStepBack) {
    openWithModel();
    const int steps = undo().index();
    EXPECT_FALSE(form().recipe().sliders.anySet()) << "at first everything is as it comes";
    drag(Attribute::brightness, 0.5, 0.9);
    EXPECT_NEAR(*position(Attribute::brightness), 0.9, 0.02);
    EXPECT_EQ(undo().index(), steps + 1) << "a drag is one step";
    drag(Attribute::brightness, *position(Attribute::brightness), 1.2, Qt::ShiftModifier);
    EXPECT_NEAR(*position(Attribute::brightness), 0.93, 0.02) << "Shift is ten times finer";
    drag(Attribute::density, 0.5, 1.2);
    EXPECT_TRUE(slider(Attribute::density).spokenValue().contains(QStringLiteral("beyond")))
        << "told in words";
    EXPECT_EQ(undo().index(), steps + 3);
    press(QStringLiteral("edit.undo"));
    EXPECT_FALSE(position(Attribute::density));
    press(QStringLiteral("edit.undo"));
    press(QStringLiteral("edit.undo"));
    EXPECT_FALSE(position(Attribute::brightness));
    press(QStringLiteral("edit.redo"));
    EXPECT_NEAR(*position(Attribute::brightness), 0.9, 0.02);

    slider(Attribute::space).setFocus();
    QTest::keyClick(&slider(Attribute::space), Qt::Key_End);
    QTest::keyClick(&slider(Attribute::space), Qt::Key_PageDown);
    QTest::keyClick(&slider(Attribute::space), Qt::Key_Left, Qt::ShiftModifier);
    EXPECT_NEAR(*position(Attribute::space), 0.895, 1e-9);
    QTest::keyClick(&slider(Attribute::space), Qt::Key_Delete);
    EXPECT_FALSE(position(Attribute::space));
    QWheelEvent wheel(QPointF(40, 9), slider(Attribute::warmth).mapToGlobal(QPointF(40, 9)), {}, {0, 240},
                      Qt::NoButton, Qt::NoModifier, Qt::NoScrollPhase, false);
    QApplication::sendEvent(&slider(Attribute::warmth), &wheel);
    EXPECT_NEAR(*position(Attribute::warmth), 0.54, 1e-9);
    QTest::mouseDClick(&slider(Attribute::warmth), Qt::LeftButton, {}, QPoint(60, 9));
    EXPECT_FALSE(position(Attribute::warmth)) << "a double click lets go";
}

TEST_F(SlidersTest, FieldsTakeNumbersAndPutBackWhatIsNone) {
    openWithModel();
    auto* field = shape().findChildren<PositionField*>().at(static_cast<int>(Attribute::tension));
    const auto type = [&](const QString& text) {
        field->setFocus();
        field->selectAll();
        QTest::keyClicks(field, text);
        QTest::keyClick(field, Qt::Key_Return);
    };
    type(QStringLiteral("0.3"));
    EXPECT_DOUBLE_EQ(*position(Attribute::tension), 0.3);
    type(QStringLiteral("7"));
    EXPECT_DOUBLE_EQ(*position(Attribute::tension), kHighestPosition);
    type(QStringLiteral("loud"));
    EXPECT_DOUBLE_EQ(*position(Attribute::tension), kHighestPosition);
    EXPECT_EQ(field->text(), QLocale().toString(kHighestPosition, 'f', 2));
    field->setFocus();
    field->selectAll();
    QTest::keyClick(field, Qt::Key_Backspace);
    QTest::keyClick(field, Qt::Key_Return);
    EXPECT_FALSE(position(Attribute::tension));
}

TEST_F(SlidersTest, DiceMoveWhatIsSetAndLeaveWhatIsLocked) {
    openWithModel();
    for (const Attribute attribute : {Attribute::brightness, Attribute::warmth, Attribute::space})
        drag(attribute, 0.5, 0.4);
    slider(Attribute::warmth).setFocus();
    press(QStringLiteral("generate.lock"));
    const SliderPositions before = form().recipe().sliders;
    find<QSlider>(QStringLiteral("diceAmount")).setValue(0);
    press(QStringLiteral("generate.dice"));
    EXPECT_EQ(form().recipe().sliders, before) << "without an amount, the seed alone";
    find<QSlider>(QStringLiteral("diceAmount")).setValue(60);
    const std::uint64_t seed = form().recipe().seed;
    press(QStringLiteral("generate.dice"));
    const SliderPositions after = form().recipe().sliders;
    EXPECT_NE(form().recipe().seed, seed);
    EXPECT_NE(after[Attribute::brightness], before[Attribute::brightness]);
    EXPECT_NE(after[Attribute::space], before[Attribute::space]);
    EXPECT_EQ(after[Attribute::warmth], before[Attribute::warmth]) << "locked";
    EXPECT_FALSE(after[Attribute::density]) << "what is free stays free";
    press(QStringLiteral("edit.undo"));
    EXPECT_EQ(form().recipe().sliders, before);
    EXPECT_EQ(form().recipe().seed, seed) << "seed and sliders are one step";
    QTest::mouseClick(&find<QToolButton>(QStringLiteral("letGo")), Qt::LeftButton);
    EXPECT_FALSE(form().recipe().sliders.anySet());
    press(QStringLiteral("edit.undo"));
    EXPECT_EQ(form().recipe().sliders, before);
}

TEST_F(SlidersTest, DiceKeepASliderBeyondTheEndNearWhereItWas) {
    openWithModel();
    find<QSlider>(QStringLiteral("diceAmount")).setValue(5);
    for (const double from : {1.2, -0.2})
        for (int i = 0; i < 20; ++i) {
            form().shape().moveSlider(Attribute::brightness, from);
            press(QStringLiteral("generate.dice"));
            const double to = *position(Attribute::brightness);
            EXPECT_LE(std::abs(to - from), 0.06);
            EXPECT_GE(to, kLowestPosition);
            EXPECT_LE(to, kHighestPosition);
        }
}

TEST_F(SlidersTest, ATakeTellsWhatBecameOfThem) {
    openWithModel();
    drag(Attribute::brightness, 0.5, 0.1);
    const TakeId id = generateOne();
    const auto take = engine().take(id);
    ASSERT_EQ(take->sliders.size(), kAttributeCount);
    EXPECT_NEAR(*take->recipe.sliders[Attribute::brightness], 0.1, 0.02);
    ASSERT_TRUE(waitUntil([&] { return find<QLabel>(QStringLiteral("shares")).text().contains(u'%'); }));
    EXPECT_TRUE(slider(Attribute::brightness).spokenValue().contains(QStringLiteral("came to")));
    keepPicture(QStringLiteral("sliders"));
    // The recipe of a take puts them back.
    QTest::mouseClick(&find<QToolButton>(QStringLiteral("letGo")), Qt::LeftButton);
    window().generatePage().useRecipe(id);
    EXPECT_EQ(form().recipe().sliders, take->recipe.sliders);
}

TEST_F(SlidersTest, PresetsAreSavedUsedRenamedAndTakenAway) {
    openWithModel();
    drag(Attribute::brightness, 0.5, 0.2);
    const SliderPositions mine = form().recipe().sliders;
    ASSERT_TRUE(savePreset(engine(), "Caves/Dark", form().recipe()));
    auto& button = find<PresetButton>(QStringLiteral("presets"));
    // One that came with the program, from the menu.
    QMenu menu;
    button.fill(menu);
    QMenu* folder = nullptr;
    for (QAction* action : menu.actions())
        if (action->menu() != nullptr && action->text() == QStringLiteral("Smidgen")) folder = action->menu();
    ASSERT_NE(folder, nullptr);
    QAction* rust = nullptr;
    for (QAction* action : folder->actions())
        if (action->text() == QStringLiteral("Rust")) rust = action;
    ASSERT_NE(rust, nullptr);
    const std::uint64_t seed = form().recipe().seed;
    rust->trigger();
    EXPECT_DOUBLE_EQ(*position(Attribute::roughness), 0.95);
    EXPECT_FALSE(position(Attribute::brightness));
    EXPECT_EQ(form().recipe().seed, seed) << "a preset leaves model, seed and length";
    press(QStringLiteral("edit.undo"));
    EXPECT_EQ(form().recipe().sliders, mine);

    // One's own, by its dialog.
    Q_EMIT form().presetsRequested();
    auto& tree = find<QTreeWidget>(QStringLiteral("presetTree"));
    const auto itemNamed = [&](const QString& name) -> QTreeWidgetItem* {
        const auto found = tree.findItems(name, Qt::MatchExactly | Qt::MatchRecursive);
        return found.empty() ? nullptr : found.front();
    };
    ASSERT_NE(itemNamed(QStringLiteral("Rust")), nullptr);
    tree.setCurrentItem(itemNamed(QStringLiteral("Rust")));
    EXPECT_FALSE(find<QPushButton>(QStringLiteral("deletePreset")).isEnabled()) << "it came with the program";
    ASSERT_TRUE(waitUntil([&] { return itemNamed(QStringLiteral("Dark")) != nullptr; }));
    tree.setCurrentItem(itemNamed(QStringLiteral("Dark")));
    keepPicture(QStringLiteral("presets"), tree.window());
    QTest::mouseClick(&find<QPushButton>(QStringLiteral("usePreset")), Qt::LeftButton);
    EXPECT_EQ(form().recipe().sliders, mine);
    auto& name = find<QLineEdit>(QStringLiteral("presetName"));
    name.selectAll();
    QTest::keyClicks(&name, QStringLiteral("Rooms/Cellar"));
    QTest::mouseClick(&find<QPushButton>(QStringLiteral("renamePreset")), Qt::LeftButton);
    ASSERT_TRUE(waitUntil([&] { return itemNamed(QStringLiteral("Cellar")) != nullptr; }));
    tree.setCurrentItem(itemNamed(QStringLiteral("Cellar")));
    QTest::mouseClick(&find<QPushButton>(QStringLiteral("deletePreset")), Qt::LeftButton);
    ASSERT_TRUE(waitUntil([&] { return itemNamed(QStringLiteral("Cellar")) == nullptr; }));
    ASSERT_TRUE(
        waitUntil([&] { return undo().canUndo() && undo().undoText().contains(QStringLiteral("Cellar")); }));
    undo().undo();
    EXPECT_TRUE(waitUntil([&] { return itemNamed(QStringLiteral("Cellar")) != nullptr; }));
}

TEST_F(SlidersTest, TwoTakesAreComparedInTurn) {
    openWithModel();
    const TakeId first = generateOne(), second = generateOne();
    ASSERT_TRUE(waitUntil([&] { return studio().selection.take() == second; }));
    studio().selection.setTake(first);
    press(QStringLiteral("transport.compare"));
    EXPECT_EQ(studio().selection.take(), second);
    EXPECT_EQ(studio().sound.loaded().key, listeningTo(*engine().take(second)).key);
    press(QStringLiteral("transport.compare"));
    EXPECT_EQ(studio().selection.take(), first);
    EXPECT_EQ(studio().sound.loaded().key, listeningTo(*engine().take(first)).key);
}

TEST_F(SlidersTest, AnotherModelTakesPart) {
    openWithModel();
    const ModelId first = form().model();
    ASSERT_NO_FATAL_FAILURE(trainSmallModel("other", 9));
    auto* other = window().findChild<QComboBox*>(QStringLiteral("blendModel"));
    auto* percent = window().findChild<QSpinBox*>(QStringLiteral("blendPercent"));
    auto* about = window().findChild<QLabel*>(QStringLiteral("blendAbout"));
    ASSERT_TRUE(other && percent && about);
    // The window turns to a model that has just been made.
    ASSERT_TRUE(
        waitUntil([&] { return engine().models().size() == 2 && studio().bridge.activeJobs().empty(); }));
    static_cast<void>(waitUntil([] { return false; }, 0.5));
    studio().selection.setModel(first);
    ASSERT_TRUE(waitUntil([&] { return form().model() == first && other->count() == 2; }))
        << "itself is not offered";
    other->setCurrentIndex(1);
    Q_EMIT other->activated(1);
    percent->setValue(40);
    ASSERT_TRUE(waitUntil([&] { return about->text().contains(QStringLiteral("They fit")); }, kPatience))
        << about->text().toStdString();
    const Recipe recipe = form().recipe();
    ASSERT_EQ(recipe.blend.size(), 1U);
    EXPECT_NE(recipe.blend[0].modelId, first);
    EXPECT_DOUBLE_EQ(recipe.blend[0].ratio, 0.4);
    EXPECT_EQ(recipe.blendKind, BlendKind::latents);
    const auto take = engine().take(generateOne());
    EXPECT_EQ(take->recipe.modelId, first) << "the first stays the first";
    EXPECT_EQ(take->recipe.blend, recipe.blend);
    keepPicture(QStringLiteral("blend"));
    window().generatePage().useRecipe(take->id);
    EXPECT_EQ(form().recipe().blend, recipe.blend);
}

TEST_F(SlidersTest, WhatPlaysChangesWithoutAClickAndIsKeptAsItWasHeard) {
    JackServer server;
    bool started = false;
    for (int attempt = 0; attempt < 5 && !started; ++attempt) started = server.start();
    ASSERT_TRUE(started) << "jackd (package jackd2) must be able to start";
    openWithModel();
    find<QDoubleSpinBox>(QStringLiteral("length")).setValue(4);
    const TakeId id = generateOne();
    studio().sound.openDevice({{"JACK", "system"}});
    ASSERT_TRUE(studio().sound.playback().state().open) << studio().sound.playback().state().problem;
    studio().sound.setLooping(true);
    LiveSteering& live = window().generatePage().live();
    JackRecorder recorder;
    ASSERT_TRUE(recorder.connected());
    press(QStringLiteral("transport.toggle"));
    ASSERT_TRUE(waitUntil([&] { return studio().sound.playing(); }));
    Watchdog watchdog;
    const auto steps = [](const std::vector<float>& samples) {
        double step = 0;
        for (std::size_t i = 1; i < samples.size(); ++i)
            step = std::max(step, static_cast<double>(std::abs(samples[i] - samples[i - 1])));
        return step;
    };
    double largest = 0;
    // Swept from one end to the other while it plays.
    int versions = 0;
    for (int i = 0; i <= 5; ++i) {
        const std::optional<Recipe> before = live.heard();
        drag(Attribute::warmth, 0.9 - 0.14 * i, 0.8 - 0.14 * i);
        ASSERT_TRUE(waitUntil([&] { return live.heard() != before && !live.working(); }, kPatience)) << i;
        ++versions;
        ASSERT_TRUE(studio().sound.playing()) << "it never stops for a slider";
        ASSERT_TRUE(studio().sound.samples());
        largest = std::max(largest, steps(studio().sound.samples()->channels[0]));
    }
    EXPECT_EQ(versions, 6);
    EXPECT_LT(watchdog.longestMs(), 50.0);
    EXPECT_EQ(studio().sound.loaded().key, QStringLiteral("live:") + QString::fromStdString(id));
    ASSERT_TRUE(studio().sound.samples());
    const AudioBuffer heard = *studio().sound.samples();
    press(QStringLiteral("transport.stop"));

    // No step in what was heard is above the largest of the versions themselves.
    const auto first = readAudio(engine().take(id)->file);
    ASSERT_TRUE(first);
    largest = std::max(largest, steps(first->channels[0]));
    std::vector<float> recorded = recorder.fromFirstSound(0);
    EXPECT_GT(recorded.size(), std::size_t{48000});
    // The loop's seam is played as it is: the last sample against the first.
    const double seam = std::abs(heard.channels[0].back() - heard.channels[0].front());
    EXPECT_LE(steps(recorded), 1.2 * std::max(largest, seam) + 0.02);

    // Kept, it is the very sound that was heard.
    ASSERT_TRUE(live.canKeep());
    const std::size_t before = engine().takes().size();
    press(QStringLiteral("generate.keep"));
    ASSERT_TRUE(waitUntil([&] { return engine().takes().size() > before; }, kPatience));
    const auto kept = readAudio(engine().takes().front()->file);
    ASSERT_TRUE(kept);
    EXPECT_EQ(kept->channels, heard.channels);
    const auto original = readAudio(engine().take(id)->file);
    ASSERT_TRUE(original);
    EXPECT_EQ(original->channels, first->channels) << "the take itself stays as it was";
}

TEST_F(SlidersTest, DirectionsOfTheModelAreMovedUndoneAndSaidInWords) {
    openStudio();
    addSmallModel();
    press(QStringLiteral("generate.dice"));  // the Generate page is there
    window().showPage(MainWindow::Page::generate);
    RecipeForm& form = window().findChild<GeneratePage*>()->form();
    ExploreField& field = form.explore();
    field.menu()->popup(field.mapToGlobal(QPoint(0, field.height())));
    auto* first = field.menu()->findChild<QSlider*>(QStringLiteral("explore.1"));
    ASSERT_TRUE(waitUntil([&] { return first->isVisible(); }, 60)) << "what it does is heard first";
    EXPECT_TRUE(first->accessibleName().startsWith(QStringLiteral("From ")));
    keepPicture(QStringLiteral("explore"), field.menu());
    QTest::keyClick(first, Qt::Key_PageUp);
    ASSERT_EQ(form.recipe().explore, std::vector<double>{0.5});
    EXPECT_TRUE(field.text().contains(u'1')) << field.text().toStdString();
    field.menu()->close();
    studio().library.undoStack().undo();
    EXPECT_TRUE(form.recipe().explore.empty());
    EXPECT_EQ(0, first->value());
    studio().library.undoStack().redo();
    EXPECT_EQ(10, first->value());
    press(QStringLiteral("generate.one"));
    ASSERT_TRUE(waitUntil([&] { return engine().takes().size() == 1; }, 120));
    EXPECT_EQ(engine().takes().front()->recipe.explore, std::vector<double>{0.5});
}

}  // namespace
}  // namespace smidgen::ui::testing
