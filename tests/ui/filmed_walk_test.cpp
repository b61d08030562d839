// From the first start to an exported sound, through the window by clicks, keys and drops, with a picture of
// every step. By hand: SMIDGEN_PICTURES=folder, SMIDGEN_PICTURES_THEMES=dark,light
#include <QAbstractItemView>
#include <QComboBox>
#include <QDoubleSpinBox>
#include <QLabel>
#include <QLineEdit>
#include <QPushButton>
#include <QSlider>
#include <QTableView>
#include <QToolButton>
#include <cstdio>
#include <ctime>

#include "engine/audio/audio_reader.h"
#include "engine/workstation/cube_takes.h"
#include "tests/ui/desk.h"
#include "tests/ui/hands.h"
#include "ui/bridge/text.h"
#include "ui/bridge/words.h"
#include "ui/canvas/code_grid_view.h"
#include "ui/canvas/take_card.h"
#include "ui/docks/library_panel.h"
#include "ui/docks/take_strip.h"
#include "ui/docks/takes_panel.h"
#include "ui/pages/code_actions.h"
#include "ui/pages/demo_collection.h"
#include "ui/pages/edit_page.h"
#include "ui/pages/generate_page.h"
#include "ui/pages/map_page.h"
#include "ui/pages/morph_panel.h"
#include "ui/pages/preflight_panel.h"
#include "ui/pages/preview_list.h"
#include "ui/pages/train_page.h"
#include "ui/pages/training_view.h"
#include "ui/window/message_bar.h"

namespace smidgen::ui::testing {
namespace {

namespace fs = std::filesystem;

/// A machine under load takes its time.
constexpr double kPatience = 900;
constexpr int kSounds = 6;

class FilmedWalkTest : public DeskTest {
 protected:
    /// All of the following, in this order.
    void walk();
    void start();
    void useTheDemo();
    void dropTheOwnFolder();
    void trainCodes();
    void trainPrior();
    void generate();
    void openTwoSounds();
    void editInTenSteps();
    void undoAndRedoAll();
    void keepTheEdited();
    void morph();
    void lassoOnTheMap();
    void exportTheEdited();
    void startAgain();

    void film(const QString& name, QWidget* other = nullptr) {
        keepPicture(QStringLiteral("%1-%2").arg(++m_frame, 2, 10, QLatin1Char('0')).arg(name), other);
    }
    [[nodiscard]] static bool comes(const std::function<bool()>& condition) {
        return waitUntil(condition, kPatience);
    }
    void click(const QString& name) { QTest::mouseClick(&find<QAbstractButton>(name), Qt::LeftButton); }
    [[nodiscard]] std::string said() { return window().messages().sentences().join(u'\n').toStdString(); }
    [[nodiscard]] TakeStrip& tray() { return window().takes().strip(); }
    [[nodiscard]] TrainingView& training() { return window().trainPage().training(); }
    /// The training that goes on ends well.
    void trainToTheEnd(const QString& name);
    [[nodiscard]] EditPage& editing() { return window().editPage(); }
    [[nodiscard]] CodeGridView& grid() { return editing().grid(); }
    [[nodiscard]] std::shared_ptr<const CodeView> view() { return editing().actions().view(); }
    [[nodiscard]] bool heard() { return view() && view()->current && view()->rendered.audio; }
    [[nodiscard]] SoundCodes codes() { return view()->document->edited; }
    void key(Qt::Key key, Qt::KeyboardModifiers modifiers = {}) { QTest::keyClick(&grid(), key, modifiers); }
    /// Of the window since the codes are edited.
    [[nodiscard]] int steps() { return studio().library.undoStack().count() - m_before; }
    /// The gesture was one step of the window, and its sound has been made.
    void step(const char* what) {
        m_states.push_back(codes());
        ASSERT_EQ(steps(), static_cast<int>(m_states.size()) - 1) << what << '\n' << said();
        ASSERT_NE(m_states[m_states.size() - 2], m_states.back()) << what;
    }

