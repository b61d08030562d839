#include "ui/canvas/timeline_view.h"

#include <gtest/gtest.h>

#include <QAccessible>
#include <QPaintEvent>
#include <QScrollBar>
#include <QSignalSpy>
#include <QWheelEvent>
#include <cmath>
#include <numbers>

#include "tests/ui_canvas/screen.h"

namespace smidgen {
namespace {

constexpr double kSeconds = 20;

class TimelineViewTest : public ::testing::Test {
 protected:
    void SetUp() override {
        freshTheme();
        m_view = std::make_unique<TimelineView>(theme());
        m_view->setSound(std::make_shared<SoundInspector>(
            std::shared_ptr<const AudioBuffer>(makeSound(kSeconds, [](double t) {
                return std::sin(2 * std::numbers::pi * 300 * t) * (t < 10 ? 0.2 : 0.9);
            }))));
        present(*m_view, {816, 300});
        settle();
    }
    /// Until the view has heard that the whole sound was read.
    void settle() {
        ASSERT_TRUE(QTest::qWaitFor(
            [&] { return !m_view->spokenValue().contains(QStringLiteral("reading")); }, 10000));
        QCoreApplication::processEvents();
    }
    [[nodiscard]] int xOf(double seconds) const {
        return m_view->waveformRect().left() + static_cast<int>(std::lround(m_view->axis().x(seconds)));
    }
    [[nodiscard]] int waveY() const { return m_view->waveformRect().center().y(); }
    void drag(const QPoint& from, const QPoint& to, Qt::KeyboardModifiers modifiers = {}) {
        QTest::mousePress(m_view.get(), Qt::LeftButton, modifiers, from);
        QTest::mouseMove(m_view.get(), from + (to - from) / 2);
        QTest::mouseMove(m_view.get(), to);
        QTest::mouseRelease(m_view.get(), Qt::LeftButton, modifiers, to);
    }
    void wheel(const QPoint& at, const QPoint& angle, Qt::KeyboardModifiers modifiers = {}) {
        QWheelEvent event(QPointF(at), m_view->mapToGlobal(QPointF(at)), QPoint(), angle, Qt::NoButton,
                          modifiers, Qt::NoScrollPhase, false);
        QCoreApplication::sendEvent(m_view.get(), &event);
    }
    [[nodiscard]] double secondsPerPixel() const { return m_view->axis().secondsPerPixel(); }

