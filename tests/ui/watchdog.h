// How long the window's thread keeps a person waiting.
#pragma once

#include <QObject>
#include <atomic>
#include <string>
#include <thread>

namespace smidgen::ui::testing {

/// The clock on the wall, but for the time in which a thread was ready to run and the machine was busy with
/// others (Linux' run delay): that is no defect of ours. Waiting for locks, files or our own work counts.
class ThreadClock {
 public:
    ThreadClock();  ///< of the calling thread; may be read from others
    [[nodiscard]] double ms() const;

 private:
    std::string m_schedule;
};

/// From its making on, a thread knocks at the event loop of the thread it was made on every 5 ms and notes
/// how long the answer takes, by the thread's own clock.
class Watchdog final : public QObject {
 public:
    Watchdog();
    ~Watchdog() override;
    [[nodiscard]] double longestMs() const { return m_longest; }
    [[nodiscard]] int knocks() const { return m_knocks; }

 protected:
    bool event(QEvent* event) override;

 private:
    void watch();

    const ThreadClock m_clock;
    double m_longest = 0;
    int m_knocks = 0;
    std::atomic<bool> m_answered{true};
    std::atomic<bool> m_stop{false};
    std::thread m_thread;
};

}  // namespace smidgen::ui::testing
