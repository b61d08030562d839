#include "ui/canvas/time_axis.h"

#include <gtest/gtest.h>

#include <cmath>
#include <random>

namespace smidgen {
namespace {

TimeAxis axisOf(double duration, double width) {
    TimeAxis axis;
    axis.setWidth(width);
    axis.setDuration(duration, 0.001);
    axis.fit();
    return axis;
}

TEST(TimeAxisTest, ZoomKeepsTheTimeUnderTheAnchor) {
    std::mt19937 random(3);
    TimeAxis axis = axisOf(3600, 1234);
    for (int i = 0; i < 2000; ++i) {
        const double x = random() % 1234;
        const double before = axis.seconds(x);
        const double factor = std::exp2(static_cast<double>(random() % 200) / 100 - 0.9);
        axis.zoom(factor, x);
        const bool atAnEnd = axis.start() <= 0 || axis.end() >= 3600 * (1 - 1e-12);
        if (!atAnEnd) {
            ASSERT_NEAR(axis.x(before), x, 1e-4) << i;
        }
        ASSERT_GE(axis.start(), 0);
        ASSERT_LE(axis.end(), 3600 * (1 + 1e-12));
        ASSERT_GE(axis.span(), 0.001);
    }
}

TEST(TimeAxisTest, ZoomingInAndOutAgainComesBack) {
    TimeAxis axis = axisOf(100, 800);
    axis.show(40, 10);
    axis.zoom(7.5, 300);
    axis.zoom(1 / 7.5, 300);
    EXPECT_NEAR(axis.start(), 40, 1e-9);
    EXPECT_NEAR(axis.span(), 10, 1e-9);
}

TEST(TimeAxisTest, PixelsAndSecondsAreInverse) {
    TimeAxis axis = axisOf(100, 800);
    axis.show(12.5, 3);
    EXPECT_NEAR(axis.x(12.5), 0, 1e-9);
    EXPECT_NEAR(axis.x(15.5), 800, 1e-9);
    EXPECT_NEAR(axis.seconds(axis.x(13.3)), 13.3, 1e-12);
}

TEST(TimeAxisTest, ViewStaysInsideTheSound) {
    TimeAxis axis = axisOf(10, 500);
    axis.show(8, 5);
    EXPECT_DOUBLE_EQ(axis.start(), 5);
    axis.show(-3, 5);
    EXPECT_DOUBLE_EQ(axis.start(), 0);
    axis.show(2, 100);
    EXPECT_DOUBLE_EQ(axis.span(), 10);
    axis.show(std::nan(""), 1);
    EXPECT_DOUBLE_EQ(axis.span(), 10);
}

TEST(TimeAxisTest, AGrowingSoundThatWasSeenWholeIsStillSeenWhole) {
    TimeAxis axis = axisOf(10, 500);
    axis.setDuration(30, 0.001);
    EXPECT_DOUBLE_EQ(axis.span(), 30);
    axis.show(5, 2);
    axis.setDuration(40, 0.001);
    EXPECT_DOUBLE_EQ(axis.span(), 2);
    EXPECT_DOUBLE_EQ(axis.start(), 5);
}

TEST(TimeAxisTest, LabelsStandApartAndAreRoundAtEveryZoom) {
    for (double span = 0.002; span < 7200; span *= 1.37) {
        TimeAxis axis = axisOf(7200, 1000);
        axis.show(13.37, span);
        double last = -1e9;
        int labels = 0;
        for (const TimeAxis::Tick& tick : axis.ticks(80)) {
            ASSERT_GE(tick.seconds, axis.start() - 1e-9);
            ASSERT_LE(tick.seconds, axis.end() + 1e-9);
            if (!tick.labelled) continue;
            ++labels;
            ASSERT_GE(axis.x(tick.seconds) - last, 80 - 1e-6) << span;
            last = axis.x(tick.seconds);
        }
        EXPECT_GE(labels, 2) << span;
        EXPECT_LE(labels, 13) << span;
    }
}

TEST(TimeAxisTest, NeighbouringLabelsDiffer) {
    for (double span = 0.002; span < 7200; span *= 1.37) {
        TimeAxis axis = axisOf(7200, 1000);
        axis.show(61, span);
        QString last;
        for (const TimeAxis::Tick& tick : axis.ticks(84)) {
            if (!tick.labelled) continue;
            ASSERT_NE(axis.label(tick.seconds), last) << span;
            last = axis.label(tick.seconds);
        }
    }
}

TEST(TimeFormatTest, TimesReadAsPeopleWriteThem) {
    EXPECT_EQ(formatTime(1.25).toStdString(), "1.250 s");
    EXPECT_EQ(formatTime(125.125).toStdString(), "2:05.125");
    EXPECT_EQ(formatTime(59.9996).toStdString(), "1:00.000");
    EXPECT_EQ(formatTime(3600).toStdString(), "1:00:00.000");
    EXPECT_EQ(formatTime(-1).toStdString(), "0.000 s");
    EXPECT_EQ(formatDuration(8).toStdString(), "8.0 s");
    EXPECT_EQ(formatDuration(125).toStdString(), "2:05");
    EXPECT_EQ(formatDuration(3725.4).toStdString(), "1:02:05");
}

}  // namespace
}  // namespace smidgen
