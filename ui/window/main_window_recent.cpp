#include <QMenu>

#include "ui/bridge/text.h"
#include "ui/commands/recent_items.h"
#include "ui/docks/library_panel.h"
#include "ui/pages/edit_page.h"
#include "ui/window/main_window.h"
#include "ui/window/palette_places.h"
#include "ui/window/top_bar.h"

namespace smidgen::ui {

namespace {

using Kind = RecentItem::Kind;

/// One of whose sounds lies in that folder, or null.
std::shared_ptr<const CollectionSnapshot> collectionIn(const Workstation& engine,
                                                       const std::filesystem::path& folder) {
    const QString inside = toText(folder) + u'/';
    for (const auto& collection : engine.collections())
        for (const SoundEntry& sound : collection->collection.entries)
            if (toText(sound.path).startsWith(inside)) return collection;
    return nullptr;
}

}  // namespace

void MainWindow::watchRecent() {
    connect(&m_studio.selection, &Selection::collectionChanged, this, [this] {
        if (const auto collection = m_studio.engine().collection(m_studio.selection.collection()))
            m_recent->note(
                {Kind::collection, toText(collection->collection.id), toText(collection->collection.name)});
    });
    connect(&m_studio.selection, &Selection::modelChanged, this, [this] {
        if (const auto model = modelOf(m_studio.engine(), m_studio.selection.model()))
            m_recent->note({Kind::model, toText(model->id), toText(model->name)});
    });
    connect(&m_edit->codes(), &CodeBridge::opened, this, [this](const CodesId& id) {
        if (const auto seen = m_edit->codes().desk().view(id))
            m_recent->note({Kind::codes, toText(id), toText(seen->name)});
    });
    for (QMenu* menu : {&m_library->addMenu(), m_top->menu()}) {
        QMenu* recent = menu->addMenu(tr("Opened last"));
        recent->setObjectName(QStringLiteral("recentMenu"));
        connect(recent, &QMenu::aboutToShow, this, [this, recent] { fillRecentMenu(*recent); });
    }
}

void MainWindow::fillRecentMenu(QMenu& menu) {
    menu.clear();
    int index = 0;
    for (const RecentItem& item : m_recent->items()) {
        QString name = item.name;
        menu.addAction(tr("%1 — %2").arg(name.replace(u'&', QStringLiteral("&&")), recentKindText(item.kind)),
                       this, [this, index] { openRecent(index); });
        ++index;
    }
    menu.addSeparator();
    QAction* clear = menu.addAction(tr("Empty this list"), this, [this] { m_recent->clear(); });
    clear->setEnabled(index > 0);
}

void MainWindow::openRecent(int index) {
    const std::vector<RecentItem> items = m_recent->items();
    if (index < 0 || index >= static_cast<int>(items.size())) return;
    const RecentItem item = items[static_cast<std::size_t>(index)];
    const std::string id = item.id.toStdString();
    const Workstation& engine = m_studio.engine();
    switch (item.kind) {
        case Kind::folder: {
            std::error_code ignored;
            if (!std::filesystem::is_directory(toPath(item.id), ignored)) break;
            // Added once is enough.
            if (const auto there = collectionIn(engine, toPath(item.id))) {
                m_studio.selection.setCollection(there->collection.id);
                return showPage(Page::train);
            }
            return importPaths({toPath(item.id)});
        }
        case Kind::collection:
            if (!engine.collection(id)) break;
            m_studio.selection.setCollection(id);
            return showPage(Page::train);
        case Kind::model:
            if (!modelOf(engine, id)) break;
            m_studio.selection.setModel(id);
            return showPage(Page::generate);
        case Kind::take: {
            const auto take = engine.take(id);
            if (!take || take->trashed) break;
            return showTake(id);
        }
        case Kind::codes:
            if (!m_edit->keeps(id)) break;
            m_edit->openKept(id);
            return showPage(Page::edit);
    }
    m_recent->forget(item);
    m_studio.notices.tell(
        {Tone::warn,
         item.kind == Kind::folder
             ? tr("The folder %1 is not there any more, so it was taken off the list. Is a drive missing?")
                   .arg(item.id)
             : tr("%1 “%2” is not in the library any more, so it was taken off the list. What was moved "
                  "to the trash can be brought back with Undo.")
                   .arg(recentKindText(item.kind), item.name),
         {},
         {}});
}

}  // namespace smidgen::ui
