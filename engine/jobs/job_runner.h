// Runs jobs on worker threads and keeps what they tell.
#pragma once

#include <condition_variable>
#include <deque>
#include <functional>
#include <map>
#include <memory>
#include <mutex>
#include <optional>
#include <thread>
#include <vector>

#include "engine/foundation/cancel_token.h"
#include "engine/jobs/job.h"

namespace smidgen {

class JobRunner;

/// What the body of a job holds: its token, its pause gate, and its voice. Used by the job's own thread.
class JobContext {
 public:
    [[nodiscard]] JobId id() const { return m_id; }
    [[nodiscard]] const CancelToken& cancel() const { return m_cancel; }
    /// Fraction 0…1 and a plain sentence; `etaSeconds` when one is known.
    void say(double fraction, std::string sentence, std::optional<double> etaSeconds = {});
    /// Any other change of the snapshot.
    void change(const std::function<void(JobSnapshot&)>& edit);
    [[nodiscard]] bool pauseWanted() const;
    /// Blocks while the person wants a pause; returns at once otherwise or when cancelled.
    void waitWhilePaused();

 private:
    friend class JobRunner;
    JobContext(JobRunner& runner, JobId id, CancelToken cancel)
        : m_runner(runner), m_id(id), m_cancel(std::move(cancel)) {}
    JobRunner& m_runner;
    JobId m_id;
    CancelToken m_cancel;
};

/// Trainings run one after the other on a thread of lower priority; everything else on two more threads, so
/// that a take is generated while a training runs. Thread-safe. Destruction cancels everything and joins.
class JobRunner {
 public:
    /// `changed(id)` is called on a worker after each change of a snapshot.
    explicit JobRunner(std::function<void(JobId)> changed);
    ~JobRunner();
    JobRunner(const JobRunner&) = delete;
    JobRunner& operator=(const JobRunner&) = delete;

    /// The body returns success, or the error to end with; ErrorCode::cancelled ends it as cancelled.
    using Body = std::function<Status(JobContext&)>;
    JobId submit(JobSnapshot initial, Body body);

    [[nodiscard]] std::vector<JobSnapshot> jobs() const;
    [[nodiscard]] std::optional<JobSnapshot> job(JobId id) const;
    void cancel(JobId id);
    void pause(JobId id);
    void resume(JobId id);
    JobSnapshot wait(JobId id, const CancelToken& token);

 private:
    friend class JobContext;
    struct Entry {
        JobSnapshot snapshot;
        CancelToken cancel;
        Body body;
        bool pauseWanted = false;
    };
    struct Lane {
        std::deque<JobId> queue;
    };
    void work(Lane& lane, bool background);
    void run(JobId id);
    void edit(JobId id, const std::function<void(JobSnapshot&)>& change);

    std::function<void(JobId)> m_changed;
    mutable std::mutex m_mutex;
    std::condition_variable m_wake;
    std::map<JobId, std::shared_ptr<Entry>> m_entries;
    Lane m_trainings;
    Lane m_others;
    JobId m_next = 1;
    bool m_stopping = false;
    std::vector<std::thread> m_threads;
};

}  // namespace smidgen
