// What is in the transport, to look at: waveform and spectrogram with zoom, marks and playhead.
#pragma once

#include <QWidget>

#include "ui/canvas/timeline_view.h"
#include "ui/commands/shortcuts.h"
#include "ui/commands/studio.h"

namespace smidgen {
class ElidedLabel;
}

namespace smidgen::ui {

class SoundView final : public QWidget {
    Q_OBJECT

 public:
    SoundView(const Studio& studio, const Shortcuts& shortcuts, QWidget* parent = nullptr);

    [[nodiscard]] TimelineView& timeline() { return *m_timeline; }

 private:
    QWidget* makeBar(const Shortcuts& shortcuts);
    void showLoaded();
    void showMarks();
    void marksMoved();

    Studio m_studio;
    ElidedLabel* m_name;
    TimelineView* m_timeline;
    QString m_shown;
    bool m_showing = false;  ///< the timeline is being told, not telling
};

}  // namespace smidgen::ui
