#include "ui/docks/take_origin.h"

#include <QCoreApplication>

#include "engine/workstation/code_takes.h"
#include "engine/workstation/cube_takes.h"

namespace smidgen::ui {

QString originText(const Recipe& recipe) {
    if (codesOf(recipe)) return QCoreApplication::translate("TakeOrigin", "edited codes");
    if (cubeOf(recipe)) return QCoreApplication::translate("TakeOrigin", "a cube");
    return {};
}

}  // namespace smidgen::ui
