#include "app/cli/session.h"

#include <condition_variable>
#include <mutex>
#include <utility>

namespace smidgen::cli {

Session::Session(SharedOptions options, CancelToken cancel)
    : m_options(std::move(options)),
      m_cancel(std::move(cancel)),
      m_console(Console::Style{m_options.json, m_options.quiet}) {}

Result<Workstation*> Session::workstation() {
    if (m_workstation == nullptr) {
        Workstation::Options options;
        options.library = m_options.library;
        options.threads = m_options.threads;
        options.project = m_options.project;
        options.caller = m_options.caller;
        auto device = models::parseDeviceChoice(m_options.device);
        if (!device) return propagate(device);
        options.device = *device;
        auto opened = Workstation::open(options);
        if (!opened) return propagate(opened);
        m_workstation = std::move(*opened);
    }
    return m_workstation.get();
}

void Session::showNews(JobId id, bool& foretold, std::size_t& shown) {
    const auto training = m_workstation->training(id);
    if (training == nullptr) return;
    if (training->estimate && !std::exchange(foretold, true)) m_console.message(training->estimate->sentence);
    for (; shown < training->warnings.size(); ++shown) m_console.message(training->warnings[shown]);
}

Result<JobSnapshot> Session::follow(JobId id) {
    constexpr std::chrono::milliseconds kLook{100};
    struct Bell {
        std::mutex mutex;
        std::condition_variable rung;
    };
    const auto bell = std::make_shared<Bell>();
    m_workstation->setListener([bell](const Event&) { bell->rung.notify_one(); });
    bool foretold = false;
    std::size_t warnings = 0;
    auto job = m_workstation->job(id);
    while (job && !job->ended() && !m_cancel.cancelled()) {
        if (job->phase != JobPhase::queued) m_console.progress(job->sentence);
        showNews(id, foretold, warnings);
        std::unique_lock lock(bell->mutex);
        bell->rung.wait_for(lock, kLook);
        job = m_workstation->job(id);
    }
    JobSnapshot end = m_workstation->wait(id, m_cancel);
    m_workstation->setListener({});
    showNews(id, foretold, warnings);
    if (end.phase == JobPhase::failed) {
        return tl::unexpected<Error>(end.error.value_or(Error{ErrorCode::internal, "The work failed.", ""}));
    }
    return end;
}

}  // namespace smidgen::cli
