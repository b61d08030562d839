// The desk of codes as the window sees it.
#pragma once

#include <QObject>
#include <memory>

#include "engine/workstation/code_desk.h"

namespace smidgen::ui {

/// Owns the desk of a workstation, which must outlive it. Signals come on the window's thread.
class CodeBridge final : public QObject {
    Q_OBJECT

 public:
    explicit CodeBridge(Workstation& engine, QObject* parent = nullptr);
    /// Waits until everything is on the disk.
    ~CodeBridge() override;

    [[nodiscard]] CodeDesk& desk() const { return *m_desk; }
    /// For work on other threads, which may outlive this.
    [[nodiscard]] std::shared_ptr<CodeDesk> sharedDesk() const { return m_desk; }

    /// Shows an open document, such as one that an undo has changed.
    void bringUp(const CodesId& id) { Q_EMIT opened(id); }

 Q_SIGNALS:
    void opened(const std::string& id);
    void changed(const std::string& id);
    void rendered(const std::string& id);
    void saved(const std::string& id);
    void listed();
    void failed(const QString& sentence);

 private:
    struct Mailbox;
    void pass(const CodeEvent& event);

    std::shared_ptr<Mailbox> m_mailbox;
    std::shared_ptr<CodeDesk> m_desk;
};

}  // namespace smidgen::ui
