#include "ui/pages/train_page.h"

#include <QButtonGroup>
#include <QFrame>
#include <QHBoxLayout>
#include <QLabel>
#include <QProgressBar>
#include <QPushButton>
#include <QStackedWidget>
#include <QToolButton>

#include "ui/bridge/text.h"
#include "ui/pages/demo_collection.h"
#include "ui/pages/empty_state.h"
#include "ui/pages/preflight_panel.h"
#include "ui/pages/prior_panel.h"
#include "ui/pages/training_settings.h"
#include "ui/pages/training_view.h"
#include "ui/theme/metrics.h"

namespace smidgen::ui {

TrainPage::TrainPage(const Studio& studio, const Shortcuts& shortcuts, QWidget* parent)
    : QWidget(parent), m_studio(studio) {
    setObjectName(QStringLiteral("trainPage"));
    m_switch = new QWidget;
    auto* switchLayout = new QHBoxLayout(m_switch);
    switchLayout->setContentsMargins(0, 0, 0, 0);
    switchLayout->setSpacing(2);
    auto* group = new QButtonGroup(this);
    m_toSounds = new QToolButton;
    m_toSounds->setText(tr("Sounds"));
    m_toSounds->setStatusTip(tr("What is trained on: every file with its verdict."));
    m_toTraining = new QToolButton;
    m_toTraining->setText(tr("Learning"));
    m_toTraining->setStatusTip(tr("The training that runs, or the last one: curve and previews."));
    for (QToolButton* button : {m_toSounds, m_toTraining}) {
        button->setCheckable(true);
        button->setAccessibleName(button->text());
        setLook(*button, Look::toggle);
        group->addButton(button);
        switchLayout->addWidget(button);
    }
    switchLayout->addStretch(1);

    m_training = new TrainingView(studio, shortcuts);
    m_prior = new PriorPanel(studio);
    m_priorPlace = new QWidget;
    auto* priorLayout = new QVBoxLayout(m_priorPlace);
    priorLayout->setContentsMargins(0, 0, 0, 0);
    priorLayout->addWidget(m_prior);
    m_states = new QStackedWidget;
    m_states->addWidget(makeEmptyState(shortcuts));
    m_states->addWidget(makeScanning());
    m_states->addWidget(makeSounds(shortcuts));
    m_states->addWidget(m_training);
    auto* layout = new QVBoxLayout(this);
    layout->setContentsMargins(metrics::kSpaceL, metrics::kSpaceM, metrics::kSpaceL, metrics::kSpaceM);
    layout->setSpacing(metrics::kSpaceS);
    layout->addWidget(m_switch);
    layout->addWidget(m_states, 1);
    layout->addWidget(m_priorPlace);

    connect(m_prior, &PriorPanel::trainRequested, this, &TrainPage::beginPrior);
    connect(m_toSounds, &QToolButton::clicked, this, &TrainPage::showSounds);
    connect(m_toTraining, &QToolButton::clicked, this, &TrainPage::showTraining);
    connect(m_training, &TrainingView::generateRequested, this, &TrainPage::generateRequested);
    connect(m_settings, &TrainingSettings::trainRequested, this, &TrainPage::begin);
    connect(&studio.selection, &Selection::collectionChanged, this, &TrainPage::readCollection);
    connect(&studio.bridge, &EngineBridge::collectionsChanged, this, &TrainPage::readCollection);
    connect(&studio.bridge, &EngineBridge::jobChanged, this, &TrainPage::readJobs);
    readCollection();
    readJobs();
}

QWidget* TrainPage::makeEmptyState(const Shortcuts& shortcuts) {
    auto* empty = new EmptyState(m_studio.theme, QStringLiteral("import"), tr("Drop your sounds here"),
                                 tr("Five to five hundred recordings of anything: WAV, AIFF, FLAC, Ogg, Opus "
                                    "or MP3. They stay where they "
                                    "are. Smidgen learns from them and makes new sounds in their spirit."));
    QPushButton* folders = empty->addButton(
        tr("Add a folder…"), shortcuts.action(QStringLiteral("library.addFolder")).statusTip());
    QPushButton* files = empty->addButton(tr("Add sound files…"),
                                          shortcuts.action(QStringLiteral("library.addFiles")).statusTip());
    connect(folders, &QPushButton::clicked, this, &TrainPage::addFolderRequested);
    connect(files, &QPushButton::clicked, this, &TrainPage::addFilesRequested);
    if (const auto folder = demoCollection()) {
        QPushButton* use = empty->addButton(tr("Use the demo collection"),
                                            tr("Drums, bells, pads and noises that came with this system."));
        connect(use, &QPushButton::clicked, this, [this, demo = *folder] { Q_EMIT importRequested(demo); });
    }
    return empty;
}

QWidget* TrainPage::makeScanning() {
    auto* scan = new QWidget;
    m_scanSentence = new QLabel;
    m_scanSentence->setAlignment(Qt::AlignCenter);
    setLook(*m_scanSentence, Look::title);
    m_scanProgress = new QProgressBar;
    m_scanProgress->setRange(0, 1000);
    m_scanProgress->setTextVisible(false);
    m_scanProgress->setAccessibleName(tr("Progress of reading the sounds"));
    m_scanProgress->setFixedWidth(360);
    auto* cancel = new QPushButton(tr("Cancel"));
    cancel->setStatusTip(tr("Stops reading; the library stays as it was."));
    connect(cancel, &QPushButton::clicked, this, [this] { m_studio.engine().cancel(m_import); });
    auto* layout = new QVBoxLayout(scan);
    layout->setSpacing(metrics::kSpaceM);
    layout->addStretch(1);
    layout->addWidget(m_scanSentence);
    layout->addWidget(m_scanProgress, 0, Qt::AlignHCenter);
    layout->addWidget(cancel, 0, Qt::AlignHCenter);
    layout->addStretch(1);
    return scan;
}

QWidget* TrainPage::makeSounds(const Shortcuts& shortcuts) {
    auto* page = new QWidget;
    m_preflight = new PreflightPanel(m_studio);
    m_settings = new TrainingSettings(m_studio, shortcuts);
    auto* line = new QFrame;
    line->setFixedHeight(1);
    setLook(*line, Look::hairline);
    auto* layout = new QVBoxLayout(page);
    layout->setContentsMargins(0, 0, 0, 0);
    layout->setSpacing(metrics::kSpaceM);
    layout->addWidget(m_preflight, 1);
    layout->addWidget(line);
    layout->addWidget(m_settings);
    return page;
}

void TrainPage::setState(State state) {
    m_states->setCurrentIndex(state);
    m_switch->setVisible(m_training->job() != 0 && (state == sounds || state == learning));
    m_priorPlace->setVisible(state == sounds || state == learning);
    m_toSounds->setChecked(state == sounds);
    m_toTraining->setChecked(state == learning);
}

void TrainPage::showSounds() {
    setState(m_studio.engine().collection(m_studio.selection.collection()) ? sounds : nothingYet);
}

void TrainPage::showTraining() {
    if (m_training->job() != 0) setState(learning);
}

void TrainPage::showImport(JobId job) {
    m_import = job;
    setState(scanning);
    readJobs();
}

void TrainPage::readCollection() {
    const auto collection = m_studio.engine().collection(m_studio.selection.collection());
    m_preflight->setCollection(collection);
    m_settings->setCollection(collection);
    std::optional<TrainingRequest> resumable;
    if (collection && !m_training->running())
        for (const TrainingRequest& request : m_studio.engine().resumableTrainings())
            if (request.collection == collection->collection.id) resumable = request;
    if (resumable) resumable->resume = true;
    m_settings->setResumable(resumable);
    const int state = m_states->currentIndex();
    if (state == nothingYet || state == sounds) showSounds();
}

void TrainPage::readJobs() {
    m_settings->setTrainingRuns(m_training->running());
    m_prior->setTrainingRuns(m_training->running());
    if (m_import == 0) return;
    const auto job = m_studio.engine().job(m_import);
    if (!job || job->ended()) {
        m_import = 0;
        if (job && job->phase == JobPhase::failed && job->error) m_studio.notices.fail(*job->error);
        if (m_states->currentIndex() == scanning) showSounds();
        return;
    }
    m_scanSentence->setText(toText(job->sentence));
    m_scanProgress->setValue(static_cast<int>(job->fraction * 1000));
}

void TrainPage::startTraining() {
    if (m_states->currentIndex() == sounds) m_settings->start();
}

void TrainPage::resume(const TrainingRequest& request) {
    TrainingRequest again = request;
    again.resume = true;
    begin(again);
}

void TrainPage::begin(const TrainingRequest& request) {
    const Result<JobId> job = m_studio.engine().startTraining(request);
    if (!job) {
        m_studio.notices.fail(job.error());
        return;
    }
    m_training->setJob(*job);
    showBegun();
}

void TrainPage::beginPrior(const PriorTrainingRequest& request) {
    const Result<JobId> job = m_studio.engine().trainPrior(request);
    if (!job) {
        m_studio.notices.fail(job.error());
        return;
    }
    m_training->setJob(*job, TrainingView::Subject::prior);
    showBegun();
}

void TrainPage::showBegun() {
    readCollection();
    readJobs();
    showTraining();
    m_toTraining->setFocus();
}

}  // namespace smidgen::ui
