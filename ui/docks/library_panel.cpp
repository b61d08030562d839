#include "ui/docks/library_panel.h"

#include <QApplication>
#include <QDropEvent>
#include <QFileDialog>
#include <QHBoxLayout>
#include <QLabel>
#include <QLineEdit>
#include <QMenu>
#include <QMimeData>
#include <QSettings>
#include <QToolButton>
#include <QVBoxLayout>
#include <algorithm>
#include <set>

#include "ui/bridge/text.h"
#include "ui/commands/item_actions.h"
#include "ui/docks/found_panel.h"
#include "ui/docks/library_list.h"
#include "ui/docks/library_rows.h"
#include "ui/docks/linked_libraries_panel.h"
#include "ui/docks/show_file.h"
#include "ui/theme/metrics.h"

namespace smidgen::ui {

LibraryPanel::LibraryPanel(const Studio& studio, const Shortcuts& shortcuts, QWidget* parent)
    : QWidget(parent), m_studio(studio) {
    setObjectName(QStringLiteral("library"));
    auto* layout = new QVBoxLayout(this);
    layout->setContentsMargins(metrics::kSpaceS, metrics::kSpaceS, metrics::kSpaceS, metrics::kSpaceS);
    layout->setSpacing(metrics::kSpaceXs);

    m_search = new QLineEdit;
    m_search->setPlaceholderText(tr("Search, or drop a sound…"));
    m_search->setAccessibleName(tr("Search the library"));
    shortcuts.explain(QStringLiteral("library.search"), *m_search);
    m_search->setClearButtonEnabled(true);
    m_search->setAcceptDrops(true);
    m_search->installEventFilter(this);
    layout->addWidget(m_search);
    m_found = new FoundPanel(studio);
    layout->addWidget(m_found);

    auto* add = new QToolButton;
    add->setIcon(studio.theme.icon(QStringLiteral("plus"), Token::dim));
    add->setAccessibleName(tr("Add a collection"));
    add->setToolTip(tr("Add a collection of sounds"));
    add->setStatusTip(tr("Makes a collection of sound files or of a folder."));
    add->setPopupMode(QToolButton::InstantPopup);
    setLook(*add, Look::quiet);
    m_addMenu = new QMenu(add);
    m_addMenu->addAction(&shortcuts.action(QStringLiteral("library.addFiles")));
    m_addMenu->addAction(&shortcuts.action(QStringLiteral("library.addFolder")));
    add->setMenu(m_addMenu);

    m_collections = new LibraryList(studio.theme, tr("Collections"));
    m_collections->setMostRows(6);
    m_collections->setAcceptsDrops(true);
    m_models = new LibraryList(studio.theme, tr("Models"));
    m_models->setMostRows(6);
    m_sounds = new LibraryList(studio.theme, tr("Sounds of the collection"));
    m_sounds->setObjectName(QStringLiteral("librarySounds"));
    m_sounds->setSelectionMode(QAbstractItemView::ExtendedSelection);

    m_noCollections = new QLabel(tr("None yet. Drop sounds or a folder anywhere in this window."));
    m_noModels = new QLabel(tr("None yet. A model is made by training on a collection."));
    for (QLabel* label : {m_noCollections, m_noModels}) {
        label->setWordWrap(true);
        label->setContentsMargins(metrics::kSpaceS, 0, metrics::kSpaceS, metrics::kSpaceS);
        setLook(*label, Look::dim);
    }

    layout->addWidget(heading(tr("Collections"), nullptr, add));
    layout->addWidget(m_collections);
    layout->addWidget(m_noCollections);
    layout->addWidget(heading(tr("Models")));
    layout->addWidget(m_models);
    layout->addWidget(m_noModels);
    layout->addWidget(heading(tr("Sounds"), &m_soundsHeading, makeBrowse(shortcuts)));
    layout->addWidget(m_sounds, 1);
    m_linked = new LinkedLibrariesPanel(studio);
    layout->addWidget(m_linked);

    connect(m_search, &QLineEdit::textChanged, this, [this](const QString& words) {
        // The lists know names alone.
        const bool names = !words.contains(QLatin1Char(':')) && !words.contains(QLatin1Char('<')) &&
                           !words.contains(QLatin1Char('>'));
        for (LibraryList* list : {m_collections, m_models, m_sounds})
            list->setFilter(names ? words.trimmed() : QString());
        m_found->findText(words);
        m_linked->findText(words);
        Q_EMIT searched(words);
        readModels();
        readCollections();
    });
    connect(m_collections, &LibraryList::activatedId, this,
            [this](const QString& id) { m_studio.selection.setCollection(id.toStdString()); });
    connect(m_collections, &LibraryList::chosen, this,
            [this](const QString& id) { m_studio.selection.setCollection(id.toStdString()); });
    connect(m_collections, &LibraryList::renamed, this, [this](const QString& id, const QString& name) {
        m_studio.library.renameCollection(id.toStdString(), name.toStdString());
    });
    connect(m_collections, &LibraryList::dropped, this, [this](const QString& id, const QList<QUrl>& urls) {
        Q_EMIT filesDropped(urls, id.toStdString());
    });
    connect(m_collections, &LibraryList::menuRequested, this, &LibraryPanel::collectionMenu);
    for (auto signal : {&LibraryList::activatedId, &LibraryList::chosen})
        connect(m_models, signal, this,
                [this](const QString& id) { m_studio.selection.setModel(id.toStdString()); });
    connect(m_models, &LibraryList::renamed, this, [this](const QString& id, const QString& name) {
        m_studio.library.renameModel(id.toStdString(), name.toStdString());
    });
    connect(m_models, &LibraryList::menuRequested, this, &LibraryPanel::modelMenu);
    connect(m_sounds, &LibraryList::activatedId, this, &LibraryPanel::audition);
    connect(m_sounds, &LibraryList::chosen, this, [this, &shortcuts](const QString& path) {
        // A click plays anyway.
        if (QApplication::mouseButtons() == Qt::NoButton &&
            shortcuts.action(QStringLiteral("library.browse")).isChecked())
            audition(path);
    });
    connect(m_sounds, &LibraryList::selectedChanged, this, &LibraryPanel::chooseSounds);
    connect(&ChosenItems::of(studio.selection), &ChosenItems::changed, this, &LibraryPanel::showChosen);
    connect(m_sounds, &LibraryList::menuRequested, this, &LibraryPanel::soundMenu);

    connect(&studio.bridge, &EngineBridge::collectionsChanged, this, &LibraryPanel::readCollections);
    connect(&studio.bridge, &EngineBridge::collectionsChanged, this, &LibraryPanel::readSounds);
    connect(&studio.bridge, &EngineBridge::modelsChanged, this, &LibraryPanel::readModels);
    connect(&studio.selection, &Selection::collectionChanged, this, [this] {
        m_collections->choose(toText(m_studio.selection.collection()));
        readSounds();
    });
    connect(&studio.selection, &Selection::modelChanged, this,
            [this] { m_models->choose(toText(m_studio.selection.model())); });
    connect(&studio.sound, &PlaybackBridge::transportChanged, this, [this] {
        const QString key = m_studio.sound.playing() ? m_studio.sound.loaded().key : QString();
        m_sounds->setPlayingId(key.startsWith(u"sound:") ? key.mid(6) : QString());
    });
    connect(m_found, &FoundPanel::codesChosen, this, &LibraryPanel::codesChosen);
    connect(m_found, &FoundPanel::codesRemovalRequested, this, &LibraryPanel::codesRemovalRequested);
    connect(m_found, &FoundPanel::presetChosen, this, &LibraryPanel::presetChosen);
    connect(m_found, &FoundPanel::likenessAsked, this, &LibraryPanel::likenessAsked);
    connect(m_found, &FoundPanel::cleared, m_search, &QLineEdit::clear);
    readCollections();
    readModels();
    readSounds();
}

void LibraryPanel::findSimilar(const QString& name, const std::string& like) {
    m_search->clear();
    m_found->findLike(name, like);
}

bool LibraryPanel::eventFilter(QObject* watched, QEvent* event) {
    if (watched != m_search) return QWidget::eventFilter(watched, event);
    const bool enters = event->type() == QEvent::DragEnter || event->type() == QEvent::DragMove;
    if (!enters && event->type() != QEvent::Drop) return QWidget::eventFilter(watched, event);
    auto* drop = static_cast<QDropEvent*>(event);
    const QList<QUrl> urls = drop->mimeData()->urls();
    if (urls.size() != 1 || !urls.front().isLocalFile()) return QWidget::eventFilter(watched, event);
    drop->acceptProposedAction();
    if (!enters) {
        const auto file = toPath(urls.front().toLocalFile());
        findSimilar(toText(file.filename()), file.string());
    }
    return true;
}

QWidget* LibraryPanel::heading(const QString& text, QLabel** label, QWidget* button) {
    auto* row = new QWidget;
    auto* layout = new QHBoxLayout(row);
    layout->setContentsMargins(metrics::kSpaceS, metrics::kSpaceS, 0, 0);
    auto* title = new QLabel(text.toUpper());
    title->setAccessibleName(text);
    setLook(*title, Look::heading);
    layout->addWidget(title, 1);
    if (button != nullptr) layout->addWidget(button);
    if (label != nullptr) *label = title;
    return row;
}

QToolButton* LibraryPanel::makeBrowse(const Shortcuts& shortcuts) {
    QAction& browse = shortcuts.action(QStringLiteral("library.browse"));
    browse.setIcon(m_studio.theme.icon(QStringLiteral("speaker"), Token::dim));
    browse.setCheckable(true);
    browse.setChecked(m_studio.settings.value(QStringLiteral("library/hearWhileBrowsing"), false).toBool());
    connect(&browse, &QAction::toggled, this,
            [this](bool on) { m_studio.settings.setValue(QStringLiteral("library/hearWhileBrowsing"), on); });
    auto* button = new QToolButton;
    button->setDefaultAction(&browse);
    button->setToolButtonStyle(Qt::ToolButtonIconOnly);
    button->setAccessibleName(browse.text());
    button->setFocusPolicy(Qt::TabFocus);
    setLook(*button, Look::toggle);
    return button;
}

void LibraryPanel::readCollections() {
    const auto collections = m_studio.engine().collections();
    m_collections->setRows(collectionRows(collections));
    m_collections->choose(toText(m_studio.selection.collection()));
    m_noCollections->setVisible(collections.empty());
    const bool gone = !m_studio.selection.collection().empty() &&
                      !m_studio.engine().collection(m_studio.selection.collection());
    if (gone || (m_studio.selection.collection().empty() && !collections.empty()))
        m_studio.selection.setCollection(collections.empty() ? CollectionId()
                                                             : collections.front()->collection.id);
}

void LibraryPanel::readModels() {
    const auto models = m_studio.engine().models();
    m_models->setRows(modelRows(models));
    m_models->choose(toText(m_studio.selection.model()));
    m_noModels->setVisible(models.empty());
}

void LibraryPanel::readSounds() {
    const auto collection = m_studio.engine().collection(m_studio.selection.collection());
    m_sounds->setRows(collection ? soundRows(collection) : std::vector<Row>());
    const QString name = collection ? toText(collection->collection.name) : tr("Sounds");
    m_soundsHeading->setText((collection ? tr("Sounds of %1").arg(name) : name).toUpper());
    m_soundsHeading->setAccessibleName(collection ? tr("Sounds of %1").arg(name) : name);
    showChosen();
}

std::vector<ItemName> LibraryPanel::chosenSounds() const {
    std::vector<ItemName> items;
    for (const SoundId& sound : soundsOf(m_sounds->selectedIds()))
        if (!sound.contentHash.empty()) items.push_back({ItemKind::sound, sound.contentHash});
    return items;
}

void LibraryPanel::chooseSounds() {
    ChosenItems::of(m_studio.selection).choose(chosenSounds());
}

void LibraryPanel::showChosen() {
    const auto collection = m_studio.engine().collection(m_studio.selection.collection());
    if (!collection) return;
    std::set<std::string> hashes;
    for (const ItemName& item : ChosenItems::of(m_studio.selection).items())
        if (item.kind == ItemKind::sound) hashes.insert(item.id);
    std::vector<QString> rows;
    for (const SoundEntry& sound : collection->collection.entries)
        if (hashes.contains(sound.contentHash)) rows.push_back(toText(sound.path));
    const std::vector<QString> now = m_sounds->selectedIds();
    if (std::set(now.begin(), now.end()) != std::set(rows.begin(), rows.end())) m_sounds->chooseAll(rows);
}

void LibraryPanel::audition(const QString& path) {
    const auto collection = m_studio.engine().collection(m_studio.selection.collection());
    if (!collection) return;
    for (const SoundEntry& sound : collection->collection.entries)
        if (toText(sound.path) == path) m_studio.sound.audition(listeningTo(sound));
}

std::vector<SoundId> LibraryPanel::soundsOf(const std::vector<QString>& paths) const {
    std::vector<SoundId> sounds;
    const auto collection = m_studio.engine().collection(m_studio.selection.collection());
    if (!collection) return sounds;
    for (const SoundEntry& sound : collection->collection.entries)
        if (std::find(paths.begin(), paths.end(), toText(sound.path)) != paths.end())
            sounds.push_back(idOf(sound));
    return sounds;
}

void LibraryPanel::focusSearch() {
    m_search->setFocus(Qt::ShortcutFocusReason);
    m_search->selectAll();
}

bool LibraryPanel::renameFocused() {
    for (LibraryList* list : {m_collections, m_models})
        if (list->hasFocus() && !list->chosenId().isEmpty()) {
            list->renameChosen();
            return true;
        }
    return false;
}

void LibraryPanel::refreshFound() {
    m_found->refresh();
}

bool LibraryPanel::removeFocused() {
    if (m_found->removeFocused()) return true;
    if (m_collections->hasFocus() && !m_collections->chosenId().isEmpty()) {
        m_studio.library.removeCollection(m_collections->chosenId().toStdString());
    } else if (m_models->hasFocus() && !m_models->chosenId().isEmpty()) {
        m_studio.library.removeModel(m_models->chosenId().toStdString());
    } else if (m_sounds->hasFocus() && !m_sounds->selectedIds().empty()) {
        m_studio.library.removeSounds(m_studio.selection.collection(), soundsOf(m_sounds->selectedIds()));
    } else {
        return false;
    }
    return true;
}

bool LibraryPanel::hasMissing(const CollectionId& id) const {
    const auto collection = m_studio.engine().collection(id);
    return collection && std::ranges::any_of(collection->collection.entries, [](const SoundEntry& entry) {
               return std::ranges::find(entry.findings, Finding::missing) != entry.findings.end();
           });
}

void LibraryPanel::relink(const CollectionId& id) {
    auto* dialog = new QFileDialog(window(), tr("Where are the missing files now?"));
    dialog->setObjectName(QStringLiteral("relinkFolder"));
    dialog->setAttribute(Qt::WA_DeleteOnClose);
    dialog->setFileMode(QFileDialog::Directory);
    dialog->setOption(QFileDialog::ShowDirsOnly);
    connect(dialog, &QFileDialog::fileSelected, this,
            [this, id](const QString& folder) { relinkFolder(m_studio, id, toPath(folder)); });
    dialog->open();
}

void LibraryPanel::collectionMenu(const QString& id, const QPoint& position) {
    QMenu menu(this);
    m_studio.selection.setCollection(id.toStdString());
    menu.addAction(tr("Train on it"), this, &LibraryPanel::trainRequested);
    menu.addAction(tr("Find missing files…"), this, [this, id] { relink(id.toStdString()); })
        ->setEnabled(hasMissing(id.toStdString()));
    menu.addSeparator();
    menu.addAction(tr("Rename"), this, [this] { m_collections->renameChosen(); });
    menu.addAction(tr("Remove from the library"), this,
                   [this, id] { m_studio.library.removeCollection(id.toStdString()); });
    menu.exec(position);
}

void LibraryPanel::modelMenu(const QString& id, const QPoint& position) {
    const auto model = modelOf(m_studio.engine(), id.toStdString());
    if (!model) return;
    m_studio.selection.setModel(model->id);
    QMenu menu(this);
    menu.addAction(tr("Generate with it"), this, &LibraryPanel::generateRequested);
    menu.addSeparator();
    menu.addAction(tr("Rename"), this, [this] { m_models->renameChosen(); });
    menu.addAction(tr("Show the file"), this, [file = model->file] { showInFolder(file); });
    menu.addAction(tr("Move to the trash"), this,
                   [this, id] { m_studio.library.removeModel(id.toStdString()); });
    menu.exec(position);
}

void LibraryPanel::soundMenu(const QString& path, const QPoint& position) {
    const auto collection = m_studio.engine().collection(m_studio.selection.collection());
    if (!collection) return;
    const auto& entries = collection->collection.entries;
    const auto found = std::find_if(entries.begin(), entries.end(),
                                    [&](const SoundEntry& sound) { return toText(sound.path) == path; });
    if (found == entries.end()) return;
    const SoundEntry& sound = *found;
    const CollectionId id = collection->collection.id;
    QMenu menu(this);
    menu.addAction(tr("Play"), this, [this, path] { audition(path); });
    menu.addAction(tr("Edit as codes"), this, [this, file = sound.path] { Q_EMIT editRequested(file); });
    menu.addAction(tr("Put on the cube"), this, [this] {
        std::vector<std::string> files;
        for (const SoundId& chosen : soundsOf(m_sounds->selectedIds())) files.push_back(chosen.path.string());
        Q_EMIT cubeRequested(files);
    });
    menu.addAction(tr("Find similar"), this, [this, name = sound.path.stem(), hash = sound.contentHash] {
        findSimilar(toText(name), hash);
    });
    menu.addAction(tr("Show the file"), this, [file = sound.path] { showInFolder(file); });
    const bool missing =
        std::find(sound.findings.begin(), sound.findings.end(), Finding::missing) != sound.findings.end();
    QAction* one = menu.addAction(tr("Find the missing file…"), this, [this, id, hash = sound.contentHash] {
        const QString file = QFileDialog::getOpenFileName(window(), tr("Find the missing file"));
        if (!file.isEmpty()) m_studio.library.relinkSound(id, hash, toPath(file));
    });
    one->setEnabled(missing);
    menu.addAction(tr("Find all missing files…"), this, [this, id] { relink(id); })
        ->setEnabled(hasMissing(id));
    menu.addSeparator();
    if (const auto chosen = chosenSounds(); !chosen.empty()) {
        menu.addAction(tr("Star"), this, [this, chosen] { starItems(m_studio, chosen, true); });
        menu.addAction(tr("Remove the star"), this, [this, chosen] { starItems(m_studio, chosen, false); });
        menu.addAction(tr("Tags…"), this, [this, chosen] { askForTags(m_studio, chosen, this); });
        menu.addSeparator();
    }
    menu.addAction(tr("Take out of the collection"), this,
                   [this, id] { m_studio.library.removeSounds(id, soundsOf(m_sounds->selectedIds())); });
    menu.exec(position);
}

}  // namespace smidgen::ui
