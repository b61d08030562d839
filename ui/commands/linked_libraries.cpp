#include "ui/commands/linked_libraries.h"

#include <QDir>
#include <QSettings>
#include <utility>

namespace smidgen::ui {

namespace {

const QString kKey = QStringLiteral("library/linked");

}  // namespace

LinkedLibraries::LinkedLibraries(QSettings& settings, QString ours)
    : m_settings(settings), m_ours(plain(ours)) {}

QString LinkedLibraries::plain(const QString& folder) {
    return QDir::cleanPath(QDir(folder).absolutePath());
}

QStringList LinkedLibraries::folders() const {
    QStringList folders = m_settings.value(kKey).toStringList();
    folders.removeAll(m_ours);
    return folders;
}

void LinkedLibraries::link(const QString& folder) {
    QStringList folders = m_settings.value(kKey).toStringList();
    folders.removeAll(plain(folder));
    folders.prepend(plain(folder));
    m_settings.setValue(kKey, folders);
}

void LinkedLibraries::unlink(const QString& folder) {
    QStringList folders = m_settings.value(kKey).toStringList();
    folders.removeAll(plain(folder));
    m_settings.setValue(kKey, folders);
}

}  // namespace smidgen::ui
