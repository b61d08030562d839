// Group commit: writes that arrive while another is being made durable share the next transaction (as in
// LevelDB's writer queue and DeWitt et al. 1984).
#pragma once

#include <condition_variable>
#include <deque>
#include <functional>
#include <mutex>

#include "storage/blocks/audit_log.h"
#include "storage/blocks/block_table.h"
#include "storage/blocks/connection.h"
#include "storage/blocks/latency.h"

namespace smidgen::storage {

/// The one connection that writes, with what goes with it.
struct Writer {
    explicit Writer(Connection&& opened)
        : connection(std::move(opened)), blocks(connection), audit(connection) {}
    Connection connection;
    BlockTable blocks;
    AuditWriter audit;
};

/// One write: all of it or nothing.
struct WriteWork {
    /// Runs within a transaction and a savepoint, perhaps on the thread of another writer in the same group.
    /// When it fails, what it wrote is undone.
    std::function<Status(Writer&)> run;
    /// Then this, outside of the savepoint, may leave a note of the failure. Absent: nothing.
    std::function<Status(Writer&, const Error&)> note;
};

/// Thread-safe. A writer that finds no other at work commits at once; those that come meanwhile wait in
/// order, and the first of them commits for all: up to kMostWorks, or until gathering and running them has
/// taken 2 ms.
class WriteQueue {
 public:
    explicit WriteQueue(Writer& writer) : m_writer(writer) {}

    /// Durable when it returns a success. Errors: the work's own; io, conflict (another process is writing),
    /// for all of the group.
    [[nodiscard]] Status submit(const WriteWork& work);

    /// While the lock is held no write begins; waits for the one under way.
    [[nodiscard]] std::unique_lock<std::mutex> pause();

    [[nodiscard]] std::size_t waiting();
    [[nodiscard]] LatencySummary commitTimes() const { return m_commits.summary(); }
    [[nodiscard]] std::uint64_t worksDone() const { return m_works.load(std::memory_order_relaxed); }
    /// Called after each commit with the pages in the log, on the committing thread. Set before the first
    /// submit.
    std::function<void(int)> onCommit;

 private:
    struct Waiting {
        const WriteWork* work = nullptr;
        Status outcome;
        bool done = false;
        std::condition_variable wake;
    };
    [[nodiscard]] std::vector<Waiting*> runGroup(Waiting& first);
    [[nodiscard]] Status runOne(Waiting& waiting);
    [[nodiscard]] Waiting* nextAfter(const Waiting& waiting);

    Writer& m_writer;
    std::mutex m_turn;     ///< held while waiting for m_writing, so that nobody is overtaken twice
    std::mutex m_writing;  ///< one group, or a pause
    std::mutex m_mutex;
    std::deque<Waiting*> m_queue;
    LatencyHistogram m_commits;
    std::atomic<std::uint64_t> m_works{0};
};

}  // namespace smidgen::storage
