#include "ui/dialogs/help_index.h"

#include <QDir>
#include <QFile>
#include <QFileInfo>
#include <QStringList>

namespace smidgen::ui {

QString helpText(const QString& page) {
    QFile file(QStringLiteral(":/help/%1.md").arg(page));
    return file.open(QIODevice::ReadOnly) ? QString::fromUtf8(file.readAll()) : QString();
}

std::vector<HelpPlace> helpPlaces() {
    std::vector<HelpPlace> places;
    for (const QString& file : QDir(QStringLiteral(":/help")).entryList({QStringLiteral("*.md")})) {
        const QString page = QFileInfo(file).completeBaseName();
        QString title;
        for (const QString& line : helpText(page).split(u'\n')) {
            if (!line.startsWith(u'#')) continue;
            const QString heading = QString(line).remove(u'#').trimmed();
            if (title.isEmpty())
                places.push_back({page, title = heading, {}});
            else
                places.push_back({page, title, heading});
        }
    }
    return places;
}

}  // namespace smidgen::ui