    std::unique_ptr<TimelineView> m_view;
};

TEST_F(TimelineViewTest, ANewSoundIsShownWhole) {
    EXPECT_DOUBLE_EQ(m_view->axis().start(), 0);
    EXPECT_DOUBLE_EQ(m_view->axis().span(), kSeconds);
    EXPECT_EQ(m_view->waveformRect().width(), 800);
    EXPECT_EQ(m_view->axis().width(), 800);
}

TEST_F(TimelineViewTest, WaveformPixelsFollowTheSound) {
    const QImage image = picture(*m_view);
    const double scale = m_view->devicePixelRatioF();
    const QRect wave = m_view->waveformRect();
    const auto heightAt = [&](double seconds, const QColor& colour) {
        return countInColumn(image, static_cast<int>(xOf(seconds) * scale),
                             static_cast<int>(wave.top() * scale),
                             static_cast<int>((wave.bottom() + 1) * scale), colour) /
               scale;
    };
    const QColor body = theme().colour(Token::sound);
    const QColor extremes = theme().mixed(Token::sound, Token::panel, 0.45);
    for (const auto& [seconds, level] : {std::pair(5.0, 0.2), std::pair(15.0, 0.9)}) {
        EXPECT_NEAR(heightAt(seconds, body), wave.height() * level / std::numbers::sqrt2, 3.5);
        // The levels' lines lie over it.
        EXPECT_NEAR(heightAt(seconds, body) + heightAt(seconds, extremes), wave.height() * level, 6.5);
    }
}

TEST_F(TimelineViewTest, CloseUpTheLineRunsThroughTheSamples) {
    m_view->showRange(15, 0.01);  // three periods of the sine, 80 samples
    const QRect wave = m_view->waveformRect();
    const double scale = m_view->devicePixelRatioF();
    const auto lineAt = [&](const QImage& image, double share) {
        const int x = static_cast<int>((wave.left() + share * wave.width()) * scale);
        double sum = 0;
        int count = 0;
        for (int y = static_cast<int>(wave.top() * scale); y < static_cast<int>((wave.bottom() + 1) * scale);
             ++y)
            if (distance(image.pixelColor(x, y), theme().colour(Token::sound)) < 60) {
                sum += y + 0.5;
                ++count;
            }
        return count == 0 ? -1.0 : (sum / count / scale - wave.top()) / wave.height();
    };
    // Until the samples are there, their peaks are shown.
    ASSERT_TRUE(
        QTest::qWaitFor([&] { return std::abs(lineAt(picture(*m_view), 1.0 / 12) - 0.05) < 0.02; }, 10000));
    const QImage image = picture(*m_view);
    EXPECT_NEAR(lineAt(image, 1.0 / 6), 0.5, 0.04);
    EXPECT_NEAR(lineAt(image, 3.0 / 12), 0.95, 0.02);
    EXPECT_NEAR(lineAt(image, 9.0 / 12), 0.05, 0.02);
}

TEST_F(TimelineViewTest, WheelKeepsTheTimeUnderThePointer) {
    const QPoint at(xOf(7.3), waveY());
    const double before = m_view->axis().seconds(at.x() - m_view->waveformRect().left());
    for (const int notch : {120, 120, 60, 120, -120, 240, 15}) {
        wheel(at, {0, notch});
        ASSERT_NEAR(m_view->axis().seconds(at.x() - m_view->waveformRect().left()), before, 1e-9);
    }
    EXPECT_LT(m_view->axis().span(), kSeconds / 3);
    wheel(at, {0, -12000});
    EXPECT_DOUBLE_EQ(m_view->axis().span(), kSeconds);
}

TEST_F(TimelineViewTest, SidewaysAndShiftedWheelScrolls) {
    m_view->showRange(5, 4);
    wheel({400, waveY()}, {-120, 0});
    EXPECT_NEAR(m_view->axis().start(), 5.4, 1e-9);
    wheel({400, waveY()}, {0, 120}, Qt::ShiftModifier);
    EXPECT_NEAR(m_view->axis().start(), 5.0, 1e-9);
    EXPECT_DOUBLE_EQ(m_view->axis().span(), 4);
}

TEST_F(TimelineViewTest, ClickSeeksAndShowsThePlayheadThere) {
    QSignalSpy seeks(m_view.get(), &TimelineView::seekRequested);
    QTest::mouseClick(m_view.get(), Qt::LeftButton, {}, {xOf(12), waveY()});
    ASSERT_EQ(seeks.count(), 1);
    EXPECT_NEAR(seeks[0][0].toDouble(), 12, secondsPerPixel());
    ASSERT_TRUE(m_view->playhead());
    const QImage image = picture(*m_view);
    const double scale = m_view->devicePixelRatioF();
    const QRect spectrum = m_view->spectrogramRect();
    int found = -1;
    for (int x = 0; x < image.width(); ++x)
        if (countInColumn(image, x, static_cast<int>(spectrum.top() * scale),
                          static_cast<int>(spectrum.bottom() * scale), theme().colour(Token::sound),
                          40) > spectrum.height() * scale * 0.9)
            found = x;
    EXPECT_NEAR(found / scale, xOf(12) + 0.5, 1.0);
}

TEST_F(TimelineViewTest, DragSelectsAndEdgesCanBeMoved) {
    QSignalSpy changes(m_view.get(), &TimelineView::selectionChanged);
    QSignalSpy seeks(m_view.get(), &TimelineView::seekRequested);
    drag({xOf(4), waveY()}, {xOf(9), waveY()});
    ASSERT_TRUE(m_view->selection());
    EXPECT_NEAR(m_view->selection()->start, 4, secondsPerPixel());
    EXPECT_NEAR(m_view->selection()->end, 9, secondsPerPixel());
    EXPECT_GE(changes.count(), 1);
    EXPECT_EQ(seeks.count(), 0);
    drag({xOf(9) + 2, waveY()}, {xOf(14), waveY()});
    EXPECT_NEAR(m_view->selection()->start, 4, secondsPerPixel());
    EXPECT_NEAR(m_view->selection()->end, 14, secondsPerPixel());
    drag({xOf(4), waveY()}, {xOf(16), waveY()});  // past the other edge
    EXPECT_NEAR(m_view->selection()->start, 14, secondsPerPixel());
    EXPECT_NEAR(m_view->selection()->end, 16, secondsPerPixel());
    drag({xOf(18), waveY()}, {xOf(17), waveY()});
    EXPECT_NEAR(m_view->selection()->start, 17, secondsPerPixel());
    QTest::mouseClick(m_view.get(), Qt::LeftButton, {}, {xOf(2), waveY()});
    EXPECT_FALSE(m_view->selection());
}

TEST_F(TimelineViewTest, ShiftClickExtendsTheSelection) {
    m_view->setSelection(TimeRange{4, 6});
    QTest::mouseClick(m_view.get(), Qt::LeftButton, Qt::ShiftModifier, {xOf(10), waveY()});
    ASSERT_TRUE(m_view->selection());
    EXPECT_NEAR(m_view->selection()->start, 4, secondsPerPixel());
    EXPECT_NEAR(m_view->selection()->end, 10, secondsPerPixel());
    QTest::mouseClick(m_view.get(), Qt::LeftButton, Qt::ShiftModifier, {xOf(1), waveY()});
    EXPECT_NEAR(m_view->selection()->start, 1, secondsPerPixel());
    EXPECT_NEAR(m_view->selection()->end, 10, secondsPerPixel());
}

TEST_F(TimelineViewTest, ASelectionEndsWithTheSound) {
    drag({xOf(15), waveY()}, {2000, waveY()});
    ASSERT_TRUE(m_view->selection());
    EXPECT_DOUBLE_EQ(m_view->selection()->end, kSeconds);
    QTest::mouseDClick(m_view.get(), Qt::LeftButton, {}, {xOf(5), waveY()});
    EXPECT_EQ(*m_view->selection(), (TimeRange{0, kSeconds}));
}

TEST_F(TimelineViewTest, DragOnTheRulerLoops) {
    QSignalSpy loops(m_view.get(), &TimelineView::loopChanged);
    const int y = m_view->rulerRect().center().y();
    drag({xOf(3), y}, {xOf(8), y});
    ASSERT_TRUE(m_view->loop());
    EXPECT_NEAR(m_view->loop()->start, 3, secondsPerPixel());
    EXPECT_NEAR(m_view->loop()->end, 8, secondsPerPixel());
    EXPECT_GE(loops.count(), 1);
    EXPECT_FALSE(m_view->selection());
    drag({xOf(8), y}, {xOf(11), y});
    EXPECT_NEAR(m_view->loop()->end, 11, secondsPerPixel());
    QTest::mouseDClick(m_view.get(), Qt::LeftButton, {}, {xOf(15), y});
    EXPECT_FALSE(m_view->loop());
}

TEST_F(TimelineViewTest, MiddleButtonPans) {
    m_view->showRange(8, 4);
    QTest::mousePress(m_view.get(), Qt::MiddleButton, {}, {400, waveY()});
    QTest::mouseMove(m_view.get(), {300, waveY()});
    QTest::mouseRelease(m_view.get(), Qt::MiddleButton, {}, {300, waveY()});
    EXPECT_NEAR(m_view->axis().start(), 8.5, 1e-9);
}

TEST_F(TimelineViewTest, KeysMoveSelectAndZoom) {
    QSignalSpy seeks(m_view.get(), &TimelineView::seekRequested);
    m_view->setPlayhead(10);
    QTest::keyClick(m_view.get(), Qt::Key_Right);
    EXPECT_NEAR(*m_view->playhead(), 10 + 10 * secondsPerPixel(), 1e-9);
    QTest::keyClick(m_view.get(), Qt::Key_Left, Qt::ControlModifier);
    EXPECT_NEAR(*m_view->playhead(), 10 + 9 * secondsPerPixel(), 1e-9);
    EXPECT_EQ(seeks.count(), 2);
    const double origin = *m_view->playhead();
    QTest::keyClick(m_view.get(), Qt::Key_Right, Qt::ShiftModifier);
    QTest::keyClick(m_view.get(), Qt::Key_Right, Qt::ShiftModifier);
    ASSERT_TRUE(m_view->selection());
    EXPECT_NEAR(m_view->selection()->start, origin, 1e-9);
    EXPECT_NEAR(m_view->selection()->end, origin + 20 * secondsPerPixel(), 1e-9);
    QTest::keyClick(m_view.get(), Qt::Key_Escape);
    EXPECT_FALSE(m_view->selection());
    QTest::keyClick(m_view.get(), Qt::Key_End);
    EXPECT_DOUBLE_EQ(*m_view->playhead(), kSeconds);
    QTest::keyClick(m_view.get(), Qt::Key_Home);
    EXPECT_DOUBLE_EQ(*m_view->playhead(), 0);
    m_view->setPlayhead(5);
    const double x = m_view->axis().x(5);
    QTest::keyClick(m_view.get(), Qt::Key_Up);
    EXPECT_LT(m_view->axis().span(), kSeconds);
    EXPECT_NEAR(m_view->axis().x(5), x, 1.0);
    m_view->showRange(4, 2);
    QTest::keyClick(m_view.get(), Qt::Key_PageDown);
    EXPECT_NEAR(m_view->axis().start(), 6, 1e-9);
}

TEST_F(TimelineViewTest, FitSelectionShowsItWithAMarginAndFitShowsAll) {
    m_view->setSelection(TimeRange{4, 6});
    m_view->fitSelection();
    EXPECT_LT(m_view->axis().start(), 4);
    EXPECT_GT(m_view->axis().end(), 6);
    EXPECT_LT(m_view->axis().span(), 2.5);
    m_view->fit();
    EXPECT_DOUBLE_EQ(m_view->axis().span(), kSeconds);
}

TEST_F(TimelineViewTest, TheScrollBarFollowsTheViewAndMovesIt) {
    auto* bar = m_view->findChild<QScrollBar*>();
    ASSERT_TRUE(bar);
    EXPECT_FALSE(bar->isVisible());
    m_view->showRange(5, 5);
    EXPECT_TRUE(bar->isVisible());
    EXPECT_NEAR(bar->value(), bar->maximum() / 3.0, 1.0);
    bar->setValue(bar->maximum());
    EXPECT_NEAR(m_view->axis().end(), kSeconds, 1e-6);
}

/// Adds up what is asked to be painted.
class PaintedArea : public QObject {
 public:
    bool eventFilter(QObject*, QEvent* event) override {
        if (event->type() == QEvent::Paint) {
            for (const QRect& rect : static_cast<QPaintEvent*>(event)->region())
                area += rect.width() * rect.height();
            ++paints;
        }
        return false;
    }
    int area = 0;
    int paints = 0;
};

TEST_F(TimelineViewTest, AMovingPlayheadRepaintsOnlyItsStrips) {
    m_view->setSpectrogramVisible(false);  // whose tiles come when they are ready
    m_view->setPlayhead(3);
    QCoreApplication::processEvents();
    PaintedArea painted;
    m_view->installEventFilter(&painted);
    m_view->setPlayhead(3.5);
    ASSERT_TRUE(QTest::qWaitFor([&] { return painted.paints > 0; }, 5000));
    EXPECT_LE(painted.area, 2 * 17 * m_view->height());
    EXPECT_GT(painted.area, m_view->waveformRect().height());
}

TEST_F(TimelineViewTest, ThePlayheadLeavesNoTrace) {
    m_view->setSpectrogramVisible(false);
    const QImage before = picture(*m_view);
    m_view->setPlayhead(6.7);
    QCoreApplication::processEvents();
    EXPECT_NE(picture(*m_view), before);
    m_view->setPlayhead(std::nullopt);
    QCoreApplication::processEvents();
    EXPECT_EQ(picture(*m_view), before);
}

TEST_F(TimelineViewTest, ThePageTurnsWhenThePlayheadRunsOut) {
    m_view->showRange(2, 4);
    m_view->setPlayhead(5.99);
    EXPECT_DOUBLE_EQ(m_view->axis().start(), 2);
    m_view->setPlayhead(6.02);
    EXPECT_NEAR(m_view->axis().start(), 6.02, 1e-9);
    m_view->showRange(2, 4);  // the person scrolled away: it is left in peace
    m_view->setPlayhead(6.5);
    m_view->setPlayhead(6.6);
    EXPECT_DOUBLE_EQ(m_view->axis().start(), 2);
}

TEST_F(TimelineViewTest, ScreenReadersHearPlayheadAndSelection) {
    m_view->setPlayhead(1.25);
    m_view->setSelection(TimeRange{2, 3.5});
    QAccessibleInterface* voice = QAccessible::queryAccessibleInterface(m_view.get());
    ASSERT_TRUE(voice);
    EXPECT_EQ(voice->text(QAccessible::Name), QStringLiteral("Timeline"));
    const QString value = voice->text(QAccessible::Value);
    EXPECT_EQ(voice->text(QAccessible::Description), value);
    EXPECT_TRUE(value.contains(QStringLiteral("1.250 s of 20.000 s"))) << value.toStdString();
    EXPECT_TRUE(value.contains(QStringLiteral("2.000 s to 3.500 s"))) << value.toStdString();
}

TEST_F(TimelineViewTest, BothSchemesPaintInTheirColours) {
    const auto surface = [&] {
        const QImage image = picture(*m_view);
        const double scale = m_view->devicePixelRatioF();
        const QRect wave = m_view->waveformRect();
        return image.pixelColor(static_cast<int>(xOf(2) * scale), static_cast<int>((wave.top() + 4) * scale));
    };
    EXPECT_LE(distance(surface(), theme().colour(Token::panel)), 2);
    theme().setScheme(Scheme::light);
    EXPECT_LE(distance(surface(), theme().colour(Token::panel)), 2);
    freshTheme();
}

TEST_F(TimelineViewTest, ThePictureHasTheDevicesResolution) {
    const QImage image = picture(*m_view);
    EXPECT_EQ(image.width(), qRound(m_view->width() * m_view->devicePixelRatioF()));
}

TEST_F(TimelineViewTest, AnotherSoundClearsTheMarksAndNoSoundIsCalm) {
    m_view->setSelection(TimeRange{2, 3});
    m_view->setLoop(TimeRange{2, 3});
    m_view->setPlayhead(2);
    m_view->showRange(1, 2);
    m_view->setSound(nullptr);
    m_view->setEmptyText(QStringLiteral("Drop a sound here"));
    EXPECT_FALSE(m_view->selection());
    EXPECT_FALSE(m_view->loop());
    EXPECT_FALSE(m_view->playhead());
    EXPECT_EQ(m_view->spokenValue(), QStringLiteral("Drop a sound here"));
    EXPECT_FALSE(picture(*m_view).isNull());
    QTest::mouseClick(m_view.get(), Qt::LeftButton, {}, {100, 100});
    wheel({100, 100}, {0, 120});
    QTest::keyClick(m_view.get(), Qt::Key_Right);
    EXPECT_FALSE(m_view->playhead());
}

TEST(TimelineErrorTest, AFileThatCannotBeReadSaysSo) {
    freshTheme();
    TimelineView view(theme());
    view.setSound(std::make_shared<SoundInspector>(std::filesystem::path("/nowhere/at-all.wav")));
    present(view, {400, 200});
    ASSERT_TRUE(QTest::qWaitFor([&] { return view.sound()->outline()->complete; }, 10000));
    ASSERT_TRUE(
        QTest::qWaitFor([&] { return view.spokenValue().contains(QStringLiteral("at-all.wav")); }, 10000));
}

}  // namespace
}  // namespace smidgen
