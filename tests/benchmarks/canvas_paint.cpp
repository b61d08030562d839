// How long the timeline takes to paint: a one-hour sound at many zooms, optionally while other threads keep
// every core busy. Prints one line a zoom: median and worst of a repaint after each small scroll, and the
// playhead's. With --map POINTS the map of a library of that many instead: moved, zoomed, pointed at.
// Usage: benchmark_canvas_paint [--minutes N] [--map POINTS] [--load THREADS] [--width W] [--height H] [FILE]
#include <QApplication>
#include <QCommandLineParser>
#include <QDir>
#include <QElapsedTimer>
#include <QTest>
#include <QWheelEvent>
#include <algorithm>
#include <atomic>
#include <cmath>
#include <cstdio>
#include <ctime>
#include <fstream>
#include <thread>
#include <vector>

#include "engine/foundation/random.h"
#include "ui/canvas/sound_map_view.h"
#include "ui/canvas/timeline_view.h"
#include "ui/theme/theme.h"

namespace smidgen {
namespace {

/// A 16-bit mono WAV of rain-like bursts over a moving tone.
void writeSound(const QString& path, int minutes) {
    const std::uint32_t frames = static_cast<std::uint32_t>(minutes) * 60U * 48000U;
    std::ofstream file(path.toStdString(), std::ios::binary);
    const auto word = [&file](std::uint32_t value, int bytes) {
        for (int i = 0; i < bytes; ++i) file.put(static_cast<char>(value >> (8 * i)));
    };
    file << "RIFF";
    word(36 + frames * 2, 4);
    file << "WAVEfmt ";
    word(16, 4);
    word(1, 2);
    word(1, 2);
    word(48000, 4);
    word(96000, 4);
    word(2, 2);
    word(16, 2);
    file << "data";
    word(frames * 2, 4);
    Random random(5);
    std::vector<std::int16_t> second(48000);
    double phase = 0;
    double level = 0;
    for (int s = 0; s < minutes * 60; ++s) {
        for (std::size_t i = 0; i < second.size(); ++i) {
            const std::uint64_t bits = random.bits();
            if (bits % 9000 == 0) level = static_cast<double>(bits >> 40 & 255) / 255;
            level *= 0.9997;
            phase += 0.02 + 0.015 * std::sin(s * 0.11);
            const double noise = static_cast<double>(static_cast<std::int32_t>(bits >> 32)) / 2147483648.0;
            second[i] = static_cast<std::int16_t>(
                32000 * std::clamp(level * noise + 0.08 * std::sin(phase), -1.0, 1.0));
        }
        file.write(reinterpret_cast<const char*>(second.data()),
                   static_cast<std::streamsize>(second.size() * 2));
    }
}

/// Milliseconds: by the clock on the wall, and spent by this thread itself.
class Stopwatch {
 public:
    Stopwatch() : m_wall(now(CLOCK_MONOTONIC)), m_own(now(CLOCK_THREAD_CPUTIME_ID)) {}
    [[nodiscard]] double wall() const { return now(CLOCK_MONOTONIC) - m_wall; }
    [[nodiscard]] double own() const { return now(CLOCK_THREAD_CPUTIME_ID) - m_own; }

