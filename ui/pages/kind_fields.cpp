#include "ui/pages/kind_fields.h"

#include <QButtonGroup>
#include <QCheckBox>
#include <QComboBox>
#include <QDoubleSpinBox>
#include <QHBoxLayout>
#include <QLabel>
#include <QPushButton>
#include <QSpinBox>
#include <QToolButton>
#include <QVBoxLayout>

#include "ui/bridge/text.h"
#include "ui/pages/field_column.h"
#include "ui/theme/metrics.h"

namespace smidgen::ui {

namespace {

const QString kShipped = QStringLiteral("shipped");
const QString kNothing = QStringLiteral("nothing");
constexpr double kUsualCommitment = 0.25;
constexpr int kUsualLevels = 6;

const char* kindName(ModelKind kind) {
    return kind == ModelKind::rvq ? "rvq" : "vae";
}

}  // namespace

KindFields::KindFields(const Studio& studio, QWidget* parent) : QWidget(parent), m_studio(studio) {
    m_kind = new QButtonGroup(this);
    auto* kinds = new QHBoxLayout;
    kinds->setSpacing(2);
    const std::tuple<ModelKind, QString, QString, QString> choices[] = {
        {ModelKind::vae, QStringLiteral("kindVae"), tr("Continuous (VAE)"),
         tr("Blends and drifts between your sounds; closest to how they sound.")},
        {ModelKind::rvq, QStringLiteral("kindRvq"), tr("Codes (RVQ)"),
         tr("Writes sounds as codes; a prior can then learn to compose and continue them.")}};
    for (const auto& [kind, name, text, hint] : choices) {
        auto* choice = new QPushButton(text);
        choice->setObjectName(name);
        choice->setCheckable(true);
        choice->setToolTip(hint);
        choice->setStatusTip(hint);
        choice->setAccessibleName(tr("Kind: %1").arg(text));
        setLook(*choice, Look::toggle);
        m_kind->addButton(choice, static_cast<int>(kind));
        kinds->addWidget(choice);
    }
    m_kind->button(static_cast<int>(ModelKind::vae))->setChecked(true);
    m_base = new QComboBox;
    m_base->setObjectName(QStringLiteral("base"));
    m_base->setMinimumWidth(120);
    m_base->setSizeAdjustPolicy(QComboBox::AdjustToMinimumContentsLengthWithIcon);
    m_base->setStatusTip(tr(
        "What the model knows before it hears your sounds: much about sound in general, nothing at all, or "
        "what another of your models has learned."));
    m_add = new QCheckBox(tr("Add to it, forgetting nothing"));
    m_add->setObjectName(QStringLiteral("addToModel"));
    m_add->setChecked(true);
    m_add->setToolTip(tr("The result is a new model that knows both; the old one stays as it is."));
    m_add->setStatusTip(
        tr("The sounds the model knows are heard again beside the new ones. Where they are gone, what the "
           "model kept of them is. Unticked, only the new sounds are learned."));
    m_purpose = new QLabel;
    m_purpose->setObjectName(QStringLiteral("kindPurpose"));
    m_purpose->setWordWrap(true);
    setLook(*m_purpose, Look::small);
    m_more = new QToolButton;
    m_more->setObjectName(QStringLiteral("advanced"));
    m_more->setText(tr("Advanced"));
    m_more->setCheckable(true);
    m_more->setFixedHeight(metrics::kControlHeight);
    m_more->setAccessibleName(tr("Advanced settings of codes"));
    m_more->setStatusTip(tr("Shows how many codes there are and how firmly sounds are held to them."));
    setLook(*m_more, Look::toggle);
    m_advanced = makeAdvanced();

    auto* first = new QHBoxLayout;
    first->setSpacing(metrics::kSpaceL);
    first->addLayout(fieldColumn(tr("Kind"), kinds, m_kind->buttons().front()));
    first->addLayout(fieldColumn(tr("Begin from"), m_base), 1);
    first->addWidget(m_add, 0, Qt::AlignBottom);
    first->addWidget(m_more, 0, Qt::AlignBottom);
    auto* layout = new QVBoxLayout(this);
    layout->setContentsMargins(0, 0, 0, 0);
    layout->setSpacing(metrics::kSpaceXs);
    layout->addLayout(first);
    layout->addWidget(m_purpose);
    layout->addWidget(m_advanced);

    connect(m_kind, &QButtonGroup::idClicked, this, [this] {
        readBases();
        showKind();
        Q_EMIT changed();
    });
    connect(m_more, &QToolButton::toggled, this, &KindFields::showKind);
    connect(m_base, &QComboBox::activated, this, [this] {
        showKind();
        Q_EMIT changed();
    });
    connect(m_add, &QCheckBox::toggled, this, [this] {
        showKind();
        Q_EMIT changed();
    });
    connect(m_codebookSize, &QComboBox::activated, this, &KindFields::changed);
    connect(m_levels, &QSpinBox::valueChanged, this, &KindFields::changed);
    connect(&studio.bridge, &EngineBridge::modelsChanged, this, &KindFields::readBases);
    readBases();
    showKind();
}

QWidget* KindFields::makeAdvanced() {
    m_codebookSize = new QComboBox;
    m_codebookSize->setObjectName(QStringLiteral("codebookSize"));
    m_codebookSize->addItem(tr("automatic"), 0);
    for (int size = 16; size <= 1024; size *= 2) m_codebookSize->addItem(QString::number(size), size);
    m_codebookSize->setStatusTip(
        tr("Codes of each level. Automatic: 64, 128 or 256, by how much sound there is."));
    m_levels = new QSpinBox;
    m_levels->setObjectName(QStringLiteral("levels"));
    m_levels->setRange(2, 6);
    m_levels->setValue(kUsualLevels);
    m_levels->setStatusTip(tr("Codes a moment of sound is written with, coarse to fine: 2 to 6."));
    m_commitment = new QDoubleSpinBox;
    m_commitment->setRange(0, 10);
    m_commitment->setSingleStep(0.05);
    m_commitment->setValue(kUsualCommitment);
    m_commitment->setStatusTip(
        tr("How firmly sounds are held to their codes while it learns; usually 0.25."));
    auto* advanced = new QWidget;
    auto* row = new QHBoxLayout(advanced);
    row->setContentsMargins(0, 0, 0, 0);
    row->setSpacing(metrics::kSpaceL);
    row->addLayout(fieldColumn(tr("Codebook size"), m_codebookSize));
    row->addLayout(fieldColumn(tr("Levels"), m_levels));
    row->addLayout(fieldColumn(tr("Commitment"), m_commitment));
    row->addStretch(1);
    return advanced;
}

ModelKind KindFields::kind() const {
    return static_cast<ModelKind>(m_kind->checkedId());
}

void KindFields::readBases() {
    const QVariant before = m_base->currentData();
    m_base->clear();
    if (Workstation::shippedBase(kind()))
        m_base->addItem(tr("Smidgen's base (knows sound in general)"), kShipped);
    m_base->addItem(tr("nothing (knows only your sounds)"), kNothing);
    for (const auto& model : m_studio.engine().models())
        if (model->kind == kindName(kind())) m_base->addItem(toText(model->name), toText(model->file));
    m_base->setCurrentIndex(std::max(0, m_base->findData(before)));
    m_add->setVisible(ownModelChosen());
}

bool KindFields::ownModelChosen() const {
    const QString base = m_base->currentData().toString();
    return base != kNothing && base != kShipped;
}

bool KindFields::addsToModel() const {
    return ownModelChosen() && m_add->isChecked();
}

void KindFields::showKind() {
    m_add->setVisible(ownModelChosen());
    // What is added to has its codes already.
    const bool codes = kind() == ModelKind::rvq && !addsToModel();
    m_purpose->setText(m_kind->checkedButton()->toolTip());
    m_more->setVisible(codes);
    m_advanced->setVisible(codes && m_more->isChecked());
}

void KindFields::write(TrainingRequest& request) const {
    request.kind = kind();
    const QString base = m_base->currentData().toString();
    if (addsToModel()) {
        request.addTo = base.toStdString();
        return;
    }
    request.fromZero = base == kNothing;
    if (ownModelChosen()) request.base = toPath(base);
    if (request.kind != ModelKind::rvq) return;
    if (const int size = m_codebookSize->currentData().toInt(); size > 0) request.codebookSize = size;
    if (m_levels->value() != kUsualLevels) request.levels = m_levels->value();
    if (m_commitment->value() != kUsualCommitment) request.commitment = m_commitment->value();
}

QString KindFields::key() const {
    return QStringLiteral("%1 %2 %3 %4 %5")
        .arg(m_kind->checkedId())
        .arg(m_base->currentData().toString())
        .arg(addsToModel())
        .arg(m_codebookSize->currentData().toInt())
        .arg(m_levels->value());
}

}  // namespace smidgen::ui
