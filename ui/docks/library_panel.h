// Library: collections, models, and the sounds of the chosen collection.
#pragma once

#include <QList>
#include <QUrl>
#include <QWidget>

#include "ui/bridge/chosen_items.h"
#include "ui/commands/shortcuts.h"
#include "ui/commands/studio.h"

class QLabel;
class QLineEdit;
class QMenu;
class QToolButton;

namespace smidgen::ui {

class FoundPanel;
class LibraryList;
class LinkedLibrariesPanel;

class LibraryPanel final : public QWidget {
    Q_OBJECT

 public:
    LibraryPanel(const Studio& studio, const Shortcuts& shortcuts, QWidget* parent = nullptr);

    /// Of the button that adds collections.
    [[nodiscard]] QMenu& addMenu() { return *m_addMenu; }
    void focusSearch();
    /// Shows what is like a sound file or something of the library (its id) above the lists.
    void findSimilar(const QString& name, const std::string& like);
    [[nodiscard]] LinkedLibrariesPanel& linked() { return *m_linked; }
    /// Acts on what has the keyboard inside this panel. False when that is nothing.
    bool renameFocused();
    /// Looks again for what was searched.
    void refreshFound();
    bool removeFocused();

 Q_SIGNALS:
    /// What stands in the search box, as it is typed.
    void searched(const QString& text);
    void addFilesRequested();
    void addFolderRequested();
    /// Empty collection: a new one.
    void filesDropped(const QList<QUrl>& urls, const std::string& collection);
    void generateRequested();
    void trainRequested();
    /// A sound, to be edited as codes.
    void editRequested(const std::filesystem::path& sound);
    /// Sound files for a morph cube.
    void cubeRequested(const std::vector<std::string>& sounds);
    /// Codes that the library keeps.
    void codesChosen(const std::string& id);
    void codesRemovalRequested(const std::string& id, const QString& name);
    /// To be used; `whole`: with its model and seed.
    void presetChosen(const std::string& id, bool whole);
    /// Edited sounds are to be listened to.
    void likenessAsked();

 protected:
    /// A sound dropped on the search box is searched with.
    bool eventFilter(QObject* watched, QEvent* event) override;

 private:
    QWidget* heading(const QString& text, QLabel** label = nullptr, QWidget* button = nullptr);
    QToolButton* makeBrowse(const Shortcuts& shortcuts);
    void readCollections();
    void readModels();
    void readSounds();
    /// The sounds of the list that are chosen, here or elsewhere.
    void showChosen();
    void chooseSounds();
    [[nodiscard]] std::vector<ItemName> chosenSounds() const;
    void collectionMenu(const QString& id, const QPoint& position);
    void modelMenu(const QString& id, const QPoint& position);
    void soundMenu(const QString& id, const QPoint& position);
    void audition(const QString& path);
    [[nodiscard]] bool hasMissing(const CollectionId& id) const;
    /// Asks for a folder, and looks below it for what is missing.
    void relink(const CollectionId& id);
    [[nodiscard]] std::vector<SoundId> soundsOf(const std::vector<QString>& paths) const;

    Studio m_studio;
    QLineEdit* m_search;
    QMenu* m_addMenu;
    FoundPanel* m_found;
    LibraryList* m_collections;
    LibraryList* m_models;
    LibraryList* m_sounds;
    QLabel* m_noCollections;
    QLabel* m_noModels;
    QLabel* m_soundsHeading;
    LinkedLibrariesPanel* m_linked;
};

}  // namespace smidgen::ui
