#include "ui/window/status_line.h"

#include <QHBoxLayout>
#include <QLabel>
#include <QMenu>
#include <QProgressBar>
#include <QTimer>
#include <QToolButton>

#include "ui/bridge/text.h"
#include "ui/canvas/elided_label.h"
#include "ui/theme/metrics.h"

namespace smidgen::ui {

namespace {
constexpr int kProgressSteps = 1000;

/// Sentence and time left; the sentence of a training says the time itself.
QString jobText(const JobSnapshot& job) {
    QString text = toText(job.sentence);
    if (job.kind != JobKind::train && job.etaSeconds && *job.etaSeconds > 5)
        text += QObject::tr(" · %1 left").arg(roughDuration(*job.etaSeconds));
    return text;
}
}  // namespace

StatusLine::StatusLine(const Studio& studio, QWidget* parent) : QWidget(parent), m_studio(studio) {
    setObjectName(QStringLiteral("statusLine"));
    setAttribute(Qt::WA_StyledBackground);
    setLook(*this, Look::panel);
    setFixedHeight(28);
    m_hint = new ElidedLabel;
    setLook(*m_hint, Look::small);
    m_jobArea = new QWidget;
    m_sentence = new QToolButton;
    m_sentence->setToolButtonStyle(Qt::ToolButtonTextOnly);
    m_sentence->setStatusTip(tr("What is being done; click for all of it."));
    m_sentence->setMaximumWidth(560);
    setLook(*m_sentence, Look::quiet);
    m_progress = new QProgressBar;
    m_progress->setRange(0, kProgressSteps);
    m_progress->setTextVisible(false);
    m_progress->setFixedWidth(92);
    m_progress->setAccessibleName(tr("Progress"));
    m_cancel = new QToolButton;
    m_cancel->setIcon(studio.theme.icon(QStringLiteral("close"), Token::dim));
    m_cancel->setAccessibleName(tr("Cancel the job"));
    m_cancel->setToolTip(tr("Cancel"));
    m_cancel->setStatusTip(tr("Stops this job. A training keeps what it has learned."));
    setLook(*m_cancel, Look::quiet);
    for (QToolButton* button : {m_sentence, m_cancel})
        button->setStyleSheet(QStringLiteral("min-height: 20px; padding: 0 4px;"));
    m_xruns = new QLabel;
    setLook(*m_xruns, Look::small);
    m_xruns->setStatusTip(tr("Times the sound broke off because the computer was too busy."));

    m_controls = new QToolButton;
    m_controls->setObjectName(QStringLiteral("controls"));
    m_controls->setToolButtonStyle(Qt::ToolButtonTextOnly);
    m_controls->setStatusTip(tr("What listens to controllers; click for what moves what."));
    m_controls->setStyleSheet(m_cancel->styleSheet());
    setLook(*m_controls, Look::quiet);

    auto* jobLayout = new QHBoxLayout(m_jobArea);
    jobLayout->setContentsMargins(0, 0, 0, 0);
    jobLayout->setSpacing(metrics::kSpaceS);
    jobLayout->addWidget(m_sentence);
    jobLayout->addWidget(m_progress);
    jobLayout->addWidget(m_cancel);
    auto* layout = new QHBoxLayout(this);
    layout->setContentsMargins(metrics::kSpaceM, 0, metrics::kSpaceM, 0);
    layout->setSpacing(metrics::kSpaceL);
    layout->addWidget(m_hint, 1);
    layout->addWidget(m_jobArea);
    layout->addWidget(m_controls);
    layout->addWidget(m_xruns);

    connect(m_cancel, &QToolButton::clicked, this, [this] { m_studio.engine().cancel(m_job); });
    connect(m_sentence, &QToolButton::clicked, this, &StatusLine::openJobs);
    connect(&studio.bridge, &EngineBridge::jobChanged, this, &StatusLine::readJobs);
    connect(&studio.sound, &PlaybackBridge::deviceChanged, this, &StatusLine::showSound);
    connect(&studio.sound, &PlaybackBridge::transportChanged, this, &StatusLine::showSound);
    connect(m_controls, &QToolButton::clicked, this, &StatusLine::controlsChosen);
    connect(&studio.controls, &ControlBridge::portsChanged, this, &StatusLine::showControls);
    auto* everySecond = new QTimer(this);
    connect(everySecond, &QTimer::timeout, this, &StatusLine::showSound);
    everySecond->start(1000);
    readJobs();
    showSound();
    showControls();
    setHint({});
}

void StatusLine::setHint(const QString& hint) {
    m_hint->setFullText(hint.isEmpty()
                            ? tr("Drop sounds anywhere · drag a take out of the window to use it elsewhere")
                            : hint);
}

void StatusLine::readJobs() {
    const std::vector<JobSnapshot> jobs = m_studio.bridge.activeJobs();
    m_jobArea->setVisible(!jobs.empty());
    if (jobs.empty()) {
        m_job = 0;
        return;
    }
    const JobSnapshot& job = jobs.front();
    m_job = job.id;
    QString text = jobText(job);
    if (jobs.size() > 1) text += tr(" · %1 more").arg(jobs.size() - 1);
    if (m_sentence->text() != text) m_sentence->setText(text);
    m_progress->setValue(static_cast<int>(job.fraction * kProgressSteps));
}

void StatusLine::openJobs() {
    QMenu menu(this);
    for (const JobSnapshot& job : m_studio.bridge.activeJobs()) {
        QMenu* part = menu.addMenu(jobText(job));
        const JobId id = job.id;
        if (job.kind == JobKind::train)
            part->addAction(tr("Show"), this, [this, id] { Q_EMIT jobChosen(id); });
        part->addAction(tr("Cancel"), this, [this, id] { m_studio.engine().cancel(id); });
    }
    menu.exec(m_sentence->mapToGlobal(QPoint(0, -menu.sizeHint().height())));
}

void StatusLine::showControls() {
    QStringList listening;
    int inputs = 0;
    for (const MidiInputPort& input : m_studio.controls.inputs()) inputs += input.listening ? 1 : 0;
    if (inputs > 0) listening.append(countText(inputs, tr("MIDI input"), tr("MIDI inputs")));
    if (const auto port = m_studio.controls.desk().oscPort()) listening.append(tr("OSC %1").arg(*port));
    m_controls->setText(listening.isEmpty() ? tr("Controls") : listening.join(QStringLiteral(" · ")));
}

void StatusLine::showSound() {
    const OutputState state = m_studio.sound.playback().state();
    const QString text = state.open ? countText(state.xruns, tr("dropout"), tr("dropouts")) : QString();
    if (m_xruns->text() == text) return;
    m_xruns->setText(text);
    setLook(*m_xruns, state.xruns > 0 ? Look::warn : Look::small);
}

}  // namespace smidgen::ui
