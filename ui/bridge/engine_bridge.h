// The workstation as the window sees it: Qt signals in, work off the window's thread out.
#pragma once

#include <QElapsedTimer>
#include <QObject>
#include <QPointer>
#include <QThreadPool>
#include <functional>
#include <memory>
#include <set>
#include <utility>

#include "engine/workstation/workstation.h"

namespace smidgen::ui {

/// Lives on the window's thread and borrows the workstation, which must outlive it. Signals come on the
/// window's thread, at most about thirty times a second, after the snapshots they speak of are readable.
class EngineBridge final : public QObject {
    Q_OBJECT

 public:
    explicit EngineBridge(Workstation& engine, QObject* parent = nullptr);
    /// Waits for the work it has begun; results that arrive later go nowhere.
    ~EngineBridge() override;

    [[nodiscard]] Workstation& engine() const { return m_engine; }

    /// Runs `work()` on a worker thread and hands what it returns to `then(result)` on the window's thread,
    /// unless `context` has gone by then. For calls that take their time: estimates, measurements.
    template <typename Work, typename Then>
    void run(QObject* context, Work work, Then then) {
        start(m_workers, context, std::move(work), std::move(then));
    }
    /// The same, strictly one after another: for calls that change the library (each ends in an fsync).
    template <typename Work, typename Then>
    void runInOrder(QObject* context, Work work, Then then) {
        start(m_ordered, context, std::move(work), std::move(then));
    }

    /// The running or waiting jobs, oldest first.
    [[nodiscard]] std::vector<JobSnapshot> activeJobs() const;

 Q_SIGNALS:
    void collectionsChanged();
    void modelsChanged();
    void takesChanged();
    void presetsChanged();
    void cubesChanged();
    void jobChanged(smidgen::JobId id);
    /// Once a job, after its last jobChanged().
    void jobEnded(smidgen::JobId id);

 private:
    struct Mailbox;

    template <typename Work, typename Then>
    void start(QThreadPool& pool, QObject* context, Work work, Then then) {
        pool.start([this, guard = QPointer<QObject>(context), work = std::move(work),
                    then = std::move(then)]() mutable {
            auto result = std::make_shared<decltype(work())>(work());
            deliver([guard = std::move(guard), then = std::move(then), result]() mutable {
                if (guard) then(std::move(*result));
            });
        });
    }
    void deliver(std::function<void()> then);
    void flush();

    Workstation& m_engine;
    std::shared_ptr<Mailbox> m_mailbox;
    QElapsedTimer m_sinceFlush;
    bool m_flushWaiting = false;
    std::set<JobId> m_ended;
    QThreadPool m_workers;
    QThreadPool m_ordered;
};

}  // namespace smidgen::ui
