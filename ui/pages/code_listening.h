// The open sound in the transport: as it is now, as it was, and parts of it.
#pragma once

#include <QObject>
#include <memory>
#include <optional>
#include <vector>

#include "ui/bridge/code_bridge.h"
#include "ui/canvas/timeline_view.h"
#include "ui/commands/studio.h"

namespace smidgen::ui {

/// Every rendering takes the place of the one before, in the transport and on the timeline, without a stop.
class CodeListening final : public QObject {
    Q_OBJECT

 public:
    CodeListening(const Studio& studio, CodeBridge& codes, TimelineView& timeline, QObject* parent = nullptr);

    void setDocument(const CodesId& id);
    /// Puts it into the transport, unless something else is playing.
    void load();
    [[nodiscard]] bool loaded() const;
    /// The original instead, at the same place, as long as it is held.
    void holdOriginal(bool held);
    [[nodiscard]] bool originalHeld() const { return m_original; }
    /// Plays that stretch of seconds once.
    void hearStretch(double start, double end);
    /// One code by itself.
    void hearCode(int level, int code);
    /// After every edit, play what it changed.
    void setHearingEdits(bool on) { m_hearEdits = on; }

 private:
    void rendered();
    void show(const std::shared_ptr<const AudioBuffer>& audio);
    [[nodiscard]] QString key() const;
    [[nodiscard]] std::shared_ptr<const AudioBuffer> audio() const;

    Studio m_studio;
    CodeBridge& m_codes;
    TimelineView& m_timeline;
    CodesId m_id;
    bool m_original = false;
    bool m_hearEdits = false;
    std::vector<std::shared_ptr<SoundInspector>> m_inspectors;  ///< the timeline's, now and before
    bool m_fresh = true;                                        ///< nothing of this document was shown yet
    std::optional<double> m_stopAt;
};

}  // namespace smidgen::ui
