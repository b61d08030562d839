#include "ui/pages/sound_view.h"

#include <QHBoxLayout>
#include <QSettings>
#include <QToolButton>

#include "ui/bridge/text.h"
#include "ui/canvas/elided_label.h"
#include "ui/theme/metrics.h"

namespace smidgen::ui {

SoundView::SoundView(const Studio& studio, const Shortcuts& shortcuts, QWidget* parent)
    : QWidget(parent), m_studio(studio) {
    m_timeline = new TimelineView(studio.theme);
    m_timeline->setAccessibleName(tr("Timeline"));
    m_timeline->setEmptyText(tr("The sound you choose is shown here."));
    m_timeline->setStatusTip(
        tr("Click sets the playhead, drag marks a part, the wheel zooms, drag on the ruler sets the loop."));
    auto* layout = new QVBoxLayout(this);
    layout->setContentsMargins(0, 0, 0, 0);
    layout->setSpacing(metrics::kSpaceXs);
    layout->addWidget(makeBar(shortcuts));
    layout->addWidget(m_timeline, 1);

    PlaybackBridge& sound = studio.sound;
    connect(&sound, &PlaybackBridge::loadedChanged, this, &SoundView::showLoaded);
    connect(&sound, &PlaybackBridge::markedChanged, this, &SoundView::showMarks);
    connect(&sound, &PlaybackBridge::loopingChanged, this, &SoundView::showMarks);
    connect(&sound, &PlaybackBridge::positionChanged, this,
            [this](double seconds) { m_timeline->setPlayhead(seconds); });
    connect(m_timeline, &TimelineView::seekRequested, &sound, &PlaybackBridge::seek);
    connect(m_timeline, &TimelineView::selectionChanged, this, &SoundView::marksMoved);
    connect(m_timeline, &TimelineView::loopChanged, this, [this] {
        if (m_showing) return;
        const auto loop = m_timeline->loop();
        if (loop) m_studio.sound.setMarked(std::pair(loop->start, loop->end));
        m_studio.sound.setLooping(loop.has_value());
    });
    const std::pair<QString, void (TimelineView::*)()> actions[] = {
        {QStringLiteral("view.zoomIn"), &TimelineView::zoomIn},
        {QStringLiteral("view.zoomOut"), &TimelineView::zoomOut},
        {QStringLiteral("view.fit"), &TimelineView::fit},
        {QStringLiteral("view.fitMarked"), &TimelineView::fitSelection}};
    for (const auto& [id, slot] : actions)
        connect(&shortcuts.action(id), &QAction::triggered, m_timeline, slot);
    showLoaded();
}

QWidget* SoundView::makeBar(const Shortcuts& shortcuts) {
    auto* bar = new QWidget;
    auto* layout = new QHBoxLayout(bar);
    layout->setContentsMargins(0, 0, 0, 0);
    layout->setSpacing(2);
    m_name = new ElidedLabel;
    setLook(*m_name, Look::strong);
    layout->addWidget(m_name, 1);
    QAction& keepAction = shortcuts.action(QStringLiteral("generate.keep"));
    auto* keep = new QToolButton;
    keep->setDefaultAction(&keepAction);
    keep->setObjectName(QStringLiteral("keepHeard"));
    keep->setToolButtonStyle(Qt::ToolButtonTextOnly);
    keep->setAccessibleName(keepAction.text());
    keep->setVisible(keepAction.isEnabled());
    setLook(*keep, Look::chip);
    connect(&keepAction, &QAction::changed, keep,
            [keep, &keepAction] { keep->setVisible(keepAction.isEnabled()); });
    layout->addWidget(keep);
    const auto add = [&](const QString& id, const QString& icon) {
        QAction& action = shortcuts.action(id);
        action.setIcon(m_studio.theme.icon(icon));
        auto* button = new QToolButton;
        button->setDefaultAction(&action);
        button->setToolButtonStyle(Qt::ToolButtonIconOnly);
        button->setAccessibleName(action.text());
        button->setFocusPolicy(Qt::TabFocus);
        setLook(*button, Look::quiet);
        layout->addWidget(button);
    };
    add(QStringLiteral("view.zoomOut"), QStringLiteral("zoom-out"));
    add(QStringLiteral("view.zoomIn"), QStringLiteral("zoom-in"));
    add(QStringLiteral("view.fit"), QStringLiteral("fit"));
    auto* spectrum = new QToolButton;
    spectrum->setText(tr("Spectrum"));
    spectrum->setCheckable(true);
    spectrum->setChecked(m_studio.settings.value(QStringLiteral("view/spectrogram"), true).toBool());
    spectrum->setAccessibleName(tr("Show the spectrogram"));
    spectrum->setToolTip(tr("Show the spectrogram"));
    spectrum->setStatusTip(tr("Which frequencies sound when, below the waveform."));
    setLook(*spectrum, Look::toggle);
    m_timeline->setSpectrogramVisible(spectrum->isChecked());
    connect(spectrum, &QToolButton::toggled, this, [this](bool on) {
        m_timeline->setSpectrogramVisible(on);
        m_studio.settings.setValue(QStringLiteral("view/spectrogram"), on);
    });
    layout->addWidget(spectrum);
    return bar;
}

void SoundView::showLoaded() {
    const Listening& loaded = m_studio.sound.loaded();
    if (const auto& samples = m_studio.sound.samples()) {
        // Another version of what is shown: the same view of it.
        m_shown = loaded.key;
        m_name->setFullText(loaded.name);
        m_timeline->exchangeSound(std::make_shared<SoundInspector>(samples));
        return;
    }
    if (m_shown == loaded.key) {
        m_name->setFullText(loaded.name);
        return;
    }
    m_shown = loaded.key;
    m_name->setFullText(loaded.name);
    m_timeline->setSound(loaded.file.empty() ? nullptr : std::make_shared<SoundInspector>(loaded.file));
    if (!loaded.file.empty()) m_timeline->setPlayhead(m_studio.sound.position());
}

void SoundView::showMarks() {
    m_showing = true;
    const auto& marked = m_studio.sound.marked();
    const bool looping = m_studio.sound.looping();
    if (looping && marked)
        m_timeline->setLoop(TimeRange{marked->first, marked->second});
    else if (looping && m_studio.sound.length() > 0)
        m_timeline->setLoop(TimeRange{0, m_studio.sound.length()});
    else
        m_timeline->setLoop(std::nullopt);
    m_showing = false;
}

void SoundView::marksMoved() {
    const auto selection = m_timeline->selection();
    m_studio.sound.setMarked(selection ? PlaybackBridge::Range(std::pair(selection->start, selection->end))
                                       : PlaybackBridge::Range());
}

}  // namespace smidgen::ui
