// The export profile that takes are dragged out with; the person's own setting.
#pragma once

#include <QSettings>
#include <QString>

namespace smidgen::ui {

/// Empty: 32-bit float WAV, the samples as they are.
[[nodiscard]] inline QString dragProfile(const QSettings& settings) {
    return settings.value(QStringLiteral("export/dragProfile")).toString();
}
inline void setDragProfile(QSettings& settings, const QString& name) {
    settings.setValue(QStringLiteral("export/dragProfile"), name);
}

}  // namespace smidgen::ui