    int m_frame = 0;
    TakeId m_made, m_edited;
    CodesId m_ownCodes;
    int m_before = 0;                  ///< steps of the window before the codes are edited
    std::vector<SoundCodes> m_states;  ///< before the first step, and after each
};

void FilmedWalkTest::start() {
    openStudio(false, {1440, 900});
    ASSERT_TRUE(engine().collections().empty() && engine().models().empty() && engine().takes().empty());
    film(QStringLiteral("first-start"));
}

void FilmedWalkTest::useTheDemo() {
    ASSERT_TRUE(demoCollection()) << "Debian's sonic-pi-samples";
    clickButton(QStringLiteral("Use the demo collection"));
    QTableView& table = window().trainPage().preflight().table();
    ASSERT_TRUE(comes([&] { return engine().collections().size() == 1; }));
    ASSERT_TRUE(comes([&] { return table.isVisible() && table.model()->rowCount() > kSounds; }));
    film(QStringLiteral("demo"));
}

void FilmedWalkTest::dropTheOwnFolder() {
    copySamples(soundsFolder(), kSounds);
    QTableView& table = window().trainPage().preflight().table();
    dropFiles(window(), {soundsFolder()}, {}, [this] { film(QStringLiteral("folder-over-the-window")); });
    ASSERT_TRUE(comes([&] { return engine().collections().size() == 2; })) << said();
    ASSERT_TRUE(comes([&] { return table.isVisible() && table.model()->rowCount() == kSounds; }));
    film(QStringLiteral("own-folder"));
}

void FilmedWalkTest::trainToTheEnd(const QString& name) {
    ASSERT_TRUE(comes([&] { return training().isVisible() && training().running(); })) << said();
    const JobId job = training().job();
    ASSERT_TRUE(comes([&] {
        const auto learned = engine().training(job);
        return !training().running() || (learned && learned->step > 0);
    }));
    film(name);
    ASSERT_TRUE(comes([&] { return !training().running(); }));
    const auto done = engine().job(job);
    ASSERT_EQ(done->phase, JobPhase::finished) << (done->error ? done->error->sentence : done->sentence);
}

void FilmedWalkTest::trainCodes() {
    click(QStringLiteral("kindRvq"));
    typeInto(find<QDoubleSpinBox>(QStringLiteral("budget")), QStringLiteral("0.1"));
    auto& estimate = find<QLabel>(QStringLiteral("estimate"));
    ASSERT_TRUE(comes([&] {
        return !estimate.text().isEmpty() && !estimate.text().startsWith(QStringLiteral("Measuring"));
    }));
    film(QStringLiteral("codes-chosen"));
    click(QStringLiteral("train"));
    ASSERT_NO_FATAL_FAILURE(trainToTheEnd(QStringLiteral("training")));
    ASSERT_TRUE(comes([&] { return engine().models().size() == 1; }));
    EXPECT_EQ(engine().models().front()->kind, "rvq");
    // The list says what the model has become, not what it was when it first appeared.
    QAbstractItemView* models = nullptr;
    for (auto* list : window().library().findChildren<QAbstractItemView*>())
        if (list->accessibleName() == QStringLiteral("Models")) models = list;
    ASSERT_NE(models, nullptr);
    EXPECT_TRUE(comes([&] {
        return models->model()
            ->index(0, 0)
            .data(Qt::AccessibleTextRole)
            .toString()
            .contains(learnedText(*engine().models().front()));
    }));
    EXPECT_GT(training().previews().count(), 0U);
    film(QStringLiteral("trained"));
}

void FilmedWalkTest::trainPrior() {
    typeInto(find<QDoubleSpinBox>(QStringLiteral("priorBudget")), QStringLiteral("0.02"));
    click(QStringLiteral("trainPrior"));
    ASSERT_NO_FATAL_FAILURE(trainToTheEnd(QStringLiteral("prior-training")));
    ASSERT_TRUE(comes([&] { return engine().models().front()->prior.has_value(); }));
    film(QStringLiteral("prior-trained"));
}

void FilmedWalkTest::generate() {
    click(QStringLiteral("generateWithModel"));
    ASSERT_EQ(window().page(), MainWindow::Page::generate);
    typeInto(find<QDoubleSpinBox>(QStringLiteral("length")), QStringLiteral("1"));
    film(QStringLiteral("generate"));
    click(QStringLiteral("generate"));
    ASSERT_TRUE(comes([&] { return engine().takes().size() == 1; })) << said();
    m_made = engine().takes().front()->id;
    ASSERT_TRUE(comes([&] { return tray().holds(m_made); }));
    ASSERT_TRUE(
        comes([&] { return studio().sound.loaded().key == listeningTo(*engine().take(m_made)).key; }));
    film(QStringLiteral("generated"));
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
    m_ownCodes = editing().document();
    film(QStringLiteral("edit-take"));
}

void FilmedWalkTest::editInTenSteps() {
    m_before = studio().library.undoStack().count();
    m_states = {codes()};
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
    // The step comes a moment after the codes, which are drawn on another thread.
    ASSERT_TRUE(comes([&] { return steps() == static_cast<int>(m_states.size()); })) << said();
    ASSERT_NO_FATAL_FAILURE(step("an in-fill"));
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

void FilmedWalkTest::undoAndRedoAll() {
    ASSERT_EQ(m_states.size(), 11U);
    for (std::size_t done = 10; done-- > 0;) {
        press(QStringLiteral("edit.undo"));
        ASSERT_TRUE(codes() == m_states[done]) << done;
    }
    ASSERT_TRUE(comes([&] { return heard(); }));
    film(QStringLiteral("undone-ten-times"));
    for (std::size_t done = 1; done <= 10; ++done) {
        press(QStringLiteral("edit.redo"));
        ASSERT_TRUE(codes() == m_states[done]) << done;
    }
    ASSERT_EQ(editing().document(), m_ownCodes);
    ASSERT_TRUE(comes([&] { return heard() && view()->saved; }));
    film(QStringLiteral("redone-ten-times"));
}

void FilmedWalkTest::keepTheEdited() {
    click(QStringLiteral("keepAsTake"));
    ASSERT_TRUE(comes([&] { return engine().takes().size() == 2; })) << said();
    for (const auto& take : engine().takes())
        if (take->id != m_made) m_edited = take->id;
    ASSERT_TRUE(comes([&] { return tray().holds(m_edited); }));
    film(QStringLiteral("kept"));
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
    ASSERT_TRUE(comes([&] { return engine().takes().size() == before + 1; })) << said();
    const TakeId way = studio().selection.take();
    ASSERT_TRUE(comes([&] { return tray().holds(engine().takes().front()->id); }));
    film(QStringLiteral("way-rendered"));
    for (const auto& take : engine().takes())
        if (take->id != m_made && take->id != m_edited) {
            EXPECT_GT(takeSound(take->id).duration().value, 0.05);
            EXPECT_TRUE(cubeOf(take->recipe)) << way;
        }
}

void FilmedWalkTest::lassoOnTheMap() {
    press(QStringLiteral("view.map"));
    MapPage& page = window().mapPage();
    const std::size_t things = engine().takes().size();
    ASSERT_TRUE(comes([&] { return page.isVisible() && page.map() && page.map()->items.size() > things; }))
        << said();
    film(QStringLiteral("map"));
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
    typeInto(find<QLineEdit>(QStringLiteral("folder")), toText(m_folder / "out"));
    typeInto(find<QLineEdit>(QStringLiteral("template")), QStringLiteral("walked"));
    ASSERT_EQ(find<QLabel>(QStringLiteral("exportNames")).text(), QStringLiteral("walked.flac"));
    film(QStringLiteral("export"), format.window());
    click(QStringLiteral("export"));
    auto& close = find<QPushButton>(QStringLiteral("closeExport"));
    const fs::path file = m_folder / "out" / "walked.flac";
    ASSERT_TRUE(comes([&] { return fs::exists(file) && close.text() == QStringLiteral("Close"); }));
    film(QStringLiteral("exported"), format.window());
    const auto written = readAudio(file);
    ASSERT_TRUE(written) << written.error().sentence;
    const AudioBuffer sound = takeSound(m_edited);
    ASSERT_EQ(written->length(), sound.length());
    ASSERT_EQ(written->channelCount(), sound.channelCount());
    float largest = 0;
    for (int channel = 0; channel < sound.channelCount(); ++channel) {
        const auto& here = sound.channels[static_cast<std::size_t>(channel)];
        const auto& there = written->channels[static_cast<std::size_t>(channel)];
        for (std::size_t i = 0; i < here.size(); ++i)
            largest = std::max(largest, std::abs(here[i] - there[i]));
    }
    EXPECT_LE(largest, 2.0F / (1 << 23)) << "equal within the dither of 24 bit";
    QTest::mouseClick(&close, Qt::LeftButton);
    ASSERT_NO_FATAL_FAILURE(backToWindow());
}

void FilmedWalkTest::startAgain() {
    const SoundCodes edited = m_states.back();
    closeStudio();
    openStudio(false, {1440, 900});
    ASSERT_EQ(engine().takes().size(), 3U);
    click(QStringLiteral("tabEdit"));
    ASSERT_TRUE(comes([&] { return heard(); })) << said();
    EXPECT_EQ(editing().document(), m_ownCodes) << "where one was";
    EXPECT_TRUE(codes() == edited);
    film(QStringLiteral("started-again"));
}

void FilmedWalkTest::walk() {
    using Stage = void (FilmedWalkTest::*)();
    const std::pair<const char*, Stage> stages[] = {{"first start", &FilmedWalkTest::start},
                                                    {"demo", &FilmedWalkTest::useTheDemo},
                                                    {"own folder", &FilmedWalkTest::dropTheOwnFolder},
                                                    {"training", &FilmedWalkTest::trainCodes},
                                                    {"prior", &FilmedWalkTest::trainPrior},
                                                    {"generating", &FilmedWalkTest::generate},
                                                    {"opening two sounds", &FilmedWalkTest::openTwoSounds},
                                                    {"ten edits", &FilmedWalkTest::editInTenSteps},
                                                    {"undo and redo", &FilmedWalkTest::undoAndRedoAll},
                                                    {"keeping", &FilmedWalkTest::keepTheEdited},
                                                    {"morph", &FilmedWalkTest::morph},
                                                    {"map", &FilmedWalkTest::lassoOnTheMap},
                                                    {"export", &FilmedWalkTest::exportTheEdited},
                                                    {"second start", &FilmedWalkTest::startAgain}};
    for (const auto& [name, stage] : stages) {
        const std::clock_t before = std::clock();
        ASSERT_NO_FATAL_FAILURE((this->*stage)()) << name;
        std::printf("%-20s %5.1f s of processor\n", name,
                    static_cast<double>(std::clock() - before) / CLOCKS_PER_SEC);
        std::fflush(stdout);
    }
}

TEST_F(FilmedWalkTest, FromTheFirstStartToAnExportedSound) {
    walk();
}

}  // namespace
}  // namespace smidgen::ui::testing
