#include "engine/library/other_versions.h"

#include <algorithm>
#include <iterator>
#include <map>
#include <optional>

#include "engine/collections/content_hash.h"
#include "engine/foundation/atomic_file.h"
#include "engine/library/file_transfer.h"
#include "engine/library/library_blocks.h"
#include "engine/library/library_files.h"
#include "engine/library/sound_index.h"
#include "storage/blocks/block_store.h"
#include "storage/blocks/block_visit.h"
#include "storage/blocks/permission_rules.h"
#include "storage/exchange/sync.h"

namespace smidgen {
namespace {

namespace fs = std::filesystem;
using storage::Block;
using storage::BlockId;
using storage::ConflictPolicy;

constexpr const char* kOtherVersion = "other-version-of";

/// Copies the bytes of that sum to its place in `library`, from the first of these files that has them.
Status bringCopy(const std::vector<fs::path>& sources, const KeptFile& file, const fs::path& library) {
    const fs::path target = library / fs::path(file.place);
    if (holds(target, file.sum)) return {};
    for (const fs::path& source : sources)
        if (holds(source, file.sum)) return copyFile(source, target);
    return failure(ErrorCode::unusableInput,
                   "Its file is in neither library as it was kept: it is damaged, or was changed from "
                   "outside.");
}

/// The same for the same state of a block: what is kept of it is kept once.
std::string traceOf(const Block& block) {
    std::string text = block.id.text();
    for (const auto& [store, count] : block.lineage)
        text += " " + std::to_string(store) + ":" + std::to_string(count);
    return hashOfText(text);
}

std::string otherName(const std::string& name) {
    constexpr std::string_view kSuffix = " (other version)";
    constexpr std::size_t kMost = 1024;
    return name.size() + kSuffix.size() <= kMost ? name + std::string(kSuffix) : name;
}

/// The other version as an item of its own, with its file.
Result<storage::BlockDraft> draftOfOther(const Library& from, const Library& to, Block block,
                                         bool sameName = false) {
    const std::string trace = traceOf(block), id = idOfOtherVersion(block);
    auto file = keptFileOf(block);
    if (file) {
        if (!isPlainPlace(file->place))
            return failure(ErrorCode::unusableInput, "It names a file outside of the library.");
        const fs::path source = from.folder() / fs::path(file->place);
        file->place = placeFor(id, file->place);
        if (auto copied = bringCopy({source}, *file, to.folder()); !copied) return propagate(copied);
    }
    storage::BlockEdit other = asAnotherItem(block, id, file);
    storage::BlockDraft draft;
    draft.id = blockIdFrom(trace);
    draft.name = sameName ? block.name : otherName(block.name);
    draft.kind = block.kind;
    draft.mimeType = std::move(block.mimeType);
    draft.metadata = std::move(*other.metadata);
    draft.tags = std::move(block.tags);
    draft.permissions = std::move(block.permissions);
    draft.content = other.content ? std::move(*other.content) : std::move(block.content);
    draft.vectors = std::move(block.vectors);
    return draft;
}

/// Makes an item of a draft that names its id; `with`: in the same transaction. It may have been made before,
/// and perhaps taken away since.
Status putOnce(Library& to, storage::BlockDraft draft, std::vector<storage::Operation> with) {
    Block drafted;
    drafted.metadata = draft.metadata;
    const auto file = keptFileOf(drafted);
    std::vector<storage::Operation> operations;
    operations.emplace_back(storage::PutBlock{std::move(draft)});
    for (storage::Operation& operation : with) operations.push_back(std::move(operation));
    auto put = to.store().apply(to.caller(), operations);
    if (!put && file)
        if (auto kept = keepNamedFiles(to, {file->place}); !kept) return propagate(kept);
    if (!put && put.error().code != ErrorCode::conflict) return propagate(put);
    return {};
}

/// Those that name one file.
using Twins = std::vector<Block>;

/// Which of them the file stays with: one that we may not change; else one that has what lies there.
std::size_t ownerAmong(const Twins& twins, const storage::Caller& caller, const std::string& sum) {
    const auto isFixed = [&](const Block& block) {
        return block.readOnly || block.status != storage::BlockStatus::active ||
               (storage::rightsOf(caller, block) & storage::kMayWrite) == 0;
    };
    const auto fixed = std::ranges::find_if(twins, isFixed);
    if (fixed != twins.end()) return static_cast<std::size_t>(fixed - twins.begin());
    const auto fitting =
        std::ranges::find_if(twins, [&](const Block& block) { return keptFileOf(block)->sum == sum; });
    return fitting == twins.end() ? 0 : static_cast<std::size_t>(fitting - twins.begin());
}

Status part(const Library& from, Library& to, const Block& twin) {
    auto block = to.store().get(to.caller(), twin.id, {false, true});
    if (!block) return propagate(block);
    auto file = keptFileOf(*block);
    const std::string id = idOfTwin(*block);
    const fs::path place(file->place);
    file->place = placeFor(id, file->place);
    if (auto copied = bringCopy({to.folder() / place, from.folder() / place}, *file, to.folder()); !copied)
        return copied;
    auto done = to.store().edit(to.caller(), block->id, block->version, asAnotherItem(*block, id, file));
    if (!done) {
        std::error_code ignored;
        fs::remove(to.folder() / fs::path(file->place), ignored);
        return propagate(done);
    }
    return {};
}

/// Puts the file of their version where it belongs here; in place of what ours had there, which is kept by
/// now.
Result<fs::path> placeOfTheirs(const Library& from, const Library& to, const BlockId& block,
                               const KeptFile& file, const CancelToken& cancel,
                               const std::function<void(std::uint64_t)>& progress) {
    if (!isPlainPlace(file.place))
        return failure(ErrorCode::unusableInput, "It names a file outside of the library.");
    bool taken = false;
    auto visited = storage::visitBlocks(to.store(), {std::begin(kFileClasses), std::end(kFileClasses)},
                                        [&](const Block& other) {
                                            const auto named = keptFileOf(other);
                                            taken = other.id != block && named && named->place == file.place;
                                            return !taken;
                                        });
    if (!visited) return propagate(visited);
    if (taken)
        return failure(ErrorCode::conflict, "Another item's file lies at its place here. Keep both instead.");
    fs::path place = to.folder() / fs::path(file.place);
    const fs::path part = to.transfersFolder() / (file.sum + ".part");
    auto sent =
        transferFile(from.folder() / fs::path(file.place), file, part, cancel, [&](std::uint64_t done) {
            if (progress) progress(done);
        });
    if (!sent) return propagate(sent);
    std::error_code error;
    fs::rename(part, place, error);
    if (error) return systemFailure(error.value(), "write", place);
    return place;
}

}  // namespace

Status keepOtherVersion(const Library& from, Library& to, const Block& source) {
    const auto settle = [&](ConflictPolicy policy) {
        return storage::resolveConflict(from.store(), to.store(), to.caller(), source.id, policy);
    };
    if (source.mimeType == kSoundMime) return settle(ConflictPolicy::newestWins);
    if (!itemKindOf(source) || itemIdOf(source).empty()) return settle(ConflictPolicy::keepBoth);
    auto block = from.store().get(to.caller(), source.id);
    if (!block) return propagate(block);
    const storage::BlockStatus status = block->status;
    auto draft = draftOfOther(from, to, std::move(*block));
    if (!draft) return propagate(draft);
    const BlockId id = *draft->id;
    std::vector<storage::Operation> with;
    with.emplace_back(storage::LinkBlocks{{id, source.id, kOtherVersion, 1.0}});
    if (status != storage::BlockStatus::active) with.emplace_back(storage::SetStatus{id, 0, status});
    if (auto put = putOnce(to, std::move(*draft), std::move(with)); !put) return put;
    return settle(ConflictPolicy::targetWins);
}

std::string idOfOtherVersion(const Block& block) {
    return itemIdOf(block) + "-" + traceOf(block).substr(0, 8);
}

Result<std::string> takeOtherVersion(const Library& from, Library& to, const Block& source,
                                     const CancelToken& cancel,
                                     const std::function<void(std::uint64_t)>& progress) {
    auto theirs = from.store().get(to.caller(), source.id, {false, false});
    if (!theirs) return propagate(theirs);
    auto ours = to.store().get(to.caller(), source.id);
    if (!ours) return propagate(ours);
    if (ours->readOnly || (storage::rightsOf(to.caller(), *ours) & storage::kMayWrite) == 0)
        return failure(ErrorCode::refused, "It may not be changed here. Keep both instead.");
    const auto file = keptFileOf(*theirs), ourFile = keptFileOf(*ours);
    const bool sameFile = file.has_value() == ourFile.has_value() && (!file || file->sum == ourFile->sum);
    std::string kept;
    if (!sameFile || ours->contentSum != theirs->contentSum) {
        kept = idOfOtherVersion(*ours);
        const BlockId block = ours->id;
        auto draft = draftOfOther(to, to, std::move(*ours));
        if (!draft) return propagate(draft);
        std::vector<storage::Operation> link;
        link.emplace_back(storage::LinkBlocks{{*draft->id, block, kOtherVersion, 1.0}});
        if (auto put = putOnce(to, std::move(*draft), std::move(link)); !put) return propagate(put);
    }
    std::optional<fs::path> place;
    if (file && !sameFile) {
        auto placed = placeOfTheirs(from, to, source.id, *file, cancel, progress);
        if (!placed) return propagate(placed);
        place = std::move(*placed);
    }
    Status settled = storage::resolveConflict(from.store(), to.store(), to.caller(), source.id,
                                              ConflictPolicy::sourceWins);
    if (!settled && place && ourFile) {
        // Its own bytes lie with the item that was kept.
        const fs::path copy = to.folder() / fs::path(placeFor(kept, ourFile->place));
        if (auto back = bringCopy({copy}, *ourFile, to.folder()); !back) return propagate(back);
    }
    if (!settled) return propagate(settled);
    if (ourFile)
        if (auto rest = keepNamedFiles(to, {ourFile->place}); !rest) return propagate(rest);
    return kept;
}

Result<std::string> keepAsNew(const Library& from, Library& to, const Block& source) {
    auto block = from.store().get(to.caller(), source.id);
    if (!block) return propagate(block);
    const std::string id = idOfOtherVersion(*block);
    auto draft = draftOfOther(from, to, std::move(*block), true);
    if (!draft) return propagate(draft);
    if (auto put = putOnce(to, std::move(*draft), {}); !put) return propagate(put);
    return id;
}

Result<std::uint64_t> partTwins(const Library& from, Library& to, std::vector<std::string>& problems) {
    std::map<std::string, std::size_t> uses;
    auto named = namedFiles(to);
    if (!named) return propagate(named);
    for (const KeptFile& file : named->files) ++uses[file.place];
    std::erase_if(uses, [](const auto& use) { return use.second < 2; });
    if (uses.empty()) return 0;
    std::map<std::string, Twins> places;
    auto visited = storage::visitBlocks(to.store(), {std::begin(kFileClasses), std::end(kFileClasses)},
                                        [&](const Block& block) {
                                            const auto file = keptFileOf(block);
                                            if (file && uses.contains(file->place))
                                                places[file->place].push_back(block);
                                            return true;
                                        });
    if (!visited) return propagate(visited);
    std::uint64_t parted = 0;
    for (const auto& [place, twins] : places) {
        if (twins.size() < 2) continue;
        const auto there = identifyFile(to.folder() / fs::path(place));
        const std::size_t owner = ownerAmong(twins, to.caller(), there ? there->contentHash : "");
        for (std::size_t i = 0; i < twins.size(); ++i) {
            // Another project's, or one that lies in the trash, is left as it is.
            if (i == owner || (storage::rightsOf(to.caller(), twins[i]) & storage::kMayWrite) == 0 ||
                twins[i].status != storage::BlockStatus::active)
                continue;
            if (auto done = part(from, to, twins[i]); !done) {
                problems.push_back("'" + twins[i].name + "': " + done.error().sentence);
                continue;
            }
            ++parted;
        }
    }
    return parted;
}

}  // namespace smidgen
