#include "ui/dialogs/profile_row.h"

#include <QComboBox>
#include <QHBoxLayout>
#include <QInputDialog>
#include <QMenu>
#include <QPointer>
#include <QPushButton>
#include <QToolButton>

#include "ui/bridge/text.h"
#include "ui/docks/drag_profile.h"
#include "ui/theme/metrics.h"

namespace smidgen::ui {

ProfileRow::ProfileRow(const Studio& studio, std::function<ExportSettings()> settings, QWidget* parent)
    : QWidget(parent), m_studio(studio), m_settings(std::move(settings)) {
    m_profiles = new QComboBox;
    m_profiles->setObjectName(QStringLiteral("profiles"));
    m_profiles->setAccessibleName(tr("Export profile"));
    m_profiles->setMinimumWidth(180);
    auto* keep = new QPushButton(tr("Save as…"));
    keep->setObjectName(QStringLiteral("saveProfile"));
    keep->setAccessibleName(tr("Save these settings as a profile"));
    m_menu = new QToolButton;
    m_menu->setText(tr("⋯"));
    m_menu->setFixedHeight(metrics::kControlHeight);
    m_menu->setAccessibleName(tr("More for this profile"));
    m_menu->setToolTip(tr("Replace, rename or delete it, or drag takes out with it"));
    auto* layout = new QHBoxLayout(this);
    layout->setContentsMargins(0, 0, 0, 0);
    layout->setSpacing(metrics::kSpaceS);
    layout->addWidget(m_profiles, 1);
    layout->addWidget(keep);
    layout->addWidget(m_menu);
    connect(m_profiles, &QComboBox::activated, this, [this] {
        if (chosen().isEmpty()) return;
        const auto profile = findExportProfile(m_studio.engine(), chosen().toStdString());
        if (!profile) return m_studio.notices.fail(profile.error());
        Q_EMIT recalled(profile->settings);
    });
    connect(keep, &QPushButton::clicked, this, [this] {
        askName(tr("Save as a profile"), chosen(), [this](const QString& name) { save(name, false); });
    });
    connect(m_menu, &QToolButton::clicked, this, &ProfileRow::openMenu);
    read({});
}

QString ProfileRow::chosen() const {
    return m_profiles->currentData().toString();
}

void ProfileRow::choose(const QString& name) {
    const int index = m_profiles->findData(name);
    if (index < 0) return;
    m_profiles->setCurrentIndex(index);
    Q_EMIT m_profiles->activated(index);
}

void ProfileRow::read(const QString& choose) {
    m_profiles->clear();
    m_profiles->addItem(tr("None: as set below"), QString());
    const auto profiles = exportProfiles(m_studio.engine());
    if (!profiles) return m_studio.notices.fail(profiles.error());
    for (const ExportProfile& profile : *profiles)
        m_profiles->addItem(toText(profile.name), toText(profile.name));
    m_profiles->setCurrentIndex(std::max(0, m_profiles->findData(choose)));
    m_menu->setEnabled(m_profiles->count() > 1);
}

void ProfileRow::askName(const QString& title, const QString& name,
                         const std::function<void(QString)>& then) {
    auto* dialog = new QInputDialog(window());
    dialog->setAttribute(Qt::WA_DeleteOnClose);
    dialog->setWindowTitle(title);
    dialog->setLabelText(tr("Name"));
    dialog->setTextValue(name);
    connect(dialog, &QInputDialog::textValueSelected, this,
            [then](const QString& text) { then(text.trimmed()); });
    dialog->open();
}

void ProfileRow::change(const std::function<Status(const Workstation&)>& work,
                        const std::function<void()>& then) {
    m_studio.bridge.runInOrder(
        this, [&engine = m_studio.engine(), work] { return work(engine); },
        [this, then](const Status& done) {
            if (!done) return m_studio.notices.fail(done.error());
            then();
        });
}

void ProfileRow::save(const QString& name, bool replace) {
    change([name = name.toStdString(), settings = m_settings(), replace](
               const Workstation& engine) { return saveExportProfile(engine, name, settings, replace); },
           [this, name] {
               read(name);
               m_studio.notices.tell({Tone::good, tr("The profile “%1” is saved.").arg(name), {}, {}});
           });
}

void ProfileRow::rename(const QString& name) {
    const QString before = chosen();
    change([from = before.toStdString(), to = name.toStdString()](
               const Workstation& engine) { return renameExportProfile(engine, from, to); },
           [this, before, name] {
               if (dragProfile(m_studio.settings) == before) setDragProfile(m_studio.settings, name);
               read(name);
           });
}

void ProfileRow::remove() {
    const QString name = chosen();
    change(
        [name = name.toStdString()](const Workstation& engine) { return removeExportProfile(engine, name); },
        [this, name] {
            if (dragProfile(m_studio.settings) == name) setDragProfile(m_studio.settings, {});
            read({});
            m_studio.notices.tell({Tone::calm, tr("The profile “%1” was deleted.").arg(name), tr("Undo"),
                                   [row = QPointer(this), name] {
                                       if (row) row->restore(name);
                                   }});
        });
}

void ProfileRow::restore(const QString& name) {
    change(
        [name = name.toStdString()](const Workstation& engine) { return restoreExportProfile(engine, name); },
        [this, name] { read(name); });
}

void ProfileRow::openMenu() {
    QMenu menu(this);
    const QString name = chosen();
    const bool any = !name.isEmpty();
    menu.addAction(tr("Replace with what is set below"), this, [this, name] { save(name, true); })
        ->setEnabled(any);
    menu.addAction(tr("Rename…"), this,
                   [this, name] {
                       askName(tr("Rename the profile"), name, [this](const QString& to) { rename(to); });
                   })
        ->setEnabled(any);
    menu.addAction(tr("Delete"), this, &ProfileRow::remove)->setEnabled(any);
    menu.addSeparator();
    QAction* drags = menu.addAction(tr("Drag takes out with this profile"), this, [this, name] {
        setDragProfile(m_studio.settings, dragProfile(m_studio.settings) == name ? QString() : name);
    });
    drags->setCheckable(true);
    drags->setEnabled(any);
    drags->setChecked(any && dragProfile(m_studio.settings) == name);
    menu.exec(m_menu->mapToGlobal(m_menu->rect().bottomLeft()));
}

}  // namespace smidgen::ui
