#include "ui/bridge/code_places.h"

#include <utility>

namespace smidgen::ui {
namespace {

/// A person who edits pauses for less.
constexpr int kRestMs = 2000;
/// What was just edited does not wait for what is caught up with.
constexpr int kThreads = 2;

}  // namespace

CodePlaces::CodePlaces(Workstation& engine, CodeBridge& codes, QObject* parent)
    : QObject(parent), m_engine(engine), m_desk(codes.sharedDesk()) {
    m_workers.setMaxThreadCount(kThreads);
    m_rest.setSingleShot(true);
    m_rest.setInterval(kRestMs);
    connect(&m_rest, &QTimer::timeout, this, &CodePlaces::listenToWaiting);
    const auto wait = [this](const std::string& id) {
        m_waiting.insert(id);
        m_rest.start();
    };
    for (auto signal : {&CodeBridge::changed, &CodeBridge::rendered, &CodeBridge::saved})
        connect(&codes, signal, this, wait);
}

CodePlaces::~CodePlaces() {
    m_cancel.cancel();
    m_workers.clear();
    m_workers.waitForDone();
}

void CodePlaces::listenToWaiting() {
    m_workers.start([this, ids = std::exchange(m_waiting, {})] {
        bool any = false;
        for (const CodesId& id : ids) {
            // What cannot be kept now is caught up with later.
            const auto heard = m_desk->listen(id, m_cancel);
            any = any || (heard && *heard);
        }
        if (any) QMetaObject::invokeMethod(this, &CodePlaces::placed, Qt::QueuedConnection);
    });
}

void CodePlaces::catchUp() {
    if (std::exchange(m_catchingUp, true)) return;
    m_workers.start([this, without = m_failed] {
        auto done = hearCodes(m_engine, without, m_cancel, [this](int count, int of) {
            QMetaObject::invokeMethod(
                this, [this, count, of] { Q_EMIT hearing(count, of); }, Qt::QueuedConnection);
        });
        QMetaObject::invokeMethod(
            this, [this, done = std::move(done)] { caughtUp(done); }, Qt::QueuedConnection);
    });
}

void CodePlaces::caughtUp(const Result<CodesHearing>& done) {
    m_catchingUp = false;
    if (!done) return;
    m_failed.insert(done->failed.begin(), done->failed.end());
    if (done->heard > 0) Q_EMIT placed();
}

}  // namespace smidgen::ui
