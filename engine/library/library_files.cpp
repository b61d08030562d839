#include "engine/library/library_files.h"

#include "engine/collections/content_hash.h"
#include "engine/foundation/atomic_file.h"
#include "engine/library/library.h"
#include "storage/blocks/block_store.h"

namespace smidgen {
namespace {

namespace fs = std::filesystem;

constexpr std::size_t kListed = 1000;

tl::unexpected<Error> cancelledCopy() {
    return failure(ErrorCode::cancelled, "The files were not copied to their end.");
}

/// Written beside and renamed, so that a half copy is never taken for the whole.
Status copyOne(const fs::path& from, const fs::path& to) {
    std::error_code error;
    fs::create_directories(to.parent_path(), error);
    const fs::path part = to.parent_path() / ("." + displayName(to.filename()) + ".copy");
    if (!error) fs::copy_file(from, part, fs::copy_options::overwrite_existing, error);
    if (!error) fs::rename(part, to, error);
    if (!error) return {};
    std::error_code ignored;
    fs::remove(part, ignored);
    return systemFailure(error.value(), "copy", from);
}

}  // namespace

std::vector<KeptFile> filesOf(const Library& library) {
    std::vector<KeptFile> files;
    storage::BlockQuery query;
    query.classes = {storage::BlockClass::take, storage::BlockClass::model};
    query.statuses = {storage::BlockStatus::active, storage::BlockStatus::archived,
                      storage::BlockStatus::deleted};
    query.limit = kListed;
    do {
        auto page = library.store().list(libraryCaller(), query);
        if (!page) return files;
        for (const storage::Block& block : page->blocks)
            if (auto file = keptFileOf(block); file && isPlainPlace(file->place))
                files.push_back(std::move(*file));
        query.after = page->next;
    } while (!query.after.empty());
    return files;
}

Status copyFiles(const Library& library, const fs::path& target, const CancelToken& cancel,
                 const std::function<void(double)>& progress) {
    const std::vector<KeptFile> files = filesOf(library);
    for (std::size_t i = 0; i < files.size(); ++i) {
        if (cancel.cancelled()) return cancelledCopy();
        const fs::path from = library.folder() / fs::path(files[i].place);
        std::error_code ignored;
        if (!fs::exists(from, ignored)) continue;
        if (auto copied = copyOne(from, target / fs::path(files[i].place)); !copied) return copied;
        if (progress) progress(static_cast<double>(i + 1) / static_cast<double>(files.size()));
    }
    return {};
}

Result<std::uint64_t> takeFilesOver(const Library& from, const Library& to, const CancelToken& cancel) {
    std::uint64_t copied = 0;
    for (const KeptFile& file : filesOf(from)) {
        if (cancel.cancelled()) return cancelledCopy();
        const fs::path source = from.folder() / fs::path(file.place),
                       target = to.folder() / fs::path(file.place);
        std::error_code ignored;
        if (fs::exists(target, ignored) || !fs::exists(source, ignored)) continue;
        if (auto done = copyOne(source, target); !done) return propagate(done);
        ++copied;
    }
    return copied;
}

Result<std::uint64_t> replaceFiles(const Library& from, const Library& to, const CancelToken& cancel) {
    std::uint64_t copied = 0;
    for (const KeptFile& file : filesOf(to)) {
        if (cancel.cancelled()) return cancelledCopy();
        const fs::path source = from.folder() / fs::path(file.place);
        const auto theirs = identifyFile(source);
        if (!theirs || theirs->contentHash != file.sum) continue;
        const auto ours = identifyFile(to.folder() / fs::path(file.place));
        if (ours && ours->contentHash == file.sum) continue;
        if (auto done = copyOne(source, to.folder() / fs::path(file.place)); !done) return propagate(done);
        ++copied;
    }
    return copied;
}

}  // namespace smidgen
