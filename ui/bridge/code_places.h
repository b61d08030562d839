// Edited sounds are listened to, so that they are found by their likeness and stand on the map.
#pragma once

#include <QObject>
#include <QThreadPool>
#include <QTimer>
#include <set>

#include "engine/foundation/cancel_token.h"
#include "engine/workstation/code_places.h"
#include "ui/bridge/code_bridge.h"

namespace smidgen::ui {

/// What is edited is heard once its edits rest, from what the desk has decoded; what older versions left
/// unheard, when somebody wants to know. All of it on threads of its own: it may take minutes, which nothing
/// else is to wait for. Lives on the window's thread; the workstation must outlive it.
class CodePlaces final : public QObject {
    Q_OBJECT

 public:
    CodePlaces(Workstation& engine, CodeBridge& codes, QObject* parent = nullptr);
    /// Waits for what it has begun, which ends at once.
    ~CodePlaces() override;

    /// Decodes and hears what nobody has heard yet. What could not be is not tried again.
    void catchUp();

 Q_SIGNALS:
    /// While it catches up; the same two at its end.
    void hearing(int done, int of);
    /// Codes sound like something now, or like something else.
    void placed();

 private:
    void listenToWaiting();
    void caughtUp(const Result<CodesHearing>& done);

    Workstation& m_engine;
    std::shared_ptr<CodeDesk> m_desk;
    QTimer m_rest;
    std::set<CodesId> m_waiting;  ///< were decoded or saved, and rest
    std::set<CodesId> m_failed;
    bool m_catchingUp = false;
    CancelToken m_cancel;
    QThreadPool m_workers;
};

}  // namespace smidgen::ui
