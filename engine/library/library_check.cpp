// Is everything there that the library says there is?
#include <filesystem>
#include <iterator>
#include <set>

#include "engine/collections/content_hash.h"
#include "engine/foundation/atomic_file.h"
#include "engine/library/library.h"
#include "engine/library/library_blocks.h"
#include "storage/blocks/verification.h"

namespace smidgen {
namespace {

namespace fs = std::filesystem;
using storage::Block;
using storage::BlockStatus;

/// What a block of the library's says a file holds, against the file. Empty: it does.
std::string complaintAbout(const fs::path& folder, const Block& block, const KeptFile& kept) {
    const std::string name = "'" + block.name + "'";
    if (!isPlainPlace(kept.place)) return name + " names a file outside of the library: " + kept.place + ".";
    const fs::path path = folder / fs::path(kept.place);
    const auto identity = identifyFile(path);
    if (!identity)
        return "The file of " + name +
               " cannot be read: " + systemFailure(identity.error(), "read", path).value().sentence;
    if (identity->contentHash == kept.sum) return {};
    return "The file of " + name + ", '" + displayName(path) +
           "', is not what was kept: it is damaged, or was " + "changed from outside.";
}

}  // namespace

Result<LibraryCheck> Library::verify(const CancelToken& cancel) const {
    auto report = storage::verifyStore(*m_store, cancel);
    if (!report) return propagate(report);
    LibraryCheck check;
    for (const storage::Problem& problem : report->problems) check.problems.push_back(problem.sentence);
    std::set<std::string> named;
    storage::BlockQuery query;
    query.classes.assign(std::begin(kFileClasses), std::end(kFileClasses));
    query.statuses = {BlockStatus::active, BlockStatus::archived, BlockStatus::deleted};
    query.limit = 1000;
    do {
        auto page = m_store->list(libraryCaller(), query);
        if (!page) return propagate(page);
        for (const Block& block : page->blocks) {
            if (cancel.cancelled())
                return failure(ErrorCode::cancelled, "The library was not looked through to its end.");
            const auto kept = keptFileOf(block);
            if (!kept) continue;
            named.insert(kept->place);
            if (std::string complaint = complaintAbout(m_folder, block, *kept); !complaint.empty())
                check.problems.push_back(std::move(complaint));
        }
        query.after = page->next;
    } while (!query.after.empty());
    for (const char* part : kFileFolders) {
        std::error_code ignored;
        for (const auto& entry : fs::directory_iterator(m_folder / part, ignored)) {
            const std::string place = displayName(entry.path().lexically_relative(m_folder));
            if (entry.path().filename().string().front() != '.' && !named.contains(place))
                check.leftovers.push_back(displayName(entry.path()));
        }
    }
    return check;
}

}  // namespace smidgen
