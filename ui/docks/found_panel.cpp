#include "ui/docks/found_panel.h"

#include <QCoreApplication>
#include <QHBoxLayout>
#include <QLabel>
#include <QMenu>
#include <QToolButton>
#include <QVBoxLayout>

#include "engine/workstation/presets.h"
#include "ui/bridge/chosen_items.h"
#include "ui/bridge/text.h"
#include "ui/commands/item_actions.h"
#include "ui/docks/library_list.h"
#include "ui/docks/show_file.h"
#include "ui/theme/metrics.h"

namespace smidgen::ui {
namespace {

constexpr int kPauseMs = 150;
constexpr std::size_t kMostFound = 100;
constexpr int kMostRows = 8;

QString kindText(ItemKind kind) {
    switch (kind) {
        case ItemKind::sound:
            return QCoreApplication::translate("FoundPanel", "sound");
        case ItemKind::take:
            return QCoreApplication::translate("FoundPanel", "take");
        case ItemKind::model:
            return QCoreApplication::translate("FoundPanel", "model");
        case ItemKind::collection:
            return QCoreApplication::translate("FoundPanel", "collection");
        case ItemKind::preset:
            return QCoreApplication::translate("FoundPanel", "preset");
        case ItemKind::codes:
            return QCoreApplication::translate("FoundPanel", "codes");
        case ItemKind::cube:
            return QCoreApplication::translate("FoundPanel", "cube");
        case ItemKind::help:
            return QCoreApplication::translate("FoundPanel", "help");
    }
    return {};
}

QString snippetText(const std::string& snippet) {
    QString text = toText(snippet);
    text.remove(QChar(2)).remove(QChar(3));
    return text.simplified();
}

QString rowIdOf(const FoundItem& item) {
    return QString::fromLatin1(nameOf(item.kind)) + QLatin1Char(':') + toText(item.id) + QLatin1Char('#') +
           toText(item.anchor);
}

Row rowOf(const FoundItem& item) {
    Row row;
    row.id = rowIdOf(item);
    row.title = toText(item.name);
    row.subtitle = kindText(item.kind);
    if (item.seconds > 0) row.subtitle += QStringLiteral(" · ") + durationText(item.seconds);
    if (item.distance)
        row.subtitle +=
            QCoreApplication::translate("FoundPanel", " · distance %1").arg(numberText(*item.distance, 1));
    if (!item.collection.empty()) row.subtitle += QStringLiteral(" · ") + toText(item.collection);
    row.toolTip = item.kind == ItemKind::help ? snippetText(item.snippet)
                  : item.file.empty()
                      ? row.title
                      : QCoreApplication::translate("FoundPanel", "%1\nClick to hear, drag out to copy.")
                            .arg(toText(item.file));
    row.mark = item.kind == ItemKind::model        ? RowMark::model
               : item.kind == ItemKind::collection ? RowMark::collection
                                                   : RowMark::none;
    row.file = item.file;
    return row;
}

/// A click plays it; of codes it opens them.
bool canBeHeard(const FoundItem& item) {
    return item.kind == ItemKind::sound || item.kind == ItemKind::take || item.kind == ItemKind::preset;
}

}  // namespace

FoundPanel::FoundPanel(const Studio& studio, QWidget* parent) : QWidget(parent), m_studio(studio) {
    setObjectName(QStringLiteral("found"));
    auto* layout = new QVBoxLayout(this);
    layout->setContentsMargins(0, 0, 0, 0);
    layout->setSpacing(metrics::kSpaceXs);
    auto* head = new QHBoxLayout;
    head->setContentsMargins(metrics::kSpaceS, metrics::kSpaceS, 0, 0);
    m_heading = new QLabel;
    setLook(*m_heading, Look::heading);
    head->addWidget(m_heading, 1);
    auto* close = new QToolButton;
    close->setText(QStringLiteral("×"));
    close->setAccessibleName(tr("Close what was found"));
    close->setToolTip(tr("Close what was found"));
    close->setStatusTip(tr("Shows the library as it was before the search."));
    setLook(*close, Look::quiet);
    connect(close, &QToolButton::clicked, this, &FoundPanel::clear);
    head->addWidget(close);
    layout->addLayout(head);
    m_list = new LibraryList(studio.theme, tr("Found"));
    m_list->setMostRows(kMostRows);
    layout->addWidget(m_list);
    m_note = new QLabel;
    m_note->setWordWrap(true);
    m_note->setContentsMargins(metrics::kSpaceS, 0, metrics::kSpaceS, metrics::kSpaceS);
    setLook(*m_note, Look::dim);
    layout->addWidget(m_note);
    m_pause.setSingleShot(true);
    m_pause.setInterval(kPauseMs);
    connect(&m_pause, &QTimer::timeout, this, [this] {
        FindRequest request;
        request.text = m_text.toStdString();
        ask(std::move(request), tr("Found"));
    });
    connect(m_list, &LibraryList::activatedId, this, &FoundPanel::choose);
    connect(m_list, &LibraryList::menuRequested, this, &FoundPanel::openMenu);
    // What was found may have gone since.
    for (auto signal :
         {&EngineBridge::takesChanged, &EngineBridge::collectionsChanged, &EngineBridge::presetsChanged})
        connect(&studio.bridge, signal, this, &FoundPanel::refresh);
    connect(&studio.sound, &PlaybackBridge::transportChanged, this, [this] {
        QString playing;
        if (m_studio.sound.playing())
            for (const FoundItem& item : m_items)
                if (!item.file.empty() && item.file == m_studio.sound.loaded().file) playing = rowIdOf(item);
        m_list->setPlayingId(playing);
    });
    hide();
}

FoundPanel::~FoundPanel() {
    m_cancel.cancel();
}

void FoundPanel::findText(const QString& text) {
    m_text = text.trimmed();
    if (m_text.isEmpty()) return clear();
    m_pause.start();
}

void FoundPanel::findLike(const QString& name, const std::string& like) {
    m_pause.stop();
    FindRequest request;
    request.like = like;
    ask(std::move(request), tr("Like %1").arg(name));
    Q_EMIT likenessAsked();
}

void FoundPanel::clear() {
    m_pause.stop();
    m_cancel.cancel();
    ++m_asked;
    m_text.clear();
    m_asking.clear();
    m_items.clear();
    m_list->setRows({});
    const bool wasShown = !isHidden();
    hide();
    if (wasShown) Q_EMIT cleared();
}

void FoundPanel::refresh() {
    if (isVisible() && !m_asking.isEmpty() && !m_pause.isActive()) ask(m_request, m_asking);
}

void FoundPanel::ask(FindRequest request, const QString& heading) {
    m_cancel.cancel();
    m_cancel = CancelToken();
    request.limit = kMostFound;
    m_request = request;
    m_asking = heading;
    const std::uint64_t number = ++m_asked;
    if (isHidden()) {
        m_list->setRows({});
        m_list->hide();
        m_heading->setText(heading.toUpper());
        m_heading->setAccessibleName(heading);
        m_note->setText(tr("Searching…"));
        m_note->show();
        QWidget::show();
    }
    m_studio.bridge.run(
        this,
        [&engine = m_studio.engine(), request, cancel = m_cancel] { return engine.find(request, cancel); },
        [this, number, heading](const Result<FoundItems>& found) {
            if (number == m_asked) show(found, heading);
        });
}

void FoundPanel::show(const Result<FoundItems>& found, const QString& heading) {
    m_heading->setText(heading.toUpper());
    m_heading->setAccessibleName(heading);
    m_items = found ? found->items : std::vector<FoundItem>();
    std::vector<Row> rows;
    for (const FoundItem& item : m_items) rows.push_back(rowOf(item));
    m_list->setRows(std::move(rows));
    m_list->setVisible(!m_items.empty());
    m_note->setText(!found            ? toText(found.error().sentence)
                    : m_items.empty() ? tr("Nothing was found.")
                    : found->more     ? tr("The first %1; say more to find less.").arg(m_items.size())
                                      : QString());
    m_note->setVisible(!m_note->text().isEmpty());
    QWidget::show();
    Q_EMIT shown();
}

const FoundItem* FoundPanel::itemOf(const QString& rowId) const {
    for (const FoundItem& item : m_items)
        if (rowIdOf(item) == rowId) return &item;
    return nullptr;
}

void FoundPanel::choose(const QString& rowId) {
    const FoundItem* const found = itemOf(rowId);
    if (found == nullptr) return;
    const FoundItem item = *found;
    switch (item.kind) {
        case ItemKind::take:
            m_studio.selection.setTake(item.id);
            if (const auto take = m_studio.engine().take(item.id))
                m_studio.sound.audition(listeningTo(*take));
            break;
        case ItemKind::sound:
            ChosenItems::of(m_studio.selection).choose({{ItemKind::sound, item.id}});
            m_studio.sound.audition(
                {QStringLiteral("sound:") + toText(item.file), toText(item.file.filename()), item.file});
            break;
        case ItemKind::model:
            m_studio.selection.setModel(item.id);
            break;
        case ItemKind::collection:
            m_studio.selection.setCollection(item.id);
            break;
        case ItemKind::help:
            m_note->setText(snippetText(item.snippet));
            m_note->show();
            break;
        case ItemKind::codes:
            Q_EMIT codesChosen(item.id);
            break;
        case ItemKind::preset:
            hearPreset(item);
            break;
        case ItemKind::cube:
            break;
    }
}

void FoundPanel::hearPreset(const FoundItem& preset) {
    m_studio.bridge.run(
        this,
        [&engine = m_studio.engine(), id = preset.id] {
            const auto take = takeOfPreset(engine, id);
            return take ? engine.take(*take) : nullptr;
        },
        [this, name = toText(preset.name)](const std::shared_ptr<const TakeSnapshot>& take) {
            if (take) return m_studio.sound.audition(listeningTo(*take));
            m_note->setText(tr("No take was made with “%1” yet: there is nothing to hear of it.").arg(name));
            m_note->show();
        });
}

bool FoundPanel::removeFocused() {
    if (!m_list->hasFocus()) return false;
    const FoundItem* const found = itemOf(m_list->chosenId());
    if (found == nullptr ||
        (found->kind != ItemKind::codes && found->kind != ItemKind::take && found->kind != ItemKind::preset))
        return false;
    remove(FoundItem(*found));
    return true;
}

void FoundPanel::remove(const FoundItem& item) {
    if (item.kind == ItemKind::codes)
        Q_EMIT codesRemovalRequested(item.id, toText(item.name));
    else if (item.kind == ItemKind::preset)
        m_studio.library.removePreset(item.id, item.name);
    else
        removeItems(m_studio, {{item.kind, item.id}});
}

void FoundPanel::openMenu(const QString& rowId, const QPoint& position) {
    const FoundItem* const found = itemOf(rowId);
    if (found == nullptr) return;
    const FoundItem item = *found;
    QMenu menu(this);
    if (canBeHeard(item)) {
        menu.addAction(tr("Play"), this, [this, rowId] { choose(rowId); });
    }
    if (item.kind == ItemKind::preset) {
        menu.addAction(tr("Use preset"), this, [this, item] { Q_EMIT presetChosen(item.id, false); });
        menu.addAction(tr("Use with its model and seed"), this,
                       [this, item] { Q_EMIT presetChosen(item.id, true); });
    }
    if (item.kind == ItemKind::codes) menu.addAction(tr("Edit"), this, [this, rowId] { choose(rowId); });
    if (canBeHeard(item) || item.kind == ItemKind::codes)
        menu.addAction(tr("Find similar"), this, [this, item] { findLike(toText(item.name), item.id); });
    if (item.kind == ItemKind::codes || item.kind == ItemKind::preset) {
        menu.addAction(tr("Delete"), this, [this, item] { remove(item); });
    }
    if (item.kind == ItemKind::take)
        menu.addAction(tr("Move to the trash"), this, [this, item] { remove(item); });
    if (!item.file.empty())
        menu.addAction(tr("Show the file"), this, [file = item.file] { showInFolder(file); });
    if (!menu.isEmpty()) menu.exec(position);
}

}  // namespace smidgen::ui
