// What is done on the map: heard, opened, dragged away, collected, walked between.
#include <QDrag>
#include <QInputDialog>
#include <QLabel>
#include <QMenu>
#include <QMimeData>
#include <QPushButton>
#include <QUrl>
#include <utility>

#include "engine/workstation/code_takes.h"
#include "ui/bridge/text.h"
#include "ui/canvas/elided_label.h"
#include "ui/pages/map_page.h"

namespace smidgen::ui {

PathEnd MapPage::soundOf(const MapItem& item) const {
    if (item.kind != ItemKind::preset)
        return {item.name, item.kind == ItemKind::take ? item.id : std::string(), item.file};
    const auto take = m_studio.engine().take(item.take);
    return {item.name, item.take, take ? take->file : std::filesystem::path()};
}

QString MapPage::codesKey(const MapItem& item) {
    return QStringLiteral("codes:") + toText(item.id);
}

void MapPage::hear(int point) {
    const MapItem& heard = item(point);
    stopDecoding();
    if (heard.kind == ItemKind::codes) return hearCodes(heard);
    if (heard.kind == ItemKind::sound)
        return m_studio.sound.audition(
            {QStringLiteral("sound:") + toText(heard.file), toText(heard.file.filename()), heard.file});
    const auto take = m_studio.engine().take(heard.kind == ItemKind::preset ? heard.take : heard.id);
    if (!take) return;
    // A preset stays what is chosen.
    if (heard.kind == ItemKind::take) m_studio.selection.setTake(take->id);
    m_studio.sound.audition(listeningTo(*take));
}

void MapPage::hearCodes(const MapItem& codes) {
    const QString key = codesKey(codes), name = toText(codes.name);
    if (m_studio.sound.playing(key)) return m_studio.sound.stop();
    m_note->setFullText(tr("Decoding “%1” …").arg(name));
    m_studio.bridge.run(
        this,
        [&engine = m_studio.engine(), id = codes.id, cancel = m_soundCancel] {
            return soundOfCodes(engine, id, cancel);
        },
        [this, key, name, number = m_soundAsked](Result<TakeSound> sound) {
            if (number != m_soundAsked) return;
            describe();
            if (!sound) return m_studio.notices.fail(sound.error());
            m_studio.sound.stop();
            if (m_studio.sound.load({key, name, {}},
                                    std::make_shared<const AudioBuffer>(std::move(sound->audio))))
                m_studio.sound.toggle();
        });
}

void MapPage::stopDecoding() {
    m_soundCancel.cancel();
    m_soundCancel = CancelToken();
    ++m_soundAsked;
    describe();
}

void MapPage::open(int point) {
    stopDecoding();
    if (const MapItem& opened = item(point); opened.kind == ItemKind::codes)
        Q_EMIT codesChosen(opened.id);
    else
        Q_EMIT presetChosen(opened.id, false);
}

void MapPage::addOpening(QMenu& menu, int point) {
    const MapItem& opened = item(point);
    if (opened.kind == ItemKind::codes) {
        menu.addAction(tr("Edit"), this, [this, point] { open(point); });
    } else if (opened.kind == ItemKind::preset) {
        menu.addAction(tr("Use preset"), this, [this, point] { open(point); });
        menu.addAction(tr("Use with its model and seed"), this,
                       [this, id = opened.id] { Q_EMIT presetChosen(id, true); });
    }
}

void MapPage::openMenu(int point, const QPoint& position) {
    QMenu menu(this);
    if (point >= 0) {
        menu.addAction(tr("Play"), this, [this, point] { hear(point); });
        addOpening(menu, point);
        menu.addAction(tr("Find similar"), this,
                       [this, name = toText(item(point).name), id = item(point).id] {
                           Q_EMIT similarRequested(name, id);
                       });
        if (item(point).kind == ItemKind::take || item(point).kind == ItemKind::sound)
            menu.addAction(tr("Edit its codes"), this, [this, point] { editCodes(point); });
    }
    const std::vector<int>& chosen = m_view->chosen();
    const bool any = !chosen.empty();
    menu.addAction(tr("Put on the cube"), this, &MapPage::putOnCube)->setEnabled(m_collect->isEnabled());
    if (chosen.size() == 2)
        menu.addAction(tr("Hear the way from %1 to %2").arg(menuName(chosen[0]), menuName(chosen[1])), this,
                       [this, from = chosen[0], to = chosen[1]] { hearWay(from, to); });
    menu.addSeparator();
    bool starred = any;
    for (const int each : chosen) starred = starred && item(each).starred;
    menu.addAction(starred ? tr("Remove the star") : tr("Star"), this, &MapPage::starChosen)->setEnabled(any);
    menu.addAction(tr("Tags…"), this, &MapPage::tagChosen)->setEnabled(any);
    menu.addAction(tr("Make a collection…"), this, &MapPage::collect)->setEnabled(m_collect->isEnabled());
    menu.addSeparator();
    menu.addAction(tr("Remove"), this, &MapPage::removeChosen)->setEnabled(any);
    menu.exec(position);
}

QString MapPage::menuName(int point) const {
    return toText(item(point).name).replace(u'&', QStringLiteral("&&"));
}

void MapPage::editCodes(int point) {
    const MapItem& edited = item(point);
    if (edited.kind == ItemKind::take)
        Q_EMIT takeEditRequested(edited.id);
    else
        Q_EMIT soundEditRequested(edited.file);
}

void MapPage::putOnCube() {
    std::vector<std::string> sounds;
    for (const int point : m_view->chosen()) {
        const PathEnd sound = soundOf(item(point));
        if (!sound.id.empty() || !sound.file.empty())
            sounds.push_back(!sound.id.empty() ? sound.id : sound.file.string());
    }
    if (!sounds.empty()) Q_EMIT cubeRequested(sounds);
}

void MapPage::drag() {
    QList<QUrl> urls;
    for (const int point : m_view->chosen())
        if (const auto file = soundOf(item(point)).file; !file.empty())
            urls.append(QUrl::fromLocalFile(toText(file)));
    if (urls.isEmpty()) return;
    auto* carried = new QMimeData;
    carried->setUrls(urls);
    auto* dragged = new QDrag(m_view);
    dragged->setMimeData(carried);
    dragged->exec(Qt::CopyAction);
}

void MapPage::hearWay(int from, int to) {
    for (const int point : {from, to})
        if (item(point).kind == ItemKind::codes)
            return m_studio.notices.fail(
                tr("“%1” is an edited sound. Keep it as a take, and a way can begin or end there.")
                    .arg(toText(item(point).name)));
    const SoundPath way{soundOf(item(from)), soundOf(item(to)), {}};
    const std::uint64_t number = ++m_wayAsked;
    const QString name = tr("%1 → %2").arg(toText(way.from.name), toText(way.to.name));
    m_note->setFullText(
        tr("Rendering the way from %1 to %2 …").arg(toText(way.from.name), toText(way.to.name)));
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
