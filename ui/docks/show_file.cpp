#include "ui/docks/show_file.h"

#include <QDesktopServices>
#include <QUrl>

#include "ui/bridge/text.h"

namespace smidgen::ui {

void showInFolder(const std::filesystem::path& file) {
    QDesktopServices::openUrl(QUrl::fromLocalFile(toText(file.parent_path())));
}

}  // namespace smidgen::ui
