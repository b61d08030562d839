#include "ui/canvas/code_words.h"

#include <QCoreApplication>
#include <QRegularExpression>

namespace smidgen {

namespace {

// Listed for the translators; looked up by the text the engine gives.
[[maybe_unused]] constexpr const char* kLanes[] = {
    QT_TRANSLATE_NOOP("CodeLanes", "Structure"),   QT_TRANSLATE_NOOP("CodeLanes", "Timbre"),
    QT_TRANSLATE_NOOP("CodeLanes", "Texture"),     QT_TRANSLATE_NOOP("CodeLanes", "Detail"),
    QT_TRANSLATE_NOOP("CodeLanes", "Fine detail"), QT_TRANSLATE_NOOP("CodeLanes", "Finest detail")};
[[maybe_unused]] constexpr const char* kAxes[] = {QT_TRANSLATE_NOOP("CubeAxes", "Timbre"),
                                                  QT_TRANSLATE_NOOP("CubeAxes", "Brightness"),
                                                  QT_TRANSLATE_NOOP("CubeAxes", "Harmonicity")};
[[maybe_unused]] constexpr const char* kSteps[] = {
    QT_TRANSLATE_NOOP("CodeSteps", "Type"),         QT_TRANSLATE_NOOP("CodeSteps", "Brush"),
    QT_TRANSLATE_NOOP("CodeSteps", "Stamp"),        QT_TRANSLATE_NOOP("CodeSteps", "Fill"),
    QT_TRANSLATE_NOOP("CodeSteps", "Paste"),        QT_TRANSLATE_NOOP("CodeSteps", "Choose a code"),
    QT_TRANSLATE_NOOP("CodeSteps", "In-fill"),      QT_TRANSLATE_NOOP("CodeSteps", "Erase"),
    QT_TRANSLATE_NOOP("CodeSteps", "Hold"),         QT_TRANSLATE_NOOP("CodeSteps", "Shuffle"),
    QT_TRANSLATE_NOOP("CodeSteps", "Swap"),         QT_TRANSLATE_NOOP("CodeSteps", "Blend"),
    QT_TRANSLATE_NOOP("CodeSteps", "Nearest code"), QT_TRANSLATE_NOOP("CodeSteps", "Nearer code"),
    QT_TRANSLATE_NOOP("CodeSteps", "Rename %1"),    QT_TRANSLATE_NOOP("CodeSteps", "Mute %1"),
    QT_TRANSLATE_NOOP("CodeSteps", "Unmute %1"),    QT_TRANSLATE_NOOP("CodeSteps", "Solo %1"),
    QT_TRANSLATE_NOOP("CodeSteps", "Unsolo %1"),    QT_TRANSLATE_NOOP("CodeSteps", "Lock %1"),
    QT_TRANSLATE_NOOP("CodeSteps", "Unlock %1")};

QString shownStep(const QString& step) {
    return QCoreApplication::translate("CodeSteps", step.toUtf8().constData());
}

}  // namespace

QString laneText(const std::string& name) {
    return QCoreApplication::translate("CodeLanes", name.c_str());
}

QString axisText(const std::string& name) {
    return QCoreApplication::translate("CubeAxes", name.c_str());
}

QString editText(const std::string& step) {
    const QString whole = QString::fromStdString(step);
    static const QRegularExpression counted(QStringLiteral("^(.+), ([0-9]+) cells?$"));
    if (const auto found = counted.match(whole); found.hasMatch()) {
        const QString name = shownStep(found.captured(1));
        const int cells = found.captured(2).toInt();
        return cells == 1 ? QCoreApplication::translate("CodeSteps", "%1, 1 cell").arg(name)
                          : QCoreApplication::translate("CodeSteps", "%1, %2 cells").arg(name).arg(cells);
    }
    const QString verb = whole.section(u' ', 0, 0) + QStringLiteral(" %1");
    const QString shown = shownStep(verb);
    if (shown != verb) return shown.arg(laneText(whole.section(u' ', 1).toStdString()));
    return shownStep(whole);
}

}  // namespace smidgen
