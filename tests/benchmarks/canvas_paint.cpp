// How long the timeline takes to paint: a one-hour sound at many zooms, optionally while other threads keep
// every core busy. Prints one line a zoom: median and worst of a repaint after each small scroll, and the
// playhead's. Usage: benchmark_canvas_paint [--minutes N] [--load THREADS] [--width W] [--height H] [--shots
// FOLDER] [FILE]
#include <QApplication>
#include <QCommandLineParser>
#include <QDir>
#include <QElapsedTimer>
#include <QTest>
#include <algorithm>
#include <atomic>
#include <cmath>
#include <cstdio>
#include <ctime>
#include <fstream>
#include <thread>
#include <vector>

#include "engine/foundation/random.h"
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
Timing measure(TimelineView& view, int frames, Change change) {
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

int run(int argc, char** argv) {
    if (!qEnvironmentVariableIsSet("QT_QPA_PLATFORM")) qputenv("QT_QPA_PLATFORM", "offscreen");
    QApplication application(argc, argv);
    QCommandLineParser options;
    options.addOptions({{"minutes", {}, "n", "60"},
                        {"load", {}, "threads", "0"},
                        {"width", {}, "pixels", "1400"},
                        {"height", {}, "pixels", "420"}});
    options.process(application);
    QString path = options.positionalArguments().value(0);
    const bool made = path.isEmpty();
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
    {
        Theme theme(application);
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
