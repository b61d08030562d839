// How quick the window stays while a model trains: from an input to its paint, the longest that the window's
// thread is kept, and memory. SMIDGEN_BARS_TAKES=1000 for a library of that many takes, and figures that must
// hold; without it the same walk with forty, which asserts no times.
#include <QDoubleSpinBox>
#include <QLineEdit>
#include <QPushButton>
#include <QScrollArea>
#include <QScrollBar>
#include <QWheelEvent>
#include <algorithm>
#include <cstdio>
#include <fstream>

#include "tests/ui/furnished.h"
#include "tests/ui/hands.h"
#include "tests/ui/watchdog.h"
#include "ui/canvas/attribute_slider.h"
#include "ui/canvas/code_grid_view.h"
#include "ui/canvas/sound_map_view.h"
#include "ui/canvas/timeline_view.h"
#include "ui/docks/library_panel.h"
#include "ui/docks/take_strip.h"
#include "ui/docks/takes_panel.h"
#include "ui/pages/edit_page.h"
#include "ui/pages/generate_page.h"
#include "ui/pages/map_page.h"
#include "ui/pages/train_page.h"
#include "ui/pages/training_view.h"

namespace smidgen::ui::testing {
namespace {

constexpr double kPatience = 120;
constexpr int kTakesByDefault = 40;
constexpr int kRounds = 12;
constexpr double kMostMs = 50;
constexpr double kMostMiB = 400;

/// Notes that a widget, or a part of it, has been painted.
class PaintWatch final : public QObject {
 public:
    explicit PaintWatch(QWidget& target) : m_target(target) { qApp->installEventFilter(this); }
    [[nodiscard]] bool painted() const { return m_painted; }

 protected:
    bool eventFilter(QObject* watched, QEvent* event) override {
        auto* widget = qobject_cast<QWidget*>(watched);
        if (event->type() == QEvent::Paint && widget != nullptr &&
            (widget == &m_target || m_target.isAncestorOf(widget)))
            m_painted = true;
        return false;
    }

 private:
    QWidget& m_target;
    bool m_painted = false;
};

double residentMiB() {
    std::ifstream status("/proc/self/status");
    for (std::string line; std::getline(status, line);)
        if (line.rfind("VmRSS:", 0) == 0) return std::stod(line.substr(6)) / 1024;
    return 0;
}

void wheel(QWidget& target, int steps, Qt::KeyboardModifiers keys = {}) {
    const QPointF place(target.rect().center());
    QWheelEvent event(place, target.mapToGlobal(place), {}, {0, 120 * steps}, Qt::NoButton, keys,
                      Qt::NoScrollPhase, false);
    QApplication::sendEvent(&target, &event);
}

void hover(QWidget& target, const QPointF& place, Qt::MouseButtons held = Qt::NoButton) {
    QMouseEvent move(QEvent::MouseMove, place, target.mapToGlobal(place), Qt::NoButton, held, {});
    QApplication::sendEvent(&target, &move);
}

class BarsTest : public FurnishedTest {
 protected:
    void train() {
        window().showPage(MainWindow::Page::train);
        auto& button = find<QPushButton>(QStringLiteral("train"));
        ASSERT_TRUE(waitUntil([&] { return button.isEnabled(); }, kPatience));
        find<QDoubleSpinBox>(QStringLiteral("budget")).setValue(120);
        QTest::mouseClick(&button, Qt::LeftButton);
        ASSERT_TRUE(waitUntil([&] { return step() > 0; }, kPatience));
    }
    [[nodiscard]] std::int64_t step() {
        const auto training = engine().training(window().trainPage().training().job());
        return training ? training->step : 0;
    }
    /// `input` some times; each must be seen on `target`.
    void measure(const char* what, QWidget& target, const std::function<void(int)>& input) {
        std::vector<double> times;
        for (int round = 0; round < kRounds; ++round) {
            QTest::qWait(30);
            PaintWatch watch(target);
            const double before = m_clock.ms();
            input(round);
            ASSERT_TRUE(waitUntil([&] { return watch.painted(); }, 10)) << what << ", input " << round;
            times.push_back(m_clock.ms() - before);
        }
        std::sort(times.begin(), times.end());
        std::printf("%-42s %6.1f %6.1f\n", what, times[times.size() / 2], times.back());
        m_worst = std::max(m_worst, times.back());
    }

