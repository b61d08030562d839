#include "ui/pages/prior_panel.h"

#include <QCheckBox>
#include <QDoubleSpinBox>
#include <QHBoxLayout>
#include <QLabel>
#include <QPushButton>
#include <QVBoxLayout>

#include "ui/bridge/text.h"
#include "ui/theme/metrics.h"

namespace smidgen::ui {

PriorPanel::PriorPanel(const Studio& studio, QWidget* parent) : QWidget(parent), m_studio(studio) {
    setObjectName(QStringLiteral("priorPanel"));
    setLook(*this, Look::card);
    m_title = new QLabel;
    m_title->setTextFormat(Qt::PlainText);
    setLook(*m_title, Look::strong);
    m_sentence = new QLabel;
    m_sentence->setObjectName(QStringLiteral("priorSentence"));
    m_sentence->setWordWrap(true);
    m_sentence->setTextFormat(Qt::PlainText);
    setLook(*m_sentence, Look::small);
    m_remark = new QLabel;
    m_remark->setWordWrap(true);
    m_remark->setTextFormat(Qt::PlainText);
    setLook(*m_remark, Look::warn);
    m_minutes = new QDoubleSpinBox;
    m_minutes->setObjectName(QStringLiteral("priorBudget"));
    m_minutes->setRange(0.01, 10000);
    m_minutes->setDecimals(2);
    m_minutes->setValue(priorMinutes(TrainingMode::standard));
    m_minutes->setSuffix(tr(" min"));
    m_minutes->setFixedWidth(104);
    m_minutes->setAccessibleName(tr("Budget of the prior"));
    m_minutes->setToolTip(tr("How long the prior may learn, at most"));
    m_minutes->setStatusTip(
        tr("The most time it takes; it stops by itself when unheard sounds are no longer foreseen better."));
    m_large = new QCheckBox(tr("Large"));
    m_large->setObjectName(QStringLiteral("largePrior"));
    m_large->setToolTip(tr("6 layers of 256 instead of 4 of 128: for a graphics card or a night"));
    m_large->setStatusTip(
        tr("A larger prior takes several times as long to learn and to compose; it pays with much sound."));
    m_train = new QPushButton;
    m_train->setObjectName(QStringLiteral("trainPrior"));
    m_train->setStatusTip(
        tr("Teaches the model how its codes follow one another. The result lies in the model's own file."));

    auto* words = new QVBoxLayout;
    words->setSpacing(2);
    words->addWidget(m_title);
    words->addWidget(m_sentence);
    words->addWidget(m_remark);
    auto* layout = new QHBoxLayout(this);
    layout->setContentsMargins(metrics::kSpaceM, metrics::kSpaceS, metrics::kSpaceM, metrics::kSpaceS);
    layout->setSpacing(metrics::kSpaceM);
    layout->addLayout(words, 1);
    layout->addWidget(m_large);
    layout->addWidget(m_minutes);
    layout->addWidget(m_train);

    connect(m_train, &QPushButton::clicked, this, [this] { Q_EMIT trainRequested(request()); });
    connect(m_large, &QCheckBox::toggled, this, [this](bool large) {
        m_minutes->setValue(priorMinutes(large ? TrainingMode::studio : TrainingMode::standard));
    });
    connect(m_minutes, &QDoubleSpinBox::valueChanged, this, &PriorPanel::read);
    connect(&studio.selection, &Selection::modelChanged, this, &PriorPanel::read);
    connect(&studio.selection, &Selection::collectionChanged, this, &PriorPanel::read);
    connect(&studio.bridge, &EngineBridge::modelsChanged, this, &PriorPanel::read);
    connect(&studio.bridge, &EngineBridge::collectionsChanged, this, &PriorPanel::read);
    read();
}

void PriorPanel::setTrainingRuns(bool runs) {
    if (m_trainingRuns == runs) return;
    m_trainingRuns = runs;
    read();
}

std::shared_ptr<const CollectionSnapshot> PriorPanel::soundsFor(const ModelSnapshot& model) const {
    for (const auto& each : m_studio.engine().collections())
        if (each->collection.name == model.collectionName) return each;
    return m_studio.engine().collection(m_studio.selection.collection());
}

PriorTrainingRequest PriorPanel::request() const {
    PriorTrainingRequest request;
    request.model = m_studio.selection.model();
    request.minutes = m_minutes->value();
    if (m_large->isChecked()) request.mode = TrainingMode::studio;
    const auto model = modelOf(m_studio.engine(), request.model);
    if (model && !model->remembersSounds)
        if (const auto sounds = soundsFor(*model)) request.collection = sounds->collection.id;
    return request;
}

void PriorPanel::read() {
    const auto model = modelOf(m_studio.engine(), m_studio.selection.model());
    const bool codes = model && model->kind == "rvq";
    setVisible(codes && !m_trainingRuns);
    if (!codes) return;
    const auto sounds = soundsFor(*model);
    m_train->setEnabled(sounds != nullptr || model->remembersSounds);
    m_remark->setText(model->prior ? toText(model->prior->remark) : QString());
    m_remark->setVisible(!m_remark->text().isEmpty());
    m_train->setText(model->prior ? tr("Train it anew") : tr("Train the prior"));
    setLook(*m_train, model->prior ? Look::normal : Look::modelPrimary);
    if (model->prior)
        showWith(*model);
    else
        showWithout(*model, sounds.get());
}

void PriorPanel::showWithout(const ModelSnapshot& model, const CollectionSnapshot* sounds) {
    m_title->setText(tr("“%1” has no prior yet").arg(toText(model.name)));
    if (model.remembersSounds) {
        m_sentence->setText(tr("A prior lets it compose and continue sounds. It learns from the %1 that the "
                               "model was trained on, at most %2.")
                                .arg(countText(model.sounds, tr("sound"), tr("sounds")),
                                     roughDuration(60 * m_minutes->value())));
        return;
    }
    if (sounds == nullptr) {
        m_sentence->setText(
            tr("A prior lets it compose and continue sounds. Add the sounds it was trained on, "
               "“%1”, to the library first.")
                .arg(toText(model.collectionName)));
        return;
    }
    m_sentence->setText(tr("A prior lets it compose and continue sounds. It learns from “%1”, at most %2.")
                            .arg(toText(sounds->collection.name), roughDuration(60 * m_minutes->value())));
}

void PriorPanel::showWith(const ModelSnapshot& model) {
    const PriorCard& prior = *model.prior;
    m_title->setText(tr("“%1” has a prior").arg(toText(model.name)));
    const QString learned =
        tr("%1, %2").arg(countText(static_cast<int>(prior.steps), tr("step"), tr("steps")),
                         countText(prior.sounds, tr("sound"), tr("sounds")));
    m_sentence->setText(prior.heldOutNats > 0
                            ? tr("Unheard sounds surprise it by %1 nats a code (less is better) · %2")
                                  .arg(numberText(prior.heldOutNats, 2), learned)
                            : tr("No sound was held out to measure it by · %1").arg(learned));
}

}  // namespace smidgen::ui
