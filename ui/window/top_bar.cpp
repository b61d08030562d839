#include "ui/window/top_bar.h"

#include <QHBoxLayout>
#include <QLabel>
#include <QMenu>
#include <QPushButton>
#include <QToolButton>

#include "ui/bridge/text.h"
#include "ui/canvas/elided_label.h"
#include "ui/canvas/level_meter.h"
#include "ui/theme/metrics.h"

namespace smidgen::ui {

TopBar::TopBar(const Studio& studio, const Shortcuts& shortcuts, QWidget* parent)
    : QWidget(parent), m_studio(studio), m_shortcuts(shortcuts) {
    setObjectName(QStringLiteral("topBar"));
    setAttribute(Qt::WA_StyledBackground);
    setLook(*this, Look::panel);
    setFixedHeight(48);

    auto* menu = new QToolButton;
    menu->setIcon(studio.theme.icon(QStringLiteral("list")));
    menu->setAccessibleName(tr("Menu"));
    menu->setToolTip(tr("Menu: everything the studio can do"));
    menu->setStatusTip(tr("Everything the studio can do, with its keys."));
    menu->setPopupMode(QToolButton::InstantPopup);
    setLook(*menu, Look::quiet);
    makeMenu(*menu);
    auto* title = new QLabel(tr("Smidgen"));
    setLook(*title, Look::strong);
    auto* library = new ElidedLabel(toText(studio.engine().library().filename()));
    library->setToolTip(toText(studio.engine().library()));
    library->setMaximumWidth(140);
    setLook(*library, Look::dim);

    m_play = actionButton(QStringLiteral("transport.toggle"), QStringLiteral("play"));
    setLook(*m_play, Look::primary);
    m_play->setObjectName(QStringLiteral("play"));
    auto* start = actionButton(QStringLiteral("transport.start"), QStringLiteral("start"));
    auto* stop = actionButton(QStringLiteral("transport.stop"), QStringLiteral("stop"));
    auto* record = actionButton(QStringLiteral("transport.record"), QStringLiteral("record"));
    setLook(*record, Look::toggle);
    auto* loop = actionButton(QStringLiteral("transport.loop"), QStringLiteral("loop"));
    setLook(*loop, Look::toggle);
    m_clock = new QLabel(clockText(0));
    m_clock->setMinimumWidth(96);
    setLook(*m_clock, Look::figure);
    m_heard = new ElidedLabel;
    m_heard->setMinimumWidth(60);
    m_heard->setMaximumWidth(220);
    setLook(*m_heard, Look::dim);
    m_meter = new LevelMeter(studio.theme);
    m_meter->setStatusTip(tr("Level of left and right, and loudness over the last 400 ms."));
    m_device = new QPushButton;
    m_device->setObjectName(QStringLiteral("deviceChip"));
    m_device->setStatusTip(shortcuts.action(QStringLiteral("window.audio")).statusTip());
    setLook(*m_device, Look::chip);
    auto* undo = actionButton(QStringLiteral("edit.undo"), QStringLiteral("undo"));
    auto* redo = actionButton(QStringLiteral("edit.redo"), QStringLiteral("redo"));
    for (QToolButton* button : {undo, redo}) setLook(*button, Look::quiet);

    auto* layout = new QHBoxLayout(this);
    layout->setContentsMargins(metrics::kSpaceS, 0, metrics::kSpaceM, 0);
    layout->setSpacing(metrics::kSpaceXs);
    layout->addWidget(menu);
    layout->addWidget(title);
    layout->addSpacing(metrics::kSpaceXs);
    layout->addWidget(library);
    layout->addSpacing(metrics::kSpaceL);
    for (QToolButton* button : {start, m_play, stop, record, loop}) layout->addWidget(button);
    layout->addSpacing(metrics::kSpaceM);
    layout->addWidget(m_clock);
    layout->addWidget(m_heard, 4);
    layout->addStretch(1);
    layout->addWidget(m_meter);
    layout->addStretch(1);
    layout->addWidget(m_device);
    layout->addSpacing(metrics::kSpaceS);
    layout->addWidget(undo);
    layout->addWidget(redo);

    PlaybackBridge& sound = studio.sound;
    connect(m_device, &QPushButton::clicked, this, &TopBar::audioSettingsRequested);
    connect(&sound, &PlaybackBridge::transportChanged, this, &TopBar::showTransport);
    connect(&sound, &PlaybackBridge::loadedChanged, this, &TopBar::showTransport);
    connect(&sound, &PlaybackBridge::markedChanged, this, &TopBar::showTransport);
    connect(&sound, &PlaybackBridge::positionChanged, this, [this](double seconds) {
        if (!m_studio.recording.recording()) showTime(seconds);
    });
    connect(&sound, &PlaybackBridge::deviceChanged, this, &TopBar::showDevice);
    connect(&sound, &PlaybackBridge::metersChanged, this,
            [this](const Meters& meters) { showMeters(meters, false); });
    connect(m_meter, &LevelMeter::clipResetRequested, this, [this] {
        m_studio.sound.playback().resetClip();
        m_studio.recording.resetClip();
    });
    RecordingBridge& recording = studio.recording;
    connect(&recording, &RecordingBridge::metersChanged, this,
            [this](const Meters& meters) { showMeters(meters, true); });
    connect(&recording, &RecordingBridge::recordingChanged, this, &TopBar::showRecording);
    connect(&recording, &RecordingBridge::lengthChanged, this, &TopBar::showTime);
    connect(&studio.theme, &Theme::changed, this, &TopBar::showDevice);
    connect(&shortcuts, &Shortcuts::changed, this, &TopBar::showDevice);
    showRecording();
    showDevice();
}

QToolButton* TopBar::actionButton(const QString& id, const QString& icon) {
    QAction& action = m_shortcuts.action(id);
    action.setIcon(
        m_studio.theme.icon(icon, id == QStringLiteral("transport.toggle") ? Token::onSound : Token::text));
    auto* button = new QToolButton;
    button->setDefaultAction(&action);
    button->setToolButtonStyle(Qt::ToolButtonIconOnly);
    button->setAccessibleName(action.text());
    button->setFocusPolicy(Qt::TabFocus);
    return button;
}

void TopBar::makeMenu(QToolButton& button) {
    m_menu = new QMenu(&button);
    QString group;
    QMenu* part = nullptr;
    for (const Shortcut& shortcut : m_shortcuts.current()) {
        if (shortcut.group != group) {
            group = shortcut.group;
            part = m_menu->addMenu(group);
        }
        part->addAction(&m_shortcuts.action(shortcut.id));
    }
    button.setMenu(m_menu);
}

void TopBar::showTransport() {
    const PlaybackBridge& sound = m_studio.sound;
    QAction& play = m_shortcuts.action(QStringLiteral("transport.toggle"));
    play.setIcon(m_studio.theme.icon(sound.playing() ? QStringLiteral("pause") : QStringLiteral("play"),
                                     Token::onSound));
    const bool loaded = !sound.loaded().key.isEmpty();
    for (const char* id : {"transport.toggle", "transport.stop", "transport.start", "transport.end"})
        m_shortcuts.setAvailable(QLatin1String(id), loaded,
                                 tr("Nothing is loaded: choose a take or a sound first."));
    QString heard = sound.loaded().name;
    if (const auto& marked = sound.marked())
        heard = tr("marked %1 s").arg(numberText(marked->second - marked->first, 3));
    // What comes in is shown as long as something is recorded, what is heard otherwise.
    const bool recording = m_studio.recording.recording();
    m_heard->setFullText(recording ? tr("recording from %1").arg(m_studio.recording.inputName()) : heard);
    showTime(recording ? m_studio.recording.length() : sound.position());
}

void TopBar::showRecording() {
    const bool recording = m_studio.recording.recording();
    m_shortcuts.action(QStringLiteral("transport.record"))
        .setIcon(m_studio.theme.icon(QStringLiteral("record"), recording ? Token::bad : Token::text));
    setLook(*m_heard, recording ? Look::bad : Look::dim);
    m_clock->setAccessibleName(recording ? tr("Recorded so far") : tr("Playhead"));
    m_meter->setAccessibleName(recording ? tr("Input level") : tr("Output level"));
    showTransport();
}

void TopBar::showMeters(const Meters& meters, bool ofInput) {
    if (ofInput || !m_studio.recording.recording()) m_meter->setMeters(meters);
}

void TopBar::showTime(double seconds) {
    const QString text = clockText(seconds);
    if (m_clock->text() != text) m_clock->setText(text);
}

void TopBar::showDevice() {
    const OutputState state = m_studio.sound.playback().state();
    m_device->setIcon(m_studio.theme.icon(state.open ? QStringLiteral("speaker") : QStringLiteral("warning"),
                                          state.open ? Token::model : Token::warn));
    const QString text = state.open ? tr("%1 · %2 · %3 · %4 ms")
                                          .arg(toText(state.device.type), rateText(state.rate))
                                          .arg(state.bufferSize)
                                          .arg(numberText(state.latencyMs, 1))
                                    : tr("No audio device");
    m_device->setText(text);
    m_device->setAccessibleName(tr("Audio settings: %1").arg(text));
    m_device->setToolTip(state.open || state.problem.empty()
                             ? m_shortcuts.toolTip(QStringLiteral("window.audio"))
                             : toText(state.problem));
}

}  // namespace smidgen::ui
