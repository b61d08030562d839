// The language of the window: English as it is written in the source, or one of the translations it brings.
#pragma once

#include <QString>
#include <QStringList>
#include <vector>

class QCoreApplication;
class QSettings;

namespace smidgen::ui {

namespace preferences {
inline constexpr const char* kLanguage = "window/language";  ///< "de"; empty: as the desktop
}

/// English first, then every translation in the program: "en", "de".
[[nodiscard]] const std::vector<QString>& languages();
/// What its speakers call it: "Deutsch".
[[nodiscard]] QString languageName(const QString& language);
/// The language for a wish: itself where it is there; else, and for an empty one, the first of the desktop's
/// languages ("de-AT", "en") that is there, or English.
[[nodiscard]] QString chosenLanguage(const QString& wish, const QStringList& desktop);
/// What was chosen in the preferences, on this desktop.
[[nodiscard]] QString preferredLanguage(const QSettings& settings);
/// Puts Smidgen's and Qt's own words, and the writing of numbers and dates, into that language: one of
/// languages(). In place of what was spoken before; a window that stands already keeps its words.
void speak(QCoreApplication& application, const QString& language);

}  // namespace smidgen::ui
