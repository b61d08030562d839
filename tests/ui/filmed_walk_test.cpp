// From the first start to an exported sound, through the window by clicks, keys and drops, with a picture of
// every step. By hand: SMIDGEN_PICTURES=folder, SMIDGEN_PICTURES_THEMES=dark,light
#include <QComboBox>
#include <QDoubleSpinBox>
#include <QLabel>
#include <QLineEdit>
#include <QPushButton>
#include <QSlider>

#include "tests/ui/hands.h"
#include "tests/ui/walk.h"
#include "ui/bridge/text.h"
#include "ui/canvas/code_grid_view.h"
#include "ui/canvas/take_card.h"
#include "ui/docks/take_strip.h"
#include "ui/pages/code_actions.h"
#include "ui/pages/edit_page.h"
#include "ui/pages/generate_page.h"
#include "ui/pages/map_page.h"
#include "ui/pages/morph_panel.h"

namespace smidgen::ui::testing {
namespace {

class FilmedWalkTest : public WalkTest {
 protected:
    void useTheDemo();
    void dropTheOwnFolder();
    void trainCodes();
    void trainPrior();
    void generate();
    void openTwoSounds();
    void editInTenSteps();
    void keepTheEdited();
    void morph();
    void lassoOnTheMap();
    void exportTheEdited();
    void startAgain();

