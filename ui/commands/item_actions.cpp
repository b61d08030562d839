#include "ui/commands/item_actions.h"

#include <QInputDialog>
#include <QPointer>
#include <algorithm>
#include <functional>
#include <iterator>
#include <memory>
#include <optional>
#include <set>

#include "engine/workstation/item_marks.h"
#include "engine/workstation/presets.h"
#include "engine/workstation/relink_folder.h"
#include "ui/bridge/text.h"

namespace smidgen::ui {
namespace {

QString countOf(const std::vector<ItemName>& items) {
    const auto only = [&](ItemKind kind) {
        return std::ranges::all_of(items, [&](const ItemName& item) { return item.kind == kind; });
    };
    const auto count = static_cast<int>(items.size());
    if (only(ItemKind::take))
        return countText(count, LibraryActions::tr("take"), LibraryActions::tr("takes"));
    if (only(ItemKind::sound))
        return countText(count, LibraryActions::tr("sound"), LibraryActions::tr("sounds"));
    return countText(count, LibraryActions::tr("thing"), LibraryActions::tr("things"));
}

QString quoted(const std::string& name) {
    return QStringLiteral("“%1”").arg(toText(name));
}

/// A step that lands on the undo stack when it has succeeded.
void perform(const Studio& studio, const QString& text, const LibraryCommand::Step& apply,
             const LibraryCommand::Step& revert, const QString& removedSentence = {}) {
    studio.bridge.runInOrder(
        &studio.library, [&engine = studio.engine(), apply] { return apply(engine); },
        [studio, text, apply, revert, removedSentence](const Status& status) {
            LibraryActions& library = studio.library;
            if (!status) {
                Q_EMIT library.failed(toText(status.error().sentence));
                return;
            }
            library.undoStack().push(
                new LibraryCommand(studio.bridge, text, apply, revert,
                                   [&library](const QString& sentence) { Q_EMIT library.failed(sentence); }));
            if (!removedSentence.isEmpty()) Q_EMIT library.removed(removedSentence);
        });
}

/// Marks as they were are kept before the change, to be put back.
void changeMarks(const Studio& studio, const QString& text, const std::vector<ItemName>& items,
                 const std::function<void(ItemMarks&)>& change) {
    const auto before = std::make_shared<std::vector<std::pair<ItemName, ItemMarks>>>();
    perform(
        studio, text,
        [items, before, change](Workstation& engine) -> Status {
            before->clear();
            Status result;
            for (const ItemName& item : items) {
                auto marks = marksOf(engine, item);
                if (!marks) {
                    result = propagate(marks);
                    continue;
                }
                ItemMarks after = *marks;
                change(after);
                if (after == *marks) continue;
                if (Status set = setMarks(engine, item, after); set)
                    before->emplace_back(item, *marks);
                else
                    result = set;
            }
            // What could be marked stays marked, and can be taken back.
            return before->empty() ? result : Status();
        },
        [before](Workstation& engine) -> Status {
            Status result;
            for (const auto& [item, marks] : *before)
                if (Status set = setMarks(engine, item, marks); !set) result = set;
            return result;
        });
}

std::vector<std::string> tagsIn(const QString& text) {
    std::vector<std::string> tags;
    for (const QString& part : text.split(QLatin1Char(','))) {
        const QString tag = part.simplified();
        if (!tag.isEmpty()) tags.push_back(tag.toStdString());
    }
    std::ranges::sort(tags);
    tags.erase(std::ranges::unique(tags).begin(), tags.end());
    return tags;
}

QString textOf(const std::vector<std::string>& tags) {
    QStringList parts;
    for (const std::string& tag : tags) parts << toText(tag);
    return parts.join(QStringLiteral(", "));
}

std::vector<std::string> without(const std::vector<std::string>& tags,
                                 const std::vector<std::string>& others) {
    std::vector<std::string> rest;
    std::ranges::set_difference(tags, others, std::back_inserter(rest));
    return rest;
}

void ask(const Studio& studio, const std::vector<ItemName>& items, const std::vector<std::string>& shared,
         QWidget* parent) {
    auto* dialog = new QInputDialog(parent->window());
    dialog->setObjectName(QStringLiteral("tags"));
    dialog->setAttribute(Qt::WA_DeleteOnClose);
    dialog->setWindowTitle(QInputDialog::tr("Tags"));
    dialog->setLabelText(QInputDialog::tr("Tags of %1, with commas between them")
                             .arg(countText(static_cast<int>(items.size()), QInputDialog::tr("thing"),
                                            QInputDialog::tr("things"))));
    dialog->setTextValue(textOf(shared));
    QObject::connect(dialog, &QInputDialog::textValueSelected, &studio.library,
                     [studio, items, shared](const QString& text) {
                         const std::vector<std::string> wanted = tagsIn(text);
                         tagItems(studio, items, without(wanted, shared), without(shared, wanted));
                     });
    dialog->open();
}

}  // namespace

void starItems(const Studio& studio, const std::vector<ItemName>& items, bool starred) {
    if (items.empty()) return;
    changeMarks(studio,
                (starred ? LibraryActions::tr("starring %1") : LibraryActions::tr("unstarring %1"))
                    .arg(countOf(items)),
                items, [starred](ItemMarks& marks) { marks.starred = starred; });
}

void tagItems(const Studio& studio, const std::vector<ItemName>& items, const std::vector<std::string>& more,
              const std::vector<std::string>& less) {
    if (items.empty() || (more.empty() && less.empty())) return;
    changeMarks(studio, LibraryActions::tr("tagging %1").arg(countOf(items)), items,
                [more, less](ItemMarks& marks) {
                    for (const std::string& tag : less) std::erase(marks.tags, tag);
                    marks.tags.insert(marks.tags.end(), more.begin(), more.end());
                    std::ranges::sort(marks.tags);
                    marks.tags.erase(std::ranges::unique(marks.tags).begin(), marks.tags.end());
                });
}

namespace {

/// What removing items took away, to be brought back.
struct Removed {
    std::vector<TakeId> takes;
    std::vector<PresetId> presets;
    std::vector<std::pair<CollectionId, std::vector<SoundEntry>>> sounds;
};

Status takeAway(Workstation& engine, const std::vector<ItemName>& items, Removed& gone) {
    gone = {};
    Status result;
    std::set<std::string> hashes;
    for (const ItemName& item : items) {
        Status status;
        if (item.kind == ItemKind::take) {
            if ((status = engine.trashTake(item.id))) gone.takes.push_back(item.id);
        } else if (item.kind == ItemKind::preset) {
            if ((status = trashPreset(engine, item.id))) gone.presets.push_back(item.id);
        } else if (item.kind == ItemKind::sound) {
            hashes.insert(item.id);
        }
        if (!status) result = status;
    }
    for (const auto& collection : engine.collections()) {
        std::vector<SoundEntry> entries;
        std::vector<SoundId> ids;
        for (const SoundEntry& entry : collection->collection.entries)
            if (hashes.contains(entry.contentHash)) {
                entries.push_back(entry);
                ids.push_back(idOf(entry));
            }
        if (ids.empty()) continue;
        if (Status status = engine.removeSounds(collection->collection.id, ids); status)
            gone.sounds.emplace_back(collection->collection.id, std::move(entries));
        else
            result = status;
    }
    return gone.takes.empty() && gone.presets.empty() && gone.sounds.empty() ? result : Status();
}

Status bringBack(Workstation& engine, const Removed& gone) {
    Status result;
    const auto note = [&result](const Status& status) {
        if (!status) result = status;
    };
    for (const TakeId& id : gone.takes) note(engine.restoreTake(id));
    for (const PresetId& id : gone.presets) note(restorePreset(engine, id));
    for (const auto& [id, entries] : gone.sounds) note(engine.restoreSounds(id, entries));
    return result;
}

}  // namespace

void removeItems(const Studio& studio, const std::vector<ItemName>& items) {
    if (items.empty()) return;
    const auto gone = std::make_shared<Removed>();
    const bool sounds = std::ranges::find(items, ItemKind::sound, &ItemName::kind) != items.end();
    perform(
        studio, LibraryActions::tr("removing %1").arg(countOf(items)),
        [items, gone](Workstation& engine) { return takeAway(engine, items, *gone); },
        [gone](Workstation& engine) { return bringBack(engine, *gone); },
        (sounds ? LibraryActions::tr("%1 removed from the library. Sound files stay where they are.")
                : LibraryActions::tr("%1 moved to the trash."))
            .arg(countOf(items)));
}

void relinkFolder(const Studio& studio, const CollectionId& id, const std::filesystem::path& folder) {
    const auto collection = studio.engine().collection(id);
    if (!collection) return;
    const QString name = quoted(collection->collection.name);
    std::vector<SoundEntry> before;
    for (const SoundEntry& entry : collection->collection.entries)
        if (std::ranges::find(entry.findings, Finding::missing) != entry.findings.end())
            before.push_back(entry);
    Workstation& engine = studio.engine();
    studio.bridge.runInOrder(
        &studio.library, [&engine, id, folder] { return relinkBelow(engine, id, {folder}); },
        [studio, id, name, before, folder](const Result<RelinkReport>& report) {
            if (!report) {
                Q_EMIT studio.library.failed(toText(report.error().sentence));
                return;
            }
            if (report->missing == 0) {
                Q_EMIT studio.library.done(LibraryActions::tr("No file of %1 is missing.").arg(name));
                return;
            }
            if (report->found.empty()) {
                Q_EMIT studio.library.failed(
                    LibraryActions::tr("None of the %1 of %2 lies below %3. Choose another folder.")
                        .arg(countText(report->missing, LibraryActions::tr("missing file"),
                                       LibraryActions::tr("missing files")),
                             name, toText(folder)));
                return;
            }
            std::vector<SoundEntry> entries;
            std::vector<std::pair<std::string, std::filesystem::path>> places;
            for (const auto& [from, to] : report->found)
                if (const auto entry = std::ranges::find(before, from, &SoundEntry::path);
                    entry != before.end()) {
                    entries.push_back(*entry);
                    places.emplace_back(entry->contentHash, to);
                }
            studio.library.undoStack().push(new LibraryCommand(
                studio.bridge, LibraryActions::tr("finding files of %1").arg(name),
                [id, places](Workstation& e) { return e.relinkSounds(id, places); },
                [id, places, entries](Workstation& e) -> Status {
                    std::vector<SoundId> now;
                    for (const auto& [hash, path] : places) now.push_back({path, hash});
                    if (auto removed = e.removeSounds(id, now); !removed) return removed;
                    return e.restoreSounds(id, entries);
                },
                [&library = studio.library](const QString& sentence) { Q_EMIT library.failed(sentence); }));
            const int left = report->missing - static_cast<int>(report->found.size());
            Q_EMIT studio.library.done(
                left == 0 ? LibraryActions::tr("All %1 of %2 found again.")
                                .arg(countText(report->missing, LibraryActions::tr("missing file"),
                                               LibraryActions::tr("missing files")),
                                     name)
                          : LibraryActions::tr(
                                "%1 of %2 of %3 found again; %4 still missing. Choose another folder for "
                                "the rest.")
                                .arg(report->found.size())
                                .arg(countText(report->missing, LibraryActions::tr("missing file"),
                                               LibraryActions::tr("missing files")),
                                     name)
                                .arg(left));
        });
}

void askForTags(const Studio& studio, const std::vector<ItemName>& items, QWidget* parent) {
    if (items.empty()) return;
    using Tags = std::vector<std::string>;
    studio.bridge.run(
        parent,
        [&engine = studio.engine(), items]() -> Result<Tags> {
            std::optional<Tags> shared;
            for (const ItemName& item : items) {
                auto marks = marksOf(engine, item);
                if (!marks) return propagate(marks);
                Tags both;
                if (shared) {
                    std::ranges::set_intersection(*shared, marks->tags, std::back_inserter(both));
                    shared = std::move(both);
                } else {
                    shared = std::move(marks->tags);
                }
            }
            return shared.value_or(Tags());
        },
        [studio, items, parent = QPointer(parent)](const Result<Tags>& shared) {
            if (!shared) return studio.notices.fail(shared.error());
            if (parent) ask(studio, items, *shared, parent);
        });
}

}  // namespace smidgen::ui