 private:
    static double now(clockid_t clock) {
        timespec time{};
        clock_gettime(clock, &time);
        return static_cast<double>(time.tv_sec) * 1e3 + static_cast<double>(time.tv_nsec) / 1e6;
    }
    double m_wall;
    double m_own;
};

struct Timing {
    std::vector<double> wall;
    std::vector<double> own;
    void add(const Stopwatch& watch) {
        wall.push_back(watch.wall());
        own.push_back(watch.own());
    }
    void print(const char* what) {
        std::sort(wall.begin(), wall.end());
        std::sort(own.begin(), own.end());
        std::printf("  %s %6.2f / %6.2f (own %6.2f / %6.2f)", what, wall[wall.size() / 2], wall.back(),
                    own[own.size() / 2], own.back());
    }
};

template <typename Change>
Timing measure(QWidget& view, int frames, Change change) {
    Timing timing;
    for (int frame = 0; frame < frames; ++frame) {
        change(frame);
        const Stopwatch watch;
        view.repaint();
        timing.add(watch);
        QTest::qWait(2);
    }
    return timing;
}

void benchmark(TimelineView& view, double duration) {
    std::printf("median / worst of 40 repaints in ms\n");
    for (double span = duration; span > 0.002; span /= 6) {
        const double start = (duration - span) * 0.37;
        view.showRange(start, span);
        const double pixel = view.axis().secondsPerPixel();
        Timing scroll = measure(view, 40, [&](int frame) {
            view.showRange(start + frame * 7 * pixel, span * (frame % 2 == 0 ? 1 : 0.995));
        });
        Timing playhead;
        for (int frame = 0; frame < 40; ++frame) {
            view.setPlayhead(view.axis().start() + (10 + frame) * pixel);
            const Stopwatch watch;
            QCoreApplication::processEvents();
            playhead.add(watch);
        }
        std::printf("%10.3f s", span);
        scroll.print("scroll");
        playhead.print("  playhead");
        std::printf("\n");
    }
    // Zooming in from the whole sound and out again in the steps of a wheel.
    view.fit();
    Timing zoom = measure(view, 100, [&](int frame) {
        const double factor = frame < 50 ? 1.32 : 1 / 1.32;
        const double anchor = duration * 0.37;
        view.showRange(anchor - (anchor - view.axis().start()) / factor, view.axis().span() / factor);
    });
    std::printf("wheel zoom  ");
    zoom.print("      ");
    std::printf("\n");
}

/// Groups here and there, the more the nearer to the rim, as real libraries lie.
void fillMap(SoundMapView& view, int count) {
    Random random(7);
    const auto uniform = [&random] { return static_cast<double>(random.bits() >> 11) / 9007199254740992.0; };
    std::vector<DiscPoint> middles;
    for (int i = 0; i < 200; ++i)
        middles.push_back(std::polar(0.3 + 0.69 * std::sqrt(uniform()), 6.283185307179586 * uniform()));
    std::vector<SoundMapView::Point> points;
    std::vector<SoundMapView::Caption> captions;
    for (int i = 0; i < count; ++i) {
        SoundMapView::Point point;
        const DiscPoint middle = middles[random.bits() % middles.size()];
        const DiscPoint by = std::polar(0.25 * uniform(), 6.283185307179586 * uniform());
        point.place = (by + middle) / (1.0 + std::conj(middle) * by);
        if (std::abs(point.place) > 0.995) point.place *= 0.995 / std::abs(point.place);
        point.shape = random.bits() % 3 == 0 ? SoundMapView::Shape::diamond : SoundMapView::Shape::disc;
        point.tint = point.shape == SoundMapView::Shape::diamond ? Token::model : Token::sound;
        point.name = QStringLiteral("sound %1").arg(i);
        points.push_back(std::move(point));
    }
    for (std::size_t i = 0; i < middles.size(); ++i)
        captions.push_back({QStringLiteral("group %1").arg(i), middles[i], 0.4});
    view.setMap(std::move(points), std::move(captions));
}

void benchmarkMap(SoundMapView& view, int count) {
    fillMap(view, count);
    std::printf("%d points; median / worst of 60 repaints in ms\n", count);
    const double x = view.width() * 0.5, y = view.height() * 0.5;
    const auto line = [&](const char* what, Timing timing) {
        timing.print(what);
        std::printf("\n");
    };
    const auto wheel = [&](int notches) {
        QWheelEvent turn({x, y}, view.mapToGlobal(QPointF(x, y)), {}, {0, notches * 120}, {}, {},
                         Qt::NoScrollPhase, false);
        QCoreApplication::sendEvent(&view, &turn);
    };
    const auto pan = [&](const char* what) {
        view.repaint();
        QTest::mousePress(&view, Qt::LeftButton, {}, QPoint(int(x) - 150, int(y) - 100));
        line(what, measure(view, 60, [&](int frame) {
                 QTest::mouseMove(&view, QPoint(int(x) - 150 + 5 * frame, int(y) - 100 + 3 * frame));
             }));
        QTest::mouseRelease(&view, Qt::LeftButton, {}, QPoint(int(x) + 150, int(y) + 80));
    };
    for (const double zoom : {1.0, 2.0, 4.0, 12.0, 40.0}) {
        view.fit();
        view.zoomBy(zoom);
        char what[32];
        std::snprintf(what, sizeof what, "pan at zoom %4.0f   ", zoom);
        pan(what);
    }
    view.fit();
    line("wheel in and out  ", measure(view, 60, [&](int frame) { wheel(frame < 30 ? 1 : -1); }));
    view.fit();
    line("pointing          ", measure(view, 60, [&](int frame) {
             QTest::mouseMove(&view, QPoint(int(x) - 150 + 5 * frame, int(y) - 20 + frame));
         }));
    std::vector<bool> found(static_cast<std::size_t>(count));
    for (std::size_t i = 0; i < found.size(); ++i) found[i] = i % 7 == 0;
    view.setFound(std::move(found));
    pan("pan, a 7th found  ");
    view.setFound({});
    std::vector<int> chosen;
    for (int i = 0; i < count; i += 2) chosen.push_back(i);
    view.setChosen(std::move(chosen));
    pan("pan, half chosen  ");
}

int run(int argc, char** argv) {
    if (!qEnvironmentVariableIsSet("QT_QPA_PLATFORM")) qputenv("QT_QPA_PLATFORM", "offscreen");
    QApplication application(argc, argv);
    QCommandLineParser options;
    options.addOptions({{"minutes", {}, "n", "60"},
                        {"map", {}, "points"},
                        {"load", {}, "threads", "0"},
                        {"width", {}, "pixels", "1400"},
                        {"height", {}, "pixels", "420"}});
    options.process(application);
    QString path = options.positionalArguments().value(0);
    const bool map = options.isSet("map");
    const bool made = path.isEmpty() && !map;
    if (made) {
        path = QDir::tempPath() +
               QStringLiteral("/smidgen-canvas-paint-%1.wav").arg(application.applicationPid());
        writeSound(path, options.value("minutes").toInt());
    }
    std::atomic<bool> stop = false;
    std::vector<std::thread> load;
    for (int i = 0; i < options.value("load").toInt(); ++i)
        load.emplace_back([&stop] {
            std::vector<float> values(1 << 18, 0.5F);
            while (!stop)
                for (float& value : values) value = value * 0.999F + std::sqrt(value) * 0.001F;
        });
    Theme theme(application);
    if (map) {
        SoundMapView view(theme);
        view.resize(options.value("width").toInt(), std::max(700, options.value("height").toInt()));
        view.show();
        if (!QTest::qWaitForWindowExposed(&view)) return 1;
        benchmarkMap(view, options.value("map").toInt());
    } else {
        TimelineView view(theme);
        QElapsedTimer clock;
        clock.start();
        view.setSound(std::make_shared<SoundInspector>(std::filesystem::path(path.toStdString())));
        view.resize(options.value("width").toInt(), options.value("height").toInt());
        view.show();
        if (!QTest::qWaitForWindowExposed(&view)) return 1;
        const bool read = QTest::qWaitFor([&] { return view.sound()->outline()->complete; }, 600000);
        const auto outline = view.sound()->outline();
        if (!read || outline->error) return 1;
        std::printf("read %.0f s of sound in %.2f s, scale %.1f, %d x %d, %s other threads\n",
                    outline->duration().value, static_cast<double>(clock.elapsed()) / 1000,
                    view.devicePixelRatioF(), view.width(), view.height(), qPrintable(options.value("load")));
        QTest::qWait(100);
        benchmark(view, outline->duration().value);
        std::printf("inspector holds %.1f MB\n", static_cast<double>(view.sound()->memoryBytes()) / 1e6);
    }
    stop = true;
    for (std::thread& thread : load) thread.join();
    if (made) QFile::remove(path);
    return 0;
}

}  // namespace
}  // namespace smidgen

int main(int argc, char** argv) {
    return smidgen::run(argc, argv);
}
