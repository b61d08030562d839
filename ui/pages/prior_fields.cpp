#include "ui/pages/prior_fields.h"

#include <QCheckBox>
#include <QDoubleSpinBox>
#include <QHBoxLayout>
#include <QLabel>
#include <QSpinBox>
#include <QVBoxLayout>

#include "ui/bridge/text.h"
#include "ui/pages/field_column.h"
#include "ui/pages/sound_field.h"
#include "ui/theme/metrics.h"

namespace smidgen::ui {

namespace {
constexpr int kFieldWidth = 86;
}

PriorFields::PriorFields(const Studio& studio, QWidget* parent) : QWidget(parent), m_studio(studio) {
    m_line = new QLabel;
    m_line->setObjectName(QStringLiteral("priorLine"));
    m_line->setWordWrap(true);
    setLook(*m_line, Look::small);
    m_use = new QCheckBox(tr("Prior"));
    m_use->setObjectName(QStringLiteral("usePrior"));
    m_use->setChecked(true);
    m_use->setFixedHeight(metrics::kControlHeight);
    m_use->setAccessibleName(tr("Use the prior"));
    m_use->setToolTip(tr("On: the prior composes codes. Off: a walk among the model's own sounds."));
    m_use->setStatusTip(m_use->toolTip());
    m_fields = makeFields();
    auto* layout = new QHBoxLayout(this);
    layout->setContentsMargins(0, 0, 0, 0);
    layout->setSpacing(metrics::kSpaceM);
    layout->addWidget(m_use, 0, Qt::AlignBottom);
    layout->addWidget(m_fields, 1);
    layout->addWidget(m_line, 1);
    connect(m_use, &QCheckBox::toggled, this, &PriorFields::showState);
    showState();
}

QWidget* PriorFields::makeFields() {
    const PriorRecipe usual;
    const auto number = [](const QString& name, double low, double high, double step, double value) {
        auto* field = new QDoubleSpinBox;
        field->setObjectName(name);
        field->setRange(low, high);
        field->setSingleStep(step);
        field->setValue(value);
        field->setFixedWidth(kFieldWidth);
        return field;
    };
    m_temperature = number(QStringLiteral("temperature"), 0, 10, 0.05, usual.temperature);
    m_temperature->setStatusTip(tr("0 always takes the likeliest code, above 1 dares more; usually 1."));
    m_topK = new QSpinBox;
    m_topK->setObjectName(QStringLiteral("topK"));
    m_topK->setRange(0, 8192);
    m_topK->setSpecialValueText(tr("all"));
    m_topK->setFixedWidth(kFieldWidth);
    m_topK->setStatusTip(tr("Draws from so many likeliest codes only; usually from all."));
    m_topP = number(QStringLiteral("topP"), 0.001, 1, 0.05, usual.topP);
    m_topP->setDecimals(3);
    m_topP->setMinimum(0.001);
    m_topP->setStatusTip(tr("Draws from the likeliest codes that together hold this share; usually 1: all."));
    m_guidance = number(QStringLiteral("guidance"), 0, 10, 0.1, usual.guidance);
    m_guidance->setStatusTip(
        tr("How closely it keeps to the kind of sound it has begun: 0 not at all, usually 1, more is "
           "stricter."));
    m_continue = new SoundField(m_studio);
    auto* fields = new QWidget;
    auto* row = new QHBoxLayout(fields);
    row->setContentsMargins(0, 0, 0, 0);
    row->setSpacing(metrics::kSpaceM);
    row->addLayout(fieldColumn(tr("Temperature"), m_temperature));
    row->addLayout(fieldColumn(tr("Top-k"), m_topK));
    row->addLayout(fieldColumn(tr("Top-p"), m_topP));
    row->addLayout(fieldColumn(tr("Guidance"), m_guidance));
    row->addLayout(fieldColumn(tr("Continue a sound"), m_continue), 1);
    return fields;
}

void PriorFields::setModel(const std::shared_ptr<const ModelSnapshot>& model) {
    m_model = model;
    showState();
}

bool PriorFields::active() const {
    return m_model && m_model->prior && m_use->isChecked();
}

void PriorFields::showState() {
    const bool there = m_model && m_model->prior;
    m_use->setVisible(there);
    m_fields->setVisible(active());
    m_line->setVisible(m_model && !active());
    if (there)
        m_line->setText(tr("It walks among the model's own sounds; with the prior it composes new ones."));
    else if (m_model && m_model->kind == "rvq")
        m_line->setText(
            tr("To set temperature, continue sounds and sort by novelty, train the prior of this "
               "model on the Train page."));
    else
        m_line->setText(
            tr("To set temperature, continue sounds and sort by novelty, train a model of the kind "
               "Codes (RVQ), then its prior."));
    Q_EMIT activeChanged();
}

std::optional<PriorRecipe> PriorFields::recipe() const {
    if (!active()) return std::nullopt;
    PriorRecipe recipe;
    recipe.temperature = m_temperature->value();
    recipe.topK = m_topK->value();
    recipe.topP = m_topP->value();
    recipe.guidance = m_guidance->value();
    recipe.continueFrom = toText(m_continue->file()).toStdString();
    return recipe;
}

void PriorFields::setRecipe(const std::optional<PriorRecipe>& recipe) {
    if (m_model && m_model->prior) m_use->setChecked(recipe.has_value());
    if (!recipe) return;
    m_temperature->setValue(recipe->temperature);
    m_topK->setValue(recipe->topK);
    m_topP->setValue(recipe->topP);
    m_guidance->setValue(recipe->guidance);
    m_continue->setFile(toPath(toText(recipe->continueFrom)));
}

}  // namespace smidgen::ui
