#include "ui/bridge/engine_bridge.h"

#include <QMetaObject>
#include <QTimer>
#include <mutex>

namespace smidgen::ui {

namespace {
constexpr int kFlushIntervalMs = 33;
}

/// What the engine's threads have said since the last flush. Outlives the bridge while a listener call runs.
struct EngineBridge::Mailbox {
    std::mutex mutex;
    EngineBridge* owner = nullptr;
    bool posted = false;
    bool collections = false;
    bool models = false;
    bool takes = false;
    bool presets = false;
    bool cubes = false;
    std::set<JobId> jobs;

    void add(const Event& event) {
        const std::lock_guard lock(mutex);
        if (owner == nullptr) return;
        switch (event.topic) {
            case Topic::collections:
                collections = true;
                break;
            case Topic::models:
                models = true;
                break;
            case Topic::takes:
                takes = true;
                break;
            case Topic::presets:
                presets = true;
                break;
            case Topic::cubes:
                cubes = true;
                break;
            case Topic::exportProfiles:
                return;  // nothing in the window shows them
            case Topic::job:
                jobs.insert(event.job);
                break;
        }
        if (posted) return;
        posted = true;
        QMetaObject::invokeMethod(owner, &EngineBridge::flush, Qt::QueuedConnection);
    }
};

EngineBridge::EngineBridge(Workstation& engine, QObject* parent)
    : QObject(parent), m_engine(engine), m_mailbox(std::make_shared<Mailbox>()) {
    m_mailbox->owner = this;
    m_workers.setMaxThreadCount(2);
    m_ordered.setMaxThreadCount(1);
    m_sinceFlush.start();
    m_engine.setListener([mailbox = m_mailbox](const Event& event) { mailbox->add(event); });
}

EngineBridge::~EngineBridge() {
    m_engine.setListener({});
    {
        const std::lock_guard lock(m_mailbox->mutex);
        m_mailbox->owner = nullptr;
    }
    m_workers.clear();
    m_workers.waitForDone();
    m_ordered.waitForDone();
}

void EngineBridge::deliver(std::function<void()> then) {
    QMetaObject::invokeMethod(this, std::move(then), Qt::QueuedConnection);
}

void EngineBridge::flush() {
    const qint64 wait = kFlushIntervalMs - m_sinceFlush.elapsed();
    if (wait > 0) {
        if (!m_flushWaiting) {
            m_flushWaiting = true;
            QTimer::singleShot(static_cast<int>(wait), this, [this] {
                m_flushWaiting = false;
                flush();
            });
        }
        return;
    }
    bool collections = false, models = false, takes = false, presets = false, cubes = false;
    std::set<JobId> jobs;
    {
        const std::lock_guard lock(m_mailbox->mutex);
        m_mailbox->posted = false;
        collections = std::exchange(m_mailbox->collections, false);
        models = std::exchange(m_mailbox->models, false);
        takes = std::exchange(m_mailbox->takes, false);
        presets = std::exchange(m_mailbox->presets, false);
        cubes = std::exchange(m_mailbox->cubes, false);
        jobs.swap(m_mailbox->jobs);
    }
    m_sinceFlush.restart();
    if (collections) Q_EMIT collectionsChanged();
    if (models) Q_EMIT modelsChanged();
    if (takes) Q_EMIT takesChanged();
    if (presets) Q_EMIT presetsChanged();
    if (cubes) Q_EMIT cubesChanged();
    for (const JobId id : jobs) {
        const auto job = m_engine.job(id);
        Q_EMIT jobChanged(id);
        if (job && job->ended() && m_ended.insert(id).second) Q_EMIT jobEnded(id);
    }
}

std::vector<JobSnapshot> EngineBridge::activeJobs() const {
    std::vector<JobSnapshot> jobs = m_engine.jobs();
    std::erase_if(jobs, [](const JobSnapshot& job) { return job.ended(); });
    return jobs;
}

}  // namespace smidgen::ui
