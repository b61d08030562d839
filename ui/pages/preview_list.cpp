#include "ui/pages/preview_list.h"

#include <QLabel>
#include <QScrollArea>
#include <QVBoxLayout>

#include "ui/bridge/text.h"
#include "ui/pages/preview_peaks.h"
#include "ui/theme/metrics.h"

namespace smidgen::ui {

namespace {
constexpr int kColumns = 160;
}

PreviewList::PreviewList(const Studio& studio, QWidget* parent) : QWidget(parent), m_studio(studio) {
    m_empty = new QLabel(tr("The first held-out sounds can be heard at the first checkpoint."));
    m_empty->setWordWrap(true);
    m_empty->setAlignment(Qt::AlignTop);
    setLook(*m_empty, Look::dim);
    auto* content = new QWidget;
    content->setAutoFillBackground(false);
    m_layout = new QVBoxLayout(content);
    m_layout->setContentsMargins(0, 0, 0, 0);
    m_layout->setSpacing(metrics::kSpaceS);
    m_layout->addWidget(m_empty);
    m_layout->addStretch(1);
    auto* scroll = new QScrollArea;
    scroll->setFrameShape(QFrame::NoFrame);
    scroll->setWidgetResizable(true);
    scroll->setHorizontalScrollBarPolicy(Qt::ScrollBarAlwaysOff);
    scroll->setFocusPolicy(Qt::NoFocus);
    scroll->viewport()->setAutoFillBackground(false);
    scroll->setWidget(content);
    auto* outer = new QVBoxLayout(this);
    outer->setContentsMargins(0, 0, 0, 0);
    outer->addWidget(scroll);
    connect(&studio.sound, &PlaybackBridge::transportChanged, this, &PreviewList::showPlaying);
    connect(&studio.sound, &PlaybackBridge::positionChanged, this, &PreviewList::showPlaying);
}

void PreviewList::setPreviews(const std::vector<Preview>& previews) {
    m_empty->setVisible(previews.empty());
    while (m_previews.size() > previews.size()) {
        delete m_previews.back().pair;
        m_previews.pop_back();
    }
    for (std::size_t i = 0; i < previews.size(); ++i) {
        const bool made = i == m_previews.size();
        if (made) {
            auto* pair = new PreviewPair(m_studio.theme);
            m_layout->insertWidget(m_layout->count() - 1, pair);
            connect(pair, &PreviewPair::playRequested, this,
                    [this, i](PreviewPair::Side side) { play(i, side); });
            connect(pair, &PreviewPair::stopRequested, this, [this] { m_studio.sound.stop(); });
            m_previews.push_back({{}, pair});
        }
        Shown& shown = m_previews[i];
        const Preview before = std::exchange(shown.preview, previews[i]);
        shown.pair->setClip(
            toText(previews[i].name),
            tr("step %1 · %2 dB away").arg(previews[i].step).arg(numberText(20 * previews[i].melL1, 1)));
        if (before.original != previews[i].original) readPeaks(i, PreviewPair::Side::original);
        if (before.reconstruction != previews[i].reconstruction || before.step != previews[i].step)
            readPeaks(i, PreviewPair::Side::reconstruction);
    }
}

void PreviewList::readPeaks(std::size_t index, PreviewPair::Side side) {
    const Preview& preview = m_previews[index].preview;
    const auto file = side == PreviewPair::Side::original ? preview.original : preview.reconstruction;
    PreviewPair* pair = m_previews[index].pair;
    m_studio.bridge.run(
        pair, [file] { return peaksOfFile(file, kColumns); },
        [pair, side](std::vector<PeakPair> peaks) { pair->setPeaks(side, std::move(peaks)); });
}

QString PreviewList::keyOf(const Preview& preview, PreviewPair::Side side) {
    const bool original = side == PreviewPair::Side::original;
    return QStringLiteral("preview:%1:%2")
        .arg(original ? 0 : preview.step)
        .arg(toText(original ? preview.original : preview.reconstruction));
}

void PreviewList::play(std::size_t index, PreviewPair::Side side) {
    const Preview& preview = m_previews[index].preview;
    const bool original = side == PreviewPair::Side::original;
    m_studio.sound.audition({keyOf(preview, side),
                             original ? tr("%1, original").arg(toText(preview.name))
                                      : tr("%1, step %2").arg(toText(preview.name)).arg(preview.step),
                             original ? preview.original : preview.reconstruction});
}

void PreviewList::showPlaying() {
    const QString key = m_studio.sound.playing() ? m_studio.sound.loaded().key : QString();
    const double length = m_studio.sound.length();
    const double share = length > 0 ? m_studio.sound.position() / length : 0;
    for (const Shown& shown : m_previews) {
        std::optional<PreviewPair::Side> side;
        for (const auto each : {PreviewPair::Side::original, PreviewPair::Side::reconstruction})
            if (!key.isEmpty() && key == keyOf(shown.preview, each)) side = each;
        shown.pair->setPlaying(side, side ? share : 0);
    }
}

}  // namespace smidgen::ui
