// Is everything there that the library says there is?
#include <algorithm>
#include <chrono>
#include <filesystem>
#include <iterator>
#include <set>
#include <thread>

#include "engine/collections/content_hash.h"
#include "engine/foundation/atomic_file.h"
#include "engine/library/library.h"
#include "engine/library/library_blocks.h"
#include "storage/blocks/block_visit.h"
#include "storage/blocks/verification.h"

namespace smidgen {
namespace {

namespace fs = std::filesystem;
using storage::Block;

tl::unexpected<Error> cancelledCheck() {
    return failure(ErrorCode::cancelled, "The library was not looked through to its end.");
}

/// Told the bytes read since it was last asked; false: stop.
using GoOn = std::function<bool(std::uint64_t)>;

/// What a block of the library's says a file holds, against the file. Empty: it does.
std::string complaintAbout(const fs::path& folder, const Block& block, const KeptFile& kept,
                           const GoOn& goOn) {
    const std::string name = "'" + block.name + "'";
    if (!isPlainPlace(kept.place)) return name + " names a file outside of the library: " + kept.place + ".";
    const fs::path path = folder / fs::path(kept.place);
    const auto identity =
        identifyFile(path, [&](std::int64_t bytes) { return goOn(static_cast<std::uint64_t>(bytes)); });
    if (!identity)
        return "The file of " + name +
               " cannot be read: " + systemFailure(identity.error(), "read", path).value().sentence;
    if (identity->contentHash == kept.sum) return {};
    return "The file of " + name + ", '" + displayName(path) +
           "', is not what was kept: it is damaged, or was " + "changed from outside.";
}

/// The files of all projects: those that blocks name, and those that none does.
Status checkFiles(const Library& library, const GoOn& goOn, LibraryCheck& check) {
    std::set<std::string> named;
    bool stopped = false;
    auto visited = storage::visitBlocks(
        library.store(), {std::begin(kFileClasses), std::end(kFileClasses)}, [&](const Block& block) {
            const auto kept = keptFileOf(block);
            if (!kept) return true;
            named.insert(kept->place);
            std::string complaint = complaintAbout(library.folder(), block, *kept, goOn);
            stopped = !goOn(0);
            if (!stopped && !complaint.empty()) check.problems.push_back(std::move(complaint));
            return !stopped;
        });
    if (!visited) return propagate(visited);
    if (stopped) return cancelledCheck();
    // A block that cannot be read, which the store's own check reports, may name any.
    if (visited->damaged > 0) return {};
    std::vector<std::string> folders(std::begin(kFileFolders), std::end(kFileFolders));
    folders.push_back(displayName(library.transfersFolder().filename()));
    for (const std::string& part : folders) {
        std::error_code ignored;
        for (const auto& entry : fs::directory_iterator(library.folder() / part, ignored)) {
            const std::string place = displayName(entry.path().lexically_relative(library.folder()));
            if (entry.path().filename().string().front() != '.' && !named.contains(place))
                check.leftovers.push_back(displayName(entry.path()));
        }
    }
    return {};
}

/// No faster than so many bytes a second.
class Brake {
 public:
    Brake(std::uint64_t bytesPerSecond, const CancelToken& cancel)
        : m_bytesPerSecond(bytesPerSecond), m_cancel(cancel) {}

    /// Waits until `bytes` more are due; false when it was stopped meanwhile.
    bool let(std::uint64_t bytes) {
        using namespace std::chrono;
        m_bytes += bytes;
        while (!m_cancel.cancelled()) {
            if (m_bytesPerSecond == 0) return true;
            const duration<double> due(static_cast<double>(m_bytes) / static_cast<double>(m_bytesPerSecond));
            const duration<double> ahead = due - (steady_clock::now() - m_start);
            if (ahead.count() <= 0) return true;
            std::this_thread::sleep_for(std::min<duration<double>>(ahead, milliseconds(50)));
        }
        return false;
    }
    [[nodiscard]] std::uint64_t bytes() const { return m_bytes; }

 private:
    std::uint64_t m_bytesPerSecond;
    const CancelToken& m_cancel;
    std::uint64_t m_bytes = 0;
    std::chrono::steady_clock::time_point m_start = std::chrono::steady_clock::now();
};

}  // namespace

Result<LibraryCheck> Library::verify(const CancelToken& cancel) const {
    auto report = storage::verifyStore(*m_store, cancel);
    if (!report) return propagate(report);
    LibraryCheck check;
    for (const storage::Problem& problem : report->problems) check.problems.push_back(problem.sentence);
    auto done = checkFiles(
        *this, [&](std::uint64_t) { return !cancel.cancelled(); }, check);
    if (!done) return propagate(done);
    return check;
}

Result<LibraryCheck> Library::scrub(std::uint64_t bytesPerSecond, const CancelToken& cancel,
                                    const std::function<void(std::uint64_t)>& progress) const {
    Brake brake(bytesPerSecond, cancel);
    const auto pace = [&](std::uint64_t bytes) {
        const bool more = brake.let(bytes);
        if (more && progress && bytes > 0) progress(brake.bytes());
        return more;
    };
    auto report = storage::scrubStore(*m_store, pace);
    if (!report && report.error().code == ErrorCode::cancelled) return cancelledCheck();
    if (!report) return propagate(report);
    LibraryCheck check;
    for (const storage::Problem& problem : report->problems) check.problems.push_back(problem.sentence);
    auto done = checkFiles(*this, pace, check);
    if (!done) return propagate(done);
    return check;
}

}  // namespace smidgen
