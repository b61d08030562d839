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

const QEvent::Type kKnock = static_cast<QEvent::Type>(QEvent::registerEventType());

class Knock final : public QEvent {
 public:
    explicit Knock(double postedAt) : QEvent(kKnock), at(postedAt) {}
    double at;
};

}  // namespace

ThreadClock::ThreadClock() : m_schedule("/proc/self/task/" + std::to_string(::gettid()) + "/schedstat") {}

double ThreadClock::ms() const {
    using namespace std::chrono;
    unsigned long long ran = 0, waited = 0;
    if (std::FILE* file = std::fopen(m_schedule.c_str(), "r")) {
        if (std::fscanf(file, "%llu %llu", &ran, &waited) != 2) waited = 0;
        std::fclose(file);
    }
    return duration<double, std::milli>(steady_clock::now().time_since_epoch()).count() -
           static_cast<double>(waited) / 1e6;
}

Watchdog::Watchdog() : m_thread([this] { watch(); }) {}

Watchdog::~Watchdog() {
    m_stop = true;
    m_thread.join();
    QCoreApplication::removePostedEvents(this);
}

void Watchdog::watch() {
    while (!m_stop) {
        std::this_thread::sleep_for(kInterval);
        if (!m_answered.exchange(false)) continue;
        QCoreApplication::postEvent(this, new Knock(m_clock.ms()));
    }
}

bool Watchdog::event(QEvent* event) {
    if (event->type() != kKnock) return QObject::event(event);
    m_longest = std::max(m_longest, m_clock.ms() - static_cast<const Knock&>(*event).at);
    ++m_knocks;
    m_answered = true;
    return true;
}

}  // namespace smidgen::ui::testing
