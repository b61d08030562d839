// Cards, meter, curves, previews and labels.
#include <gtest/gtest.h>

#include <QAccessible>
#include <QGuiApplication>
#include <QSignalSpy>
#include <QToolButton>
#include <cmath>

#include "tests/ui_canvas/screen.h"
#include "ui/canvas/curve_plot.h"
#include "ui/canvas/elided_label.h"
#include "ui/canvas/level_bars.h"
#include "ui/canvas/level_meter.h"
#include "ui/canvas/preview_pair.h"
#include "ui/canvas/take_card.h"
#include "ui/canvas/wave_thumbnail.h"

namespace smidgen {
namespace {

std::vector<PeakPair> loudPeaks() {
    return std::vector<PeakPair>(128, PeakPair{-0.8F, 0.8F});
}

int countColour(const QImage& image, const QColor& colour, int tolerance = 6) {
    int count = 0;
    for (int x = 0; x < image.width(); ++x)
        count += countInColumn(image, x, 0, image.height(), colour, tolerance);
    return count;
}

QString spoken(QWidget& widget) {
    QAccessibleInterface* voice = QAccessible::queryAccessibleInterface(&widget);
    return voice ? voice->text(QAccessible::Value) : QString();
}

class TakeCardTest : public ::testing::Test {
 protected:
    void SetUp() override {
        freshTheme();
        m_card = std::make_unique<TakeCard>(theme());
        TakeCard::Content content;
        content.id = QStringLiteral("t48");
        content.name = QStringLiteral("take 48");
        content.meta = QStringLiteral("8.0 s · novelty 1.1");
        content.peaks = loudPeaks();
        m_card->setContent(content);
        present(*m_card, {170, 104});
    }
    std::unique_ptr<TakeCard> m_card;
};

TEST_F(TakeCardTest, ClickSelectsAndDoubleClickPlays) {
    QSignalSpy clicks(m_card.get(), &TakeCard::clicked);
    QSignalSpy plays(m_card.get(), &TakeCard::playRequested);
    QTest::mouseClick(m_card.get(), Qt::LeftButton, Qt::ControlModifier, {20, 90});
    ASSERT_EQ(clicks.count(), 1);
    EXPECT_EQ(clicks[0][0].value<Qt::KeyboardModifiers>(), Qt::ControlModifier);
    QTest::mouseDClick(m_card.get(), Qt::LeftButton, {}, {20, 90});
    EXPECT_EQ(plays.count(), 1);
}

TEST_F(TakeCardTest, KeysPlayStarRenameTrashAndMoveOn) {
    QSignalSpy plays(m_card.get(), &TakeCard::playRequested);
    QSignalSpy stars(m_card.get(), &TakeCard::starToggled);
    QSignalSpy renames(m_card.get(), &TakeCard::renameRequested);
    QSignalSpy trashes(m_card.get(), &TakeCard::trashRequested);
    QSignalSpy steps(m_card.get(), &TakeCard::neighbourRequested);
    QTest::keyClick(m_card.get(), Qt::Key_Return);
    QTest::keyClick(m_card.get(), Qt::Key_S);
    QTest::keyClick(m_card.get(), Qt::Key_F2);
    QTest::keyClick(m_card.get(), Qt::Key_Delete);
    QTest::keyClick(m_card.get(), Qt::Key_Left);
    QTest::keyClick(m_card.get(), Qt::Key_Right, Qt::ShiftModifier);
    EXPECT_EQ(plays.count(), 1);
    ASSERT_EQ(stars.count(), 1);
    EXPECT_TRUE(stars[0][0].toBool());
    EXPECT_EQ(renames.count(), 1);
    EXPECT_EQ(trashes.count(), 1);
    ASSERT_EQ(steps.count(), 2);
    EXPECT_EQ(steps[0][0].toInt(), -1);
    EXPECT_EQ(steps[1][0].toInt(), 1);
    EXPECT_EQ(steps[1][1].value<Qt::KeyboardModifiers>(), Qt::ShiftModifier);
    QSignalSpy clicks(m_card.get(), &TakeCard::clicked);
    QTest::keyClick(m_card.get(), Qt::Key_Space, Qt::ControlModifier);
    ASSERT_EQ(clicks.count(), 1);
    EXPECT_EQ(clicks[0][0].value<Qt::KeyboardModifiers>(), Qt::ControlModifier);
}

TEST_F(TakeCardTest, ADragIsAskedForOnceAndIsNoClick) {
    QSignalSpy drags(m_card.get(), &TakeCard::dragRequested);
    QSignalSpy clicks(m_card.get(), &TakeCard::clicked);
    QTest::mousePress(m_card.get(), Qt::LeftButton, {}, {30, 90});
    QTest::mouseMove(m_card.get(), {32, 90});
    EXPECT_EQ(drags.count(), 0);
    QTest::mouseMove(m_card.get(), {60, 80});
    QTest::mouseMove(m_card.get(), {90, 70});
    QTest::mouseRelease(m_card.get(), Qt::LeftButton, {}, {90, 70});
    ASSERT_EQ(drags.count(), 1);
    EXPECT_EQ(drags[0][0].toPoint(), QPoint(30, 90));
    EXPECT_EQ(clicks.count(), 0);
    EXPECT_EQ(m_card->dragPixmap().deviceIndependentSize(), QSizeF(170, 104));
}

TEST_F(TakeCardTest, TheStarTogglesWhereItIsDrawn) {
    QSignalSpy stars(m_card.get(), &TakeCard::starToggled);
    QSignalSpy clicks(m_card.get(), &TakeCard::clicked);
    QTest::mouseClick(m_card.get(), Qt::LeftButton, {}, {m_card->width() - 16, m_card->height() - 34});
    EXPECT_EQ(stars.count(), 1);
    EXPECT_EQ(clicks.count(), 0);
}

TEST_F(TakeCardTest, SelectionShowsInTheFrameAndInWords) {
    const auto frame = [&] {
        const QImage image = picture(*m_card);
        return image.pixelColor(image.width() / 2, 0);
    };
    EXPECT_GT(distance(frame(), theme().colour(Token::sound)), 60);
    m_card->setSelected(true);
    EXPECT_LE(distance(frame(), theme().colour(Token::sound)), 8);
    EXPECT_TRUE(spoken(*m_card).contains(QStringLiteral("selected")));
    EXPECT_TRUE(spoken(*m_card).contains(QStringLiteral("8.0 s")));
}

TEST_F(TakeCardTest, KeyboardFocusIsVisible) {
    m_card->setFocus(Qt::MouseFocusReason);
    const QImage clicked = picture(*m_card);
    m_card->clearFocus();
    m_card->activateWindow();
    m_card->setFocus(Qt::TabFocusReason);
    ASSERT_TRUE(QTest::qWaitFor([&] { return m_card->hasFocus(); }, 5000));
    const QImage tabbed = picture(*m_card);
    EXPECT_LE(distance(tabbed.pixelColor(tabbed.width() / 2, 1), theme().colour(Token::text)), 12);
    EXPECT_GT(distance(clicked.pixelColor(clicked.width() / 2, 1), theme().colour(Token::text)), 60);
}

TEST_F(TakeCardTest, ProgressReplacesTheWave) {
    m_card->setProgress(0.5);
    const QImage image = picture(*m_card);
    EXPECT_EQ(countColour(image, theme().colour(Token::sound)), 0);
    const double scale = m_card->devicePixelRatioF();
    EXPECT_NEAR(countColour(image, theme().colour(Token::model)) / scale / scale, 75 * 4,
                scale == std::floor(scale) ? 30 : 80);
    EXPECT_TRUE(spoken(*m_card).contains(QStringLiteral("50 percent")));
}

TEST(LevelMeterTest, BarsRiseAtOnceFallSteadilyAndHold) {
    freshTheme();
    LevelMeter meter(theme());
    Meters loud;
    loud.peakDb[0] = -6;
    loud.peakDb[1] = -12;
    meter.setMeters(loud, 100.0);
    EXPECT_FLOAT_EQ(meter.shownDb(0), -6);
    Meters quiet;
    meter.setMeters(quiet, 100.5);
    EXPECT_NEAR(meter.shownDb(0), -16, 1e-4);
    EXPECT_FLOAT_EQ(meter.heldDb(0), -6);
    meter.setMeters(quiet, 101.4);
    EXPECT_FLOAT_EQ(meter.heldDb(0), -6);
    meter.setMeters(quiet, 101.6);
    meter.setMeters(quiet, 102.6);
    EXPECT_LT(meter.heldDb(0), -20);
    Meters broken;
    broken.peakDb[0] = std::nanf("");
    broken.momentaryLufs = -INFINITY;
    meter.setMeters(broken, 103);
    EXPECT_TRUE(std::isfinite(meter.shownDb(0)));
}

TEST(LevelMeterTest, TheBarsLengthIsTheLevel) {
    freshTheme();
    LevelMeter meter(theme());
    present(meter, {300, 30});
    Meters meters;
    meters.peakDb[0] = -20;
    meters.peakDb[1] = -60;
    meters.momentaryLufs = -16.2F;
    meter.setMeters(meters, 1);
    const QImage image = picture(meter);
    const double scale = meter.devicePixelRatioF();
    const int y = static_cast<int>((meter.height() / 2.0 - 5.5) * scale);
    int lit = 0;
    for (int x = 0; x < image.width(); ++x)
        if (distance(image.pixelColor(x, y), theme().colour(Token::model)) < 10) ++lit;
    const double bars = 300 - 78 - 12;
    EXPECT_NEAR(lit / scale, bars * 0.45, 5);
    EXPECT_TRUE(spoken(meter).contains(QStringLiteral("−16.2 LUFS"))) << spoken(meter).toStdString();
    EXPECT_DOUBLE_EQ(LevelMeter::barShare(-200), 0);
    EXPECT_DOUBLE_EQ(LevelMeter::barShare(3), 1);
    EXPECT_DOUBLE_EQ(LevelMeter::barShare(20), 1);
}

TEST(LevelMeterTest, ClippingIsSaidInWordsUntilItIsReset) {
    freshTheme();
    LevelMeter meter(theme());
    present(meter, {300, 30});
    QSignalSpy resets(&meter, &LevelMeter::clipResetRequested);
    QTest::mouseClick(&meter, Qt::LeftButton);
    EXPECT_EQ(resets.count(), 0);
    Meters meters;
    meters.clipped = true;
    meter.setMeters(meters, 1);
    EXPECT_TRUE(spoken(meter).contains(QStringLiteral("clipped")));
    QTest::mouseClick(&meter, Qt::LeftButton);
    QTest::keyClick(&meter, Qt::Key_Space);
    EXPECT_EQ(resets.count(), 2);
}

TEST(LevelBarsTest, EachLevelHasTheColourAndTheWordsOfItsHealth) {
    freshTheme();
    LevelBars bars(theme());
    EXPECT_EQ(bars.spokenValue(), QStringLiteral("not measured yet"));
    bars.setCodebooks({64, {{0.98, 50, 1}, {0.7, 40, 19}, {0.1, 3, 58}}});
    present(bars, {500, bars.sizeHint().height()});
    const QImage image = picture(bars);
    const Token colours[] = {Token::model, Token::warn, Token::bad};
    for (int level = 0; level < 3; ++level) {
        const double scale = bars.devicePixelRatioF();
        const int top = static_cast<int>(18 * (level + 1) * scale);
        const int bottom = static_cast<int>(18 * (level + 2) * scale);
        for (int other = 0; other < 3; ++other) {
            int found = 0;
            for (int x = 0; x < image.width(); ++x)
                found += countInColumn(image, x, top, bottom, theme().colour(colours[other]), 6);
            EXPECT_EQ(found > 0, level == other) << level << " " << other;
        }
    }
    EXPECT_TRUE(spoken(bars).contains(QStringLiteral("level 1 healthy: 98 percent used")));
    EXPECT_TRUE(spoken(bars).contains(QStringLiteral("level 3 collapsed")));
}

TEST(LevelBarsTest, TheBarsLengthIsTheShareInUse) {
    freshTheme();
    LevelBars bars(theme());
    bars.setCodebooks({64, {{1.0, 64, 0}, {0.5, 64, 32}}});
    present(bars, {300, bars.sizeHint().height()});
    const QImage image = picture(bars);
    const double scale = bars.devicePixelRatioF();
    const auto lit = [&](int level, Token token) {
        int count = 0;
        const int y = static_cast<int>((18 * (level + 1) + 9) * scale);
        for (int x = 0; x < image.width() * 2 / 5; ++x)
            if (distance(image.pixelColor(x, y), theme().colour(token)) < 10) ++count;
        return count / scale;
    };
    EXPECT_GT(lit(0, Token::model), 60);
    EXPECT_NEAR(lit(1, Token::warn), (300 - 14 - 38 - 62 - 44) / 2.0, 4);
}

std::vector<CurvePoint> someCurve() {
    std::vector<CurvePoint> curve;
    for (int i = 0; i <= 100; ++i) {
        CurvePoint point;
        point.step = i * 10;
        point.cpuSeconds = i * 1.5;
        point.training = 0.2 + 0.8 * std::exp(-i / 15.0);
        if (i % 20 == 0 && i > 0) point.heldOut = point.training + 0.05;
        curve.push_back(point);
    }
    return curve;
}

TEST(CurvePlotTest, DotsStandWhereTheHeldOutErrorsAre) {
    freshTheme();
    CurvePlot plot(theme());
    plot.setCurve(someCurve());
    present(plot, {600, 260});
    const QImage image = picture(plot);
    const double scale = plot.devicePixelRatioF();
    for (const CurvePoint& point : someCurve()) {
        if (!point.heldOut) continue;
        const QPointF at = plot.position(static_cast<double>(point.step), *point.heldOut) * scale;
        EXPECT_LE(distance(image.pixelColor(at.toPoint()), theme().colour(Token::model)), 8) << point.step;
    }
    EXPECT_GT(plot.position(0, 0.3).y(), plot.position(0, 0.6).y());
    EXPECT_LT(plot.position(100, 0.3).x(), plot.position(200, 0.3).x());
}

TEST(CurvePlotTest, ReadoutFollowsPointerAndKeysAndIsSpoken) {
    freshTheme();
    CurvePlot plot(theme());
    EXPECT_EQ(plot.spokenValue(), QStringLiteral("nothing learned yet"));
    plot.setCurve(someCurve());
    present(plot, {600, 260});
    QTest::mouseMove(&plot, plot.position(400, 0.4).toPoint());
    ASSERT_TRUE(plot.readout());
    EXPECT_NEAR(static_cast<double>(*plot.readout()), 40, 1);
    QTest::keyClick(&plot, Qt::Key_Home);
    EXPECT_EQ(*plot.readout(), 0U);
    QTest::keyClick(&plot, Qt::Key_Right);
    EXPECT_EQ(*plot.readout(), 1U);
    QTest::keyClick(&plot, Qt::Key_End);
    EXPECT_EQ(*plot.readout(), 100U);
    EXPECT_TRUE(spoken(plot).contains(QStringLiteral("step 1000"))) << spoken(plot).toStdString();
    EXPECT_TRUE(spoken(plot).contains(QStringLiteral("held out 0.25"))) << spoken(plot).toStdString();
    plot.setCurve({});
    EXPECT_FALSE(plot.readout());
}

TEST(CurvePlotTest, ValuesThatAreNoErrorsAreLeftOut) {
    freshTheme();
    CurvePlot plot(theme());
    std::vector<CurvePoint> curve(3);
    curve[0].training = 0.5;
    curve[1].training = std::nan("");
    curve[1].step = 1;
    curve[2].training = 0.4;
    curve[2].step = 2;
    curve[2].heldOut = INFINITY;
    plot.setCurve(curve);
    present(plot, {400, 200});
    EXPECT_TRUE(std::isfinite(plot.position(1, 0.45).y()));
    EXPECT_FALSE(picture(plot).isNull());
}

TEST(PreviewPairTest, EachSidePlaysAndStops) {
    freshTheme();
    PreviewPair pair(theme());
    pair.setClip(QStringLiteral("gutter_03"), QStringLiteral("step 640"));
    pair.setPeaks(PreviewPair::Side::original, loudPeaks());
    present(pair, {500, 60});
    const auto buttons = pair.findChildren<QToolButton*>();
    ASSERT_EQ(buttons.size(), 2);
    EXPECT_EQ(buttons[0]->accessibleName(), QStringLiteral("Play gutter_03, original"));
    QSignalSpy plays(&pair, &PreviewPair::playRequested);
    QSignalSpy stops(&pair, &PreviewPair::stopRequested);
    QTest::mouseClick(buttons[1], Qt::LeftButton);
    ASSERT_EQ(plays.count(), 1);
    EXPECT_EQ(plays[0][0].value<PreviewPair::Side>(), PreviewPair::Side::reconstruction);
    pair.setPlaying(PreviewPair::Side::reconstruction, 0.3);
    EXPECT_EQ(buttons[1]->accessibleName(), QStringLiteral("Stop gutter_03, learned"));
    QTest::mouseClick(buttons[1], Qt::LeftButton);
    EXPECT_EQ(stops.count(), 1);
    pair.setPlaying(std::nullopt);
    QTest::mouseClick(buttons[0], Qt::LeftButton);
    EXPECT_EQ(plays.count(), 2);
}

TEST(ElidedLabelTest, GivesWayAndKeepsTheWholeTextForReaders) {
    freshTheme();
    const QString text = QStringLiteral("a rather long name of a recording.wav");
    ElidedLabel label(text);
    present(label, {80, 20});
    EXPECT_LT(label.text().size(), text.size());
    EXPECT_TRUE(label.text().endsWith(QChar(0x2026)));
    EXPECT_EQ(label.toolTip(), text);
    EXPECT_EQ(label.accessibleName(), text);
    label.resize(600, 20);
    EXPECT_EQ(label.text(), text);
    EXPECT_TRUE(label.toolTip().isEmpty());
    EXPECT_LT(label.minimumSizeHint().width(), 60);
}

TEST(WaveThumbnailTest, SpeaksItsLevel) {
    freshTheme();
    WaveThumbnail wave(theme());
    EXPECT_EQ(spoken(wave), QStringLiteral("no sound yet"));
    wave.setPeaks(std::vector<PeakPair>(10, PeakPair{-0.5F, 0.25F}));
    EXPECT_EQ(spoken(wave), QStringLiteral("peak -6.0 dB"));
    wave.setPeaks(std::vector<PeakPair>(10));
    EXPECT_EQ(spoken(wave), QStringLiteral("silence"));
}

}  // namespace
}  // namespace smidgen
