#include "ui/pages/training_settings.h"

#include <QButtonGroup>
#include <QCheckBox>
#include <QDoubleSpinBox>
#include <QHBoxLayout>
#include <QLabel>
#include <QLineEdit>
#include <QPushButton>
#include <algorithm>

#include "ui/bridge/text.h"
#include "ui/pages/field_column.h"
#include "ui/pages/kind_fields.h"
#include "ui/pages/seed_field.h"
#include "ui/theme/metrics.h"

namespace smidgen::ui {

namespace {
constexpr int kSettleMs = 500;
}

TrainingSettings::TrainingSettings(const Studio& studio, const Shortcuts& shortcuts, QWidget* parent)
    : QWidget(parent), m_studio(studio) {
    m_kind = new KindFields(studio);
    m_name = new QLineEdit;
    m_name->setPlaceholderText(tr("as the collection"));
    m_name->setAcceptDrops(false);
    m_name->setStatusTip(tr("What the model will be called; empty: like the collection."));

    m_mode = new QButtonGroup(this);
    auto* modes = new QHBoxLayout;
    modes->setSpacing(2);
    const std::tuple<TrainingMode, QString, QString> choices[] = {
        {TrainingMode::draft, tr("Draft"), tr("A first impression within three minutes of computing.")},
        {TrainingMode::standard, tr("Standard"),
         tr("The usual choice on a computer without a graphics card.")},
        {TrainingMode::studio, tr("Studio"),
         tr("The best it can do; meant for a graphics card or a night.")}};
    for (const auto& [mode, text, hint] : choices) {
        auto* choice = new QPushButton(text);
        choice->setCheckable(true);
        choice->setToolTip(hint);
        choice->setStatusTip(hint);
        choice->setAccessibleName(tr("Mode: %1").arg(text));
        setLook(*choice, Look::toggle);
        m_mode->addButton(choice, static_cast<int>(mode));
        modes->addWidget(choice);
    }
    m_mode->button(static_cast<int>(TrainingMode::draft))->setChecked(true);

    m_minutes = new QDoubleSpinBox;
    m_minutes->setObjectName(QStringLiteral("budget"));
    m_minutes->setRange(0, 10000);
    m_minutes->setDecimals(1);
    m_minutes->setSuffix(tr(" min"));
    m_minutes->setSpecialValueText(tr("as the mode"));
    m_minutes->ensurePolished();
    m_minutes->setFixedWidth(std::max(116, m_minutes->sizeHint().width()));
    m_minutes->setStatusTip(tr("How long it may learn; zero leaves it to the mode."));
    m_seed = new SeedField;
    m_seed->setFixedWidth(92);
    m_seed->setStatusTip(tr("The same seed, sounds and settings give the same model."));
    m_plateau = new QCheckBox(tr("Stop when nothing is gained any more"));
    m_plateau->setChecked(true);
    m_plateau->setStatusTip(tr("Ends the training early when the held-out sounds no longer improve."));
    m_force = new QCheckBox(tr("Train anyway"));
    m_force->setObjectName(QStringLiteral("trainAnyway"));
    m_force->setStatusTip(tr("With fewer than five sounds a model mostly repeats what it heard."));
    m_starred = new QCheckBox(tr("With starred takes"));
    m_starred->setObjectName(QStringLiteral("starredTakes"));
    m_starred->setStatusTip(tr("Learns from the takes you starred, too, besides the collection."));

    m_estimate = new QLabel;
    m_estimate->setWordWrap(true);
    m_estimate->setObjectName(QStringLiteral("estimate"));
    setLook(*m_estimate, Look::dim);
    m_resume = new QPushButton(tr("Resume the interrupted one"));
    m_resume->setStatusTip(tr("Goes on where the last training of this collection was interrupted."));
    m_train = new QPushButton(tr("Train"));
    m_train->setObjectName(QStringLiteral("train"));
    m_train->setMinimumWidth(140);
    shortcuts.explain(QStringLiteral("train.start"), *m_train);
    setLook(*m_train, Look::modelPrimary);

    auto* fields = new QHBoxLayout;
    fields->setSpacing(metrics::kSpaceL);
    fields->addLayout(fieldColumn(tr("Model name"), m_name), 1);
    fields->addLayout(fieldColumn(tr("Mode"), modes, m_mode->buttons().front()));
    fields->addLayout(fieldColumn(tr("Budget"), m_minutes));
    fields->addLayout(fieldColumn(tr("Seed"), m_seed));
    auto* checks = new QHBoxLayout;
    checks->setSpacing(metrics::kSpaceL);
    checks->addWidget(m_plateau);
    checks->addWidget(m_starred);
    checks->addWidget(m_force);
    checks->addStretch(1);
    auto* words = new QVBoxLayout;
    words->setSpacing(metrics::kSpaceXs);
    words->addLayout(checks);
    words->addWidget(m_estimate);
    auto* bottom = new QHBoxLayout;
    bottom->setSpacing(metrics::kSpaceM);
    bottom->addLayout(words, 1);
    bottom->addWidget(m_resume, 0, Qt::AlignBottom);
    bottom->addWidget(m_train, 0, Qt::AlignBottom);
    auto* layout = new QVBoxLayout(this);
    layout->setContentsMargins(0, 0, 0, 0);
    layout->setSpacing(metrics::kSpaceS);
    layout->addWidget(m_kind);
    layout->addLayout(fields);
    layout->addLayout(bottom);

    m_settle.setSingleShot(true);
    m_settle.setInterval(kSettleMs);
    connect(&m_settle, &QTimer::timeout, this, &TrainingSettings::measure);
    connect(m_name, &QLineEdit::textEdited, this,
            [this](const QString& text) { m_nameTyped = !text.isEmpty(); });
    connect(m_kind, &KindFields::changed, this, &TrainingSettings::settingsChanged);
    connect(m_mode, &QButtonGroup::idClicked, this, &TrainingSettings::settingsChanged);
    connect(m_minutes, &QDoubleSpinBox::valueChanged, this, &TrainingSettings::settingsChanged);
    connect(m_force, &QCheckBox::toggled, this, &TrainingSettings::settingsChanged);
    connect(m_starred, &QCheckBox::toggled, this, &TrainingSettings::settingsChanged);
    connect(&studio.bridge, &EngineBridge::takesChanged, this, &TrainingSettings::showState);
    connect(m_train, &QPushButton::clicked, this, &TrainingSettings::start);
    connect(m_resume, &QPushButton::clicked, this, [this] {
        if (m_resumable) Q_EMIT trainRequested(*m_resumable);
    });
    showState();
}

TrainingRequest TrainingSettings::request() const {
    TrainingRequest request;
    if (m_collection) request.collection = m_collection->collection.id;
    request.name = m_name->text().trimmed().toStdString();
    request.mode = static_cast<TrainingMode>(m_mode->checkedId());
    if (m_minutes->value() > 0) request.minutes = m_minutes->value();
    m_kind->write(request);
    request.seed = m_seed->value();
    request.stopOnPlateau = m_plateau->isChecked();
    request.starredTakes = m_starred->isVisibleTo(this) && m_starred->isChecked();
    request.force = m_force->isVisibleTo(this) && m_force->isChecked();
    return request;
}

void TrainingSettings::start() {
    if (m_train->isEnabled()) Q_EMIT trainRequested(request());
}

TrainingSettings::~TrainingSettings() {
    m_measurement.cancel();
}

void TrainingSettings::setCollection(const std::shared_ptr<const CollectionSnapshot>& collection) {
    const bool other =
        !m_collection || !collection || m_collection->collection.id != collection->collection.id;
    m_collection = collection;
    if (other) {
        m_nameTyped = false;
        m_name->clear();
        m_force->setChecked(false);
    }
    settingsChanged();
}

void TrainingSettings::setTrainingRuns(bool runs) {
    if (m_trainingRuns == runs) return;
    m_trainingRuns = runs;
    settingsChanged();
}

void TrainingSettings::setResumable(std::optional<TrainingRequest> request) {
    m_resumable = std::move(request);
    showState();
}

void TrainingSettings::settingsChanged() {
    showState();
    if (!m_train->isEnabled()) return;
    const QString key = QStringLiteral("%1 %2 %3 %4 %5 %6 %7")
                            .arg(toText(m_collection->collection.id), m_kind->key())
                            .arg(m_mode->checkedId())
                            .arg(m_minutes->value())
                            .arg(m_starred->isChecked())
                            .arg(m_collection->totals.usable)
                            .arg(m_collection->totals.usableSeconds);
    if (key == m_measuredFor) return;
    m_measuredFor = key;
    m_estimate->setText(tr("Measuring how long it will take on this machine…"));
    m_settle.start();
}

void TrainingSettings::measure() {
    if (!m_train->isEnabled()) return;
    if (m_measuring) {
        m_measureAgain = true;
        m_measurement.cancel();
        return;
    }
    m_measuring = true;
    m_measurement = CancelToken();
    Workstation& engine = m_studio.engine();
    m_studio.bridge.run(
        this,
        [&engine, request = request(), cancel = m_measurement] {
            return engine.estimateTraining(request, cancel);
        },
        [this](const Result<TrainingEstimate>& estimate) {
            m_measuring = false;
            if (std::exchange(m_measureAgain, false))
                m_settle.start();
            else
                showEstimate(estimate);
        });
}

void TrainingSettings::showEstimate(const Result<TrainingEstimate>& estimate) {
    if (!m_train->isEnabled() || (!estimate && estimate.error().code == ErrorCode::cancelled)) return;
    m_estimate->setText(toText(estimate ? estimate->sentence : estimate.error().sentence));
    setLook(*m_estimate, estimate ? Look::dim : Look::warn);
}

void TrainingSettings::showState() {
    const int usable = m_collection ? m_collection->totals.usable : 0;
    // One sound is enough for a model that knows others.
    const bool few = m_collection && usable < kFewestFiles && !m_kind->addsToModel();
    const auto takes = m_studio.engine().takes();
    m_starred->setVisible(std::ranges::any_of(takes, [](const auto& take) { return take->starred; }));
    m_force->setVisible(few && usable > 0);
    m_resume->setVisible(m_resumable.has_value() && !m_trainingRuns);
    m_train->setEnabled(m_collection && !m_trainingRuns && usable > 0 && (!few || m_force->isChecked()));
    if (m_train->isEnabled()) return;
    m_settle.stop();
    m_measurement.cancel();
    m_measuredFor.clear();
    setLook(*m_estimate, few && !m_trainingRuns ? Look::warn : Look::dim);
    if (m_trainingRuns)
        m_estimate->setText(tr("A training is running. This one can begin when it has ended."));
    else if (!m_collection)
        m_estimate->clear();
    else if (usable == 0)
        m_estimate->setText(tr("No file of this collection can be used; the table says why for each."));
    else
        m_estimate->setText(
            tr("Only %1 can be used; training wants at least %2. Add more sounds, or train anyway.")
                .arg(countText(usable, tr("sound"), tr("sounds")))
                .arg(kFewestFiles));
}

}  // namespace smidgen::ui
