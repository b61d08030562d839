#include "ui/dialogs/level_fields.h"

#include <QCheckBox>
#include <QComboBox>
#include <QDoubleSpinBox>
#include <QHBoxLayout>

#include "ui/theme/metrics.h"

namespace smidgen::ui {

namespace {

enum Goal { asItIs, loudness, peak };

QDoubleSpinBox* decibels(double lowest, double value, const QString& unit, const QString& name) {
    auto* box = new QDoubleSpinBox;
    box->setRange(lowest, 0);
    box->setDecimals(1);
    box->setSingleStep(0.5);
    box->setSuffix(unit);
    box->setValue(value);
    box->setAccessibleName(name);
    return box;
}

}  // namespace

LevelFields::LevelFields(QWidget* parent) : QWidget(parent) {
    m_goal = new QComboBox;
    m_goal->setObjectName(QStringLiteral("levelGoal"));
    m_goal->setAccessibleName(tr("Level"));
    m_goal->addItem(tr("As it is"));
    m_goal->addItem(tr("To a loudness"));
    m_goal->addItem(tr("To a peak"));
    m_lufs = decibels(-60, -16, tr(" LUFS"), tr("Target loudness"));
    m_lufs->setObjectName(QStringLiteral("targetLufs"));
    m_lufs->setToolTip(tr("Peaks that stand in the way of it are limited."));
    m_peak = decibels(-60, -1, tr(" dBFS"), tr("Target peak"));
    m_hasCeiling = new QCheckBox(tr("true peak at most"));
    m_hasCeiling->setAccessibleName(tr("Hold true peaks down"));
    m_hasCeiling->setToolTip(
        tr("Measured on the file as it is decoded again, also where coding raises peaks."));
    m_ceiling = decibels(-20, -1, tr(" dBTP"), tr("True-peak ceiling"));
    m_ceiling->setObjectName(QStringLiteral("ceiling"));
    auto* layout = new QHBoxLayout(this);
    layout->setContentsMargins(0, 0, 0, 0);
    layout->setSpacing(metrics::kSpaceS);
    for (QWidget* part :
         {static_cast<QWidget*>(m_goal), static_cast<QWidget*>(m_lufs), static_cast<QWidget*>(m_peak),
          static_cast<QWidget*>(m_hasCeiling), static_cast<QWidget*>(m_ceiling)})
        layout->addWidget(part);
    layout->addStretch(1);
    connect(m_goal, &QComboBox::currentIndexChanged, this, [this](int goal) {
        if (goal == loudness) m_hasCeiling->setChecked(true);
        showState();
        Q_EMIT changed();
    });
    connect(m_hasCeiling, &QCheckBox::toggled, this, [this] {
        showState();
        Q_EMIT changed();
    });
    for (QDoubleSpinBox* box : {m_lufs, m_peak, m_ceiling})
        connect(box, &QDoubleSpinBox::valueChanged, this, &LevelFields::changed);
    showState();
}

void LevelFields::showState() {
    m_lufs->setVisible(m_goal->currentIndex() == loudness);
    m_peak->setVisible(m_goal->currentIndex() == peak);
    m_ceiling->setEnabled(m_hasCeiling->isChecked());
}

LevelTarget LevelFields::level() const {
    LevelTarget level;
    if (m_goal->currentIndex() == loudness) level.lufs = m_lufs->value();
    if (m_goal->currentIndex() == peak) level.peakDb = m_peak->value();
    if (m_hasCeiling->isChecked()) level.ceilingDb = m_ceiling->value();
    return level;
}

void LevelFields::setLevel(const LevelTarget& level) {
    m_goal->setCurrentIndex(level.lufs ? loudness : level.peakDb ? peak : asItIs);
    if (level.lufs) m_lufs->setValue(*level.lufs);
    if (level.peakDb) m_peak->setValue(*level.peakDb);
    m_hasCeiling->setChecked(level.ceilingDb.has_value());
    if (level.ceilingDb) m_ceiling->setValue(*level.ceilingDb);
    showState();
}

}  // namespace smidgen::ui
