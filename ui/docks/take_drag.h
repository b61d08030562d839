// Takes dragged out of the window, as files that are written while the pointer begins to move.
#pragma once

#include <QObject>
#include <QPixmap>
#include <QPoint>
#include <vector>

#include "engine/workstation/export_profiles.h"
#include "ui/commands/studio.h"

class QMimeData;
class QWidget;

namespace smidgen::ui {

/// The files lie in the library's folder `dragged` under the takes' names, since a DAW may go on to use them
/// where they are. A drag that nobody takes removes them again.
class TakeDrag final : public QObject {
    Q_OBJECT

 public:
    /// `source`: the widget that is dragged from.
    TakeDrag(const Studio& studio, QWidget* source);

    /// Writes the takes with the chosen profile, then drags them if the button is still down.
    void begin(const std::vector<TakeId>& takes, const QPixmap& picture, const QPoint& hotSpot);
    /// What a drag would carry; `files` were written.
    [[nodiscard]] static QMimeData* carried(const std::vector<ExportedFile>& files);

 private:
    void follow(JobId job);
    void drag(const std::vector<ExportedFile>& files);
    [[nodiscard]] ExportSettings settings() const;

    Studio m_studio;
    QWidget* m_source;
    JobId m_job = 0;
    QPixmap m_picture;
    QPoint m_hotSpot;
};

}  // namespace smidgen::ui