    void click(const QString& name) { QTest::mouseClick(&find<QAbstractButton>(name), Qt::LeftButton); }
    void key(Qt::Key key, Qt::KeyboardModifiers modifiers = {}) { QTest::keyClick(&grid(), key, modifiers); }
};

void FilmedWalkTest::useTheDemo() {
    clickButton(QStringLiteral("Use the demo collection"));
    seesTheDemo();
}

void FilmedWalkTest::dropTheOwnFolder() {
    copySamples(soundsFolder(), kSounds);
    dropFiles(window(), {soundsFolder()}, {}, [this] { film(QStringLiteral("folder-over-the-window")); });
    seesTheOwnFolder();
}

void FilmedWalkTest::trainCodes() {
    click(QStringLiteral("kindRvq"));
    typeInto(find<QDoubleSpinBox>(QStringLiteral("budget")), QStringLiteral("0.1"));
    ASSERT_NO_FATAL_FAILURE(seesAnEstimate());
    click(QStringLiteral("train"));
    ASSERT_NO_FATAL_FAILURE(seesTheEndOfTraining(QStringLiteral("training")));
    seesTheModel();
}

void FilmedWalkTest::trainPrior() {
    typeInto(find<QDoubleSpinBox>(QStringLiteral("priorBudget")), QStringLiteral("0.02"));
    click(QStringLiteral("trainPrior"));
    ASSERT_NO_FATAL_FAILURE(seesTheEndOfTraining(QStringLiteral("prior-training")));
    seesThePrior();
}

void FilmedWalkTest::generate() {
    click(QStringLiteral("generateWithModel"));
    ASSERT_EQ(window().page(), MainWindow::Page::generate);
    typeInto(find<QDoubleSpinBox>(QStringLiteral("length")), QStringLiteral("1"));
    film(QStringLiteral("generate"));
    click(QStringLiteral("generate"));
    seesTheTake();
}

void FilmedWalkTest::openTwoSounds() {
    click(QStringLiteral("tabEdit"));
    film(QStringLiteral("edit-empty"));
    dropFiles(editing(), {soundsFolder() / "drum_cowbell.flac"});
    ASSERT_TRUE(comes([&] { return heard(); })) << said();
    const CodesId other = editing().document();
    film(QStringLiteral("edit-sound"));
    grid().setFocus();
    dragCells(grid(), {0, 0, 1}, {0, 1, 4});
    key(Qt::Key_C, Qt::ControlModifier);
    ASSERT_FALSE(editing().actions().clip().empty());
    tray().card(m_made)->setFocus();
    ASSERT_NO_FATAL_FAILURE(chooseFromMenu(*tray().card(m_made), QStringLiteral("Edit its codes")));
    ASSERT_NO_FATAL_FAILURE(backToWindow());
    ASSERT_TRUE(comes([&] { return editing().document() != other && heard(); })) << said();
    beginsToEdit();
}

void FilmedWalkTest::editInTenSteps() {
    grid().setFocus();
    key(Qt::Key_B);
    clickCell(grid(), {0, 0, 1}, Qt::AltModifier);
    dragCells(grid(), {0, 0, 6}, {0, 0, 14});
    ASSERT_NO_FATAL_FAILURE(step("a stroke of the brush"));
    ASSERT_TRUE(comes([&] { return heard(); }));
    film(QStringLiteral("brushed"));
    key(Qt::Key_X);
    dragCells(grid(), {0, 0, 10}, {0, 0, 12});
    ASSERT_NO_FATAL_FAILURE(step("a stroke of the eraser"));
    key(Qt::Key_T);
    clickCell(grid(), {0, 0, 16});
    ASSERT_NO_FATAL_FAILURE(step("a stamp"));
    key(Qt::Key_V);
    dragCells(grid(), {0, 0, 2}, {0, 1, 5});
    click(QStringLiteral("codes.swap"));
    ASSERT_NO_FATAL_FAILURE(step("a swap"));
    film(QStringLiteral("swapped"));
    dragCells(grid(), {0, 0, 18}, {0, 1, 21});
    auto& blend = find<QSlider>(QStringLiteral("blendSlider"));
    blend.setFocus();
    for (int i = 0; i < 8; ++i) QTest::keyClick(&blend, Qt::Key_PageUp);
    ASSERT_NO_FATAL_FAILURE(step("a blend"));
    film(QStringLiteral("blended"));
    grid().setFocus();
    dragCells(grid(), {0, 0, 6}, {0, 3, 13});
    key(Qt::Key_I);
    ASSERT_NO_FATAL_FAILURE(stepComes("an in-fill"));
    ASSERT_TRUE(comes([&] { return heard(); }));
    film(QStringLiteral("filled-in"));
    clickCell(grid(), {0, 0, 3});
    key(Qt::Key_N);
    ASSERT_NO_FATAL_FAILURE(step("the nearest code"));
    dragCells(grid(), {0, 2, 0}, {0, 3, 9});
    key(Qt::Key_H);
    ASSERT_NO_FATAL_FAILURE(step("a hold"));
    dragCells(grid(), {0, 0, 20}, {0, 3, 30});
    key(Qt::Key_H, Qt::ShiftModifier);
    ASSERT_NO_FATAL_FAILURE(step("a shuffle"));
    clickCell(grid(), {0, 0, 24});
    key(Qt::Key_V, Qt::ControlModifier);
    ASSERT_NO_FATAL_FAILURE(step("what was copied, laid down"));
    ASSERT_TRUE(comes([&] { return heard(); }));
    film(QStringLiteral("edited-ten-times"));
}

void FilmedWalkTest::keepTheEdited() {
    click(QStringLiteral("keepAsTake"));
    seesTheKept();
}

void FilmedWalkTest::morph() {
    press(QStringLiteral("generate.morph"));
    film(QStringLiteral("morph-empty"));
    click(QStringLiteral("morphNew"));
    ASSERT_NO_FATAL_FAILURE(answerWith(QStringLiteral("Own 2x2")));
    MorphPanel& panel = window().generatePage().morph();
    ASSERT_TRUE(comes([&] { return !panel.cube().empty(); })) << said();
    ASSERT_NO_FATAL_FAILURE(backToWindow());
    MorphPad& pad = panel.pad();
    const auto holds = [&](std::size_t nodes) { return comes([&] { return pad.nodes().size() == nodes; }); };
    dropOnNode(pad, {0, 0}, {engine().take(m_made)->file});
    ASSERT_TRUE(holds(1)) << said();
    dropOnNode(pad, {1, 0}, {engine().take(m_edited)->file});
    ASSERT_TRUE(holds(2)) << said();
    dropOnNode(pad, {1, 1}, {soundsFolder() / "drum_cowbell.flac"});
    ASSERT_TRUE(holds(3)) << said();
    for (const MorphPad::Node& node : pad.nodes())
        if (node.x == 0) {
            EXPECT_TRUE(node.name == toText(engine().take(m_made)->name)) << node.name.toStdString();
        }
    dragDot(pad, {0, 0}, {0.6, 0.4});
    const QString heardAt = QStringLiteral("morph:") + toText(panel.cube());
    ASSERT_TRUE(comes([&] { return studio().sound.loaded().key == heardAt; }));
    film(QStringLiteral("morph"));
    click(QStringLiteral("morphDraw"));
    dragThrough(pad, {pad.pointOf({0, 0}), pad.pointOf({0.9, 0.1}), pad.pointOf({0.8, 0.9})});
    ASSERT_GT(pad.path().size(), 2U);
    film(QStringLiteral("way-drawn"));
    const std::size_t before = engine().takes().size();
    click(QStringLiteral("morphWay"));
    seesTheWayRendered(before);
}

void FilmedWalkTest::lassoOnTheMap() {
    press(QStringLiteral("view.map"));
    ASSERT_NO_FATAL_FAILURE(seesTheMap());
    MapPage& page = window().mapPage();
    ASSERT_NO_FATAL_FAILURE(lassoAll(page.view()));
    ASSERT_TRUE(comes([&] { return page.view().chosen().size() == page.map()->items.size(); }))
        << page.view().chosen().size();
    film(QStringLiteral("map-lasso"));
}

void FilmedWalkTest::exportTheEdited() {
    QTest::mouseClick(tray().card(m_edited), Qt::LeftButton);
    ASSERT_EQ(studio().selection.take(), m_edited);
    press(QStringLiteral("export.open"));
    auto& format = find<QComboBox>(QStringLiteral("format"));
    format.setFocus();
    for (int i = 0; i < format.count() && format.currentText() != QStringLiteral("FLAC"); ++i)
        QTest::keyClick(&format, Qt::Key_Down);
    ASSERT_EQ(format.currentText(), QStringLiteral("FLAC"));
    typeInto(find<QLineEdit>(QStringLiteral("folder")), toText(exported().parent_path()));
    typeInto(find<QLineEdit>(QStringLiteral("template")), QStringLiteral("walked"));
    ASSERT_EQ(find<QLabel>(QStringLiteral("exportNames")).text(), QStringLiteral("walked.flac"));
    film(QStringLiteral("export"), format.window());
    click(QStringLiteral("export"));
    auto& close = find<QPushButton>(QStringLiteral("closeExport"));
    ASSERT_TRUE(comes(
        [&] { return std::filesystem::exists(exported()) && close.text() == QStringLiteral("Close"); }));
    film(QStringLiteral("exported"), format.window());
    ASSERT_NO_FATAL_FAILURE(seesTheFile());
    QTest::mouseClick(&close, Qt::LeftButton);
    ASSERT_NO_FATAL_FAILURE(backToWindow());
}

void FilmedWalkTest::startAgain() {
    closeStudio();
    openStudio(false, {1440, 900});
    ASSERT_EQ(engine().takes().size(), 3U);
    click(QStringLiteral("tabEdit"));
    seesTheSame();
}

TEST_F(FilmedWalkTest, FromTheFirstStartToAnExportedSound) {
    walk({{"first start", [this] { start(); }},
          {"demo", [this] { useTheDemo(); }},
          {"own folder", [this] { dropTheOwnFolder(); }},
          {"training", [this] { trainCodes(); }},
          {"prior", [this] { trainPrior(); }},
          {"generating", [this] { generate(); }},
          {"opening two sounds", [this] { openTwoSounds(); }},
          {"ten edits", [this] { editInTenSteps(); }},
          {"undo and redo", [this] { undoAndRedoAll(); }},
          {"keeping", [this] { keepTheEdited(); }},
          {"morph", [this] { morph(); }},
          {"map", [this] { lassoOnTheMap(); }},
          {"export", [this] { exportTheEdited(); }},
          {"second start", [this] { startAgain(); }}});
}

}  // namespace
}  // namespace smidgen::ui::testing
