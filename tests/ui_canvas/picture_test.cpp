// What waveforms and spectrograms look like, pixel by pixel.
#include <gtest/gtest.h>

#include <QPainter>
#include <cmath>
#include <numbers>

#include "tests/ui_canvas/screen.h"
#include "ui/canvas/timeline_picture.h"
#include "ui/canvas/wave_painter.h"

namespace smidgen {
namespace {

const QColor kInk(255, 255, 255);
constexpr double kTwoPi = 2 * std::numbers::pi;

/// An inspector that has read everything.
std::unique_ptr<SoundInspector> inspect(const std::shared_ptr<const AudioBuffer>& sound) {
    auto inspector = std::make_unique<SoundInspector>(sound);
    EXPECT_TRUE(QTest::qWaitFor([&] { return inspector->outline()->complete; }, 10000));
    return inspector;
}

/// Draws again and again until what is drawn rests on everything it wishes for.
template <typename Draw>
QImage settled(const QSize& size, Draw draw) {
    QImage image(size, QImage::Format_RGB32);
    EXPECT_TRUE(QTest::qWaitFor(
        [&] {
            const bool ready = draw.ready();
            image.fill(Qt::black);
            draw(image);
            return ready;
        },
        10000));
    return image;
}

struct DrawWave {
    const SoundInspector& sound;
    SampleWindow window;
    WaveColours colours{kInk, kInk, kInk};
    void operator()(QImage& image) const { drawWaveform(image, image.rect(), sound, window, 1, colours); }
    [[nodiscard]] bool ready() const {
        if (window.span / 400 >= PeakPyramid::kBaseBlock) return true;
        const auto block = [](double sample) {
            return static_cast<std::int64_t>(sample) / SoundInspector::kSampleBlock;
        };
        for (auto index = block(window.start - 1); index <= block(window.start + window.span + 2); ++index)
            if (!sound.samples(index)) return false;
        return true;
    }
};

/// First and last inked row of a column; {−1, −1} when there is none.
std::pair<int, int> inked(const QImage& image, int x) {
    int first = -1;
    int last = -1;
    for (int y = 0; y < image.height(); ++y) {
        if (qRed(image.pixel(x, y)) < 128) continue;
        if (first < 0) first = y;
        last = y;
    }
    return {first, last};
}

TEST(WaveformPictureTest, HeightsFollowTheLevelOfTheSound) {
    // One second each of: silence, ±0.25, ±1, +0.5 alone.
    const auto sound = makeSound(4, [](double t) {
        const int part = static_cast<int>(t);
        const double sign = std::fmod(t * 1000, 2) < 1 ? 1 : -1;
        return part == 0 ? 0.0 : part == 1 ? 0.25 * sign : part == 2 ? sign : std::max(0.0, 0.5 * sign);
    });
    const auto inspector = inspect(sound);
    QImage image(400, 200, QImage::Format_RGB32);
    image.fill(Qt::black);
    drawWaveform(image, image.rect(), *inspector, {0, 4.0 * kSampleRate}, 1, {kInk, kInk, kInk});
    for (int x = 5; x < 95; ++x) ASSERT_LE(inked(image, x).second - inked(image, x).first, 1) << x;
    for (int x = 105; x < 195; ++x) {
        ASSERT_NEAR(inked(image, x).first, 75, 1) << x;
        ASSERT_NEAR(inked(image, x).second, 124, 1) << x;
    }
    for (int x = 205; x < 295; ++x) {
        ASSERT_EQ(inked(image, x).first, 0) << x;
        ASSERT_EQ(inked(image, x).second, 199) << x;
    }
    for (int x = 305; x < 395; ++x) {
        ASSERT_NEAR(inked(image, x).first, 50, 1) << x;
        ASSERT_NEAR(inked(image, x).second, 99, 1) << x;
    }
}

TEST(WaveformPictureTest, TheBodyIsTheRootMeanSquareAndWhatIsOverFullScaleIsMarked) {
    // A second each of a sine of ±0.8, of one of ±1.5, and of ±1.0.
    const auto sound = makeSound(3, [](double t) {
        const double amplitude = t < 1 ? 0.8 : t < 2 ? 1.5 : 1.0;
        return amplitude * std::sin(kTwoPi * 4410 * t);
    });
    const auto inspector = inspect(sound);
    const QColor extremes(0, 0, 200), body(0, 200, 0), over(200, 0, 0);
    for (const double span : {3.0 * kSampleRate, 0.2 * kSampleRate}) {
        for (const double start : {0.4, 1.4, 2.4}) {
            const SampleWindow window{span > kSampleRate ? 0.0 : start * kSampleRate, span};
            const QImage image = settled({300, 200}, DrawWave{*inspector, window, {extremes, body, over}});
            const int x = span > kSampleRate ? static_cast<int>(start * 100) + 10 : 150;
            const double amplitude = start < 1 ? 0.8 : start < 2 ? 1.5 : 1.0;
            int bodyRows = 0, overRows = 0;
            for (int y = 0; y < 200; ++y) {
                bodyRows += image.pixelColor(x, y) == body;
                overRows += image.pixelColor(x, y) == over;
            }
            const int marks = amplitude > 1 ? 6 : 0;
            EXPECT_EQ(overRows, marks) << start << ' ' << span;
            EXPECT_NEAR(bodyRows, std::min(200.0 - marks, 200 * amplitude / std::numbers::sqrt2), 4) << start;
        }
    }
}

TEST(WaveformPictureTest, AStepStandsAtItsSampleAtEveryZoom) {
    constexpr double kStep = 100000;
    const auto sound = makeSound(5, [](double t) { return t * kSampleRate >= kStep ? 0.8 : 0.0; });
    const auto inspector = inspect(sound);
    for (const double perPixel : {0.05, 0.5, 3.0, 40.0, 200.0, 500.0}) {
        const DrawWave draw{*inspector, {kStep - 150 * perPixel, 400 * perPixel}};
        const QImage image = settled({400, 100}, draw);
        // Blocks of peaks are up to a pixel wide; close up the line rises from one sample to the next.
        const int slack = 2 + static_cast<int>(std::ceil(std::max(1.0, 1 / perPixel)));
        EXPECT_GT(inked(image, 150 - slack).first, 45) << perPixel;
        EXPECT_LT(inked(image, 151).first, 15) << perPixel;
    }
}

TEST(WaveformPictureTest, SamplesCloseUpLieOnTheirValues) {
    const auto sound = makeSound(1, [](double t) { return 0.9 * std::sin(kTwoPi * 500 * t); });
    const auto inspector = inspect(sound);
    const DrawWave draw{*inspector, {1000, 96}};  // one period of 500 Hz over 960 pixels
    const QImage image = settled({960, 300}, draw);
    for (int sample = 2; sample < 94; ++sample) {
        const int x = sample * 10;
        const double value = 0.9 * std::sin(kTwoPi * 500 * (1000 + sample) / kSampleRate);
        const double y = 150 - value * 150;
        const auto [first, last] = inked(image, x);
        EXPECT_NEAR((first + last) / 2.0, y - 0.5, 2.0) << sample;
    }
}

std::array<QRgb, 256> greyRamp() {
    std::array<QRgb, 256> ramp{};
    for (int i = 0; i < 256; ++i) ramp[static_cast<std::size_t>(i)] = qRgb(i, i, i);
    return ramp;
}

struct DrawSpectrum {
    const SoundInspector& sound;
    SampleWindow window;
    void operator()(QImage& image) const { drawSpectrogram(image, image.rect(), sound, window, greyRamp()); }
};

int brightestRow(const QImage& image, int x) {
    int best = 0;
    for (int y = 0; y < image.height(); ++y)
        if (qRed(image.pixel(x, y)) > qRed(image.pixel(x, best))) best = y;
    return best;
}

TEST(SpectrogramPictureTest, ASineIsALineAtItsFrequencyAtEveryZoom) {
    const auto inspector = inspect(makeSound(30, [](double t) { return 0.5 * std::sin(kTwoPi * 3000 * t); }));
    for (const double seconds : {0.2, 2.0, 29.0}) {
        QImage image(300, 256, QImage::Format_RGB32);
        const DrawSpectrum draw{*inspector, {0.4 * kSampleRate, seconds * kSampleRate}};
        ASSERT_TRUE(QTest::qWaitFor(
            [&] {
                draw(image);
                return qRed(image.pixel(10, brightestRow(image, 10))) > 200 &&
                       qRed(image.pixel(280, brightestRow(image, 280))) > 200;
            },
            10000));
        const double y = 256 * (1 - spectrumPosition(3000, kSampleRate));
        for (const int x : {10, 150, 280}) {
            EXPECT_NEAR(brightestRow(image, x) + 0.5, y, 3) << seconds;
            EXPECT_LT(qRed(image.pixel(x, 20)), 60) << seconds;
        }
    }
}

TEST(SpectrogramPictureTest, ABurstStandsAtItsTime) {
    const auto inspector = inspect(
        makeSound(10, [](double t) { return t >= 4 && t < 6 ? 0.5 * std::sin(kTwoPi * 1000 * t) : 0.0; }));
    QImage image(500, 100, QImage::Format_RGB32);
    const int row = static_cast<int>(100 * (1 - spectrumPosition(1000, kSampleRate)));
    const DrawSpectrum draw{*inspector, {0, 10.0 * kSampleRate}};
    ASSERT_TRUE(QTest::qWaitFor(
        [&] {
            draw(image);
            return qRed(image.pixel(250, row)) > 180;
        },
        10000));
    EXPECT_LT(qRed(image.pixel(190, row)), 40);
    EXPECT_GT(qRed(image.pixel(210, row)), 180);
    EXPECT_GT(qRed(image.pixel(290, row)), 180);
    EXPECT_LT(qRed(image.pixel(310, row)), 40);
}

TEST(WavePainterTest, ResamplingKeepsTheExtremes) {
    std::vector<PeakPair> peaks(128);
    peaks[77] = {-0.9F, 0.3F};
    peaks[12] = {-0.1F, 0.8F};
    const auto fewer = resamplePeaks(peaks, 10);
    ASSERT_EQ(fewer.size(), 10U);
    EXPECT_EQ(fewer[6].low, -0.9F);
    EXPECT_EQ(fewer[0].high, 0.8F);
    const auto more = resamplePeaks(peaks, 512);
    EXPECT_EQ(more[77 * 4 + 1].low, -0.9F);
    EXPECT_EQ(more[78 * 4 + 1].low, 0.0F);
    EXPECT_TRUE(resamplePeaks(peaks, 0).empty());
    EXPECT_EQ(resamplePeaks({}, 3).size(), 3U);
}

TEST(WavePainterTest, BarsAreAsHighAsThePeaksAndThePlayedPartIsMarked) {
    std::vector<PeakPair> peaks(100, PeakPair{-0.5F, 0.5F});
    for (std::size_t i = 50; i < 100; ++i) peaks[i] = {-1.0F, 1.0F};
    QImage image(300, 80, QImage::Format_RGB32);
    image.fill(Qt::black);
    WaveStyle style;
    style.colour = QColor(100, 100, 100);
    style.played = kInk;
    style.playedShare = 0.25;
    {
        QPainter painter(&image);
        paintWave(painter, QRectF(image.rect()), peaks, style);
    }
    const auto countAll = [&](int from, int to, const QColor& colour) {
        int count = 0;
        for (int x = from; x < to; ++x) count += countInColumn(image, x, 0, 80, colour, 2);
        return count;
    };
    EXPECT_NEAR(countAll(0, 75, kInk), 75 * 2 / 3 * 40, 80);
    EXPECT_EQ(countAll(80, 300, kInk), 0);
    EXPECT_NEAR(countAll(80, 146, style.colour), 66 * 2 / 3 * 40, 100);
    EXPECT_NEAR(countAll(155, 300, style.colour), 145 * 2 / 3 * 80, 200);
}

}  // namespace
}  // namespace smidgen
