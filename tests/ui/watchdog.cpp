#include "tests/ui/watchdog.h"

#include <unistd.h>

#include <QCoreApplication>
#include <QEvent>
#include <algorithm>
#include <chrono>
#include <cstdio>
#include <string>

namespace smidgen::ui::testing {

namespace {

constexpr auto kInterval = std::chrono::milliseconds(5);

double nowMs() {
    using namespace std::chrono;
    return duration<double, std::milli>(steady_clock::now().time_since_epoch()).count();
}

const QEvent::Type kKnock = static_cast<QEvent::Type>(QEvent::registerEventType());

class Knock final : public QEvent {
 public:
    Knock(double postedAt, double waited) : QEvent(kKnock), at(postedAt), waitedBefore(waited) {}
    double at;
    double waitedBefore;
};

}  // namespace

Watchdog::Watchdog()
    : m_schedule("/proc/self/task/" + std::to_string(::gettid()) + "/schedstat"),
      m_thread([this] { watch(); }) {}

Watchdog::~Watchdog() {
    m_stop = true;
    m_thread.join();
    QCoreApplication::removePostedEvents(this);
}

double Watchdog::waitedForProcessorMs() const {
    unsigned long long ran = 0, waited = 0;
    if (std::FILE* file = std::fopen(m_schedule.c_str(), "r")) {
        if (std::fscanf(file, "%llu %llu", &ran, &waited) != 2) waited = 0;
        std::fclose(file);
    }
    return static_cast<double>(waited) / 1e6;
}

void Watchdog::watch() {
    while (!m_stop) {
        std::this_thread::sleep_for(kInterval);
        if (!m_answered.exchange(false)) continue;
        const double waited = waitedForProcessorMs();
        QCoreApplication::postEvent(this, new Knock(nowMs(), waited));
    }
}

bool Watchdog::event(QEvent* event) {
    if (event->type() != kKnock) return QObject::event(event);
    const auto& knock = static_cast<const Knock&>(*event);
    const double kept = nowMs() - knock.at - (waitedForProcessorMs() - knock.waitedBefore);
    m_longest = std::max(m_longest, kept);
    ++m_knocks;
    m_answered = true;
    return true;
}

}  // namespace smidgen::ui::testing
