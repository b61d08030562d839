#include "engine/library/library_files.h"

#include <iterator>
#include <map>

#include "engine/collections/content_hash.h"
#include "engine/foundation/atomic_file.h"
#include "engine/library/library.h"
#include "storage/blocks/block_store.h"
#include "storage/blocks/block_visit.h"

namespace smidgen {
namespace {

namespace fs = std::filesystem;

constexpr std::size_t kListed = 1000;

tl::unexpected<Error> cancelledCopy() {
    return failure(ErrorCode::cancelled, "The files were not copied to their end.");
}

void removeFiles(const Library& library, const std::vector<std::string>& places) {
    std::error_code ignored;
    for (const std::string& place : places) fs::remove(library.folder() / fs::path(place), ignored);
}

}  // namespace

bool holds(const fs::path& file, const std::string& sum) {
    const auto identity = identifyFile(file);
    return identity && identity->contentHash == sum;
}

Status copyFile(const fs::path& from, const fs::path& to) {
    std::error_code error;
    fs::create_directories(to.parent_path(), error);
    auto file = AtomicFile::create(to);
    if (!file) return propagate(file);
    fs::copy_file(from, file->partPath(), fs::copy_options::overwrite_existing, error);
    if (error) return systemFailure(error.value(), "copy", from);
    return file->commit();
}

Result<NamedFiles> namedFiles(const Library& library) {
    NamedFiles named;
    auto visited = storage::visitBlocks(library.store(), {std::begin(kFileClasses), std::end(kFileClasses)},
                                        [&](const storage::Block& block) {
                                            auto file = keptFileOf(block);
                                            if (!file || !isPlainPlace(file->place)) return true;
                                            named.places.insert(file->place);
                                            named.files.push_back(std::move(*file));
                                            return true;
                                        });
    if (!visited) return propagate(visited);
    named.damaged = visited->damaged;
    return named;
}

bool isBeingSent(const Library& library, const fs::path& file) {
    std::error_code ignored;
    for (const auto& entry : fs::directory_iterator(library.transfersFolder(), ignored))
        if (fs::equivalent(entry.path(), file, ignored)) return true;
    return false;
}

Result<std::vector<KeptFile>> visibleFiles(const Library& library) {
    std::vector<KeptFile> files;
    storage::BlockQuery query;
    query.classes.assign(std::begin(kFileClasses), std::end(kFileClasses));
    query.statuses.clear();
    query.limit = kListed;
    do {
        auto page = library.store().list(library.caller(), query);
        if (!page) return propagate(page);
        for (const storage::Block& block : page->blocks)
            if (auto file = keptFileOf(block); file && isPlainPlace(file->place))
                files.push_back(std::move(*file));
        query.after = page->next;
    } while (!query.after.empty());
    return files;
}

Status copyFiles(const Library& library, const fs::path& target, const CancelToken& cancel,
                 const std::function<void(double)>& progress) {
    auto named = namedFiles(library);
    if (!named) return propagate(named);
    for (std::size_t i = 0; i < named->files.size(); ++i) {
        if (cancel.cancelled()) return cancelledCopy();
        const fs::path place(named->files[i].place);
        std::error_code ignored;
        if (!fs::exists(library.folder() / place, ignored)) continue;
        if (auto copied = copyFile(library.folder() / place, target / place); !copied) return copied;
        if (progress) progress(static_cast<double>(i + 1) / static_cast<double>(named->files.size()));
    }
    return {};
}

Result<std::vector<std::string>> takeFilesOver(const Library& from, const Library& to,
                                               const CancelToken& cancel) {
    auto files = visibleFiles(from);
    if (!files) return propagate(files);
    std::vector<std::string> copied;
    for (const KeptFile& file : *files) {
        const fs::path source = from.folder() / fs::path(file.place),
                       target = to.folder() / fs::path(file.place);
        std::error_code ignored;
        if (fs::exists(target, ignored) || !fs::exists(source, ignored)) continue;
        Status done = cancel.cancelled() ? Status(cancelledCopy()) : copyFile(source, target);
        if (!done) {
            removeFiles(to, copied);
            return propagate(done);
        }
        copied.push_back(file.place);
    }
    return copied;
}

Result<std::uint64_t> keepNamedFiles(const Library& library, const std::vector<std::string>& places) {
    auto named = namedFiles(library);
    if (!named) return propagate(named);
    std::vector<std::string> others;
    for (const std::string& place : places)
        if (!named->isNamed(place)) others.push_back(place);
    removeFiles(library, others);
    return places.size() - others.size();
}

Result<std::uint64_t> replaceFiles(const Library& from, const Library& to, const CancelToken& cancel) {
    auto files = visibleFiles(to);
    if (!files) return propagate(files);
    auto named = namedFiles(to);
    if (!named) return propagate(named);
    std::map<std::string, int> uses;
    for (const KeptFile& file : named->files) ++uses[file.place];
    std::uint64_t copied = 0;
    for (const KeptFile& file : *files) {
        if (cancel.cancelled()) return cancelledCopy();
        // What another block names as well may be as that says.
        if (uses[file.place] > 1) continue;
        const fs::path source = from.folder() / fs::path(file.place),
                       target = to.folder() / fs::path(file.place);
        const auto theirs = identifyFile(source);
        if (!theirs || theirs->contentHash != file.sum) continue;
        const auto ours = identifyFile(target);
        if (ours && ours->contentHash == file.sum) continue;
        if (auto done = copyFile(source, target); !done) return propagate(done);
        ++copied;
    }
    return copied;
}

}  // namespace smidgen
