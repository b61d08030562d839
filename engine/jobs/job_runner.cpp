#include "engine/jobs/job_runner.h"

#include <sys/resource.h>

#include <chrono>
#include <exception>
#include <new>

namespace smidgen {
namespace {

constexpr int kTrainingNiceness = 10;
constexpr std::size_t kEndedJobsKept = 100;

Status runGuarded(const JobRunner::Body& body, JobContext& context) {
    try {
        return body(context);
    } catch (const std::bad_alloc&) {
        return failure(ErrorCode::outOfMemory,
                       "There is not enough memory for this. Close something and try again.");
    } catch (const std::exception& error) {
        return failure(ErrorCode::internal, "Something went wrong inside Smidgen; nothing was lost.",
                       error.what());
    }
}

}  // namespace

void JobContext::say(double fraction, std::string sentence, std::optional<double> etaSeconds) {
    change([&](JobSnapshot& snapshot) {
        snapshot.fraction = fraction;
        snapshot.sentence = std::move(sentence);
        snapshot.etaSeconds = etaSeconds;
    });
}

void JobContext::change(const std::function<void(JobSnapshot&)>& edit) {
    m_runner.edit(m_id, edit);
}

bool JobContext::pauseWanted() const {
    const std::scoped_lock lock(m_runner.m_mutex);
    return m_runner.m_entries.at(m_id)->pauseWanted;
}

void JobContext::waitWhilePaused() {
    if (!pauseWanted()) return;
    change([](JobSnapshot& snapshot) { snapshot.phase = JobPhase::paused; });
    {
        std::unique_lock lock(m_runner.m_mutex);
        const auto entry = m_runner.m_entries.at(m_id);
        m_runner.m_wake.wait(lock, [&] { return !entry->pauseWanted || m_cancel.cancelled(); });
    }
    change([](JobSnapshot& snapshot) { snapshot.phase = JobPhase::running; });
}

JobRunner::JobRunner(std::function<void(JobId)> changed) : m_changed(std::move(changed)) {
    m_threads.emplace_back([this] { work(m_trainings, true); });
    for (int i = 0; i < 2; ++i) m_threads.emplace_back([this] { work(m_others, false); });
}

JobRunner::~JobRunner() {
    {
        const std::scoped_lock lock(m_mutex);
        m_stopping = true;
        for (auto& [id, entry] : m_entries) entry->cancel.cancel();
    }
    m_wake.notify_all();
    for (std::thread& thread : m_threads) thread.join();
}

JobId JobRunner::submit(JobSnapshot initial, Body body) {
    JobId id = 0;
    {
        const std::scoped_lock lock(m_mutex);
        id = m_next++;
        initial.id = id;
        initial.phase = JobPhase::queued;
        auto entry = std::make_shared<Entry>();
        entry->body = std::move(body);
        (initial.kind == JobKind::train ? m_trainings : m_others).queue.push_back(id);
        entry->snapshot = std::move(initial);
        m_entries[id] = std::move(entry);
        // The list must not grow for ever: the oldest ended jobs are forgotten.
        for (auto it = m_entries.begin(); m_entries.size() > kEndedJobsKept && it != m_entries.end();) {
            it = it->second->snapshot.ended() ? m_entries.erase(it) : std::next(it);
        }
    }
    m_wake.notify_all();
    m_changed(id);
    return id;
}

void JobRunner::work(Lane& lane, bool background) {
    // On Linux this is the calling thread alone, and threads it starts inherit it.
    if (background) ::setpriority(PRIO_PROCESS, 0, kTrainingNiceness);
    for (;;) {
        JobId id = 0;
        {
            std::unique_lock lock(m_mutex);
            m_wake.wait(lock, [&] { return m_stopping || !lane.queue.empty(); });
            if (lane.queue.empty()) return;
            id = lane.queue.front();
            lane.queue.pop_front();
        }
        run(id);
    }
}

void JobRunner::run(JobId id) {
    std::shared_ptr<Entry> entry;
    {
        const std::scoped_lock lock(m_mutex);
        entry = m_entries.at(id);
    }
    Status outcome = failure(ErrorCode::cancelled, "Cancelled before it began.");
    if (!entry->cancel.cancelled()) {
        edit(id, [](JobSnapshot& snapshot) { snapshot.phase = JobPhase::running; });
        JobContext context(*this, id, entry->cancel);
        outcome = runGuarded(entry->body, context);
    }
    entry->body = nullptr;
    edit(id, [&](JobSnapshot& snapshot) {
        snapshot.etaSeconds.reset();
        if (outcome) {
            snapshot.phase = JobPhase::finished;
            snapshot.fraction = 1;
            return;
        }
        const bool cancelled = outcome.error().code == ErrorCode::cancelled;
        snapshot.phase = cancelled ? JobPhase::cancelled : JobPhase::failed;
        snapshot.sentence = outcome.error().sentence;
        if (!cancelled) snapshot.error = outcome.error();
    });
}

void JobRunner::edit(JobId id, const std::function<void(JobSnapshot&)>& change) {
    {
        const std::scoped_lock lock(m_mutex);
        change(m_entries.at(id)->snapshot);
    }
    m_wake.notify_all();
    m_changed(id);
}

std::vector<JobSnapshot> JobRunner::jobs() const {
    const std::scoped_lock lock(m_mutex);
    std::vector<JobSnapshot> all;
    for (const auto& [id, entry] : m_entries) all.push_back(entry->snapshot);
    return all;
}

std::optional<JobSnapshot> JobRunner::job(JobId id) const {
    const std::scoped_lock lock(m_mutex);
    const auto found = m_entries.find(id);
    if (found == m_entries.end()) return {};
    return found->second->snapshot;
}

void JobRunner::cancel(JobId id) {
    {
        const std::scoped_lock lock(m_mutex);
        const auto found = m_entries.find(id);
        if (found == m_entries.end()) return;
        found->second->cancel.cancel();
    }
    m_wake.notify_all();
}

void JobRunner::pause(JobId id) {
    const std::scoped_lock lock(m_mutex);
    const auto found = m_entries.find(id);
    if (found != m_entries.end() && found->second->snapshot.kind == JobKind::train)
        found->second->pauseWanted = true;
}

void JobRunner::resume(JobId id) {
    {
        const std::scoped_lock lock(m_mutex);
        const auto found = m_entries.find(id);
        if (found == m_entries.end()) return;
        found->second->pauseWanted = false;
    }
    m_wake.notify_all();
}

JobSnapshot JobRunner::wait(JobId id, const CancelToken& token) {
    std::unique_lock lock(m_mutex);
    const auto found = m_entries.find(id);
    if (found == m_entries.end()) return {};
    const auto entry = found->second;
    while (!entry->snapshot.ended()) {
        // A token has no way to wake us (signal handlers set it), so it is looked at now and then.
        m_wake.wait_for(lock, std::chrono::milliseconds(50));
        if (token.cancelled()) entry->cancel.cancel();
    }
    return entry->snapshot;
}

}  // namespace smidgen
