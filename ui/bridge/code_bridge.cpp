#include "ui/bridge/code_bridge.h"

#include <QMetaObject>
#include <mutex>

#include "ui/bridge/text.h"

namespace smidgen::ui {

/// Outlives the bridge while a call of the listener runs.
struct CodeBridge::Mailbox {
    std::mutex mutex;
    CodeBridge* owner = nullptr;

    void pass(const CodeEvent& event) {
        const std::lock_guard lock(mutex);
        if (owner == nullptr) return;
        QMetaObject::invokeMethod(
            owner, [to = owner, event] { to->pass(event); }, Qt::QueuedConnection);
    }
};

CodeBridge::CodeBridge(Workstation& engine, QObject* parent)
    : QObject(parent), m_mailbox(std::make_shared<Mailbox>()), m_desk(std::make_shared<CodeDesk>(engine)) {
    m_mailbox->owner = this;
    m_desk->setListener([mailbox = m_mailbox](const CodeEvent& event) { mailbox->pass(event); });
}

CodeBridge::~CodeBridge() {
    {
        const std::lock_guard lock(m_mailbox->mutex);
        m_mailbox->owner = nullptr;
    }
    static_cast<void>(m_desk->flush());
}

void CodeBridge::pass(const CodeEvent& event) {
    switch (event.news) {
        case CodeNews::opened:
            return Q_EMIT opened(event.id);
        case CodeNews::changed:
            return Q_EMIT changed(event.id);
        case CodeNews::rendered:
            return Q_EMIT rendered(event.id);
        case CodeNews::saved:
            return Q_EMIT saved(event.id);
        case CodeNews::listed:
            return Q_EMIT listed();
        case CodeNews::failed:
            return Q_EMIT failed(toText(event.error.sentence));
    }
}

}  // namespace smidgen::ui
