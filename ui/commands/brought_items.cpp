#include "ui/commands/brought_items.h"

#include <QCoreApplication>
#include <QStringList>

#include "ui/bridge/text.h"
#include "ui/commands/library_command.h"

namespace smidgen::ui {
namespace {

class BroughtItems {
    Q_DECLARE_TR_FUNCTIONS(BroughtItems)
};

}  // namespace

QString thingsText(std::uint64_t count) {
    return countText(static_cast<int>(count), BroughtItems::tr("thing"), BroughtItems::tr("things"));
}

QString problemsText(const std::vector<std::string>& problems) {
    const QString first = toText(problems.front());
    return problems.size() == 1
               ? first
               : BroughtItems::tr("%1 And %2 more like it.").arg(first, thingsText(problems.size() - 1));
}

BroughtWords takeIn(const Studio& studio, const Brought& brought) {
    QStringList parts;
    if (!brought.added.empty()) parts += BroughtItems::tr("%1 came in").arg(thingsText(brought.added.size()));
    if (brought.updated > 0) parts += BroughtItems::tr("%1 brought up to date").arg(brought.updated);
    if (brought.settled > 0) parts += BroughtItems::tr("%1 decided").arg(brought.settled);
    if (brought.left > 0)
        parts += BroughtItems::tr("%1 changed on both sides left as they are").arg(brought.left);
    QString sentence = parts.isEmpty() ? BroughtItems::tr("Nothing came in.")
                                       : parts.join(QStringLiteral(", ")) + QLatin1Char('.');
    if (!brought.problems.empty()) sentence += u' ' + problemsText(brought.problems);
    if (brought.stopped) sentence += u' ' + toText(brought.stopped->sentence);
    if (!brought.added.empty()) {
        const std::vector<ItemName> added = brought.added;
        LibraryActions& library = studio.library;
        library.undoStack().push(new LibraryCommand(
            studio.bridge, BroughtItems::tr("bringing in %1").arg(thingsText(added.size())),
            [added](Workstation& engine) { return restoreBrought(engine, added); },
            [added](Workstation& engine) { return trashBrought(engine, added); },
            [&library](const QString& refused) { Q_EMIT library.failed(refused); }));
    }
    return {sentence, brought.problems.empty() && !brought.stopped};
}

}  // namespace smidgen::ui
