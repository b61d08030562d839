// The Edit page by real events: brush, swap, blend, in-fill, undo and redo, hold, lanes, and what is kept.
#include <unistd.h>

#include <QAccessible>
#include <QComboBox>
#include <QElapsedTimer>
#include <QLabel>
#include <QLineEdit>
#include <QSlider>
#include <QToolButton>
#include <ctime>

#include "tests/ui/desk.h"
#include "tests/ui/hands.h"
#include "tests/ui/watchdog.h"
#include "ui/bridge/text.h"
#include "ui/canvas/code_grid_view.h"
#include "ui/canvas/timeline_view.h"
#include "ui/docks/code_inspector.h"
#include "ui/docks/take_strip.h"
#include "ui/docks/takes_panel.h"
#include "ui/pages/code_actions.h"
#include "ui/pages/code_listening.h"
#include "ui/pages/code_work.h"
#include "ui/pages/edit_page.h"
#include "ui/window/message_bar.h"

namespace smidgen::ui::testing {
namespace {

namespace fs = std::filesystem;

constexpr double kPatience = 120;
const fs::path kSamples = "/usr/share/sonic-pi/samples";

class EditTest : public DeskTest {
 protected:
    /// A library with the base as a model.
    static void SetUpTestSuite() {
        s_prepared = fs::temp_directory_path() / ("smidgen-edit-" + std::to_string(::getpid()));
        fs::remove_all(s_prepared);
        Workstation::Options options;
        options.library = s_prepared;
        options.device = models::DeviceChoice::cpu;
        auto station = Workstation::open(options);
        ASSERT_TRUE(station) << station.error().sentence;
        auto model = (*station)->importModel(*Workstation::shippedBase(ModelKind::rvq));
        ASSERT_TRUE(model) << model.error().sentence;
        ASSERT_TRUE((*station)->renameModel((*model)->id, "Rain RVQ"));
    }
    static void TearDownTestSuite() { fs::remove_all(s_prepared); }

    void SetUp() override {
        DeskTest::SetUp();
        fs::copy(s_prepared, m_folder / "library", fs::copy_options::recursive);
    }
    /// Before the studio is opened: a prior for the model, hardly trained.
    void givePrior() {
        Workstation::Options options;
        options.library = m_folder / "library";
        options.device = models::DeviceChoice::cpu;
        auto station = Workstation::open(options);
        ASSERT_TRUE(station) << station.error().sentence;
        PriorTrainingRequest training;
        training.model = "Rain RVQ";
        for (const char* name : {"drum_bass_hard", "drum_cowbell", "drum_snare_hard", "drum_tom_hi_soft"})
            training.paths.push_back(kSamples / (std::string(name) + ".flac"));
        training.steps = 4;
        const auto job = (*station)->trainPrior(training);
        ASSERT_TRUE(job) << job.error().sentence;
        ASSERT_EQ((*station)->wait(*job).phase, JobPhase::finished);
    }
    [[nodiscard]] EditPage& page() { return window().editPage(); }
    [[nodiscard]] CodeGridView& grid() { return page().grid(); }
    [[nodiscard]] std::shared_ptr<const CodeView> view() { return page().actions().view(); }
    [[nodiscard]] const CodeDocument& document() { return *view()->document; }
    void openPage() {
        openStudio(false, {1440, 900});
        QTest::mouseClick(&find<QAbstractButton>(QStringLiteral("tabEdit")), Qt::LeftButton);
        ASSERT_EQ(window().page(), MainWindow::Page::edit);
    }
    /// Drops it on the page and waits until it can be edited and heard.
    void openSound(const std::string& sample) {
        ASSERT_TRUE(waitUntil([&] { return !page().findChild<CodeWork*>()->running(); }, kPatience));
        const CodesId before = page().document();
        dropFiles(page(), {kSamples / (sample + ".flac")});
        ASSERT_TRUE(waitUntil([&] { return page().document() != before && heard(); }, kPatience))
            << window().messages().sentences().join(u'\n').toStdString();
    }
    [[nodiscard]] bool heard() { return view() && view()->current && view()->rendered.audio; }
    void drag(const CodeCell& from, const CodeCell& to, Qt::KeyboardModifiers modifiers = {}) {
        dragCells(grid(), from, to, modifiers);
    }
    void click(const CodeCell& cell, Qt::KeyboardModifiers modifiers = {}) {
        clickCell(grid(), cell, modifiers);
    }
    void key(int key, Qt::KeyboardModifiers modifiers = {}) {
        QTest::keyClick(&grid(), Qt::Key(key), modifiers);
    }
    [[nodiscard]] QStringList complaints() { return window().messages().sentences(); }
    [[nodiscard]] QToolButton& tool(const QString& id) { return find<QToolButton>(id); }

