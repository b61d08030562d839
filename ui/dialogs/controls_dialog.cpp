#include "ui/dialogs/controls_dialog.h"

#include <QHBoxLayout>
#include <QLabel>
#include <QPushButton>
#include <QTabWidget>

#include "ui/dialogs/control_ports_panel.h"
#include "ui/dialogs/mappings_panel.h"
#include "ui/theme/metrics.h"

namespace smidgen::ui {

ControlsDialog::ControlsDialog(const Studio& studio, QWidget* parent) : QDialog(parent) {
    setObjectName(QStringLiteral("controlsDialog"));
    setWindowTitle(tr("Controls"));
    resize(760, 640);
    auto* title = new QLabel(tr("Controls"));
    setLook(*title, Look::title);
    auto* tabs = new QTabWidget;
    tabs->setObjectName(QStringLiteral("controlTabs"));
    tabs->setAccessibleName(tr("Kinds of control"));
    tabs->addTab(new MappingsPanel(studio), tr("Mappings"));
    tabs->addTab(new MidiInputsPanel(studio), tr("MIDI inputs"));
    tabs->addTab(new OscPanel(studio), tr("OSC"));
    auto* close = new QPushButton(tr("Close"));
    close->setAutoDefault(false);
    auto* buttons = new QHBoxLayout;
    buttons->addStretch(1);
    buttons->addWidget(close);
    auto* layout = new QVBoxLayout(this);
    layout->setContentsMargins(metrics::kSpaceL, metrics::kSpaceL, metrics::kSpaceL, metrics::kSpaceL);
    layout->setSpacing(metrics::kSpaceS);
    layout->addWidget(title);
    layout->addWidget(tabs, 1);
    layout->addLayout(buttons);
    connect(close, &QPushButton::clicked, this, &QDialog::close);
}

}  // namespace smidgen::ui
