#include "ui/pages/preset_button.h"

#include <QInputDialog>
#include <QMenu>
#include <QMessageBox>
#include <map>

#include "ui/bridge/preset_words.h"
#include "ui/bridge/text.h"

namespace smidgen::ui {

PresetButton::PresetButton(const Studio& studio, QWidget* parent) : QToolButton(parent), m_studio(studio) {
    setObjectName(QStringLiteral("presets"));
    setText(tr("Presets"));
    setToolTip(tr("Settings under a name: use one, or save these."));
    setStatusTip(toolTip());
    setPopupMode(QToolButton::InstantPopup);
    auto* menu = new QMenu(this);
    setMenu(menu);
    connect(menu, &QMenu::aboutToShow, this, [this, menu] { fill(*menu); });
}

void PresetButton::fill(QMenu& menu) {
    menu.clear();
    menu.addAction(tr("Save these settings…"), this, &PresetButton::saveRequested);
    menu.addAction(tr("Manage presets…"), this, &PresetButton::manageRequested);
    menu.addSeparator();
    std::map<QString, QMenu*> folders;
    const auto folderOf = [&](const QString& path) -> QMenu& {
        QMenu* at = &menu;
        QString so;
        for (const QString& part : path.split(u'/', Qt::SkipEmptyParts)) {
            so += u'/' + part;
            QMenu*& next = folders[so];
            if (next == nullptr) next = at->addMenu(part);
            at = next;
        }
        return *at;
    };
    for (const Preset& preset : presetsOf(m_studio.engine())) {
        const QString name = presetText(*preset);
        QMenu& folder = folderOf(name.contains(u'/') ? name.section(u'/', 0, -2) : QString());
        QAction* use = folder.addAction(name.section(u'/', -1));
        use->setData(toText(preset->id));
        connect(use, &QAction::triggered, this, [this, preset] { Q_EMIT chosen(*preset, false); });
    }
}

void PresetButton::save(const Recipe& recipe) {
    bool given = false;
    const QString name = QInputDialog::getText(this, tr("Save a preset"), tr("Name; with “/”, folders:"),
                                               QLineEdit::Normal, {}, &given);
    if (given) saveAs(name, recipe, false);
}

void PresetButton::saveAs(const QString& name, const Recipe& recipe, bool replace) {
    Workstation& engine = m_studio.engine();
    m_studio.bridge.runInOrder(
        this,
        [&engine, name = name.toStdString(), recipe, replace] {
            return savePreset(engine, name, recipe, replace);
        },
        [this, name, recipe](Result<Preset> saved) {
            if (saved) {
                m_studio.notices.tell({Tone::good, tr("Saved as “%1”.").arg(toText((*saved)->name)), {}, {}});
            } else if (saved.error().code == ErrorCode::conflict) {
                const auto answer = QMessageBox::question(
                    this, tr("Save a preset"), toText(saved.error().sentence) + u'\n' + tr("Write over it?"));
                if (answer == QMessageBox::Yes) saveAs(name, recipe, true);
            } else {
                m_studio.notices.fail(saved.error());
            }
        });
}

}  // namespace smidgen::ui
