#include "ui/commands/library_actions.h"

#include <algorithm>

#include "engine/workstation/presets.h"
#include "ui/bridge/text.h"
#include "ui/commands/studio.h"

namespace smidgen::ui {

namespace {

std::vector<SoundEntry> entriesOf(const Workstation& engine, const CollectionId& id,
                                  const std::vector<SoundId>& sounds) {
    std::vector<SoundEntry> entries;
    const auto snapshot = engine.collection(id);
    if (!snapshot) return entries;
    for (const SoundEntry& entry : snapshot->collection.entries)
        if (std::find(sounds.begin(), sounds.end(), idOf(entry)) != sounds.end()) entries.push_back(entry);
    return entries;
}

QString quoted(const std::string& name) {
    return QStringLiteral("“%1”").arg(toText(name));
}

}  // namespace

LibraryActions::LibraryActions(EngineBridge& bridge, QObject* parent) : QObject(parent), m_bridge(bridge) {
    m_stack.setUndoLimit(500);
    connect(&bridge, &EngineBridge::jobEnded, this, [this](JobId id) {
        if (const auto job = m_bridge.engine().job(id)) importEnded(*job);
    });
}

void LibraryActions::perform(const QString& text, LibraryCommand::Step apply, LibraryCommand::Step revert,
                             const QString& removedSentence) {
    Workstation& engine = m_bridge.engine();
    m_bridge.runInOrder(
        this, [&engine, apply] { return apply(engine); },
        [this, text, apply, revert, removedSentence](const Status& status) {
            if (!status) {
                Q_EMIT failed(toText(status.error().sentence));
                return;
            }
            m_stack.push(new LibraryCommand(m_bridge, text, apply, revert,
                                            [this](const QString& sentence) { Q_EMIT failed(sentence); }));
            if (!removedSentence.isEmpty()) Q_EMIT removed(removedSentence);
        });
}

void LibraryActions::importSounds(const std::vector<std::filesystem::path>& paths, const CollectionId& into,
                                  const std::string& name) {
    if (!paths.empty()) Q_EMIT importStarted(beginImport(paths, into, name));
}

JobId LibraryActions::addRecording(const std::filesystem::path& file, const CollectionId& into,
                                   const std::string& name) {
    return beginImport({file}, into, name);
}

JobId LibraryActions::beginImport(const std::vector<std::filesystem::path>& paths, const CollectionId& into,
                                  const std::string& name) {
    Import import;
    import.into = into;
    if (const auto snapshot = m_bridge.engine().collection(into))
        for (const SoundEntry& entry : snapshot->collection.entries) import.filesBefore.push_back(entry.path);
    import.job = m_bridge.engine().importSounds(paths, name, into);
    m_imports.push_back(import);
    return import.job;
}

void LibraryActions::importEnded(const JobSnapshot& job) {
    const auto found = std::find_if(m_imports.begin(), m_imports.end(),
                                    [&](const Import& import) { return import.job == job.id; });
    if (found == m_imports.end()) return;
    const Import import = *found;
    m_imports.erase(found);
    if (job.phase != JobPhase::finished) return;
    const CollectionId id = import.into.empty() ? job.collection : import.into;
    const auto snapshot = m_bridge.engine().collection(id);
    if (!snapshot) return;
    const QString name = quoted(snapshot->collection.name);
    const auto refused = [this](const QString& sentence) { Q_EMIT failed(sentence); };
    if (import.into.empty()) {
        m_stack.push(new LibraryCommand(
            m_bridge, tr("adding %1").arg(name), [id](Workstation& e) { return e.restoreCollection(id); },
            [id](Workstation& e) { return e.removeCollection(id); }, refused));
    } else {
        std::vector<SoundEntry> added;
        std::vector<SoundId> sounds;
        for (const SoundEntry& entry : snapshot->collection.entries) {
            const auto& before = import.filesBefore;
            if (std::find(before.begin(), before.end(), entry.path) != before.end()) continue;
            added.push_back(entry);
            sounds.push_back(idOf(entry));
        }
        if (!added.empty())
            m_stack.push(new LibraryCommand(
                m_bridge, tr("adding sounds to %1").arg(name),
                [id, added](Workstation& e) { return e.restoreSounds(id, added); },
                [id, sounds](Workstation& e) { return e.removeSounds(id, sounds); }, refused));
    }
    Q_EMIT imported(id);
}

void LibraryActions::renameCollection(const CollectionId& id, const std::string& name) {
    const auto snapshot = m_bridge.engine().collection(id);
    if (!snapshot || snapshot->collection.name == name) return;
    const std::string before = snapshot->collection.name;
    perform(
        tr("renaming %1").arg(quoted(before)),
        [id, name](Workstation& e) { return e.renameCollection(id, name); },
        [id, before](Workstation& e) { return e.renameCollection(id, before); });
}

void LibraryActions::removeCollection(const CollectionId& id) {
    const auto snapshot = m_bridge.engine().collection(id);
    if (!snapshot) return;
    const QString name = quoted(snapshot->collection.name);
    perform(
        tr("removing %1").arg(name), [id](Workstation& e) { return e.removeCollection(id); },
        [id](Workstation& e) { return e.restoreCollection(id); },
        tr("%1 was removed from the library. The sound files stay where they are.").arg(name));
}

void LibraryActions::removeSounds(const CollectionId& id, const std::vector<SoundId>& sounds) {
    const std::vector<SoundEntry> entries = entriesOf(m_bridge.engine(), id, sounds);
    if (entries.empty()) return;
    const QString what =
        countText(static_cast<int>(entries.size()), QStringLiteral("sound"), QStringLiteral("sounds"));
    perform(
        tr("removing %1").arg(what), [id, sounds](Workstation& e) { return e.removeSounds(id, sounds); },
        [id, entries](Workstation& e) { return e.restoreSounds(id, entries); },
        tr("%1 taken out of the collection. The files stay where they are.").arg(what));
}

void LibraryActions::relinkSound(const CollectionId& id, const std::string& contentHash,
                                 const std::filesystem::path& path) {
    Workstation& engine = m_bridge.engine();
    m_bridge.runInOrder(
        this, [&engine, id, contentHash, path] { return engine.relinkSound(id, contentHash, path); },
        [this, path](const Status& status) {
            if (status)
                Q_EMIT done(tr("Found again: %1").arg(toText(path)));
            else
                Q_EMIT failed(toText(status.error().sentence));
        });
}

void LibraryActions::renameModel(const ModelId& id, const std::string& name) {
    const auto model = modelOf(m_bridge.engine(), id);
    if (!model || model->name == name) return;
    const std::string before = model->name;
    perform(
        tr("renaming %1").arg(quoted(before)), [id, name](Workstation& e) { return e.renameModel(id, name); },
        [id, before](Workstation& e) { return e.renameModel(id, before); });
}

void LibraryActions::removeModel(const ModelId& id) {
    const auto model = modelOf(m_bridge.engine(), id);
    if (!model) return;
    const QString name = quoted(model->name);
    perform(
        tr("removing %1").arg(name), [id](Workstation& e) { return e.removeModel(id); },
        [id](Workstation& e) { return e.restoreModel(id); },
        tr("The model %1 was moved to the trash.").arg(name));
}

void LibraryActions::renamePreset(const PresetId& id, const std::string& from, const std::string& to) {
    perform(
        tr("renaming %1").arg(quoted(from)),
        [id, to](Workstation& e) { return smidgen::renamePreset(e, id, to); },
        [id, from](Workstation& e) { return smidgen::renamePreset(e, id, from); });
}

void LibraryActions::removePreset(const PresetId& id, const std::string& name) {
    perform(
        tr("deleting %1").arg(quoted(name)), [id](Workstation& e) { return trashPreset(e, id); },
        [id](Workstation& e) { return restorePreset(e, id); }, tr("%1 is in the trash.").arg(quoted(name)));
}

void LibraryActions::renameTake(const TakeId& id, const std::string& name) {
    const auto take = m_bridge.engine().take(id);
    if (!take || take->name == name) return;
    const std::string before = take->name;
    perform(
        tr("renaming %1").arg(quoted(before)), [id, name](Workstation& e) { return e.renameTake(id, name); },
        [id, before](Workstation& e) { return e.renameTake(id, before); });
}

void LibraryActions::starTake(const TakeId& id, bool starred) {
    const auto take = m_bridge.engine().take(id);
    if (!take || take->starred == starred) return;
    perform((starred ? tr("starring %1") : tr("unstarring %1")).arg(quoted(take->name)),
            [id, starred](Workstation& e) { return e.starTake(id, starred); },
            [id, starred](Workstation& e) { return e.starTake(id, !starred); });
}

namespace {
/// The last of the refusals; the others are done.
Status each(Workstation& engine, const std::vector<TakeId>& ids, Status (Workstation::*step)(const TakeId&)) {
    Status result;
    for (const TakeId& id : ids)
        if (Status status = (engine.*step)(id); !status) result = status;
    return result;
}
}  // namespace

void LibraryActions::trashTakes(const std::vector<TakeId>& ids) {
    if (ids.empty()) return;
    QString what = countText(static_cast<int>(ids.size()), QStringLiteral("take"), QStringLiteral("takes"));
    if (ids.size() == 1)
        if (const auto take = m_bridge.engine().take(ids.front())) what = quoted(take->name);
    perform(
        tr("trashing %1").arg(what), [ids](Workstation& e) { return each(e, ids, &Workstation::trashTake); },
        [ids](Workstation& e) { return each(e, ids, &Workstation::restoreTake); },
        tr("%1 moved to the trash.").arg(what));
}

void LibraryActions::restoreTakes(const std::vector<TakeId>& ids) {
    if (ids.empty()) return;
    const QString what =
        countText(static_cast<int>(ids.size()), QStringLiteral("take"), QStringLiteral("takes"));
    perform(
        tr("restoring %1").arg(what),
        [ids](Workstation& e) { return each(e, ids, &Workstation::restoreTake); },
        [ids](Workstation& e) { return each(e, ids, &Workstation::trashTake); });
}

}  // namespace smidgen::ui