    inline static fs::path s_prepared;
};

TEST_F(EditTest, BrushSwapBlendInFillUndoTenRedoTen) {
    givePrior();
    openPage();
    keepPicture(QStringLiteral("edit-empty"));
    openSound("loop_amen");
    const CodesId drums = page().document();
    openSound("ambi_choir");
    const CodesId choir = page().document();
    ASSERT_NE(drums, choir);
    const SoundCodes voices = document().edited;
    Watchdog watchdog;
    grid().setFocus();

    // A region of the choir is chosen and copied.
    drag({0, 0, 2}, {0, 1, 5});
    EXPECT_EQ(grid().selection().bounds(), (CodeRegion{0, 0, 2, 2, 4}));
    key(Qt::Key_C, Qt::ControlModifier);
    EXPECT_FALSE(page().actions().clip().empty());
    EXPECT_TRUE(find<QLabel>(QStringLiteral("blendClip")).text().startsWith(QStringLiteral("ambi_choir")));

    // Back to the drums, from the list.
    auto& documents = find<QComboBox>(QStringLiteral("codeDocuments"));
    ASSERT_TRUE(waitUntil([&] { return documents.findData(toText(drums)) >= 0; }));
    documents.setFocus();
    while (documents.currentIndex() != documents.findData(toText(drums)))
        QTest::keyClick(&documents, documents.currentIndex() < documents.findData(toText(drums))
                                        ? Qt::Key_Down
                                        : Qt::Key_Up);
    ASSERT_TRUE(waitUntil([&] { return page().document() == drums && heard(); }, kPatience));
    const CodeDocument original = document();
    QUndoStack& stack = studio().library.undoStack();
    const int before = stack.count();
    grid().setFocus();

    // 1: a brush stroke is one step in one lane.
    key(Qt::Key_B);
    EXPECT_TRUE(tool(QStringLiteral("codes.brush")).isChecked());
    click({0, 0, 1}, Qt::AltModifier);
    drag({0, 0, 6}, {0, 1, 14});
    EXPECT_EQ(stack.count(), before + 1);
    int brushed = 0;
    for (std::int64_t frame = 6; frame <= 14; ++frame)
        if (document().code({0, 0, frame}) == original.code({0, 0, 1})) ++brushed;
    EXPECT_EQ(brushed, 9);
    EXPECT_EQ(document().code({0, 1, 14}), original.code({0, 1, 14}))
        << "other lanes' codes mean other sounds";
    EXPECT_TRUE(waitUntil([&] { return heard(); }));
    keepPicture(QStringLiteral("edit-brushed"));

    // 2: the eraser brings part of it back.
    key(Qt::Key_X);
    drag({0, 0, 6}, {0, 0, 8});
    EXPECT_EQ(document().code({0, 0, 7}), original.code({0, 0, 7}));

    // 3: stamped.
    key(Qt::Key_T);
    click({0, 0, 20});
    EXPECT_EQ(document().code({0, 0, 20}), page().actions().clip().codes[0]);

    // 4: swapped with the choir's region.
    key(Qt::Key_V);
    drag({0, 0, 30}, {0, 1, 33});
    QTest::mouseClick(&tool(QStringLiteral("codes.swap")), Qt::LeftButton);
    const auto other = page().codes().desk().view(choir);
    for (std::int64_t i = 0; i < 4; ++i)
        for (int level = 0; level < 2; ++level) {
            const auto at = static_cast<std::size_t>((2 + i) * original.levels() + level);
            EXPECT_EQ(document().code({0, level, 30 + i}), voices.parts[0].codes[at]);
            EXPECT_EQ(other->document->code({0, level, 2 + i}), original.code({0, level, 30 + i}));
        }

    // 5: blended; the whole drag of the slider is one step.
    const int blends = stack.count();
    auto& slider = find<QSlider>(QStringLiteral("blendSlider"));
    drag({0, 0, 36}, {0, 1, 39});
    slider.setFocus();
    for (int i = 0; i < 8; ++i) QTest::keyClick(&slider, Qt::Key_PageUp);
    EXPECT_EQ(slider.value(), 80);
    EXPECT_EQ(stack.count(), blends + 1);
    EXPECT_TRUE(find<QLabel>(QStringLiteral("blendFacts")).text().contains(QStringLiteral("snaps")));
    EXPECT_TRUE(waitUntil([&] { return heard(); }));
    keepPicture(QStringLiteral("edit-blended"));

    // 6: drawn anew by the prior.
    grid().setFocus();
    drag({0, 0, 10}, {0, 3, 17});
    const SoundCodes drawn = document().edited;
    const int steps = stack.count();
    key(Qt::Key_I);
    ASSERT_TRUE(waitUntil([&] { return stack.count() == steps + 1; }, kPatience))
        << complaints().join(u'\n').toStdString();
    EXPECT_NE(document().edited, drawn);

    // 7 … 10: nearest code, back again, hold, shuffle.
    click({0, 0, 3});
    key(Qt::Key_N);
    EXPECT_EQ(document().code({0, 0, 3}), view()->space->neighbours(0, original.code({0, 0, 3}))[1]);
    key(Qt::Key_N, Qt::ShiftModifier);
    EXPECT_EQ(document().code({0, 0, 3}), original.code({0, 0, 3}));
    drag({0, 2, 0}, {0, 3, 9});
    QTest::mouseClick(&tool(QStringLiteral("codes.hold")), Qt::LeftButton);
    EXPECT_EQ(document().code({0, 3, 9}), document().code({0, 3, 0}));
    drag({0, 0, 0}, {0, 5, 40});
    window().shortcuts().action(QStringLiteral("codes.shuffle")).trigger();
    ASSERT_EQ(stack.count(), before + 10);
    const CodeDocument edited = document();
    const CodeDocument choirEdited = *page().codes().desk().view(choir)->document;
    EXPECT_TRUE(waitUntil([&] { return heard(); }, kPatience));
    keepPicture(QStringLiteral("edit-ten-steps"));

    for (int i = 0; i < 10; ++i) press(QStringLiteral("edit.undo"));
    EXPECT_EQ(document(), original);
    EXPECT_EQ(page().codes().desk().view(choir)->document->edited, voices)
        << "the swap is undone on both sides";
    for (int i = 0; i < 10; ++i) press(QStringLiteral("edit.redo"));
    EXPECT_EQ(document(), edited);
    EXPECT_EQ(*page().codes().desk().view(choir)->document, choirEdited);
    // Pictures are taken in both schemes, which restyles the whole window.
    if (qEnvironmentVariableIsEmpty("SMIDGEN_PICTURES")) {
        EXPECT_LT(watchdog.longestMs(), 50) << "the window never waits";
    }
    std::printf("longest block of the window's thread while editing: %.0f ms of %d knocks\n",
                watchdog.longestMs(), watchdog.knocks());
    // What is copied is said; nothing else is.
    for (const QString& sentence : complaints())
        EXPECT_TRUE(sentence.startsWith(QStringLiteral("Copied"))) << sentence.toStdString();
}

TEST_F(EditTest, EditItsCodesOpensThatTakeAlsoOnAPageThatWasNeverShown) {
    openPage();
    openSound("drum_cowbell");
    QTest::mouseClick(&find<QAbstractButton>(QStringLiteral("keepAsTake")), Qt::LeftButton);
    ASSERT_TRUE(waitUntil([&] { return engine().takes().size() == 1; }, kPatience));
    openSound("drum_snare_hard");
    const CodesId last = page().document();
    window().showPage(MainWindow::Page::generate);
    closeStudio();
    openStudio(false, {1440, 900});
    window().showPage(MainWindow::Page::generate);
    auto& documents = *window().findChild<QComboBox*>(QStringLiteral("codeDocuments"));
    ASSERT_TRUE(waitUntil([&] { return documents.findData(toText(last)) >= 0; }));
    ASSERT_TRUE(page().document().empty());
    TakeStrip& strip = window().takes().strip();
    const TakeId take = engine().takes()[0]->id;
    ASSERT_TRUE(waitUntil([&] { return strip.holds(take); }));
    Q_EMIT strip.editRequested(take);
    EXPECT_EQ(window().page(), MainWindow::Page::edit);
    ASSERT_TRUE(waitUntil([&] { return !page().document().empty(); }, kPatience));
    EXPECT_EQ(view()->name, "drum_cowbell edited") << "not where one was last";
    EXPECT_TRUE(complaints().filter(QStringLiteral("still going on")).isEmpty());
}

TEST_F(EditTest, AnEditedSoundIsDeletedAndBroughtBack) {
    openPage();
    openSound("drum_cowbell");
    const CodesId id = page().document();
    auto& documents = find<QComboBox>(QStringLiteral("codeDocuments"));
    ASSERT_TRUE(waitUntil([&] { return documents.findData(toText(id)) >= 0; }));
    auto& remove = find<QAbstractButton>(QStringLiteral("removeCodes"));
    QTest::mouseClick(&remove, Qt::LeftButton);
    ASSERT_TRUE(waitUntil([&] { return page().document().empty() && documents.count() == 0; }));
    EXPECT_FALSE(remove.isEnabled());
    keepPicture(QStringLiteral("edit-deleted"));
    QAbstractButton* undo = nullptr;
    for (auto* each : window().messages().findChildren<QAbstractButton*>())
        if (each->isVisible() && each->text() == QStringLiteral("Undo")) undo = each;
    ASSERT_NE(undo, nullptr) << complaints().join(u'\n').toStdString();
    QTest::mouseClick(undo, Qt::LeftButton);
    const auto back = [&] {
        return waitUntil([&] { return page().document() == id && documents.findData(toText(id)) >= 0; },
                         kPatience);
    };
    ASSERT_TRUE(back());

    // An edit and the deletion are taken back in turn, and done again.
    grid().setFocus();
    click({0, 0, 3});
    key(Qt::Key_N);
    const CodeDocument edited = document();
    ASSERT_NE(edited.edited, edited.original);
    QTest::mouseClick(&remove, Qt::LeftButton);
    ASSERT_TRUE(waitUntil([&] { return page().document().empty(); }));
    ASSERT_TRUE(waitUntil(
        [&] { return studio().library.undoStack().undoText().contains(QStringLiteral("deleting")); }));
    press(QStringLiteral("edit.undo"));
    press(QStringLiteral("edit.undo"));
    ASSERT_TRUE(back());
    EXPECT_EQ(document().edited, edited.original);
    press(QStringLiteral("edit.redo"));
    EXPECT_EQ(document(), edited);
    press(QStringLiteral("edit.redo"));
    ASSERT_TRUE(waitUntil([&] { return page().document().empty() && documents.count() == 0; }));
    press(QStringLiteral("edit.undo"));
    ASSERT_TRUE(back());
    EXPECT_EQ(document(), edited);
}

TEST_F(EditTest, AnotherSoundInTheTransportHasNoMarksOfTheOneBefore) {
    openPage();
    openSound("drum_cowbell");
    PlaybackBridge& sound = studio().sound;
    ASSERT_TRUE(waitUntil([&] { return page().listening().loaded(); }));
    sound.setMarked(std::pair(0.01, 0.05));
    ASSERT_TRUE(sound.marked());
    grid().setFocus();
    click({0, 0, 4});
    page().listening().hearCode(0, 3);
    ASSERT_TRUE(waitUntil([&] { return sound.loaded().key == QStringLiteral("code"); }));
    EXPECT_FALSE(sound.marked());
    EXPECT_TRUE(sound.samples());
    // A version of the same sound keeps them.
    page().listening().load();
    ASSERT_TRUE(page().listening().loaded());
    sound.setMarked(std::pair(0.01, 0.05));
    const auto before = sound.samples();
    key(Qt::Key_N);
    ASSERT_TRUE(waitUntil([&] { return sound.samples() != before; }));
    EXPECT_TRUE(sound.marked());
}

TEST_F(EditTest, AStrokeIsHeardWithinATenthOfASecond) {
    openPage();
    openSound("loop_garzul");
    grid().setFocus();
    key(Qt::Key_B);
    std::vector<double> milliseconds, processor;
    for (std::int64_t frame = 30; frame < 130; frame += 10) {
        const auto far = view()->space->neighbours(0, document().code({0, 0, frame})).back();
        const auto before = view()->rendered.audio;

        grid().setCursorCell({0, 0, frame});
        QElapsedTimer clock;
        clock.start();
        const std::clock_t used = std::clock();
        page().actions().setCode(far);
        ASSERT_TRUE(waitUntil([&] { return heard() && view()->rendered.audio != before; }, 20));
        milliseconds.push_back(static_cast<double>(clock.elapsed()));
        processor.push_back(1e3 * static_cast<double>(std::clock() - used) / CLOCKS_PER_SEC);
    }
    std::sort(milliseconds.begin(), milliseconds.end());
    std::sort(processor.begin(), processor.end());
    std::printf("from an edit in the window to new samples: median %.0f ms, worst %.0f ms\n",
                milliseconds[milliseconds.size() / 2], milliseconds.back());
    // Everything the process does meanwhile, painting and the spectrogram included, by the processor's clock.
    EXPECT_LT(processor[processor.size() / 2], 250);
    EXPECT_EQ(studio().sound.loaded().key, QStringLiteral("codes:") + toText(page().document()));
    EXPECT_EQ(studio().sound.samples(), view()->rendered.audio) << "the transport has the newest";
}

TEST_F(EditTest, WhatWasSavedIsThereAfterTheStudioWasClosed) {
    openPage();
    openSound("drum_cowbell");
    grid().setFocus();
    click({0, 1, 4});
    key(Qt::Key_N);
    auto& saved = find<QLabel>(QStringLiteral("codesSaved"));
    ASSERT_TRUE(waitUntil([&] { return view()->saved && saved.text() == QStringLiteral("saved"); }));
    const CodeDocument edited = document();
    EXPECT_NE(edited.edited, edited.original);
    closeStudio();
    openStudio(false, {1440, 900});
    ASSERT_TRUE(waitUntil([&] { return !page().document().empty(); }, kPatience)) << "where one was";
    EXPECT_EQ(window().page(), MainWindow::Page::edit);
    EXPECT_EQ(document(), edited);
}

TEST_F(EditTest, TheOriginalIsHeardAndSeenWhileItsKeyIsHeld) {
    openPage();
    openSound("drum_cowbell");
    grid().setFocus();
    click({0, 0, 4});
    key(Qt::Key_N);
    ASSERT_TRUE(waitUntil([&] { return heard() && studio().sound.samples() == view()->rendered.audio; }));
    QTest::keyPress(&grid(), Qt::Key_A);
    EXPECT_TRUE(grid().originalShown());
    EXPECT_EQ(studio().sound.samples(), view()->original);
    EXPECT_TRUE(grid().spokenValue().contains(QStringLiteral("showing the original")));
    keepPicture(QStringLiteral("edit-original"));
    QTest::keyRelease(&grid(), Qt::Key_A);
    EXPECT_FALSE(grid().originalShown());
    EXPECT_EQ(studio().sound.samples(), view()->rendered.audio);
}

TEST_F(EditTest, TheKeyboardAloneEditsAndTheGridSpeaksItsCell) {
    openPage();
    openSound("drum_cowbell");
    grid().setFocus(Qt::TabFocusReason);
    click({0, 0, 0});
    for (int i = 0; i < 3; ++i) key(Qt::Key_Right);
    key(Qt::Key_Down);
    EXPECT_EQ(grid().cursor(), (CodeCell{0, 1, 3}));
    key(Qt::Key_Right, Qt::ShiftModifier);
    key(Qt::Key_Down, Qt::ShiftModifier);
    EXPECT_EQ(grid().selection().bounds(), (CodeRegion{0, 1, 2, 3, 2}));
    key(Qt::Key_Escape);
    EXPECT_TRUE(grid().selection().empty());

    click({0, 1, 3});
    key(Qt::Key_Return);
    auto& editor = find<QLineEdit>(QStringLiteral("codeEditor"));
    EXPECT_EQ(editor.text(), QString::number(document().code({0, 1, 3})));
    QTest::keyClicks(&editor, QStringLiteral("17"));
    QTest::keyClick(&editor, Qt::Key_Return);
    EXPECT_EQ(document().code({0, 1, 3}), 17);
    EXPECT_TRUE(grid().hasFocus());
    ASSERT_TRUE(waitUntil([&] { return grid().document()->code({0, 1, 3}) == 17; }));
    QAccessibleInterface* spoken = QAccessible::queryAccessibleInterface(&grid());
    ASSERT_NE(spoken, nullptr);
    const QString value = spoken->text(QAccessible::Value);
    EXPECT_TRUE(value.startsWith(QStringLiteral("cell level 2, Timbre, frame 4 of "))) << value.toStdString();
    EXPECT_TRUE(value.contains(QStringLiteral("code 17"))) << value.toStdString();
    key(Qt::Key_9);
    QTest::keyClicks(&editor, QStringLiteral("99"));
    QTest::keyClick(&editor, Qt::Key_Return);
    EXPECT_EQ(document().code({0, 1, 3}), 17);
    EXPECT_TRUE(
        waitUntil([&] { return complaints().join(u' ').contains(QStringLiteral("There is no code 999")); }));
    grid().setFocus();
    key(Qt::Key_1);
    QTest::keyClick(&editor, Qt::Key_Escape);
    EXPECT_FALSE(editor.isVisible());
    EXPECT_EQ(document().code({0, 1, 3}), 17);
}

TEST_F(EditTest, LanesAreMutedSoloedLockedRenamedAndTheirKeysStayOnThePage) {
    openPage();
    openSound("drum_cowbell");
    grid().setFocus();
    click({0, 1, 2});
    key(Qt::Key_M);
    EXPECT_TRUE(document().lanes[1].muted);
    EXPECT_TRUE(waitUntil([&] { return tool(QStringLiteral("laneMute1")).isChecked(); }));
    QTest::mouseClick(&tool(QStringLiteral("laneSolo0")), Qt::LeftButton);
    EXPECT_TRUE(document().lanes[0].soloed);
    QTest::mouseClick(&tool(QStringLiteral("laneLock0")), Qt::LeftButton);
    grid().setFocus();
    click({0, 0, 2});
    key(Qt::Key_N);
    EXPECT_EQ(document().edited, document().original);
    EXPECT_TRUE(waitUntil([&] { return complaints().join(u' ').contains(QStringLiteral("locked")); }));
    auto& name = find<QLineEdit>(QStringLiteral("laneName1"));
    QTest::mouseDClick(&name, Qt::LeftButton);
    QTest::keyClicks(&name, QStringLiteral("Colour"));
    QTest::keyClick(&name, Qt::Key_Return);
    EXPECT_EQ(document().lanes[1].name, "Colour");
    EXPECT_TRUE(waitUntil([&] { return heard(); }));
    keepPicture(QStringLiteral("edit-lanes"));
    for (int i = 0; i < 4; ++i) press(QStringLiteral("edit.undo"));
    EXPECT_EQ(document().lanes, usualLanes(document().levels()));

    // A take's own S gives it a star, as everywhere.
    QTest::mouseClick(&find<QAbstractButton>(QStringLiteral("keepAsTake")), Qt::LeftButton);
    TakeStrip& strip = window().takes().strip();
    ASSERT_TRUE(waitUntil(
        [&] { return engine().takes().size() == 1 && strip.holds(engine().takes()[0]->id); }, kPatience));
    EXPECT_EQ(engine().takes()[0]->name, "drum_cowbell edited");
    TakeCard& card = *strip.card(engine().takes()[0]->id);
    card.setFocus();
    QTest::keyClick(&card, Qt::Key_S);
    EXPECT_TRUE(waitUntil([&] { return engine().takes()[0]->starred; }));
    EXPECT_FALSE(document().lanes[0].soloed);
}

TEST_F(EditTest, AModelWithoutCodesIsSaidSo) {
    openStudio(false, {1440, 900});
    const auto continuous = engine().importModel(*Workstation::shippedBase(ModelKind::vae));
    ASSERT_TRUE(continuous);
    window().showPage(MainWindow::Page::edit);
    auto& models = find<QComboBox>(QStringLiteral("codeModels"));
    ASSERT_TRUE(waitUntil([&] { return models.count() == 2; }));
    EXPECT_TRUE(models.currentText() == QStringLiteral("Rain RVQ")) << models.currentText().toStdString();
    models.setFocus();
    const int other = models.findData(toText((*continuous)->id));
    QTest::keyClick(&models, other > models.currentIndex() ? Qt::Key_Down : Qt::Key_Up);
    EXPECT_TRUE(
        find<QLabel>(QStringLiteral("codeRemark")).text().contains(QStringLiteral("no codes to edit")));
    dropFiles(page(), {kSamples / "drum_cowbell.flac"});
    EXPECT_TRUE(
        waitUntil([&] { return complaints().join(u' ').contains(QStringLiteral("no codes to edit")); }));
    EXPECT_TRUE(page().document().empty());
    keepPicture(QStringLiteral("edit-no-codes"));
}

}  // namespace
}  // namespace smidgen::ui::testing
