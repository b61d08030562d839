#include "ui/pages/generate_page.h"

#include <QPushButton>
#include <QStackedWidget>
#include <QToolButton>
#include <QVBoxLayout>
#include <algorithm>

#include "engine/workstation/code_takes.h"
#include "engine/workstation/cube_takes.h"
#include "ui/bridge/text.h"
#include "ui/docks/take_strip.h"
#include "ui/pages/empty_state.h"
#include "ui/pages/live_steering.h"
#include "ui/pages/morph_panel.h"
#include "ui/pages/recipe_form.h"
#include "ui/pages/shape_panel.h"
#include "ui/pages/sound_view.h"
#include "ui/theme/metrics.h"

namespace smidgen::ui {

namespace {
constexpr int kCardsHeight = 106;
/// Below, there is room for one of results and timeline: for the results when they are sorted by novelty,
/// which the takes tray does not tell.
constexpr int kHeightForResults = 560;
constexpr int kLeastTimeline = 60;
/// Below, the sliders need the height.
constexpr int kHeightForSound = 380;
}  // namespace

GeneratePage::GeneratePage(const Studio& studio, const Shortcuts& shortcuts, QWidget* parent)
    : QWidget(parent), m_studio(studio) {
    setObjectName(QStringLiteral("generatePage"));
    auto* empty = new EmptyState(studio.theme, QStringLiteral("model"), tr("No model yet"),
                                 tr("A model makes new sounds after it has learned from yours. A draft takes "
                                    "a few minutes, and can be "
                                    "tried while it is still learning."));
    QPushButton* train = empty->addButton(tr("Go to Train"), tr("Opens the page where models are made."));
    connect(train, &QPushButton::clicked, this, &GeneratePage::trainRequested);

    auto* work = new QWidget;
    m_form = new RecipeForm(studio, shortcuts);
    m_results = new TakeStrip(studio);
    m_results->setFixedHeight(kCardsHeight);
    m_sound = new SoundView(studio, shortcuts);
    m_sound->timeline().setMinimumHeight(kLeastTimeline);
    auto* workLayout = new QVBoxLayout(work);
    workLayout->setContentsMargins(0, 0, 0, 0);
    workLayout->setSpacing(metrics::kSpaceS);
    m_morph = new MorphPanel(studio);
    m_morph->hide();
    connect(m_morph, &MorphPanel::closed, this, [this] { showMorph(false); });
    m_toMorph = new QToolButton;
    m_toMorph->setObjectName(QStringLiteral("showMorph"));
    m_toMorph->setText(tr("Morph"));
    shortcuts.explain(QStringLiteral("generate.morph"), *m_toMorph);
    setLook(*m_toMorph, Look::quiet);
    connect(m_toMorph, &QToolButton::clicked, this, [this] { showMorph(true); });
    m_form->shape().addToHead(m_toMorph);
    workLayout->addWidget(m_form);
    workLayout->addWidget(m_morph, 3);
    workLayout->addWidget(m_results);
    workLayout->addWidget(m_sound, 1);

    m_live = new LiveSteering(studio, m_form->shape(), m_form->explore(), this);
    const QString keepId = QStringLiteral("generate.keep");
    const auto showKeep = [this, &shortcuts, keepId] {
        shortcuts.setAvailable(
            keepId, m_live->canKeep(),
            tr("The sliders have changed nothing: move one while a take plays, with Live on."));
    };
    m_states = new QStackedWidget;
    m_states->addWidget(empty);
    m_states->addWidget(work);
    auto* layout = new QVBoxLayout(this);
    layout->setContentsMargins(metrics::kSpaceL, metrics::kSpaceS, metrics::kSpaceL, metrics::kSpaceS);
    layout->addWidget(m_states);

    connect(m_form, &RecipeForm::generateRequested, this, &GeneratePage::generate);
    connect(m_results, &TakeStrip::recipeRequested, this, &GeneratePage::useRecipe);
    connect(&studio.bridge, &EngineBridge::modelsChanged, this, &GeneratePage::readModels);
    connect(&studio.bridge, &EngineBridge::jobChanged, this, &GeneratePage::readJob);
    connect(&studio.bridge, &EngineBridge::takesChanged, this, &GeneratePage::readResults);
    connect(&studio.selection, &Selection::takeChanged, this, [this] {
        const auto take = m_studio.engine().take(m_studio.selection.take());
        if (take && !m_studio.sound.playing()) m_studio.sound.load(listeningTo(*take));
        showOutcomes();
    });
    connect(&shortcuts.action(keepId), &QAction::triggered, this, &GeneratePage::keepHeard);
    connect(m_live, &LiveSteering::changed, this, [this, showKeep] {
        showKeep();
        if (!m_live->canKeep()) showOutcomes();
    });
    showKeep();
    readModels();
    readResults();
}

void GeneratePage::readModels() {
    m_states->setCurrentIndex(m_studio.engine().models().empty() && !morphShown() ? 0 : 1);
}

void GeneratePage::generate(int count) {
    GenerateRequest request;
    request.recipe = m_form->recipe();
    request.count = count;
    if (request.recipe.modelId.empty()) {
        m_studio.notices.tell({Tone::warn, tr("There is no model yet: train one first."), {}, {}});
        return;
    }
    if (start(request)) m_form->moveOn(count);
}

void GeneratePage::keepHeard() {
    if (const auto& heard = m_live->heard()) start({*heard, 1});
}

bool GeneratePage::start(const GenerateRequest& request) {
    const Result<JobId> job = m_studio.engine().generate(request);
    if (!job) {
        m_studio.notices.fail(job.error());
        return false;
    }
    m_running.push_back({*job, request.count});
    m_recent.clear();
    readJob(*job);
    return true;
}

/// What became of the sliders in the chosen take.
void GeneratePage::showOutcomes() {
    const auto take = m_studio.engine().take(m_studio.selection.take());
    m_form->shape().setOutcomes(take ? take->sliders : std::vector<SliderOutcome>());
}

void GeneratePage::readJob(JobId id) {
    const auto found =
        std::find_if(m_running.begin(), m_running.end(), [&](const Running& each) { return each.job == id; });
    if (found == m_running.end()) return;
    const auto job = m_studio.engine().job(id);
    if (!job) return;
    const bool newest = id == m_running.back().job;
    if (newest && m_recent != job->takes) {
        const bool first = m_recent.empty();
        m_recent = job->takes;
        readResults();
        if (first && !m_recent.empty()) m_studio.selection.setTake(m_recent.front());
    }
    if (job->ended()) {
        if (job->phase == JobPhase::failed && job->error) m_studio.notices.fail(*job->error);
        m_running.erase(found);
    }
    int owed = 0;
    for (const Running& each : m_running)
        if (const auto running = m_studio.engine().job(each.job))
            owed += each.count - static_cast<int>(running->takes.size());
    m_results->setPending(owed, job->ended() ? 0 : job->fraction);
    Q_EMIT owedChanged(owed, job->ended() ? 0 : job->fraction);
    showResults();
}

bool GeneratePage::morphShown() const {
    return !m_morph->isHidden();
}

void GeneratePage::showMorph(bool on) {
    // The keyboard goes along, and back to where it came from.
    const QWidget* focus = window()->focusWidget();
    const bool back = !on && focus != nullptr && m_morph->isAncestorOf(focus);
    // Cubes of sounds need no model.
    m_morph->setVisible(on);
    m_form->setVisible(!on);
    readModels();
    showResults();
    if (on) m_morph->focusPad();
    if (back && m_toMorph->isVisibleTo(this)) m_toMorph->setFocus(Qt::ShortcutFocusReason);
}

void GeneratePage::readResults() {
    TakeStrip::Takes takes;
    for (const TakeId& id : m_recent)
        if (const auto take = m_studio.engine().take(id); take && !take->trashed) takes.push_back(take);
    m_results->setTakes(std::move(takes));
    showResults();
}

void GeneratePage::showResults() {
    // A single take lies in the tray and under the playhead; several are compared here, in their own order.
    const std::size_t coming = m_running.empty() ? 0 : static_cast<std::size_t>(m_running.back().count);
    const bool several = std::max(m_recent.size(), coming) > 1;
    const bool sorted = several && m_form->recipe().prior && m_recent.size() > 1;
    const bool morphs = morphShown();
    const bool forBoth = !morphs && height() >= kHeightForResults;
    m_results->setVisible(!morphs && several && (forBoth || sorted));
    m_sound->setVisible(forBoth || (!sorted && height() >= (morphs ? kHeightForResults : kHeightForSound)));
}

void GeneratePage::resizeEvent(QResizeEvent* event) {
    QWidget::resizeEvent(event);
    showResults();
}

void GeneratePage::useRecipe(const TakeId& id) {
    const auto take = m_studio.engine().take(id);
    if (!take) return;
    if (const auto place = cubeOf(take->recipe)) {
        showMorph(true);
        if (!m_morph->showPlace(*place))
            m_studio.notices.tell({Tone::warn,
                                   tr("The cube “%1” that “%2” was made of is not in the library any more. "
                                      "The take itself is kept and can be rebuilt.")
                                       .arg(toText(take->recipe.modelName), toText(take->name)),
                                   {},
                                   {}});
        return;
    }
    // Edited codes say all of it themselves.
    if (codesOf(take->recipe)) return Q_EMIT m_results->editRequested(id);
    m_form->setRecipe(take->recipe);
}

}  // namespace smidgen::ui
