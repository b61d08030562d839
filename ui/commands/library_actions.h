// Everything a person can change in the library, each with its way back.
#pragma once

#include <QObject>
#include <QUndoStack>
#include <optional>
#include <vector>

#include "ui/bridge/engine_bridge.h"
#include "ui/commands/library_command.h"

namespace smidgen::ui {

/// Changes run off the window's thread, in the order they were asked for; each lands on the undo stack when
/// it has succeeded. The files of a person's sounds are never touched.
class LibraryActions final : public QObject {
    Q_OBJECT

 public:
    explicit LibraryActions(EngineBridge& bridge, QObject* parent = nullptr);

    [[nodiscard]] QUndoStack& undoStack() { return m_stack; }

    /// Scans `paths` into a new collection, or into an existing one. Undone by taking the collection, or the
    /// sounds that came with it, out again.
    void importSounds(const std::vector<std::filesystem::path>& paths, const CollectionId& into = {},
                      const std::string& name = {});
    /// The same for one file that has just been recorded; importStarted() is not told, so that the person
    /// stays where they are.
    JobId addRecording(const std::filesystem::path& file, const CollectionId& into, const std::string& name);
    void renameCollection(const CollectionId& id, const std::string& name);
    void removeCollection(const CollectionId& id);
    void removeSounds(const CollectionId& id, const std::vector<SoundId>& sounds);
    /// Not undone: the file was missing before.
    void relinkSound(const CollectionId& id, const std::string& contentHash,
                     const std::filesystem::path& path);

    void renameModel(const ModelId& id, const std::string& name);
    void removeModel(const ModelId& id);

    void renamePreset(const PresetId& id, const std::string& from, const std::string& to);
    void removePreset(const PresetId& id, const std::string& name);

    void renameTake(const TakeId& id, const std::string& name);
    void starTake(const TakeId& id, bool starred);
    void trashTakes(const std::vector<TakeId>& ids);
    void restoreTakes(const std::vector<TakeId>& ids);

 Q_SIGNALS:
    /// A collection is being filled, or was: show it.
    void importStarted(smidgen::JobId job);
    void imported(const std::string& collection);
    /// Something was taken away; say so and offer undo.
    void removed(const QString& sentence);
    void done(const QString& sentence);
    void failed(const QString& sentence);

 private:
    void perform(const QString& text, LibraryCommand::Step apply, LibraryCommand::Step revert,
                 const QString& removedSentence = {});
    JobId beginImport(const std::vector<std::filesystem::path>& paths, const CollectionId& into,
                      const std::string& name);
    void importEnded(const JobSnapshot& job);

    struct Import {
        JobId job = 0;
        CollectionId into;  ///< empty: a new collection
        std::vector<std::filesystem::path> filesBefore;
    };

    EngineBridge& m_bridge;
    QUndoStack m_stack;
    std::vector<Import> m_imports;
};

}  // namespace smidgen::ui
