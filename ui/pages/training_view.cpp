#include "ui/pages/training_view.h"

#include <QHBoxLayout>
#include <QLabel>
#include <QProgressBar>
#include <QPushButton>
#include <algorithm>

#include "ui/bridge/text.h"
#include "ui/canvas/curve_plot.h"
#include "ui/docks/codebook_panel.h"
#include "ui/pages/preview_list.h"
#include "ui/theme/metrics.h"

namespace smidgen::ui {

namespace {
constexpr int kProgressSteps = 1000;

QLabel* headingLabel(const QString& text) {
    auto* label = new QLabel(text.toUpper());
    setLook(*label, Look::heading);
    return label;
}
}  // namespace

TrainingView::TrainingView(const Studio& studio, const Shortcuts& shortcuts, QWidget* parent)
    : QWidget(parent), m_studio(studio) {
    m_sentence = new QLabel;
    m_sentence->setObjectName(QStringLiteral("trainingSentence"));
    m_sentence->setWordWrap(true);
    m_sentence->setTextFormat(Qt::PlainText);
    setLook(*m_sentence, Look::title);
    m_figures = new QLabel;
    setLook(*m_figures, Look::dim);
    m_warnings = new QLabel;
    m_warnings->setWordWrap(true);
    m_warnings->setTextFormat(Qt::PlainText);
    setLook(*m_warnings, Look::warn);
    m_progress = new QProgressBar;
    m_progress->setRange(0, kProgressSteps);
    m_progress->setTextVisible(false);
    m_progress->setAccessibleName(tr("Progress of the training"));
    m_pause = new QPushButton(tr("Pause"));
    shortcuts.explain(QStringLiteral("train.pause"), *m_pause);
    m_cancel = new QPushButton(tr("Stop here"));
    m_generate = new QPushButton(tr("Generate"));
    m_generate->setObjectName(QStringLiteral("generateWithModel"));
    m_generate->setToolTip(tr("Goes to the Generate page with this model, as good as it is now."));
    m_generate->setStatusTip(m_generate->toolTip());
    setLook(*m_generate, Look::primary);
    m_curve = new CurvePlot(studio.theme);
    m_curve->setAccessibleName(tr("Learning curve"));
    m_curve->setStatusTip(tr("How far off it is: thin for the sounds it learns, strong for held-out ones."));
    m_previews = new PreviewList(studio);

    auto* top = new QHBoxLayout;
    top->setSpacing(metrics::kSpaceS);
    top->addWidget(m_sentence, 1);
    top->addWidget(m_pause, 0, Qt::AlignTop);
    top->addWidget(m_cancel, 0, Qt::AlignTop);
    top->addWidget(m_generate, 0, Qt::AlignTop);
    auto* left = new QVBoxLayout;
    left->setSpacing(metrics::kSpaceXs);
    m_curveHeading = headingLabel({});
    m_codebooks = new CodebookPanel(studio.theme);
    left->addWidget(m_curveHeading);
    left->addWidget(m_curve, 1);
    left->addWidget(m_codebooks);
    m_right = new QWidget;
    auto* right = new QVBoxLayout(m_right);
    right->setContentsMargins(0, 0, 0, 0);
    right->setSpacing(metrics::kSpaceXs);
    right->addWidget(headingLabel(tr("Sounds it has never heard")));
    right->addWidget(m_previews, 1);
    auto* columns = new QHBoxLayout;
    columns->setSpacing(metrics::kSpaceL);
    columns->addLayout(left, 1);
    columns->addWidget(m_right, 1);
    auto* layout = new QVBoxLayout(this);
    layout->setContentsMargins(0, 0, 0, 0);
    layout->setSpacing(metrics::kSpaceS);
    layout->addLayout(top);
    layout->addWidget(m_progress);
    layout->addWidget(m_figures);
    layout->addWidget(m_warnings);
    layout->addLayout(columns, 1);

    connect(m_pause, &QPushButton::clicked, this, &TrainingView::pauseOrGoOn);
    connect(m_cancel, &QPushButton::clicked, this, [this] { m_studio.engine().cancel(m_job); });
    connect(m_generate, &QPushButton::clicked, this, [this] {
        if (const auto job = m_studio.engine().job(m_job)) Q_EMIT generateRequested(job->model);
    });
    connect(&studio.bridge, &EngineBridge::jobChanged, this, [this](JobId id) {
        if (id == m_job) read();
    });
    showSubject();
    read();
}

void TrainingView::showSubject() {
    const bool prior = m_subject == Subject::prior;
    m_right->setVisible(!prior);
    m_curveHeading->setText(
        (prior ? tr("How much the next code surprises it") : tr("How far off it is")).toUpper());
    m_curve->setMeasure(prior ? tr("nats per code (lower is better)")
                              : tr("mel error (log10, lower is better)"));
    m_cancel->setToolTip(prior ? tr("Ends the training; the best prior so far stays in the model.")
                               : tr("Ends the training; what it has learned so far is kept as a model."));
    m_cancel->setStatusTip(m_cancel->toolTip());
}

void TrainingView::setJob(JobId job, Subject subject) {
    if (job == m_job) return;
    m_job = job;
    m_subject = subject;
    m_codebooks->setCodebooks({});
    showSubject();
    m_previews->setPreviews({});
    m_curve->setCurve({});
    read();
}

bool TrainingView::running() const {
    const auto job = m_studio.engine().job(m_job);
    return job && !job->ended();
}

void TrainingView::pauseOrGoOn() {
    const auto job = m_studio.engine().job(m_job);
    if (!job || job->ended()) return;
    if (job->phase == JobPhase::paused)
        m_studio.engine().resumeJob(m_job);
    else
        m_studio.engine().pause(m_job);
}

void TrainingView::read() {
    const auto job = m_studio.engine().job(m_job);
    const auto training = m_studio.engine().training(m_job);
    if (!job) return;
    const bool failed = job->phase == JobPhase::failed;
    const QString sentence = toText(failed && job->error ? job->error->sentence : job->sentence);
    const bool prior = m_subject == Subject::prior;
    m_sentence->setText(prior && !job->ended() ? tr("Prior: %1").arg(sentence) : sentence);
    m_progress->setValue(static_cast<int>(job->fraction * kProgressSteps));
    m_progress->setVisible(!job->ended());
    m_pause->setVisible(!job->ended());
    m_pause->setText(job->phase == JobPhase::paused ? tr("Go on") : tr("Pause"));
    m_cancel->setVisible(!job->ended());
    const auto model = modelOf(m_studio.engine(), job->model);
    m_generate->setVisible(model && !failed && (!prior || model->prior));
    setLook(*m_generate, job->ended() ? Look::primary : Look::normal);
    m_generate->setText(job->ended() ? tr("Generate") : tr("Try it now"));
    if (!training) {
        m_figures->clear();
        m_warnings->hide();
        return;
    }
    QStringList figures;
    figures.append(
        training->totalSteps > 0
            ? tr("step %1 of %2").arg(training->step).arg(std::max(training->step, training->totalSteps))
            : tr("step %1").arg(training->step));
    if (training->stepsPerSecond > 0 && !job->ended())
        figures.append(tr("%1 steps a second").arg(numberText(training->stepsPerSecond, 1)));
    if (!training->device.empty()) figures.append(toText(training->device).toUpper());
    m_figures->setText(figures.join(QStringLiteral(" · ")));
    QStringList warnings;
    for (const std::string& warning : training->warnings) warnings.append(toText(warning));
    m_warnings->setText(warnings.join(u'\n'));
    m_warnings->setVisible(!warnings.isEmpty());
    m_curve->setCurve(training->curve);
    m_previews->setPreviews(training->previews);
    m_codebooks->setCodebooks({training->codebookSize, training->levels});
}

}  // namespace smidgen::ui
