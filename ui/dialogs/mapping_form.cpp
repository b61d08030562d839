#include "ui/dialogs/mapping_form.h"

#include <QCheckBox>
#include <QComboBox>
#include <QDoubleSpinBox>
#include <QFormLayout>
#include <QHBoxLayout>
#include <QLabel>
#include <QSpinBox>

#include "engine/steering/slider_positions.h"
#include "ui/bridge/text.h"
#include "ui/theme/metrics.h"

namespace smidgen::ui {

namespace {

QComboBox* makeBox(const QString& name, const QStringList& words, const QString& hint) {
    auto* box = new QComboBox;
    box->addItems(words);
    box->setAccessibleName(name);
    box->setToolTip(hint);
    return box;
}

QDoubleSpinBox* makeNumber(const QString& name, double low, double high, double step) {
    auto* box = new QDoubleSpinBox;
    box->setRange(low, high);
    box->setSingleStep(step);
    box->setDecimals(2);
    box->setAccessibleName(name);
    return box;
}

}  // namespace

MappingForm::MappingForm(QWidget* parent) : QWidget(parent) {
    m_low = makeNumber(tr("Lower end of the range"), kLowestPosition, kHighestPosition, 0.05);
    m_low->setObjectName(QStringLiteral("low"));
    m_high = makeNumber(tr("Upper end of the range"), kLowestPosition, kHighestPosition, 0.05);
    m_high->setObjectName(QStringLiteral("high"));
    m_range = new QWidget;
    auto* range = new QHBoxLayout(m_range);
    range->setContentsMargins(0, 0, 0, 0);
    range->setSpacing(metrics::kSpaceS);
    range->addWidget(m_low);
    range->addWidget(new QLabel(tr("to")));
    range->addWidget(m_high);
    range->addStretch(1);
    m_range->setToolTip(tr("0 to 1 is the collection's own range; beyond lie its outermost sounds."));
    m_inverted = new QCheckBox(tr("Inverted"));
    m_inverted->setObjectName(QStringLiteral("inverted"));
    m_inverted->setToolTip(tr("Up is down."));
    m_curve = makeBox(tr("Curve"), {tr("Even"), tr("Fine at the low end"), tr("Fine at the high end")},
                      tr("How the way of the control is spread over the range."));
    m_takeOver = makeBox(tr("When it stands elsewhere"), {tr("Pick up in passing"), tr("Jump")},
                         tr("What happens when the control is moved and the slider stands somewhere else."));
    m_takeOver->setObjectName(QStringLiteral("takeOver"));
    m_encoding = makeBox(tr("Its values"),
                         {tr("Where it stands"), tr("Steps: 1 up, 127 down"), tr("Steps: 65 up, 63 down"),
                          tr("Steps: 1 up, 65 down")},
                         tr("Endless encoders send steps; which numbers, their manual says."));
    m_encoding->setObjectName(QStringLiteral("encoding"));
    m_step = makeNumber(tr("A step, as part of the range"), 0.001, 1, 0.005);
    m_step->setDecimals(3);
    m_switching = makeBox(tr("The button"), {tr("Switches with every press"), tr("On while it is down")},
                          tr("How something that is on or off follows."));
    m_channel = new QSpinBox;
    m_channel->setRange(0, 16);
    m_channel->setSpecialValueText(tr("any"));
    m_channel->setAccessibleName(tr("MIDI channel"));
    m_anyPort = new QCheckBox(tr("From any device"));
    m_feedback = new QCheckBox(tr("Show on the device"));
    m_feedback->setToolTip(
        tr("Motor faders and lamps follow what else moves it: the same message is sent to the device."));

    m_layout = new QFormLayout(this);
    m_layout->setContentsMargins(0, 0, 0, 0);
    m_layout->setHorizontalSpacing(metrics::kSpaceL);
    m_layout->setVerticalSpacing(metrics::kSpaceXs);
    m_layout->addRow(tr("Range"), m_range);
    m_layout->addRow(tr("Its values"), m_encoding);
    m_layout->addRow(tr("A step"), m_step);
    m_layout->addRow(tr("Curve"), m_curve);
    m_layout->addRow(tr("When it stands elsewhere"), m_takeOver);
    m_layout->addRow(tr("The button"), m_switching);
    m_layout->addRow(tr("Channel"), m_channel);
    m_layout->addRow(QString(), m_inverted);
    m_layout->addRow(QString(), m_anyPort);
    m_layout->addRow(QString(), m_feedback);

    for (QDoubleSpinBox* box : {m_low, m_high, m_step}) {
        box->setKeyboardTracking(false);
        connect(box, &QDoubleSpinBox::valueChanged, this, &MappingForm::read);
    }
    connect(m_channel, &QSpinBox::valueChanged, this, &MappingForm::read);
    for (QComboBox* box : {m_curve, m_takeOver, m_encoding, m_switching})
        connect(box, &QComboBox::currentIndexChanged, this, &MappingForm::read);
    for (QCheckBox* box : {m_inverted, m_anyPort, m_feedback})
        connect(box, &QCheckBox::toggled, this, &MappingForm::read);
}

void MappingForm::show(const ControlMapping& mapping, TargetKind kind) {
    m_showing = true;
    if (mapping.target != m_mapping.target || mapping.source != m_mapping.source) m_port.clear();
    m_mapping = mapping;
    m_kind = kind;
    if (!mapping.port.empty()) m_port = mapping.port;
    m_low->setValue(mapping.low);
    m_high->setValue(mapping.high);
    m_inverted->setChecked(mapping.inverted);
    m_curve->setCurrentIndex(static_cast<int>(mapping.curve));
    m_takeOver->setCurrentIndex(static_cast<int>(mapping.takeOver));
    m_encoding->setCurrentIndex(static_cast<int>(mapping.encoding));
    m_step->setValue(mapping.step);
    m_switching->setCurrentIndex(static_cast<int>(mapping.switching));
    m_channel->setValue(mapping.source.channel);
    m_anyPort->setChecked(mapping.port.empty());
    m_anyPort->setEnabled(!m_port.empty());  // no device is known that it could be from alone
    m_feedback->setChecked(mapping.feedback);
    arrange();
    m_showing = false;
}

void MappingForm::arrange() {
    const bool slider = m_kind == TargetKind::slider;
    const bool absolute = m_mapping.encoding == Encoding::absolute;
    const auto setRow = [this](QWidget* field, bool visible) {
        if (QWidget* label = m_layout->labelForField(field)) label->setVisible(visible);
        field->setVisible(visible);
    };
    setRow(m_range, slider);
    setRow(m_encoding, slider && m_mapping.source.kind == SourceKind::controller);
    setRow(m_step, slider && !absolute);
    setRow(m_curve, slider && absolute);
    setRow(m_takeOver, slider && absolute);
    setRow(m_switching, m_kind == TargetKind::toggle);
    setRow(m_feedback, m_kind != TargetKind::action && absolute);
    setRow(m_inverted, m_mapping.source.kind != SourceKind::program);
}

void MappingForm::read() {
    if (m_showing) return;
    m_mapping.low = m_low->value();
    m_mapping.high = m_high->value();
    m_mapping.inverted = m_inverted->isChecked();
    m_mapping.curve = static_cast<Curve>(m_curve->currentIndex());
    m_mapping.takeOver = static_cast<TakeOver>(m_takeOver->currentIndex());
    m_mapping.encoding = static_cast<Encoding>(m_encoding->currentIndex());
    m_mapping.step = m_step->value();
    m_mapping.switching = static_cast<SwitchMode>(m_switching->currentIndex());
    m_mapping.source.channel = m_channel->value();
    m_mapping.port = m_anyPort->isChecked() ? std::string() : m_port;
    m_mapping.feedback = m_feedback->isChecked();
    arrange();
    Q_EMIT edited(m_mapping);
}

}  // namespace smidgen::ui
