// Pictures of every canvas in both schemes, to be looked at: canvas_gallery FOLDER SOUND… (QT_SCALE_FACTOR
// applies).
#include <QApplication>
#include <QDir>
#include <QGridLayout>
#include <QLabel>
#include <QPushButton>
#include <QTest>
#include <QToolButton>
#include <cmath>
#include <cstdio>

#include "ui/canvas/curve_plot.h"
#include "ui/canvas/level_meter.h"
#include "ui/canvas/preview_pair.h"
#include "ui/canvas/take_card.h"
#include "ui/canvas/timeline_view.h"
#include "ui/theme/metrics.h"

namespace smidgen {
namespace {

std::vector<PeakPair> peaksOf(const QString& path) {
    SoundInspector inspector{std::filesystem::path(path.toStdString())};
    if (!QTest::qWaitFor([&] { return inspector.outline()->complete; }, 60000)) return {};
    std::vector<PeakPair> peaks(128);
    const auto outline = inspector.outline();
    outline->columns(0, static_cast<double>(outline->length.value), peaks);
    return peaks;
}

std::vector<CurvePoint> learningCurve() {
    std::vector<CurvePoint> curve;
    for (int i = 1; i <= 300; ++i) {
        CurvePoint point;
        point.step = i * 8;
        point.cpuSeconds = i * 0.6;
        point.training =
            0.19 + 1.1 * std::exp(-i / 28.0) + 0.12 * std::exp(-i / 160.0) + 0.012 * std::sin(i * 1.7);
        if (i % 30 == 0) point.heldOut = point.training + 0.02 + 0.00008 * i;
        curve.push_back(point);
    }
    return curve;
}

QLabel* label(const QString& text, Look look) {
    auto* made = new QLabel(text);
    setLook(*made, look);
    return made;
}

class Gallery {
 public:
    Gallery(Theme& theme, const QStringList& sounds) : m_theme(theme) {
        auto* grid = new QGridLayout(&m_window);
        grid->setContentsMargins(metrics::kSpaceL, metrics::kSpaceM, metrics::kSpaceL, metrics::kSpaceM);
        grid->setSpacing(metrics::kSpaceM);
        grid->addLayout(bar(), 0, 0, 1, 2);
        m_timeline = new TimelineView(theme);
        m_timeline->setSound(
            std::make_shared<SoundInspector>(std::filesystem::path(sounds.value(0).toStdString())));
        grid->addWidget(m_timeline, 1, 0, 1, 2);
        grid->addWidget(label(QStringLiteral("Learning"), Look::heading), 2, 0);
        grid->addWidget(label(QStringLiteral("Previews"), Look::heading), 2, 1);
        auto* plot = new CurvePlot(theme);
        plot->setCurve(learningCurve());
        grid->addWidget(plot, 3, 0, 2, 1);
        for (int i = 0; i < 2; ++i) grid->addWidget(preview(sounds.value(1 + i), i), 3 + i, 1);
        grid->addWidget(label(QStringLiteral("Takes"), Look::heading), 5, 0);
        grid->addLayout(takes(sounds), 6, 0, 1, 2);
        grid->setRowStretch(1, 3);
        grid->setRowStretch(4, 1);
        m_window.resize(1280, 900);
        m_window.show();
    }

    void takePictures(const QString& folder) {
        const bool whole = QTest::qWaitFor([&] { return m_timeline->sound()->outline()->complete; }, 60000);
        if (!whole) return;
        QTest::qWait(200);
        const double duration = m_timeline->axis().duration();
        m_timeline->setSelection(TimeRange{duration * 0.55, duration * 0.68});
        m_timeline->setLoop(TimeRange{duration * 0.2, duration * 0.8});
        m_timeline->setPlayhead(duration * 0.37);
        for (const Scheme scheme : {Scheme::dark, Scheme::light}) {
            m_theme.setScheme(scheme);
            const QString name = scheme == Scheme::dark ? QStringLiteral("dark") : QStringLiteral("light");
            for (const double share : {1.0, 0.12, 0.002}) {
                m_timeline->showRange(duration * (0.37 - share * 0.37), duration * share);
                m_window.repaint();
                QTest::qWait(800);
                m_window.grab().save(QStringLiteral("%1/gallery-%2-%3@%4.png")
                                         .arg(folder, name)
                                         .arg(share)
                                         .arg(m_window.devicePixelRatioF()));
            }
        }
    }