    const ThreadClock m_clock;
    double m_worst = 0;
};

TEST_F(BarsTest, TheWindowStaysQuickWhileAModelTrains) {
    bool strict = false;
    const int given = qEnvironmentVariableIntValue("SMIDGEN_BARS_TAKES", &strict);
    const double before = residentMiB();  // with what making the library has left
    openFurnished();
    std::vector<Recipe> recipes(static_cast<std::size_t>(strict ? given : kTakesByDefault),
                                engine().takes().front()->recipe);
    for (std::size_t i = 0; i < recipes.size(); ++i) recipes[i].seed = 1000 + i;
    ASSERT_NO_FATAL_FAILURE(addTakes(engine(), recipes));
    static_cast<void>(waitUntil([] { return false; }, 3));
    const double opened = residentMiB();
    // Everything has been seen, a sound decoded from codes, and another is part of a cube.
    ASSERT_NO_FATAL_FAILURE(visitEveryView([](const std::string&, QWidget&) {}));
    const double memory = residentMiB();
    ASSERT_NO_FATAL_FAILURE(train());
    const std::int64_t from = step();
    Watchdog watchdog;
    std::printf("input to paint, ms                         median  worst\n");

    const auto pages = {MainWindow::Page::generate, MainWindow::Page::edit, MainWindow::Page::map,
                        MainWindow::Page::train};
    measure("another page", window(),
            [&](int round) { window().showPage(*(pages.begin() + round % std::ssize(pages))); });

    window().showPage(MainWindow::Page::generate);
    auto* slider = window().generatePage().findChild<AttributeSlider*>();
    ASSERT_TRUE(slider != nullptr && slider->isVisible());
    QTest::mousePress(slider, Qt::LeftButton, {}, {qRound(slider->xOf(0.5)), 9});
    measure("a slider dragged", *slider, [&](int round) {
        hover(*slider, {slider->xOf(0.4 + 0.02 * (round % 5)), 9}, Qt::LeftButton);
    });
    QTest::mouseRelease(slider, Qt::LeftButton, {}, {qRound(slider->xOf(0.5)), 9});

    window().showPage(MainWindow::Page::edit);
    auto* timeline = window().editPage().findChild<TimelineView*>();
    ASSERT_TRUE(timeline != nullptr && timeline->isVisible());
    measure("timeline and codes zoomed", *timeline,
            [&](int round) { wheel(*timeline, round % 4 < 2 ? 1 : -1, Qt::ControlModifier); });
    CodeGridView& grid = window().editPage().grid();
    grid.setFocus();
    measure("cell cursor moved", grid, [&](int round) {
        QTest::keyClick(&grid, round % 2 == 0 ? Qt::Key_Right : Qt::Key_Left, Qt::ShiftModifier);
    });
    measure("cells brushed", grid, [&](int round) {
        QTest::keyClick(&grid, Qt::Key_B);
        dragCells(grid, {0, 0, round % 5}, {0, 0, round % 5 + 3});
    });

    window().showPage(MainWindow::Page::map);
    SoundMapView& map = window().findChild<MapPage*>()->view();
    measure("map zoomed", map, [&](int round) { wheel(map, round % 4 < 2 ? 1 : -1); });
    map.setFocus();
    measure("map walked over", map,
            [&](int round) { QTest::keyClick(&map, round % 2 == 0 ? Qt::Key_Right : Qt::Key_Left); });

    auto* strip = &window().findChild<TakesPanel*>()->strip();
    auto* scroll = strip->findChild<QScrollArea*>();
    ASSERT_TRUE(scroll != nullptr);
    measure("takes scrolled", *strip, [&](int) {
        QScrollBar& bar = *scroll->horizontalScrollBar();
        bar.setValue(bar.value() + 300);
    });
    QLineEdit& search = *window().findChild<LibraryPanel*>()->findChild<QLineEdit*>();
    press(QStringLiteral("library.search"));
    measure("a letter typed into the search", search, [&](int round) {
        const std::string word = "kind:take rain";
        QTest::keyClick(&search, word[static_cast<std::size_t>(round)]);
    });
    static_cast<void>(waitUntil([] { return false; }, 1));

    const JobId job = window().trainPage().training().job();
    EXPECT_EQ(engine().job(job)->phase, JobPhase::running) << "it trained all the while";
    EXPECT_TRUE(waitUntil([&] { return step() > from; }, kPatience)) << "and came forward";
    std::printf("window thread kept for at most %.1f ms\n", watchdog.longestMs());
    std::printf(
        "%.0f MiB before the window, %.0f when it has opened, %.0f when all was used once, %.0f while it "
        "trains\n",
        before, opened, memory, residentMiB());
    if (strict) {
        EXPECT_LE(watchdog.longestMs(), kMostMs);
        EXPECT_LE(m_worst, kMostMs);
        EXPECT_LE(memory - before, kMostMiB);
    }
    engine().cancel(job);
    ASSERT_TRUE(waitUntil([&] { return engine().job(job)->ended(); }, kPatience));
}

}  // namespace
}  // namespace smidgen::ui::testing
