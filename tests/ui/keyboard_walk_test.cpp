// From the first start to an exported sound without a pointer: every step is a key that is sent to what has
// the keyboard. Pictures as of the filmed walk.
#include <QComboBox>
#include <QFileDialog>
#include <QLabel>
#include <QPushButton>

#include "tests/ui/hands.h"
#include "tests/ui/keyboard.h"
#include "tests/ui/walk.h"
#include "ui/bridge/text.h"
#include "ui/canvas/code_grid_view.h"
#include "ui/canvas/take_card.h"
#include "ui/docks/library_list.h"
#include "ui/docks/take_strip.h"
#include "ui/pages/code_actions.h"
#include "ui/pages/edit_page.h"
#include "ui/pages/generate_page.h"
#include "ui/pages/map_page.h"
#include "ui/pages/morph_panel.h"
#include "ui/pages/recipe_form.h"

namespace smidgen::ui::testing {
namespace {

const QString kSound = QStringLiteral("drum_cowbell.flac");
constexpr std::int64_t kBigStep = 10;  ///< of the grid's cursor with Ctrl

class KeyboardWalkTest : public WalkTest {
 protected:
    KeyboardWalkTest() { m_album = QStringLiteral("keys-"); }

    void useTheDemo();
    void addTheOwnFolder();
    void trainCodes();
    void trainPrior();
    void generate();
    void openTwoSounds();
    void typeACode();
    void editInTenSteps();
    void keepTheEdited();
    void fillTheCube();
    void drawAWay();
    void chooseOnTheMap();
    void hearTheWayOnTheMap();
    void exportTheEdited();
    void removeATake();
    void startAgain();

    void shortcut(const char* id) { m_hands.keys(window().shortcuts().action(QLatin1String(id)).shortcut()); }
    void pageTo(MainWindow::Page page) {
        while (window().page() != page) shortcut("view.nextPage");
    }
    /// In the tray.
    void cardTo(const TakeId& take);
    /// In the library, to the sound of the own folder.
    void soundTo();
    void menu(const char* entry) {
        chooseFromMenu(m_hands.focus(), QString::fromUtf8(entry));
        backToWindow();
    }
    /// With the grid's cursor.
    void cellTo(const CodeCell& cell);
    void choose(const CodeCell& from, const CodeCell& to);
    void edit(Qt::Key key, Qt::KeyboardModifiers modifiers = {}) { m_hands.key(key, modifiers); }
    [[nodiscard]] MorphPad& pad() { return window().generatePage().morph().pad(); }
    [[nodiscard]] bool holds(std::size_t nodes) {
        return comes([&] { return pad().nodes().size() == nodes; });
    }
    [[nodiscard]] SoundMapView& map() { return window().mapPage().view(); }