 private:
    QLayout* bar() {
        auto* row = new QHBoxLayout;
        row->setSpacing(metrics::kSpaceS);
        for (const char* name : {"start", "play", "record", "loop", "undo", "redo", "dice", "export",
                                 "settings", "folder", "trash", "search", "theme"}) {
            auto* button = new QToolButton;
            button->setIcon(m_theme.icon(QString::fromLatin1(name),
                                         qstrcmp(name, "play") == 0 ? Token::onSound : Token::text));
            if (qstrcmp(name, "play") == 0) setLook(*button, Look::primary);
            row->addWidget(button);
        }
        row->addWidget(label(QStringLiteral("00:04.812"), Look::figure));
        auto* meter = new LevelMeter(m_theme);
        Meters meters;
        meters.peakDb[0] = -9;
        meters.peakDb[1] = -11;
        meters.momentaryLufs = -16.2F;
        meter->setMeters(meters, 0);
        meters.peakDb[0] = meters.peakDb[1] = -30;
        meter->setMeters(meters, 0.3);
        row->addWidget(meter);
        row->addStretch();
        auto* train = new QPushButton(QStringLiteral("Train"));
        setLook(*train, Look::modelPrimary);
        auto* generate = new QPushButton(QStringLiteral("Generate 4"));
        setLook(*generate, Look::primary);
        auto* plain = new QPushButton(QStringLiteral("Make preset"));
        auto* off = new QPushButton(QStringLiteral("Export…"));
        off->setEnabled(false);
        for (auto* button : {train, generate, plain, off}) row->addWidget(button);
        return row;
    }

    QWidget* preview(const QString& sound, int index) {
        auto* pair = new PreviewPair(m_theme);
        pair->setClip(QFileInfo(sound).completeBaseName(), QStringLiteral("step 640 · 4.4 dB away"));
        const auto peaks = peaksOf(sound);
        pair->setPeaks(PreviewPair::Side::original, peaks);
        pair->setPeaks(PreviewPair::Side::reconstruction, peaks);
        if (index == 0) pair->setPlaying(PreviewPair::Side::reconstruction, 0.4);
        return pair;
    }

    QLayout* takes(const QStringList& sounds) {
        auto* row = new QHBoxLayout;
        row->setSpacing(metrics::kSpaceM);
        for (int i = 0; i < 6; ++i) {
            auto* card = new TakeCard(m_theme);
            TakeCard::Content content;
            content.name = QStringLiteral("take %1").arg(48 - i);
            content.meta =
                i == 3 ? QStringLiteral("8.0 s · close to gutter_03") : QStringLiteral("8.0 s · −16.2 LUFS");
            content.noteWarns = i == 3;
            content.starred = i == 0 || i == 2;
            content.peaks = peaksOf(sounds.value(1 + i));
            card->setContent(content);
            card->setSelected(i == 1);
            if (i == 2) card->setPlayed(0.45);
            if (i == 5) card->setProgress(0.6);
            if (i == 4) card->setFocus(Qt::TabFocusReason);
            row->addWidget(card);
        }
        return row;
    }

    Theme& m_theme;
    QWidget m_window;
    TimelineView* m_timeline;
};

}  // namespace
}  // namespace smidgen

int main(int argc, char** argv) {
    if (!qEnvironmentVariableIsSet("QT_QPA_PLATFORM")) qputenv("QT_QPA_PLATFORM", "offscreen");
    QApplication application(argc, argv);
    const QStringList arguments = application.arguments();
    if (arguments.size() < 3) {
        std::fprintf(stderr, "canvas_gallery FOLDER SOUND...\n");
        return 2;
    }
    smidgen::Theme theme(application);
    QDir().mkpath(arguments[1]);
    smidgen::Gallery gallery(theme, arguments.mid(2));
    gallery.takePictures(arguments[1]);
    return 0;
}
