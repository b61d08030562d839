#include "storage/blocks/write_queue.h"

#include <algorithm>
#include <exception>
#include <new>

namespace smidgen::storage {
namespace {

constexpr std::size_t kMostWorks = 256;
constexpr std::chrono::milliseconds kLongestGathering{2};

/// No exception leaves the room, and none may leave a group half run.
Status guarded(const std::function<Status(Writer&)>& run, Writer& writer) {
    try {
        return run(writer);
    } catch (const std::bad_alloc&) {
        return failure(ErrorCode::outOfMemory, "There is not enough memory to write to the library.");
    } catch (const std::exception& error) {
        return failure(ErrorCode::internal, "Writing to the library failed.", error.what());
    }
}

}  // namespace

std::size_t WriteQueue::waiting() {
    const std::lock_guard lock(m_mutex);
    return m_queue.size();
}

Status WriteQueue::submit(const WriteWork& work) {
    Waiting self;
    self.work = &work;
    std::unique_lock lock(m_mutex);
    m_queue.push_back(&self);
    self.wake.wait(lock, [&] { return self.done || m_queue.front() == &self; });
    if (self.done) return std::move(self.outcome);
    lock.unlock();
    const std::vector<Waiting*> group = runGroup(self);
    lock.lock();
    for (Waiting* each : group) {
        m_queue.pop_front();
        each->done = true;
        if (each != &self) each->wake.notify_one();
    }
    if (!m_queue.empty()) m_queue.front()->wake.notify_one();
    return std::move(self.outcome);
}

WriteQueue::Waiting* WriteQueue::nextAfter(const Waiting& waiting) {
    const std::lock_guard lock(m_mutex);
    const auto at = std::find(m_queue.begin(), m_queue.end(), &waiting);
    return at == m_queue.end() || at + 1 == m_queue.end() ? nullptr : *(at + 1);
}

std::unique_lock<std::mutex> WriteQueue::pause() {
    const std::lock_guard turn(m_turn);
    return std::unique_lock(m_writing);
}

std::vector<WriteQueue::Waiting*> WriteQueue::runGroup(Waiting& first) {
    const auto writing = pause();
    std::vector<Waiting*> group{&first};
    m_writer.audit.begin();
    m_writer.blocks.forget();
    auto transaction = WriteTransaction::begin(m_writer.connection);
    if (!transaction) {
        first.outcome = propagate(transaction);
        return group;
    }
    const auto start = std::chrono::steady_clock::now();
    Status whole;
    for (Waiting* current = &first; current != nullptr;) {
        if (current != &first) group.push_back(current);
        current->outcome = runOne(*current);
        if (!m_writer.connection.inTransaction()) {
            // SQLite has ended the transaction by itself (disk full, read error): nothing of the group is
            // kept.
            whole = current->outcome
                        ? failure(ErrorCode::io, "Writing to the library was interrupted. Try again.")
                        : tl::unexpected<Error>(current->outcome.error());
            break;
        }
        const bool more =
            group.size() < kMostWorks && std::chrono::steady_clock::now() - start < kLongestGathering;
        current = more ? nextAfter(*current) : nullptr;
    }
    if (whole) {
        const Stopwatch watch(m_commits);
        whole = transaction->commit();
    }
    if (!whole) {
        for (Waiting* each : group)
            if (each->outcome) each->outcome = tl::unexpected<Error>(whole.error());
    } else {
        m_works.fetch_add(group.size(), std::memory_order_relaxed);
        if (onCommit) onCommit(m_writer.connection.logPages());
    }
    return group;
}

Status WriteQueue::runOne(Waiting& waiting) {
    Connection& connection = m_writer.connection;
    if (auto begun = connection.use("SAVEPOINT work").run(); !begun) return begun;
    Status outcome = guarded(waiting.work->run, m_writer);
    if (!connection.inTransaction()) return outcome;
    if (!outcome) {
        m_writer.audit.begin();
        m_writer.blocks.forget();
        if (auto undone = connection.use("ROLLBACK TO work").run(); !undone) return undone;
    }
    if (auto released = connection.use("RELEASE work").run(); !released) return released;
    if (outcome || !waiting.work->note) return outcome;
    const Error error = outcome.error();
    const Status noted = guarded([&](Writer& writer) { return waiting.work->note(writer, error); }, m_writer);
    return noted ? outcome : noted;
}

}  // namespace smidgen::storage
