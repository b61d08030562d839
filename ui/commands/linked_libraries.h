// Other libraries that are looked into again and again, kept in the settings.
#pragma once

#include <QString>
#include <QStringList>

class QSettings;

namespace smidgen::ui {

/// Folders, the one looked into last first. They are this computer's, so they lie in its settings and in no
/// library: one that travels takes no strange folders along, and the linked one is not touched.
class LinkedLibraries final {
 public:
    /// `ours`: the folder of the library that is worked in, which is never among them.
    LinkedLibraries(QSettings& settings, QString ours);

    [[nodiscard]] QStringList folders() const;
    /// It is the first from now on.
    void link(const QString& folder);
    void unlink(const QString& folder);
    /// How a folder is written here: absolute, without a stroke at its end.
    [[nodiscard]] static QString plain(const QString& folder);

 private:
    QSettings& m_settings;
    QString m_ours;
};

}  // namespace smidgen::ui
