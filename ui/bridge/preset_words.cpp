#include "ui/bridge/preset_words.h"

#include <QCoreApplication>

#include "ui/bridge/text.h"

namespace smidgen::ui {

QString presetText(const PresetSnapshot& preset) {
    return isFactory(preset) ? QCoreApplication::translate("Presets", preset.name.c_str())
                             : toText(preset.name);
}

}  // namespace smidgen::ui
