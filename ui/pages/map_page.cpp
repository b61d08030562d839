#include "ui/pages/map_page.h"

#include <QComboBox>
#include <QCoreApplication>
#include <QHBoxLayout>
#include <QPushButton>
#include <QToolButton>
#include <QVBoxLayout>
#include <algorithm>
#include <optional>
#include <set>
#include <utility>

#include "ui/bridge/text.h"
#include "ui/canvas/elided_label.h"
#include "ui/commands/item_actions.h"
#include "ui/theme/metrics.h"

namespace smidgen::ui {
namespace {

constexpr int kPauseMs = 300;

class MapWords {
    Q_DECLARE_TR_FUNCTIONS(MapPage)
};

struct Sign {
    SoundMapView::Shape shape;
    Token tint;
    QString kind;
};

Sign signOf(ItemKind kind) {
    using Shape = SoundMapView::Shape;
    switch (kind) {
        case ItemKind::take:
            return {Shape::diamond, Token::model, MapWords::tr("take")};
        case ItemKind::codes:
            return {Shape::square, Token::code, MapWords::tr("codes")};
        case ItemKind::preset:
            return {Shape::triangle, Token::model, MapWords::tr("preset")};
        default:
            return {Shape::disc, Token::sound, MapWords::tr("sound")};
    }
}

SoundMapView::Point pointOf(const MapItem& item) {
    SoundMapView::Point point;
    point.place = item.place;
    const Sign sign = signOf(item.kind);
    point.shape = sign.shape;
    point.tint = sign.tint;
    point.opens = item.kind == ItemKind::codes || item.kind == ItemKind::preset;
    point.name = toText(item.name);
    point.facts = sign.kind;
    if (item.seconds > 0) point.facts += QStringLiteral(" · ") + durationText(item.seconds);
    const std::string& from = item.kind == ItemKind::sound ? item.collection : item.model;
    if (!from.empty()) point.facts += QStringLiteral(" · ") + toText(from);
    for (const std::string& tag : item.tags) point.facts += QStringLiteral(" · ") + toText(tag);
    if (item.starred) point.facts += QStringLiteral(" · ★");
    point.peaks = item.thumbnail;
    return point;
}

}  // namespace

MapPage::MapPage(const Studio& studio, QWidget* parent) : QWidget(parent), m_studio(studio) {
    setObjectName(QStringLiteral("mapPage"));
    auto* layout = new QVBoxLayout(this);
    layout->setContentsMargins(metrics::kSpaceM, metrics::kSpaceS, metrics::kSpaceM, metrics::kSpaceS);
    auto* row = new QHBoxLayout;
    m_note = new ElidedLabel;
    m_note->setObjectName(QStringLiteral("mapNote"));
    setLook(*m_note, Look::dim);
    row->addWidget(m_note, 1);
    m_kinds = new QComboBox;
    m_kinds->setObjectName(QStringLiteral("mapKinds"));
    m_kinds->setAccessibleName(tr("Kinds on the map"));
    m_kinds->setStatusTip(tr("What is not of that kind is dimmed."));
    m_kinds->addItem(tr("Everything"), QString());
    m_kinds->addItem(tr("Sounds"), QStringLiteral("kind:sound"));
    m_kinds->addItem(tr("Takes"), QStringLiteral("kind:take"));
    m_kinds->addItem(tr("Edited sounds"), QStringLiteral("kind:codes"));
    m_kinds->addItem(tr("Presets"), QStringLiteral("kind:preset"));
    m_kinds->addItem(tr("Starred"), QStringLiteral("is:starred"));
    row->addWidget(m_kinds);
    m_models = new QComboBox;
    m_models->setObjectName(QStringLiteral("mapModels"));
    m_models->setAccessibleName(tr("Models on the map"));
    m_models->setStatusTip(tr("What was not made with that model is dimmed."));
    m_models->setSizeAdjustPolicy(QComboBox::AdjustToContents);
    m_models->addItem(tr("All models"), QString());
    m_models->hide();
    row->addWidget(m_models);
    const auto tool = [&](const QString& icon, const QString& name, const QString& text,
                          const QString& hint) {
        auto* made = new QToolButton;
        made->setObjectName(name);
        made->setIcon(studio.theme.icon(icon, Token::dim));
        made->setAccessibleName(text);
        made->setToolTip(text);
        made->setStatusTip(hint);
        made->setEnabled(false);
        setLook(*made, Look::quiet);
        row->addWidget(made);
        return made;
    };
    m_star = tool(QStringLiteral("star"), QStringLiteral("mapStar"), tr("Star what is chosen"),
                  tr("Gives a star to all that is chosen, or takes it from all."));
    m_tag = tool(QStringLiteral("edit"), QStringLiteral("mapTag"), tr("Tags of what is chosen…"),
                 tr("Gives tags to all that is chosen, or takes them away."));
    m_remove = tool(QStringLiteral("trash"), QStringLiteral("mapRemove"), tr("Remove what is chosen"),
                    tr("Sounds leave their collections, all else goes to the trash; undo brings it back."));
    m_collect = new QPushButton(tr("Make a collection…"));
    m_collect->setObjectName(QStringLiteral("mapCollect"));
    m_collect->setStatusTip(
        tr("A collection of what is chosen: by Shift and drag, Shift and arrows, Ctrl+Space, or Ctrl+A."));
    m_collect->setEnabled(false);
    row->addWidget(m_collect);
    m_keep = new QPushButton(tr("Keep the way as a take"));
    m_keep->setObjectName(QStringLiteral("mapKeepWay"));
    m_keep->setStatusTip(
        tr("What was heard between two sounds: by Alt and drag, or from the menu when two are chosen."));
    m_keep->hide();
    row->addWidget(m_keep);
    layout->addLayout(row);
    m_view = new SoundMapView(studio.theme);
    m_view->setObjectName(QStringLiteral("mapView"));
    m_view->setStatusTip(
        tr("Drag moves, the wheel zooms, a click is to hear, a double click opens. Arrows, Shift and arrows, "
           "Space, Ctrl+Space, Home, F; the menu has more."));
    layout->addWidget(m_view, 1);
    m_pause.setSingleShot(true);
    m_pause.setInterval(kPauseMs);
    connect(&m_pause, &QTimer::timeout, this, &MapPage::layOut);
    connect(m_collect, &QPushButton::clicked, this, &MapPage::collect);
    connect(m_keep, &QPushButton::clicked, this, &MapPage::keepWay);
    connect(m_view, &SoundMapView::pathDrawn, this, &MapPage::hearWay);
    connect(m_view, &SoundMapView::activated, this, &MapPage::hear);
    connect(m_view, &SoundMapView::opened, this, &MapPage::open);
    connect(m_view, &SoundMapView::chosenChanged, this, &MapPage::passChosen);
    connect(&ChosenItems::of(studio.selection), &ChosenItems::changed, this, &MapPage::showChosen);
    connect(m_star, &QToolButton::clicked, this, &MapPage::starChosen);
    connect(m_tag, &QToolButton::clicked, this, &MapPage::tagChosen);
    connect(m_remove, &QToolButton::clicked, this, &MapPage::removeChosen);
    connect(m_kinds, &QComboBox::activated, this, &MapPage::applyFilter);
    connect(m_models, &QComboBox::activated, this, &MapPage::applyFilter);
    connect(m_view, &SoundMapView::menuRequested, this, &MapPage::openMenu);
    connect(m_view, &SoundMapView::dragStarted, this, &MapPage::drag);
    for (auto signal :
         {&EngineBridge::collectionsChanged, &EngineBridge::takesChanged, &EngineBridge::presetsChanged})
        connect(&studio.bridge, signal, this, &MapPage::changed);
    connect(&studio.sound, &PlaybackBridge::transportChanged, this, &MapPage::showPlaying);
}

MapPage::~MapPage() {
    m_cancel.cancel();
    m_filterCancel.cancel();
    m_soundCancel.cancel();
}

void MapPage::showEvent(QShowEvent* event) {
    QWidget::showEvent(event);
    if (m_stale) layOut();
    Q_EMIT opened();
}

void MapPage::changed() {
    m_stale = true;
    if (isVisible()) m_pause.start();
}

void MapPage::showHearing(int done, int of) {
    m_hearing = done < of ? tr("listening to edited sounds, %1 of %2").arg(done + 1).arg(of) : QString();
    describe();
}

void MapPage::layOut() {
    m_stale = false;
    m_cancel.cancel();
    m_cancel = CancelToken();
    const std::uint64_t number = ++m_asked;
    if (!m_map) m_note->setFullText(tr("Laying out the map…"));
    m_studio.bridge.run(
        this, [&engine = m_studio.engine(), cancel = m_cancel] { return soundMapOf(engine, cancel); },
        [this, number](const Result<std::shared_ptr<const SoundMap>>& made) {
            if (number == m_asked) show(made);
        });
}

void MapPage::show(const Result<std::shared_ptr<const SoundMap>>& made) {
    if (!made) {
        m_note->setFullText(toText(made.error().sentence));
        return;
    }
    const bool first = !m_map;
    std::optional<std::pair<ItemKind, std::string>> focused;
    if (const int point = m_view->focused(); m_map && point >= 0)
        focused.emplace(item(point).kind, item(point).id);
    m_map = *made;
    std::vector<SoundMapView::Point> points;
    for (const MapItem& each : m_map->items) points.push_back(pointOf(each));
    std::vector<SoundMapView::Caption> captions;
    for (const MapLabel& label : m_map->labels)
        captions.push_back({toText(label.words), label.centre, label.reach});
    m_places.clear();
    for (std::size_t i = 0; i < m_map->items.size(); ++i)
        m_places.emplace(std::pair(m_map->items[i].kind, m_map->items[i].id), static_cast<int>(i));
    m_view->setMap(std::move(points), std::move(captions));
    if (first) m_view->fit();
    offerModels();
    showChosen();
    if (const auto at = focused ? m_places.find(*focused) : m_places.end(); at != m_places.end())
        m_view->setFocused(at->second);
    describe();
    showPlaying();
    applyFilter();
}

void MapPage::describe() {
    if (!m_map) return;
    const auto count = static_cast<int>(m_map->items.size());
    const auto chosen = static_cast<int>(m_view->chosen().size());
    const QString things = countText(count, tr("thing"), tr("things"));
    QStringList parts{count == 0    ? tr("Nothing is on the map yet. Drop sounds anywhere in this window.")
                      : chosen == 0 ? things
                                    : tr("%1 of %2 chosen").arg(chosen).arg(count)};
    if (m_map->placeless > 0) parts << tr("%1 without a place").arg(m_map->placeless);
    if (!m_hearing.isEmpty()) parts << m_hearing;
    if (parts.size() == 1 && parts.front() == things)
        parts.front() = tr("%1: the general in the middle, the special at the rim").arg(things);
    m_note->setFullText(parts.join(QStringLiteral(" · ")));
    m_note->setStatusTip(
        m_map->placeless == 0
            ? QString()
            : tr("Without a place: what is silent, edited sounds that nobody has listened to "
                 "yet, and presets that no take was made with."));
    const auto& points = m_view->chosen();
    m_collect->setEnabled(
        std::ranges::any_of(points, [this](int point) { return !item(point).file.empty(); }));
    for (QToolButton* each : {m_star, m_tag, m_remove}) each->setEnabled(chosen > 0);
}

void MapPage::offerModels() {
    std::set<std::string> names;
    for (const MapItem& each : m_map->items)
        if (!each.model.empty()) names.insert(each.model);
    const QString before = m_models->currentData().toString();
    m_models->clear();
    m_models->addItem(tr("All models"), QString());
    for (const std::string& name : names) m_models->addItem(toText(name), toText(name));
    m_models->setCurrentIndex(std::max(0, m_models->findData(before)));
    m_models->setVisible(names.size() > 1);
}

std::vector<ItemName> MapPage::chosenItems() const {
    std::vector<ItemName> items;
    for (const int point : m_view->chosen()) items.push_back({item(point).kind, item(point).id});
    return items;
}

void MapPage::passChosen() {
    describe();
    if (!m_quiet) ChosenItems::of(m_studio.selection).choose(chosenItems());
}

void MapPage::showChosen() {
    if (!m_map) return;
    std::vector<int> points;
    for (const ItemName& each : ChosenItems::of(m_studio.selection).items())
        if (const auto at = m_places.find({each.kind, each.id}); at != m_places.end())
            points.push_back(at->second);
    const bool before = std::exchange(m_quiet, true);
    m_view->setChosen(std::move(points));
    m_quiet = before;
}

void MapPage::starChosen() {
    bool all = true;
    for (const int point : m_view->chosen()) all = all && item(point).starred;
    starItems(m_studio, chosenItems(), !all);
}

void MapPage::tagChosen() {
    askForTags(m_studio, chosenItems(), this);
}

void MapPage::removeChosen() {
    std::vector<ItemName> items;
    for (const int point : m_view->chosen())
        if (const MapItem& each = item(point); each.kind == ItemKind::codes)
            Q_EMIT codesRemovalRequested(each.id, toText(each.name));  // they may be open
        else
            items.push_back({each.kind, each.id});
    removeItems(m_studio, items);
}

QString MapPage::wholeQuery() const {
    QStringList parts;
    if (const QString kind = m_kinds->currentData().toString(); !kind.isEmpty()) parts << kind;
    if (const QString model = m_models->currentData().toString(); !model.isEmpty())
        parts << QStringLiteral("model:\"%1\"").arg(model);
    if (!m_query.isEmpty()) parts << m_query;
    return parts.join(QLatin1Char(' '));
}

void MapPage::filter(const QString& query) {
    m_query = query.trimmed();
    applyFilter();
}

void MapPage::applyFilter() {
    m_filterCancel.cancel();
    m_filterCancel = CancelToken();
    const std::uint64_t number = ++m_filtered;
    if (!m_map) return;
    const QString query = wholeQuery();
    if (query.isEmpty()) return m_view->setFound({});
    m_studio.bridge.run(
        this,
        [&engine = m_studio.engine(), map = m_map, text = query.toStdString(), cancel = m_filterCancel] {
            return foundOnMap(engine, *map, text, cancel);
        },
        [this, number](const Result<std::vector<bool>>& found) {
            // What is wrong with a query is said beside the search box.
            if (number == m_filtered && found) m_view->setFound(*found);
        });
}

void MapPage::showPlaying() {
    int playing = -1;
    if (m_map && m_studio.sound.playing()) {
        const Listening& loaded = m_studio.sound.loaded();
        for (std::size_t i = 0; i < m_map->items.size(); ++i) {
            const MapItem& each = m_map->items[i];
            if (each.file.empty() ? loaded.key == codesKey(each) : each.file == loaded.file)
                playing = static_cast<int>(i);
        }
    }
    m_view->setPlaying(playing);
}

}  // namespace smidgen::ui
