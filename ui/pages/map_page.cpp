#include "ui/pages/map_page.h"

#include <QComboBox>
#include <QCoreApplication>
#include <QDrag>
#include <QHBoxLayout>
#include <QInputDialog>
#include <QLabel>
#include <QMenu>
#include <QMimeData>
#include <QPushButton>
#include <QToolButton>
#include <QUrl>
#include <QVBoxLayout>
#include <optional>
#include <set>
#include <utility>

#include "ui/bridge/text.h"
#include "ui/commands/item_actions.h"
#include "ui/theme/metrics.h"

namespace smidgen::ui {
namespace {

constexpr int kPauseMs = 300;

SoundMapView::Point pointOf(const MapItem& item) {
    SoundMapView::Point point;
    point.place = item.place;
    const bool take = item.kind == ItemKind::take;
    point.shape = take ? SoundMapView::Shape::diamond : SoundMapView::Shape::disc;
    point.tint = take ? Token::model : Token::sound;
    point.name = toText(item.name);
    point.facts = take ? QCoreApplication::translate("MapPage", "take")
                       : QCoreApplication::translate("MapPage", "sound");
    if (item.seconds > 0) point.facts += QStringLiteral(" · ") + durationText(item.seconds);
    const std::string& from = take ? item.model : item.collection;
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
    m_note = new QLabel;
    setLook(*m_note, Look::dim);
    row->addWidget(m_note, 1);
    m_kinds = new QComboBox;
    m_kinds->setObjectName(QStringLiteral("mapKinds"));
    m_kinds->setAccessibleName(tr("Kinds on the map"));
    m_kinds->setStatusTip(tr("What is not of that kind is dimmed."));
    m_kinds->addItem(tr("Everything"), QString());
    m_kinds->addItem(tr("Sounds"), QStringLiteral("kind:sound"));
    m_kinds->addItem(tr("Takes"), QStringLiteral("kind:take"));
    m_kinds->addItem(tr("Starred"), QStringLiteral("is:starred"));
    row->addWidget(m_kinds);
    m_models = new QComboBox;
    m_models->setObjectName(QStringLiteral("mapModels"));
    m_models->setAccessibleName(tr("Takes of a model"));
    m_models->setStatusTip(tr("What no take of that model is, is dimmed."));
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
                    tr("Takes go to the trash, sounds out of their collections; undo brings them back."));
    m_collect = new QPushButton(tr("Make a collection…"));
    m_collect->setObjectName(QStringLiteral("mapCollect"));
    m_collect->setStatusTip(
        tr("A collection of what is chosen. Shift and drag around sounds to choose them."));
    m_collect->setEnabled(false);
    row->addWidget(m_collect);
    m_keep = new QPushButton(tr("Keep the way as a take"));
    m_keep->setObjectName(QStringLiteral("mapKeepWay"));
    m_keep->setStatusTip(
        tr("What was heard between two sounds. Alt and drag from one to the other to hear it."));
    m_keep->hide();
    row->addWidget(m_keep);
    layout->addLayout(row);
    m_view = new SoundMapView(studio.theme);
    m_view->setObjectName(QStringLiteral("mapView"));
    m_view->setStatusTip(tr(
        "Drag moves, the wheel zooms, a click is to hear, Shift and drag chooses. Arrows, Space, Home, F."));
    layout->addWidget(m_view, 1);
    m_pause.setSingleShot(true);
    m_pause.setInterval(kPauseMs);
    connect(&m_pause, &QTimer::timeout, this, &MapPage::layOut);
    connect(m_collect, &QPushButton::clicked, this, &MapPage::collect);
    connect(m_keep, &QPushButton::clicked, this, &MapPage::keepWay);
    connect(m_view, &SoundMapView::pathDrawn, this, &MapPage::hearWay);
    connect(m_view, &SoundMapView::activated, this, &MapPage::hear);
    connect(m_view, &SoundMapView::chosenChanged, this, &MapPage::passChosen);
    connect(&ChosenItems::of(studio.selection), &ChosenItems::changed, this, &MapPage::showChosen);
    connect(m_star, &QToolButton::clicked, this, &MapPage::starChosen);
    connect(m_tag, &QToolButton::clicked, this, &MapPage::tagChosen);
    connect(m_remove, &QToolButton::clicked, this, &MapPage::removeChosen);
    connect(m_kinds, &QComboBox::activated, this, &MapPage::applyFilter);
    connect(m_models, &QComboBox::activated, this, &MapPage::applyFilter);
    connect(m_view, &SoundMapView::menuRequested, this, &MapPage::openMenu);
    connect(m_view, &SoundMapView::dragStarted, this, &MapPage::drag);
    connect(&studio.bridge, &EngineBridge::collectionsChanged, this, &MapPage::changed);
    connect(&studio.bridge, &EngineBridge::takesChanged, this, &MapPage::changed);
    connect(&studio.sound, &PlaybackBridge::transportChanged, this, &MapPage::showPlaying);
}

MapPage::~MapPage() {
    m_cancel.cancel();
    m_filterCancel.cancel();
}

void MapPage::showEvent(QShowEvent* event) {
    QWidget::showEvent(event);
    if (m_stale) layOut();
}

void MapPage::changed() {
    m_stale = true;
    if (isVisible()) m_pause.start();
}

void MapPage::layOut() {
    m_stale = false;
    m_cancel.cancel();
    m_cancel = CancelToken();
    const std::uint64_t number = ++m_asked;
    if (!m_map) m_note->setText(tr("Laying out the map…"));
    m_studio.bridge.run(
        this, [&engine = m_studio.engine(), cancel = m_cancel] { return soundMapOf(engine, cancel); },
        [this, number](const Result<std::shared_ptr<const SoundMap>>& made) {
            if (number == m_asked) show(made);
        });
}

void MapPage::show(const Result<std::shared_ptr<const SoundMap>>& made) {
    if (!made) {
        m_note->setText(toText(made.error().sentence));
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
    m_note->setText(count == 0    ? tr("Nothing is on the map yet. Drop sounds anywhere in this window.")
                    : chosen == 0 ? tr("%1: the general in the middle, the special at the rim")
                                        .arg(countText(count, tr("thing"), tr("things")))
                                  : tr("%1 of %2 chosen").arg(chosen).arg(count));
    m_collect->setEnabled(chosen > 0);
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
    removeItems(m_studio, chosenItems());
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

void MapPage::hear(int point) {
    const MapItem& heard = item(point);
    if (heard.kind == ItemKind::take) {
        const auto take = m_studio.engine().take(heard.id);
        if (!take) return;
        m_studio.selection.setTake(take->id);
        m_studio.sound.audition(listeningTo(*take));
        return;
    }
    m_studio.sound.audition(
        {QStringLiteral("sound:") + toText(heard.file), toText(heard.file.filename()), heard.file});
}

void MapPage::showPlaying() {
    int playing = -1;
    if (m_map && m_studio.sound.playing())
        for (std::size_t i = 0; i < m_map->items.size(); ++i)
            if (m_map->items[i].file == m_studio.sound.loaded().file) playing = static_cast<int>(i);
    m_view->setPlaying(playing);
}

void MapPage::openMenu(int point, const QPoint& position) {
    QMenu menu(this);
    if (point >= 0) {
        menu.addAction(tr("Play"), this, [this, point] { hear(point); });
        menu.addAction(tr("Find similar"), this,
                       [this, name = toText(item(point).name), id = item(point).id] {
                           Q_EMIT similarRequested(name, id);
                       });
    }
    const bool any = !m_view->chosen().empty();
    bool starred = any;
    for (const int each : m_view->chosen()) starred = starred && item(each).starred;
    menu.addAction(starred ? tr("Remove the star") : tr("Star"), this, &MapPage::starChosen)->setEnabled(any);
    menu.addAction(tr("Tags…"), this, &MapPage::tagChosen)->setEnabled(any);
    menu.addAction(tr("Make a collection…"), this, &MapPage::collect)->setEnabled(any);
    menu.addSeparator();
    menu.addAction(tr("Remove"), this, &MapPage::removeChosen)->setEnabled(any);
    menu.exec(position);
}

void MapPage::drag() {
    QList<QUrl> urls;
    for (const int point : m_view->chosen())
        if (!item(point).file.empty()) urls.append(QUrl::fromLocalFile(toText(item(point).file)));
    if (urls.isEmpty()) return;
    auto* carried = new QMimeData;
    carried->setUrls(urls);
    auto* dragged = new QDrag(m_view);
    dragged->setMimeData(carried);
    dragged->exec(Qt::CopyAction);
}

void MapPage::hearWay(int from, int to) {
    const auto end = [&](int point) {
        const MapItem& one = item(point);
        return PathEnd{one.name, one.kind == ItemKind::take ? one.id : std::string(), one.file};
    };
    const SoundPath way{end(from), end(to), {}};
    const std::uint64_t number = ++m_wayAsked;
    const QString name = tr("%1 → %2").arg(toText(way.from.name), toText(way.to.name));
    m_note->setText(tr("Rendering the way from %1 to %2 …").arg(toText(way.from.name), toText(way.to.name)));
    m_studio.bridge.run(
        this, [way] { return renderPath(way); },
        [this, way, number, name](Result<AudioBuffer> sound) {
            if (number != m_wayAsked) return;
            describe();
            if (!sound) return m_studio.notices.fail(sound.error());
            m_way = way;
            m_waySound = std::make_shared<const AudioBuffer>(std::move(*sound));
            m_keep->show();
            m_studio.sound.stop();
            if (m_studio.sound.load({QStringLiteral("way:") + name, name, {}}, m_waySound))
                m_studio.sound.toggle();
        });
}

void MapPage::keepWay() {
    if (!m_waySound) return;
    Workstation& engine = m_studio.engine();
    const std::string name = m_way.from.name + " to " + m_way.to.name;
    m_studio.bridge.runInOrder(
        this,
        [&engine, way = m_way, sound = m_waySound, name] { return keepPath(engine, way, *sound, name); },
        [this](const Result<TakeId>& take) {
            if (!take) return m_studio.notices.fail(take.error());
            m_keep->hide();
            m_waySound.reset();
            m_studio.selection.setTake(*take);
        });
}

void MapPage::collect() {
    std::vector<std::filesystem::path> files;
    for (const int point : m_view->chosen())
        if (!item(point).file.empty()) files.push_back(item(point).file);
    if (files.empty()) return;
    auto* dialog = new QInputDialog(window());
    dialog->setObjectName(QStringLiteral("mapCollectName"));
    dialog->setAttribute(Qt::WA_DeleteOnClose);
    dialog->setWindowTitle(tr("Make a collection"));
    dialog->setLabelText(tr("Name"));
    connect(dialog, &QInputDialog::textValueSelected, this, [this, files](const QString& name) {
        if (!name.trimmed().isEmpty()) m_studio.library.importSounds(files, {}, name.trimmed().toStdString());
    });
    dialog->open();
}

}  // namespace smidgen::ui
