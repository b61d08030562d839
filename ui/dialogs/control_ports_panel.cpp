#include "ui/dialogs/control_ports_panel.h"

#include <QCheckBox>
#include <QFormLayout>
#include <QHeaderView>
#include <QLabel>
#include <QListWidget>
#include <QSpinBox>
#include <QTreeWidget>
#include <algorithm>

#include "ui/bridge/text.h"
#include "ui/theme/metrics.h"

namespace smidgen::ui {

MidiInputsPanel::MidiInputsPanel(const Studio& studio, QWidget* parent) : QWidget(parent), m_studio(studio) {
    m_all = new QCheckBox(tr("Listen to every MIDI input"));
    m_all->setObjectName(QStringLiteral("allInputs"));
    m_all->setToolTip(tr("Also to those that are plugged in later."));
    m_inputs = new QListWidget;
    m_inputs->setObjectName(QStringLiteral("inputs"));
    m_inputs->setAccessibleName(tr("MIDI inputs"));
    m_problem = new QLabel;
    m_problem->setWordWrap(true);
    setLook(*m_problem, Look::dim);
    auto* layout = new QVBoxLayout(this);
    layout->setContentsMargins(0, metrics::kSpaceS, 0, 0);
    layout->setSpacing(metrics::kSpaceS);
    layout->addWidget(m_all);
    layout->addWidget(m_inputs, 1);
    layout->addWidget(m_problem);
    connect(m_all, &QCheckBox::toggled, this, &MidiInputsPanel::choose);
    connect(m_inputs, &QListWidget::itemChanged, this, &MidiInputsPanel::choose);
    connect(&studio.controls, &ControlBridge::portsChanged, this, &MidiInputsPanel::readInputs);
    readInputs();
}

void MidiInputsPanel::readInputs() {
    const ControlSettings& settings = m_studio.controls.settings();
    const QSignalBlocker quietList(m_inputs);
    const QSignalBlocker quietBox(m_all);
    m_all->setChecked(settings.allInputs);
    m_inputs->clear();
    std::vector<std::pair<std::string, bool>> rows;
    for (const MidiInputPort& input : m_studio.controls.inputs()) rows.emplace_back(input.name, true);
    for (const std::string& name : settings.inputs)
        if (std::none_of(rows.begin(), rows.end(), [&](const auto& row) { return row.first == name; }))
            rows.emplace_back(name, false);
    for (const auto& [name, there] : rows) {
        auto* item =
            new QListWidgetItem(there ? toText(name) : tr("%1 (not plugged in)").arg(toText(name)), m_inputs);
        item->setData(Qt::UserRole, toText(name));
        const auto& chosen = settings.inputs;
        const bool on = settings.allInputs || std::find(chosen.begin(), chosen.end(), name) != chosen.end();
        item->setCheckState(on ? Qt::Checked : Qt::Unchecked);
        item->setFlags(settings.allInputs
                           ? Qt::ItemIsEnabled | Qt::ItemIsSelectable
                           : Qt::ItemIsEnabled | Qt::ItemIsSelectable | Qt::ItemIsUserCheckable);
    }
    const QString problem = toText(MidiPorts::problem());
    m_problem->setText(!problem.isEmpty()
                           ? problem
                           : tr("With a JACK server, programs also reach Smidgen through its port “Smidgen "
                                "MIDI”."));
}

void MidiInputsPanel::choose() {
    std::vector<std::string> names;
    for (int i = 0; i < m_inputs->count(); ++i)
        if (m_inputs->item(i)->checkState() == Qt::Checked)
            names.push_back(m_inputs->item(i)->data(Qt::UserRole).toString().toStdString());
    // The list is filled anew by what follows, which must not happen inside its own signal.
    const bool all = m_all->isChecked();
    QMetaObject::invokeMethod(
        this, [this, all, names] { m_studio.controls.listenTo(all, names); }, Qt::QueuedConnection);
}

OscPanel::OscPanel(const Studio& studio, QWidget* parent) : QWidget(parent), m_studio(studio) {
    const ControlSettings& settings = studio.controls.settings();
    m_on = new QCheckBox(tr("Listen for OSC"));
    m_on->setObjectName(QStringLiteral("oscOn"));
    m_on->setChecked(settings.osc);
    m_port = new QSpinBox;
    m_port->setObjectName(QStringLiteral("oscPort"));
    m_port->setRange(1, 65535);
    m_port->setValue(settings.oscPort);
    m_port->setKeyboardTracking(false);
    m_port->setAccessibleName(tr("UDP port"));
    m_others = new QCheckBox(tr("Also from other machines"));
    m_others->setObjectName(QStringLiteral("oscOthers"));
    m_others->setChecked(settings.oscOpen);
    m_others->setToolTip(
        tr("Anyone on the network can then move the sliders; without it, only programs on this machine."));
    m_state = new QLabel;
    m_state->setObjectName(QStringLiteral("oscState"));
    m_state->setWordWrap(true);
    m_state->setTextFormat(Qt::PlainText);
    m_addresses = new QTreeWidget;
    m_addresses->setAccessibleName(tr("OSC addresses"));
    m_addresses->setColumnCount(3);
    m_addresses->setHeaderLabels({tr("Address"), tr("Takes"), tr("Does")});
    m_addresses->setRootIsDecorated(false);
    m_addresses->header()->resizeSection(0, 220);
    m_addresses->header()->resizeSection(1, 130);
    for (const OscAddress& each : studio.controls.desk().addresses().list()) {
        auto* item = new QTreeWidgetItem(m_addresses,
                                         {toText(each.address), toText(each.arguments), toText(each.does)});
        item->setToolTip(2, item->text(2));
    }
    auto* form = new QFormLayout;
    form->setHorizontalSpacing(metrics::kSpaceL);
    form->addRow(m_on);
    form->addRow(tr("UDP port"), m_port);
    form->addRow(m_others);
    auto* layout = new QVBoxLayout(this);
    layout->setContentsMargins(0, metrics::kSpaceS, 0, 0);
    layout->setSpacing(metrics::kSpaceS);
    layout->addLayout(form);
    layout->addWidget(m_state);
    layout->addWidget(m_addresses, 1);
    for (QCheckBox* box : {m_on, m_others}) connect(box, &QCheckBox::toggled, this, &OscPanel::apply);
    connect(m_port, &QSpinBox::valueChanged, this, &OscPanel::apply);
    connect(&studio.controls, &ControlBridge::portsChanged, this, &OscPanel::showState);
    showState();
}

void OscPanel::apply() {
    const Status done = m_studio.controls.setOsc(m_on->isChecked(), m_port->value(), m_others->isChecked());
    if (done) return;
    setLook(*m_state, Look::bad);
    m_state->setText(toText(done.error().sentence));
}

void OscPanel::showState() {
    const auto port = m_studio.controls.desk().oscPort();
    setLook(*m_state, port ? Look::good : Look::dim);
    m_state->setText(!port ? tr("Nothing listens.")
                     : m_studio.controls.settings().oscOpen
                         ? tr("Listening on UDP port %1 of every network this machine is in.").arg(*port)
                         : tr("Listening on UDP port %1, for programs on this machine.").arg(*port));
}

}  // namespace smidgen::ui
