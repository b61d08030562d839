#include "ui/docks/linked_libraries_panel.h"

#include <QCoreApplication>
#include <QDir>
#include <QHBoxLayout>
#include <QLabel>
#include <QMenu>
#include <QVBoxLayout>
#include <algorithm>

#include "ui/bridge/text.h"
#include "ui/commands/brought_items.h"
#include "ui/docks/library_list.h"
#include "ui/docks/show_file.h"
#include "ui/theme/metrics.h"

namespace smidgen::ui {
namespace {

/// Of what is played from here, in the transport.
const QString kKey = QStringLiteral("linked:");
constexpr int kMostRows = 8;
/// More is found by searching.
constexpr std::size_t kMostShown = 500;

class LinkedWords {
    Q_DECLARE_TR_FUNCTIONS(LinkedLibrariesPanel)
};

QString kindText(ItemKind kind) {
    switch (kind) {
        case ItemKind::take:
            return LinkedWords::tr("take");
        case ItemKind::model:
            return LinkedWords::tr("model");
        case ItemKind::collection:
            return LinkedWords::tr("collection");
        case ItemKind::preset:
            return LinkedWords::tr("preset");
        case ItemKind::cube:
            return LinkedWords::tr("cube");
        default:
            return LinkedWords::tr("sound");
    }
}

QString nameOf(const QString& folder) {
    const QString name = QDir(folder).dirName();
    return name.isEmpty() ? folder : name;
}

/// Theirs, where it can come.
bool canBeBrought(const OtherItem& item) {
    return item.standing == Standing::onlyThere || item.standing == Standing::newerThere ||
           item.standing == Standing::removedHere;
}

}  // namespace

LinkedLibrariesPanel::LinkedLibrariesPanel(const Studio& studio, QWidget* parent)
    : QWidget(parent), m_studio(studio), m_links(studio.settings, toText(studio.engine().library())) {
    setObjectName(QStringLiteral("linkedLibraries"));
    m_readers.setMaxThreadCount(1);
    auto* layout = new QVBoxLayout(this);
    layout->setContentsMargins(0, 0, 0, 0);
    layout->setSpacing(metrics::kSpaceXs);
    auto* title = new QLabel(tr("Linked").toUpper());
    title->setAccessibleName(tr("Linked"));
    title->setContentsMargins(metrics::kSpaceS, metrics::kSpaceS, 0, 0);
    setLook(*title, Look::heading);
    layout->addWidget(title);
    m_list = new LibraryList(studio.theme, tr("Linked libraries"));
    m_list->setMostRows(kMostRows);
    m_list->setStatusTip(
        tr("Other libraries, which are only read: Enter opens one and plays what is in it."));
    layout->addWidget(m_list);
    connect(m_list, &LibraryList::activatedId, this, &LinkedLibrariesPanel::activate);
    connect(m_list, &LibraryList::menuRequested, this, &LinkedLibrariesPanel::openMenu);
    connect(&studio.sound, &PlaybackBridge::transportChanged, this, &LinkedLibrariesPanel::showPlaying);
    readLinks();
}

LinkedLibrariesPanel::~LinkedLibrariesPanel() {
    m_cancel.cancel();
    m_making.cancel();
    m_readers.clear();
    m_readers.waitForDone();
}

void LinkedLibrariesPanel::readLinks() {
    const QStringList folders = m_links.folders();
    std::erase_if(m_linked, [&](const auto& each) { return !folders.contains(each.first); });
    for (const QString& folder : folders) m_linked.try_emplace(folder);
    show();
}

void LinkedLibrariesPanel::findText(const QString& text) {
    m_text = text.trimmed();
    m_filter.reset();
    if (!m_text.isEmpty()) {
        auto filter = OtherItemFilter::parse(m_text.toStdString());
        // While a filter is being typed it is not one yet; what is wrong is said beside the search box.
        if (filter) m_filter = std::move(*filter);
        for (const auto& [folder, linked] : m_linked)
            if (m_filter && !linked.library && linked.trouble.isEmpty()) lookInto(folder);
    }
    show();
}

void LinkedLibrariesPanel::lookInto(const QString& folder) {
    Linked& linked = m_linked[folder];
    if (linked.looking) return;
    linked.looking = true;
    show();
    m_readers.start([this, &engine = m_studio.engine(), folder] {
        auto library =
            std::make_shared<Result<OtherLibrary>>(smidgen::lookInto(engine, toPath(folder), m_cancel));
        QMetaObject::invokeMethod(
            this, [this, folder, library] { looked(folder, std::move(*library)); }, Qt::QueuedConnection);
    });
}

void LinkedLibrariesPanel::looked(const QString& folder, Result<OtherLibrary> library) {
    const auto found = m_linked.find(folder);
    if (found == m_linked.end()) return;  // unlinked meanwhile
    Linked& linked = found->second;
    linked.looking = false;
    linked.gone = !library && library.error().code == ErrorCode::notFound;
    linked.trouble = library ? QString() : toText(library.error().sentence);
    linked.library = library ? std::make_shared<const OtherLibrary>(std::move(*library)) : nullptr;
    show();
}

// Rows

bool LinkedLibrariesPanel::fits(const OtherItem& item) const {
    return m_text.isEmpty() || (m_filter && m_filter->matches(item));
}

bool LinkedLibrariesPanel::fits(const SoundEntry& sound) const {
    if (m_text.isEmpty()) return true;
    OtherItem item;
    item.kind = ItemKind::sound;
    item.theirs.emplace();
    item.theirs->name = sound.path.stem().string();
    item.theirs->seconds = sound.seconds;
    return m_filter && m_filter->matches(item);
}

QString LinkedLibrariesPanel::describe(const Linked& linked) const {
    if (linked.looking) return tr("looking into it …");
    if (linked.gone) return tr("not there now");
    if (!linked.trouble.isEmpty()) return tr("cannot be read");
    if (!linked.library) return tr("not opened yet");
    int collections = 0, models = 0, takes = 0;
    for (const OtherItem& item : linked.library->items) {
        if (!item.theirs) continue;
        collections += item.kind == ItemKind::collection ? 1 : 0;
        models += item.kind == ItemKind::model ? 1 : 0;
        takes += item.kind == ItemKind::take ? 1 : 0;
    }
    return QStringList{countText(collections, tr("collection"), tr("collections")),
                       countText(models, tr("model"), tr("models")),
                       countText(takes, tr("take"), tr("takes"))}
        .join(QStringLiteral(" · "));
}

void LinkedLibrariesPanel::addItem(std::vector<Row>& rows, const QString& folder, const Linked& linked,
                                   const OtherItem& item) {
    const ItemVersion& version = *item.theirs;
    const Collection* collection = version.collection.get();
    std::vector<const SoundEntry*> sounds;
    if (collection != nullptr && (!m_text.isEmpty() || linked.openCollections.contains(item.block)))
        for (const SoundEntry& entry : collection->entries)
            if (fits(entry)) sounds.push_back(&entry);
    // What is searched is shown without a collection being opened for it.
    const bool found = !m_text.isEmpty() && !sounds.empty();
    if (!fits(item) && !found) return;
    Row row;
    row.id = QStringLiteral("%1\n%2").arg(folder, toText(item.block));
    row.title = toText(version.name);
    row.subtitle = kindText(item.kind);
    if (collection != nullptr)
        row.subtitle += QStringLiteral(" · ") + countText(version.sounds, tr("sound"), tr("sounds"));
    else if (version.seconds > 0)
        row.subtitle += QStringLiteral(" · ") + durationText(version.seconds);
    if (!version.model.empty()) row.subtitle += QStringLiteral(" · ") + toText(version.model);
    row.toolTip = collection != nullptr ? tr("%1\nClick to see its sounds.").arg(row.title)
                  : version.file.empty()
                      ? tr("%1\nClick to hear.").arg(row.title)
                      : tr("%1\nClick to hear, drag out to copy.").arg(toText(version.file));
    row.mark = item.kind == ItemKind::model        ? RowMark::model
               : item.kind == ItemKind::collection ? RowMark::collection
                                                   : RowMark::none;
    row.indent = 1;
    if (item.kind == ItemKind::take || item.kind == ItemKind::model) row.file = version.file;
    if (version.take)
        row.thumbnail = std::shared_ptr<const std::vector<PeakPair>>(version.take, &version.take->thumbnail);
    m_places[row.id] = {folder, &item, nullptr, linked.library};
    const QString id = row.id;
    rows.push_back(std::move(row));
    if (!found && !linked.openCollections.contains(item.block)) return;
    for (const SoundEntry* entry : sounds) {
        if (rows.size() >= kMostShown) return;
        Row sound;
        sound.id = id + u'\n' + toText(entry->path);
        sound.title = toText(entry->path.stem());
        sound.subtitle = kindText(ItemKind::sound) + QStringLiteral(" · ") + durationText(entry->seconds);
        sound.toolTip = entry->reason.empty()
                            ? tr("%1\nClick to hear, drag out to copy.").arg(toText(entry->path))
                            : toText(entry->path) + u'\n' + toText(entry->reason);
        sound.indent = 2;
        const bool missing = std::ranges::count(entry->findings, Finding::missing) > 0;
        sound.mark = missing ? RowMark::missing : entry->usable() ? RowMark::none : RowMark::skipped;
        if (!missing) sound.file = entry->path;
        sound.thumbnail = std::shared_ptr<const std::vector<PeakPair>>(version.collection, &entry->thumbnail);
        m_places[sound.id] = {folder, &item, entry, linked.library};
        rows.push_back(std::move(sound));
    }
}

void LinkedLibrariesPanel::addRows(std::vector<Row>& rows, const QString& folder, const Linked& linked) {
    Row row;
    row.id = folder;
    row.title = nameOf(folder);
    row.subtitle = describe(linked);
    row.toolTip = linked.trouble.isEmpty() ? folder : folder + u'\n' + linked.trouble;
    row.mark = linked.trouble.isEmpty() ? RowMark::library : RowMark::libraryGone;
    m_places[row.id] = {folder, nullptr, nullptr, linked.library};
    rows.push_back(std::move(row));
    if (!linked.library || (!linked.open && m_text.isEmpty())) return;
    for (const OtherItem& item : linked.library->items) {
        if (!item.theirs || item.theirs->trashed) continue;
        addItem(rows, folder, linked, item);
        if (rows.size() < kMostShown) continue;
        Row more;
        more.id = folder + QStringLiteral("\n…");
        more.title = tr("and more");
        more.subtitle = tr("Search for what is not shown.");
        more.indent = 1;
        rows.push_back(std::move(more));
        return;
    }
}

void LinkedLibrariesPanel::show() {
    std::vector<Row> rows;
    m_places.clear();
    for (const QString& folder : m_links.folders())
        if (const auto linked = m_linked.find(folder); linked != m_linked.end())
            addRows(rows, folder, linked->second);
    m_list->setRows(std::move(rows));
    setVisible(!m_linked.empty());
    showPlaying();
}

void LinkedLibrariesPanel::showPlaying() {
    const QString key = m_studio.sound.playing() ? m_studio.sound.loaded().key : QString();
    m_list->setPlayingId(key.startsWith(kKey) ? key.mid(kKey.size()) : QString());
}

// What is done with them

std::optional<LinkedLibrariesPanel::Place> LinkedLibrariesPanel::placeOf(const QString& rowId) const {
    const auto found = m_places.find(rowId);
    return found == m_places.end() ? std::nullopt : std::optional(found->second);
}

void LinkedLibrariesPanel::activate(const QString& rowId) {
    const auto place = placeOf(rowId);
    if (!place) return;
    Linked& linked = m_linked[place->folder];
    if (place->item == nullptr) {
        linked.open = !linked.open || !linked.library;
        // What could not be read may be there by now.
        if (linked.open && !linked.library) return lookInto(place->folder);
        return show();
    }
    if (place->sound != nullptr || !place->item->theirs->collection) return hear(rowId, *place);
    if (linked.openCollections.erase(place->item->block) == 0)
        linked.openCollections.insert(place->item->block);
    show();
}

void LinkedLibrariesPanel::hear(const QString& rowId, const Place& place) {
    const QString key = kKey + rowId;
    m_making.cancel();
    m_making = CancelToken();
    if (m_studio.sound.playing(key)) return m_studio.sound.stop();
    if (place.sound != nullptr)
        return m_studio.sound.audition({key, toText(place.sound->path.filename()), place.sound->path});
    m_studio.bridge.run(
        this,
        [&engine = m_studio.engine(), place, cancel = m_making] {
            return soundOf(engine, *place.library, *place.item, ItemSide::theirs, cancel);
        },
        [this, key, name = toText(place.item->theirs->name), cancel = m_making](Result<ItemSound> sound) {
            if (cancel.cancelled()) return;
            if (!sound) return m_studio.notices.fail(sound.error());
            if (!sound->samples) return m_studio.sound.audition({key, name, sound->file});
            m_studio.sound.stop();
            if (m_studio.sound.load({key, name, {}}, sound->samples)) m_studio.sound.toggle();
        });
}

void LinkedLibrariesPanel::libraryMenu(QMenu& menu, const QString& rowId, const Place& place) {
    const Linked& linked = m_linked[place.folder];
    menu.addAction(linked.open && linked.library ? tr("Close") : tr("Open"), this,
                   [this, rowId] { activate(rowId); });
    menu.addAction(tr("Look again"), this, [this, folder = place.folder] { lookInto(folder); });
    menu.addAction(tr("Compare with this library…"), this,
                   [this, folder = place.folder] { Q_EMIT otherLibraryRequested(folder); });
    menu.addSeparator();
    menu.addAction(tr("Unlink"), this, [this, folder = place.folder] { unlink(folder); });
}

void LinkedLibrariesPanel::openMenu(const QString& rowId, const QPoint& position) {
    const auto place = placeOf(rowId);
    if (!place) return;
    QMenu menu(this);
    if (place->item == nullptr) {
        libraryMenu(menu, rowId, *place);
        menu.exec(position);
        return;
    }
    const bool sound = place->sound != nullptr;
    const bool collection = place->item->kind == ItemKind::collection;
    if (sound || !collection)
        menu.addAction(tr("Play"), this, [this, rowId, place] { hear(rowId, *place); });
    else
        menu.addAction(tr("Show its sounds"), this, [this, rowId] { activate(rowId); });
    QAction* const brings = menu.addAction(sound ? tr("Bring in its collection") : tr("Bring in"), this,
                                           [this, place] { bring(*place); });
    brings->setEnabled(canBeBrought(*place->item));
    if (place->item->standing == Standing::changedOnBoth)
        menu.addAction(tr("Changed on both sides: decide…"), this,
                       [this, folder = place->folder] { Q_EMIT otherLibraryRequested(folder); });
    const auto file = sound ? place->sound->path : place->item->theirs->file;
    if (!file.empty() && (sound || !collection))
        menu.addAction(tr("Show the file"), this, [file] { showInFolder(file); });
    menu.exec(position);
}

void LinkedLibrariesPanel::bring(const Place& place) {
    const QString name = toText(place.item->theirs->name);
    m_studio.notices.tell({Tone::calm, tr("“%1” is brought in…").arg(name), {}, {}});
    m_studio.bridge.run(
        this,
        [&engine = m_studio.engine(), folder = place.library->folder, block = place.item->block,
         cancel = m_cancel] {
            return bringChosen(engine, folder, {{block, Settling::leave}}, cancel);
        },
        [this, folder = place.folder](Result<Brought> brought) {
            if (!brought) return m_studio.notices.fail(brought.error());
            const BroughtWords said = takeIn(m_studio, *brought);
            m_studio.notices.tell({said.good ? Tone::good : Tone::warn, said.sentence, {}, {}});
            if (m_linked.contains(folder)) lookInto(folder);
        });
}

void LinkedLibrariesPanel::unlink(const QString& folder) {
    m_links.unlink(folder);
    readLinks();
}

}  // namespace smidgen::ui
