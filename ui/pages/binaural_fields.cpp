#include "ui/pages/binaural_fields.h"

#include <QComboBox>
#include <QDoubleSpinBox>
#include <QFileDialog>
#include <QFileInfo>
#include <QHBoxLayout>
#include <QMenu>
#include <QPushButton>

#include "ui/bridge/text.h"
#include "ui/pages/field_column.h"
#include "ui/theme/metrics.h"

namespace smidgen::ui {

namespace {

enum Movement { rests, turns, asInRecipe };

QDoubleSpinBox* number(const char* id, double low, double high, double value, const QString& unit,
                       const QString& hint) {
    auto* field = new QDoubleSpinBox;
    field->setObjectName(QLatin1String(id));
    field->setRange(low, high);
    field->setDecimals(unit == QStringLiteral("°") ? 0 : 2);
    field->setSingleStep(unit == QStringLiteral("°") ? 5 : 0.1);
    field->setSuffix(unit);
    field->setValue(value);
    field->setFixedWidth(86);
    field->setStatusTip(hint);
    return field;
}

}  // namespace

BinauralFields::BinauralFields(QWidget* parent) : QWidget(parent) {
    m_azimuth =
        number("azimuth", -360, 360, 0, QStringLiteral("°"), tr("0 ahead, 90 left, 180 behind, −90 right."));
    m_elevation = number("elevation", -90, 90, 0, QStringLiteral("°"), tr("90 above, −90 below."));
    m_distance = number("distance", kNearestSource, kFarthestSource, 1, tr(" m"),
                        tr("Level falls with it; nearer than a metre the ears differ more."));
    m_movement = new QComboBox;
    m_movement->setObjectName(QStringLiteral("movement"));
    m_movement->addItem(tr("rests there"));
    m_movement->addItem(tr("turns to"));
    m_movement->setStatusTip(tr("Whether it moves while it sounds; it arrives at the end."));
    m_goal = number("goal", -3600, 3600, 360, QStringLiteral("°"),
                    tr("Azimuth at the end; 360 more is once around to the left."));
    m_goal->setAccessibleName(tr("Azimuth at the end"));
    m_ears = new QPushButton;
    m_ears->setObjectName(QStringLiteral("ears"));
    m_ears->setStatusTip(tr("Whose ears: MIT's KEMAR dummy head, or a SOFA file."));
    auto* movement = new QHBoxLayout;
    movement->setSpacing(metrics::kSpaceXs);
    movement->addWidget(m_movement);
    movement->addWidget(m_goal);
    auto* row = new QHBoxLayout(this);
    row->setContentsMargins(0, 0, 0, 0);
    row->setSpacing(metrics::kSpaceM);
    row->addLayout(fieldColumn(tr("Azimuth"), m_azimuth));
    row->addLayout(fieldColumn(tr("Elevation"), m_elevation));
    row->addLayout(fieldColumn(tr("Distance"), m_distance));
    row->addLayout(fieldColumn(tr("Movement"), movement, m_movement));
    row->addLayout(fieldColumn(tr("Ears"), m_ears));
    row->addStretch(1);
    connect(m_movement, &QComboBox::currentIndexChanged, this, &BinauralFields::showState);
    connect(m_ears, &QPushButton::clicked, this, [this] {
        QMenu menu(this);
        menu.addAction(tr("KEMAR"), this, [this] {
            m_hrtf.clear();
            showEars();
        });
        menu.addAction(tr("A SOFA file…"), this, [this] {
            auto* dialog =
                new QFileDialog(window(), tr("Ears"), QFileInfo(m_hrtf).path(), tr("SOFA (*.sofa)"));
            dialog->setAttribute(Qt::WA_DeleteOnClose);
            dialog->setFileMode(QFileDialog::ExistingFile);
            connect(dialog, &QFileDialog::fileSelected, this, [this](const QString& file) {
                m_hrtf = file;
                showEars();
            });
            dialog->open();
        });
        menu.exec(m_ears->mapToGlobal(m_ears->rect().bottomLeft()));
    });
    showState();
    showEars();
}

void BinauralFields::showState() {
    m_goal->setVisible(m_movement->currentIndex() == turns);
}

void BinauralFields::showEars() {
    m_ears->setText(m_hrtf.isEmpty() ? tr("KEMAR") : QFileInfo(m_hrtf).completeBaseName());
}

BinauralRecipe BinauralFields::recipe(double seconds) const {
    BinauralRecipe recipe;
    recipe.position = {m_azimuth->value(), m_elevation->value(), m_distance->value()};
    if (m_movement->currentIndex() == turns)
        recipe.path = {{seconds, {m_goal->value(), m_elevation->value(), m_distance->value()}}};
    if (m_movement->currentIndex() == asInRecipe) recipe.path = m_path;
    recipe.hrtf = m_hrtf.toStdString();
    return recipe;
}

void BinauralFields::setRecipe(const BinauralRecipe& recipe, double seconds) {
    m_azimuth->setValue(recipe.position.azimuth);
    m_elevation->setValue(recipe.position.elevation);
    m_distance->setValue(recipe.position.distance);
    m_hrtf = toText(recipe.hrtf);
    m_path = recipe.path;
    m_movement->removeItem(asInRecipe);
    const bool plain = m_path.size() == 1 && m_path.front().seconds == seconds &&
                       m_path.front().position.elevation == recipe.position.elevation &&
                       m_path.front().position.distance == recipe.position.distance;
    if (plain) m_goal->setValue(m_path.front().position.azimuth);
    if (!m_path.empty() && !plain) m_movement->addItem(tr("goes its own way"));
    m_movement->setCurrentIndex(m_path.empty() ? rests : plain ? turns : asInRecipe);
    showState();
    showEars();
}

}  // namespace smidgen::ui
