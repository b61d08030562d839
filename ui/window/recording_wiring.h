// Between recording and the window: the key, what is said, and where recordings go in the library.
#pragma once

#include <QObject>
#include <deque>
#include <filesystem>

#include "ui/commands/shortcuts.h"
#include "ui/commands/studio.h"

namespace smidgen::ui {

/// Window thread. Recordings gather in one collection, which is made when it is not there.
class RecordingWiring final : public QObject {
    Q_OBJECT

 public:
    RecordingWiring(const Studio& studio, const Shortcuts& shortcuts, QObject* parent);

 Q_SIGNALS:
    void audioSettingsRequested();

 private:
    void keep(const std::filesystem::path& file, const QString& sentence);
    void addFirst();
    void noteCollection(const CollectionId& id);
    /// Of the recordings; empty when there is none yet.
    [[nodiscard]] CollectionId collection() const;

    Studio m_studio;
    std::deque<std::filesystem::path> m_waiting;  ///< for the library; the first is being added
    JobId m_adding = 0;
};

}  // namespace smidgen::ui