    Keyboard m_hands;
};

void KeyboardWalkTest::cardTo(const TakeId& take) {
    m_hands.panelTo(window(), "takes");
    m_hands.tabTo(QStringLiteral("a card"),
                  [](const QWidget& widget) { return qobject_cast<const TakeCard*>(&widget) != nullptr; });
    for (const Qt::Key way : {Qt::Key_Left, Qt::Key_Right})
        for (std::size_t i = 0; i < engine().takes().size(); ++i)
            if (&m_hands.focus() != tray().card(take)) m_hands.key(way);
    ASSERT_EQ(&m_hands.focus(), tray().card(take));
    // The arrows choose; one that the keyboard has come back to is chosen by Enter.
    if (studio().selection.take() != take) m_hands.key(Qt::Key_Return);
    ASSERT_EQ(studio().selection.take(), take);
}

void KeyboardWalkTest::soundTo() {
    m_hands.panelTo(window(), "library");
    m_hands.tabTo(QStringLiteral("the sounds"), [](const QWidget& widget) {
        return widget.accessibleName() == QStringLiteral("Sounds of the collection");
    });
    auto* list = qobject_cast<LibraryList*>(&m_hands.focus());
    ASSERT_NE(list, nullptr);
    for (const Qt::Key way : {Qt::Key_Up, Qt::Key_Down})
        for (int i = 0; i < list->visibleRows() && !list->chosenId().endsWith(kSound); ++i) m_hands.key(way);
    ASSERT_TRUE(list->chosenId().endsWith(kSound)) << list->chosenId().toStdString();
}

void KeyboardWalkTest::cellTo(const CodeCell& cell) {
    ASSERT_EQ(&m_hands.focus(), &grid());
    const auto off = [&] { return cell.frame - grid().cursor().frame; };
    while (std::abs(off()) >= kBigStep) edit(off() > 0 ? Qt::Key_Right : Qt::Key_Left, Qt::ControlModifier);
    while (off() != 0) edit(off() > 0 ? Qt::Key_Right : Qt::Key_Left);
    while (grid().cursor().level != cell.level)
        edit(grid().cursor().level < cell.level ? Qt::Key_Down : Qt::Key_Up);
}

void KeyboardWalkTest::choose(const CodeCell& from, const CodeCell& to) {
    ASSERT_NO_FATAL_FAILURE(cellTo(from));
    m_hands.withShift(Qt::Key_Right, static_cast<int>(to.frame - from.frame));
    m_hands.withShift(Qt::Key_Down, to.level - from.level);
    ASSERT_EQ(grid().selection().count(), (to.frame - from.frame + 1) * (to.level - from.level + 1));
}

void KeyboardWalkTest::useTheDemo() {
    m_hands.tabTo(QStringLiteral("the demo"), [](const QWidget& widget) {
        const auto* button = qobject_cast<const QPushButton*>(&widget);
        return button != nullptr && button->text() == QStringLiteral("Use the demo collection");
    });
    m_hands.key(Qt::Key_Return);
    ASSERT_NO_FATAL_FAILURE(seesTheDemo());
    static_cast<void>(m_hands.focus());
}

void KeyboardWalkTest::addTheOwnFolder() {
    copySamples(soundsFolder(), kSounds);
    shortcut("library.addFolder");
    ASSERT_NO_FATAL_FAILURE(answerWith(toText(soundsFolder())));
    ASSERT_NO_FATAL_FAILURE(backToWindow());
    ASSERT_NO_FATAL_FAILURE(seesTheOwnFolder());
    static_cast<void>(m_hands.focus());
}

void KeyboardWalkTest::trainCodes() {
    m_hands.panelTo(window(), "centre");
    m_hands.tabTo("kindVae");
    m_hands.key(Qt::Key_Right);
    ASSERT_TRUE(find<QPushButton>(QStringLiteral("kindRvq")).isChecked());
    m_hands.fill("budget", QLocale().toString(0.1));
    ASSERT_NO_FATAL_FAILURE(seesAnEstimate());
    m_hands.press("train");
    ASSERT_NO_FATAL_FAILURE(seesTheEndOfTraining(QStringLiteral("training")));
    seesTheModel();
}

void KeyboardWalkTest::trainPrior() {
    m_hands.fill("priorBudget", QLocale().toString(0.02));
    m_hands.press("trainPrior");
    ASSERT_NO_FATAL_FAILURE(seesTheEndOfTraining(QStringLiteral("prior-training")));
    seesThePrior();
}

void KeyboardWalkTest::generate() {
    m_hands.press("generateWithModel");
    ASSERT_EQ(window().page(), MainWindow::Page::generate);
    m_hands.fill("length", QStringLiteral("1"));
    m_hands.tabTo("generate");
    film(QStringLiteral("generate"));
    m_hands.key(Qt::Key_Return);
    ASSERT_NO_FATAL_FAILURE(seesTheTake());
    const std::uint64_t seed = window().generatePage().form().recipe().seed;
    shortcut("generate.dice");
    EXPECT_NE(window().generatePage().form().recipe().seed, seed);
}

void KeyboardWalkTest::openTwoSounds() {
    ASSERT_NO_FATAL_FAILURE(soundTo());
    menu("Edit as codes");
    ASSERT_EQ(window().page(), MainWindow::Page::edit);
    ASSERT_TRUE(comes([&] { return heard(); })) << said();
    const CodesId other = editing().document();
    ASSERT_EQ(&m_hands.focus(), &grid()) << "the keyboard goes along";
    film(QStringLiteral("edit-sound"));
    ASSERT_NO_FATAL_FAILURE(choose({0, 0, 1}, {0, 1, 4}));
    shortcut("codes.copy");
    ASSERT_FALSE(editing().actions().clip().empty());
    ASSERT_NO_FATAL_FAILURE(cardTo(m_made));
    menu("Edit its codes");
    ASSERT_TRUE(comes([&] { return editing().document() != other && heard(); })) << said();
    ASSERT_EQ(&m_hands.focus(), &grid()) << "the keyboard goes along";
    beginsToEdit();
}

void KeyboardWalkTest::typeACode() {
    const SoundCodes original = codes();
    ASSERT_NO_FATAL_FAILURE(cellTo({0, 1, 2}));
    const int other = view()->document->code(grid().cursor()) == 7 ? 8 : 7;
    m_hands.key(Qt::Key_Return);
    m_hands.key(Qt::Key_A, Qt::ControlModifier);
    m_hands.type(QString::number(other));
    m_hands.key(Qt::Key_Return);
    EXPECT_EQ(view()->document->code({0, 1, 2}), other);
    ASSERT_EQ(&m_hands.focus(), &grid());
    shortcut("edit.undo");
    EXPECT_TRUE(codes() == original);
}

void KeyboardWalkTest::editInTenSteps() {
    shortcut("codes.brush");
    ASSERT_NO_FATAL_FAILURE(cellTo({0, 0, 1}));
    shortcut("codes.pick");
    const int code = view()->document->code({0, 0, 1});
    EXPECT_EQ(editing().actions().brushCode(0), code);
    EXPECT_TRUE(grid().spokenValue().contains(QStringLiteral("brush with code %1").arg(code)));
    ASSERT_NO_FATAL_FAILURE(cellTo({0, 0, 6}));
    m_hands.withShift(Qt::Key_Right, 8);
    ASSERT_NO_FATAL_FAILURE(step("a stroke of the brush"));
    for (std::int64_t frame = 6; frame <= 14; ++frame)
        EXPECT_EQ(view()->document->code({0, 0, frame}), code) << frame;
    ASSERT_TRUE(comes([&] { return heard(); }));
    film(QStringLiteral("brushed"));
    shortcut("codes.erase");
    ASSERT_NO_FATAL_FAILURE(cellTo({0, 0, 10}));
    m_hands.withShift(Qt::Key_Right, 2);
    ASSERT_NO_FATAL_FAILURE(step("a stroke of the eraser"));
    shortcut("codes.stamp");
    ASSERT_NO_FATAL_FAILURE(cellTo({0, 0, 16}));
    m_hands.key(Qt::Key_Return);
    ASSERT_NO_FATAL_FAILURE(step("a stamp"));
    shortcut("codes.select");
    ASSERT_NO_FATAL_FAILURE(choose({0, 0, 2}, {0, 1, 5}));
    shortcut("codes.swap");
    ASSERT_NO_FATAL_FAILURE(step("a swap"));
    film(QStringLiteral("swapped"));
    ASSERT_NO_FATAL_FAILURE(choose({0, 0, 18}, {0, 1, 21}));
    m_hands.panelTo(window(), "codeInspector");
    m_hands.tabTo("blendSlider");
    for (int i = 0; i < 8; ++i) m_hands.key(Qt::Key_PageUp);
    ASSERT_NO_FATAL_FAILURE(step("a blend"));
    film(QStringLiteral("blended"));
    m_hands.panelTo(window(), "centre");
    ASSERT_EQ(&m_hands.focus(), &grid()) << "back where one was";
    ASSERT_NO_FATAL_FAILURE(choose({0, 0, 6}, {0, 3, 13}));
    shortcut("codes.infill");
    ASSERT_NO_FATAL_FAILURE(stepComes("an in-fill"));
    ASSERT_TRUE(comes([&] { return heard(); }));
    film(QStringLiteral("filled-in"));
    ASSERT_NO_FATAL_FAILURE(cellTo({0, 0, 3}));
    shortcut("codes.nearest");
    ASSERT_NO_FATAL_FAILURE(step("the nearest code"));
    ASSERT_NO_FATAL_FAILURE(choose({0, 2, 0}, {0, 3, 9}));
    shortcut("codes.hold");
    ASSERT_NO_FATAL_FAILURE(step("a hold"));
    ASSERT_NO_FATAL_FAILURE(choose({0, 0, 20}, {0, 3, 30}));
    shortcut("codes.shuffle");
    ASSERT_NO_FATAL_FAILURE(step("a shuffle"));
    ASSERT_NO_FATAL_FAILURE(cellTo({0, 0, 24}));
    shortcut("codes.paste");
    ASSERT_NO_FATAL_FAILURE(step("what was copied, laid down"));
    ASSERT_TRUE(comes([&] { return heard(); }));
    film(QStringLiteral("edited-ten-times"));
}

void KeyboardWalkTest::keepTheEdited() {
    m_hands.press("keepAsTake");
    ASSERT_NO_FATAL_FAILURE(seesTheKept());
    static_cast<void>(m_hands.focus());
    // Both chosen together, and one alone again.
    ASSERT_NO_FATAL_FAILURE(cardTo(m_edited));
    m_hands.withShift(Qt::Key_Right, 1);
    EXPECT_EQ(tray().chosen().size(), 2U);
    m_hands.key(Qt::Key_Space, Qt::ControlModifier);
    EXPECT_EQ(tray().chosen(), std::vector<TakeId>{m_edited});
}

void KeyboardWalkTest::fillTheCube() {
    shortcut("generate.morph");
    ASSERT_EQ(m_hands.focus().objectName(), QStringLiteral("morphNew")) << "without a cube";
    film(QStringLiteral("morph-empty"));
    m_hands.key(Qt::Key_Return);
    ASSERT_NO_FATAL_FAILURE(answerWith(QStringLiteral("Own 2x2")));
    ASSERT_TRUE(comes([&] { return !window().generatePage().morph().cube().empty(); })) << said();
    ASSERT_NO_FATAL_FAILURE(backToWindow());
    ASSERT_TRUE(comes([&] { return pad().hasFocus(); })) << "the next thing to do is there";
    // From the tray by its menu; by Enter on the pad; and from the library.
    ASSERT_NO_FATAL_FAILURE(cardTo(m_made));
    menu("Put on the cube");
    ASSERT_TRUE(holds(1)) << said();
    ASSERT_EQ(&m_hands.focus(), &pad());
    m_hands.key(Qt::Key_Right, Qt::ControlModifier);
    ASSERT_NO_FATAL_FAILURE(cardTo(m_edited));
    m_hands.panelTo(window(), "centre");
    ASSERT_EQ(&m_hands.focus(), &pad()) << "back where one was";
    m_hands.key(Qt::Key_Return);
    ASSERT_TRUE(holds(2)) << said();
    m_hands.key(Qt::Key_Up, Qt::ControlModifier);
    ASSERT_NO_FATAL_FAILURE(soundTo());
    menu("Put on the cube");
    ASSERT_TRUE(holds(3)) << said();
    EXPECT_TRUE(pad().spokenValue().contains(QStringLiteral("node 1, 1: drum_cowbell")))
        << pad().spokenValue().toStdString();
    m_hands.key(Qt::Key_Delete);
    ASSERT_TRUE(holds(2));
    ASSERT_TRUE(comes([&] { return studio().library.undoStack().undoText().contains("clearing"); }));
    shortcut("edit.undo");
    ASSERT_TRUE(holds(3));
    for (const Qt::Key way : {Qt::Key_Left, Qt::Key_Left, Qt::Key_Down}) m_hands.key(way);
    EXPECT_EQ(pad().dot(), QPointF(0.75, 0.875));
    const QString heardAt = QStringLiteral("morph:") + toText(window().generatePage().morph().cube());
    ASSERT_TRUE(comes([&] { return studio().sound.loaded().key == heardAt; }));
    film(QStringLiteral("morph"));
}

void KeyboardWalkTest::drawAWay() {
    m_hands.press("morphDraw");
    m_hands.tabTo(pad());
    for (int i = 0; i < 3; ++i) m_hands.key(Qt::Key_Left);
    EXPECT_EQ(pad().path().size(), 4U);
    m_hands.key(Qt::Key_Backspace);
    EXPECT_EQ(pad().path().size(), 3U);
    EXPECT_EQ(pad().dot(), pad().path().back());
    EXPECT_TRUE(pad().spokenValue().contains(QStringLiteral("the way has 3 places")))
        << pad().spokenValue().toStdString();
    m_hands.key(Qt::Key_Escape);
    EXPECT_TRUE(pad().path().empty());
    for (const Qt::Key way : {Qt::Key_Down, Qt::Key_Down, Qt::Key_Right}) m_hands.key(way);
    m_hands.key(Qt::Key_Left, Qt::ControlModifier);
    ASSERT_EQ(pad().path().size(), 5U);
    film(QStringLiteral("way-drawn"));
    const std::size_t before = engine().takes().size();
    menu("Render way");
    ASSERT_NO_FATAL_FAILURE(seesTheWayRendered(before));
    static_cast<void>(m_hands.focus());
}

void KeyboardWalkTest::chooseOnTheMap() {
    shortcut("view.map");
    ASSERT_NO_FATAL_FAILURE(seesTheMap());
    ASSERT_EQ(&m_hands.focus(), &map());
    m_hands.key(Qt::Key_A, Qt::ControlModifier);
    ASSERT_EQ(map().chosen().size(), window().mapPage().map()->items.size());
    m_hands.key(Qt::Key_Escape);
    ASSERT_TRUE(map().chosen().empty());
    // One that is heard, and the next in some direction beside it.
    m_hands.key(Qt::Key_Right);
    m_hands.key(Qt::Key_Return);
    EXPECT_TRUE(comes([&] { return !studio().sound.loaded().key.startsWith(QStringLiteral("morph:")); }));
    m_hands.key(Qt::Key_Space, Qt::ControlModifier);
    const int first = map().focused();
    for (const Qt::Key way : {Qt::Key_Right, Qt::Key_Left, Qt::Key_Up, Qt::Key_Down})
        if (map().focused() == first) m_hands.key(way);
    m_hands.key(Qt::Key_Space, Qt::ControlModifier);
    ASSERT_EQ(map().chosen().size(), 2U);
    EXPECT_TRUE(map().spokenValue().contains(QStringLiteral("2 chosen")))
        << map().spokenValue().toStdString();
    film(QStringLiteral("map-chosen"));
}

void KeyboardWalkTest::hearTheWayOnTheMap() {
    menu("Hear the way from *");
    ASSERT_TRUE(comes([&] { return studio().sound.loaded().key.startsWith(QStringLiteral("way:")); }));
    ASSERT_EQ(&m_hands.focus(), &map());
    // A collection of the two.
    m_hands.press("mapCollect");
    ASSERT_NO_FATAL_FAILURE(answerWith(QStringLiteral("Two of the map")));
    ASSERT_NO_FATAL_FAILURE(backToWindow());
    ASSERT_TRUE(comes([&] { return engine().collections().size() == 3; })) << said();
    EXPECT_TRUE(comes([&] { return studio().bridge.activeJobs().empty(); }));
    static_cast<void>(m_hands.focus());
}

void KeyboardWalkTest::exportTheEdited() {
    ASSERT_NO_FATAL_FAILURE(cardTo(m_edited));
    shortcut("export.open");
    ASSERT_TRUE(comes([&] { return QApplication::activeWindow() != &window(); }));
    m_hands.tabTo("format");
    const auto& format = find<QComboBox>(QStringLiteral("format"));
    for (int i = 0; i < format.count() && format.currentText() != QStringLiteral("FLAC"); ++i)
        m_hands.key(Qt::Key_Down);
    ASSERT_EQ(format.currentText(), QStringLiteral("FLAC"));
    m_hands.fill("folder", toText(exported().parent_path()));
    m_hands.fill("template", QStringLiteral("walked"));
    ASSERT_EQ(find<QLabel>(QStringLiteral("exportNames")).text(), QStringLiteral("walked.flac"));
    m_hands.tabTo("export");
    film(QStringLiteral("export"), format.window());
    m_hands.key(Qt::Key_Return);
    const auto& close = find<QPushButton>(QStringLiteral("closeExport"));
    ASSERT_TRUE(comes(
        [&] { return std::filesystem::exists(exported()) && close.text() == QStringLiteral("Close"); }));
    film(QStringLiteral("exported"), format.window());
    ASSERT_NO_FATAL_FAILURE(seesTheFile());
    m_hands.press("closeExport");
    ASSERT_NO_FATAL_FAILURE(backToWindow());
    ASSERT_EQ(&m_hands.focus(), tray().card(m_edited)) << "back where one was";
}

void KeyboardWalkTest::removeATake() {
    const std::size_t before = engine().takes().size();
    m_hands.key(Qt::Key_Delete);
    ASSERT_TRUE(comes([&] { return engine().takes().size() == before - 1 && !tray().holds(m_edited); }));
    EXPECT_NE(qobject_cast<TakeCard*>(&m_hands.focus()), nullptr) << "on the card that took its place";
    ASSERT_TRUE(comes([&] { return studio().library.undoStack().undoText().contains("trashing"); }));
    shortcut("edit.undo");
    ASSERT_TRUE(comes([&] { return tray().holds(m_edited); }));
}

void KeyboardWalkTest::startAgain() {
    pageTo(MainWindow::Page::edit);
    shortcut("window.quit");
    ASSERT_FALSE(window().isVisible());
    closeStudio();
    openStudio(false, {1440, 900});
    ASSERT_EQ(engine().takes().size(), 3U);
    ASSERT_EQ(window().page(), MainWindow::Page::edit) << "where one was";
    static_cast<void>(m_hands.focus());
    seesTheSame();
}

TEST_F(KeyboardWalkTest, FromTheFirstStartToAnExportedSound) {
    walk({{"first start", [this] { start(); }},
          {"demo", [this] { useTheDemo(); }},
          {"own folder", [this] { addTheOwnFolder(); }},
          {"training", [this] { trainCodes(); }},
          {"prior", [this] { trainPrior(); }},
          {"generating", [this] { generate(); }},
          {"opening two sounds", [this] { openTwoSounds(); }},
          {"typing a code", [this] { typeACode(); }},
          {"ten edits", [this] { editInTenSteps(); }},
          {"undo and redo", [this] { undoAndRedoAll(); }},
          {"keeping", [this] { keepTheEdited(); }},
          {"cube", [this] { fillTheCube(); }},
          {"way", [this] { drawAWay(); }},
          {"map", [this] { chooseOnTheMap(); }},
          {"way on the map", [this] { hearTheWayOnTheMap(); }},
          {"export", [this] { exportTheEdited(); }},
          {"removing a take", [this] { removeATake(); }},
          {"second start", [this] { startAgain(); }}});
    EXPECT_TRUE(m_hands.nameless().isEmpty()) << m_hands.nameless().join(u'\n').toStdString();
}

}  // namespace
}  // namespace smidgen::ui::testing
