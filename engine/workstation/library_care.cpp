#include "engine/workstation/library_care.h"

#include <algorithm>
#include <set>

#include "engine/foundation/atomic_file.h"
#include "engine/library/library.h"
#include "engine/library/library_blocks.h"
#include "engine/library/library_files.h"
#include "engine/library/other_versions.h"
#include "engine/library/sound_index.h"
#include "engine/workstation/workstation.h"
#include "storage/backend/embedded_backend.h"
#include "storage/blocks/documentation.h"
#include "storage/blocks/maintenance.h"
#include "storage/exchange/sync.h"

namespace smidgen {
namespace {

namespace fs = std::filesystem;

const char* nameOf(storage::AuditAction action) {
    switch (action) {
        case storage::AuditAction::create:
            return "create";
        case storage::AuditAction::edit:
            return "edit";
        case storage::AuditAction::archive:
            return "archive";
        case storage::AuditAction::activate:
            return "activate";
        case storage::AuditAction::remove:
            return "trash";
        case storage::AuditAction::restore:
            return "restore";
        case storage::AuditAction::purge:
            return "purge";
        case storage::AuditAction::share:
            return "share";
        case storage::AuditAction::unshare:
            return "unshare";
        case storage::AuditAction::link:
            return "link";
        case storage::AuditAction::unlink:
            return "unlink";
        case storage::AuditAction::read:
            return "read";
        case storage::AuditAction::repair:
            return "repair";
        case storage::AuditAction::receive:
            return "receive";
    }
    return "?";
}

storage::ConflictPolicy policyOf(SyncConflicts conflicts) {
    switch (conflicts) {
        case SyncConflicts::newestWins:
            return storage::ConflictPolicy::newestWins;
        case SyncConflicts::merge:
            return storage::ConflictPolicy::merge;
        case SyncConflicts::show:
        case SyncConflicts::keepBoth:  // afterwards, one by one
            break;
    }
    return storage::ConflictPolicy::manual;
}

Status checkOther(const Library& library, const fs::path& folder) {
    std::error_code ignored;
    if (!fs::exists(folder / "library.json", ignored))
        return failure(ErrorCode::notFound, "There is no library in '" + displayName(folder) + "'.");
    if (fs::equivalent(folder, library.folder(), ignored))
        return failure(ErrorCode::invalidArgument,
                       "'" + displayName(folder) + "' is the library that is worked in. Name another.");
    return {};
}

/// Another library to write to, in the same project and for the same caller.
Result<std::unique_ptr<Library>> openOther(const Library& library, const fs::path& folder) {
    if (auto other = checkOther(library, folder); !other) return propagate(other);
    return Library::open(folder, library.caller());
}

/// The same, which nothing is done to, where it has the format of today.
Result<std::unique_ptr<Library>> readOther(const Library& library, const fs::path& folder) {
    if (auto other = checkOther(library, folder); !other) return propagate(other);
    if (auto read = Library::openToRead(folder, library.caller());
        read || read.error().code != ErrorCode::unusableInput)
        return read;
    return Library::open(folder, library.caller());
}

/// Most entries say no more than which block: its name, as it is now, tells a person more.
std::vector<AuditLine> named(const Library& library, std::vector<AuditLine> lines) {
    const std::string project = "@" + library.caller().project;
    for (AuditLine& line : lines) {
        // Asking for another project's would itself be refused, and logged.
        const auto id = storage::BlockId::parse(line.block);
        if (!line.detail.empty() || !id || !line.caller.ends_with(project)) continue;
        if (const auto block = library.store().get(library.caller(), *id, {false, false}))
            line.detail = block->name;
    }
    return lines;
}

}  // namespace

Result<LibraryFigures> figuresOf(Workstation& workstation) {
    Library& library = workstation.items();
    // An index is there once it has been asked.
    const std::vector<float> middle(kSoundDims);
    for (const std::string_view space : {kSoundSpace, kPartSpace})
        (void)library.backend().searchLike(library.caller(), std::string(space), middle, {}, 1, {});
    auto stats = library.backend().stats(true);
    if (!stats) return propagate(stats);
    LibraryFigures figures;
    std::set<std::string> sounds;
    for (const auto& collection : library.collections())
        for (const SoundEntry& entry : collection->entries) sounds.insert(entry.contentHash);
    figures.collections = library.collections().size();
    figures.sounds = sounds.size();
    figures.models = library.models().size();
    figures.takes = library.takes().size();
    figures.cubes = library.cubes().size();
    figures.trashed = library.models(true).size() + library.takes(true).size() + library.cubes(true).size();
    figures.blocks = stats->blocks;
    figures.storeBytes = stats->bytes;
    auto named = namedFiles(library);
    if (!named) return propagate(named);
    for (const KeptFile& file : named->files) figures.fileBytes += static_cast<std::uint64_t>(file.bytes);
    figures.pendingChanges = stats->pendingChanges;
    const auto add = [&](const char* name, const storage::LatencySummary& latency) {
        figures.operations.push_back({name, latency.count, latency.p50, latency.p95});
    };
    add("put", stats->puts);
    add("get", stats->gets);
    add("list", stats->scans);
    add("words", stats->wordSearches);
    add("likeness", stats->likeSearches);
    for (const storage::SpaceStatistics& space : stats->spaces)
        figures.spaces.push_back({space.name, space.vectors, space.bytes, space.indexed, space.recall});
    figures.problems = library.problems();
    return figures;
}

Result<LibraryCheck> verifyLibrary(Workstation& workstation, const CancelToken& cancel) {
    return workstation.items().verify(cancel);
}

Result<LibraryCheck> scrubLibrary(Workstation& workstation, std::uint64_t bytesPerSecond,
                                  const CancelToken& cancel,
                                  const std::function<void(std::uint64_t)>& progress) {
    return workstation.items().scrub(bytesPerSecond, cancel, progress);
}

Result<LibraryRepair> repairLibrary(const fs::path& library) {
    const fs::path store = library / "store";
    std::error_code ignored;
    if (!fs::exists(store, ignored))
        return failure(ErrorCode::notFound, "There is no library in '" + displayName(library) + "'.");
    auto report = storage::repairStore(store);
    if (!report) return propagate(report);
    return LibraryRepair{std::move(report->done), std::move(report->lost)};
}

Status backUpLibrary(Workstation& workstation, const fs::path& folder, const CancelToken& cancel,
                     const std::function<void(double)>& progress) {
    Library& library = workstation.items();
    fs::path target = folder.lexically_normal();
    if (!target.has_filename()) target = target.parent_path();
    std::error_code error;
    if (target.empty() || fs::exists(target, error))
        return failure(ErrorCode::invalidArgument,
                       "'" + displayName(folder) + "' is there already. Name a folder that is not.");
    const fs::path part = target.parent_path() / ("." + displayName(target.filename()) + ".part");
    fs::remove_all(part, error);
    fs::create_directories(part, error);
    if (error) return systemFailure(error.value(), "create the folder", part);
    const auto tell = [&](double share) {
        if (progress) progress(share);
    };
    Status done = storage::backupStore(library.store(), part / "store", cancel,
                                       [&](double share) { tell(0.5 * share); });
    if (done) done = copyFiles(library, part, cancel, [&](double share) { tell(0.5 + 0.5 * share); });
    if (done) done = copyFile(library.folder() / "library.json", part / "library.json");
    if (done) {
        fs::rename(part, target, error);
        if (error) done = systemFailure(error.value(), "finish the copy", target);
    }
    if (!done) fs::remove_all(part, error);
    return done;
}

Result<std::vector<AuditLine>> auditOf(Workstation& workstation, std::int64_t first, std::size_t limit) {
    const Library& library = workstation.items();
    std::vector<AuditLine> lines;
    std::int64_t from = std::max<std::int64_t>(first, 1);
    for (;;) {
        auto entries = library.store().audit(from, 1000);
        if (!entries) return propagate(entries);
        for (const storage::AuditEntry& entry : *entries) {
            if (first >= 1 && lines.size() == limit) return named(library, std::move(lines));
            lines.push_back(
                {entry.seq, entry.time, nameOf(entry.action), entry.outcome == storage::AuditOutcome::refused,
                 entry.block.isNull() ? std::string() : entry.block.text(), entry.caller, entry.detail});
            from = entry.seq + 1;
        }
        if (first < 1 && lines.size() > limit)
            lines.erase(lines.begin(), lines.end() - static_cast<std::ptrdiff_t>(limit));
        if (entries->size() < 1000) return named(library, std::move(lines));
    }
}

Result<LibrarySync> bringIn(Workstation& workstation, const fs::path& other, SyncConflicts conflicts,
                            const CancelToken& cancel) {
    Library& library = workstation.items();
    auto from = readOther(library, other);
    if (!from) return propagate(from);
    auto before = namedFiles(library);
    if (!before) return propagate(before);
    // Files first: a block that arrives finds its samples there.
    LibrarySync sync;
    auto copied = takeFilesOver(**from, library, cancel);
    if (!copied) return propagate(copied);
    storage::SyncOptions options;
    options.policy = policyOf(conflicts);
    options.cancel = cancel;
    // With a filter, even one that lets everything through, purges stay where they were made.
    options.filter.emplace().statuses.clear();
    auto report = storage::syncStores((*from)->store(), library.store(), library.caller(), options);
    auto kept = keepNamedFiles(library, *copied);
    if (!kept) return propagate(kept);
    if (!report) return propagate(report);
    auto parted = partTwins(**from, library, sync.problems);
    if (!parted) return propagate(parted);
    auto replaced = replaceFiles(**from, library, cancel);
    if (!replaced) return propagate(replaced);
    sync.files = *kept + *parted + *replaced;
    // A cube that came in another state has other nodes in another file.
    if (auto rest = keepNamedFiles(library, {before->places.begin(), before->places.end()}); !rest)
        return propagate(rest);
    if (report->stopped) return tl::unexpected<Error>(*report->stopped);
    sync.added = report->added + report->cameBack;
    sync.updated = report->updated;
    sync.same = report->same + report->newerInTarget;
    sync.settled = report->sourceWon + report->targetWon + report->merged;
    for (const storage::SyncConflict& conflict : report->conflicts) {
        if (conflicts == SyncConflicts::keepBoth && !cancel.cancelled()) {
            const auto both = keepOtherVersion(**from, library, conflict.source);
            if (both) {
                ++sync.settled;
                continue;
            }
            sync.problems.push_back("'" + conflict.target.name + "': " + both.error().sentence);
        }
        sync.conflicts.push_back(conflict.target.name);
    }
    for (const storage::SyncProblem& problem : report->problems)
        sync.problems.push_back("'" + problem.name + "': " + problem.sentence);
    return sync;
}

Result<SendingReport> sendInto(Workstation& workstation, const fs::path& other,
                               const std::vector<ItemName>& items, const CancelToken& cancel,
                               const std::function<void(const SendingState&)>& progress) {
    const Library& library = workstation.items();
    std::vector<storage::BlockId> blocks;
    for (const ItemName& item : items) {
        auto block = library.blockOf(item.kind, item.id);
        if (!block) return propagate(block);
        if (std::ranges::find(blocks, block->id) == blocks.end()) blocks.push_back(block->id);
    }
    auto to = openOther(library, other);
    if (!to) return propagate(to);
    return sendItems(library, **to, blocks, cancel, progress);
}

Status addHelp(Workstation& workstation, const std::string& name, const std::string& markdown) {
    const Library& library = workstation.items();
    storage::Documentation documentation;
    documentation.name = name;
    documentation.markdown = markdown;
    auto put = storage::putDocumentation(library.store(), library.caller(), documentation);
    if (!put) return propagate(put);
    return {};
}

}  // namespace smidgen
