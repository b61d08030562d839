#include "ui/commands/preferences.h"

#include <QSettings>
#include <QUndoStack>
#include <algorithm>

#include "engine/generation/decoder_shelf.h"

namespace smidgen::ui {

namespace {
constexpr double kSeconds = 8;
constexpr double kMostSeconds = 3600;
constexpr int kUndoSteps = 0;
constexpr const char* kScaleVariable = "QT_SCALE_FACTOR";
}  // namespace

double preferredSeconds(const QSettings& settings) {
    const double seconds = settings.value(QLatin1String(preferences::kSeconds), kSeconds).toDouble();
    return seconds > 0 && seconds <= kMostSeconds ? seconds : kSeconds;
}

std::string preferredDecoder(const QSettings& settings) {
    const std::string name = settings.value(QLatin1String(preferences::kDecoder)).toString().toStdString();
    if (name.empty()) return {};
    return decoderIdentity(name).value_or(std::string());
}

int preferredUndoSteps(const QSettings& settings) {
    return std::max(0, settings.value(QLatin1String(preferences::kUndoSteps), kUndoSteps).toInt());
}

bool limitUndo(QUndoStack& stack, const QSettings& settings) {
    if (stack.count() > 0) return stack.undoLimit() == preferredUndoSteps(settings);
    stack.setUndoLimit(preferredUndoSteps(settings));
    return true;
}

void applyPreferredScale(const QSettings& settings) {
    const int scale = settings.value(QLatin1String(preferences::kScale)).toInt();
    const auto& offered = interfaceScales();
    if (qEnvironmentVariableIsSet(kScaleVariable) || std::ranges::find(offered, scale) == offered.end())
        return;
    qputenv(kScaleVariable, QByteArray::number(scale / 100.0));
}

const std::vector<int>& interfaceScales() {
    static const std::vector<int> scales{75, 100, 125, 150, 175, 200, 250};
    return scales;
}

}  // namespace smidgen::ui
