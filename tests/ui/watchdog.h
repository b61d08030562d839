// How long the window's thread keeps a person waiting.
#pragma once

#include <QObject>
#include <atomic>
#include <string>
#include <thread>

namespace smidgen::ui::testing {

/// From its making on, a thread knocks at the event loop of the thread it was made on every 5 ms and notes
/// how long the answer takes. Time in which the window's thread was ready to run but the machine was busy
/// with others (Linux' run delay) is not counted: that is no defect of ours; waiting for locks, files or our
/// own work is.
class Watchdog final : public QObject {
 public:
    Watchdog();
    ~Watchdog() override;
    [[nodiscard]] double longestMs() const { return m_longest; }
    [[nodiscard]] int knocks() const { return m_knocks; }

 protected:
    bool event(QEvent* event) override;

 private:
    [[nodiscard]] double waitedForProcessorMs() const;
    void watch();

    const std::string m_schedule;  ///< of the window's thread
    double m_longest = 0;
    int m_knocks = 0;
    std::atomic<bool> m_answered{true};
    std::atomic<bool> m_stop{false};
    std::thread m_thread;
};

}  // namespace smidgen::ui::testing
