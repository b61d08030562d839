// What a person prefers, where no page has a place for it: kept in the settings.
#pragma once

#include <QString>
#include <string>
#include <vector>

class QSettings;
class QUndoStack;

namespace smidgen::ui {

namespace preferences {
inline constexpr const char* kTheme = "window/theme";  ///< a scheme's name; empty: as the desktop
inline constexpr const char* kScale = "window/scale";  ///< per cent; 0: as the desktop
inline constexpr const char* kSeconds = "generate/seconds";
inline constexpr const char* kDecoder =
    "generate/decoder";  ///< a size, or that without weights; empty: the best
inline constexpr const char* kUndoSteps = "edit/undoSteps";
}  // namespace preferences

/// Length of a take when the studio opens.
[[nodiscard]] double preferredSeconds(const QSettings& settings);
/// What makes sound of a model's spectrum, as a recipe names it; empty: left to the engine, or what was
/// preferred is not there. The first call reads the decoders' files.
[[nodiscard]] std::string preferredDecoder(const QSettings& settings);
/// 0: without end.
[[nodiscard]] int preferredUndoSteps(const QSettings& settings);
/// Does nothing while there are steps: Qt takes a limit only before the first. True when it was done.
bool limitUndo(QUndoStack& stack, const QSettings& settings);
/// Before the QApplication is made; an environment that says a scale goes first.
void applyPreferredScale(const QSettings& settings);
/// The scales offered, in per cent.
[[nodiscard]] const std::vector<int>& interfaceScales();

}  // namespace smidgen::ui
