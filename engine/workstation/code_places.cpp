#include "engine/workstation/code_places.h"

#include "engine/library/library.h"
#include "engine/library/sound_index.h"
#include "engine/workstation/code_takes.h"
#include "engine/workstation/workstation.h"

namespace smidgen {
namespace {

Status hearOne(const Workstation& workstation, const CodesId& id, const CancelToken& cancel) {
    Library& library = workstation.items();
    // Before the edits themselves: what is edited between the two is heard anew.
    auto state = codesState(library, id);
    if (!state) return propagate(state);
    auto sound = soundOfCodes(workstation, id, cancel);
    if (!sound) return propagate(sound);
    auto heard = hear(toMidSide(sound->audio).mid, cancel);
    if (!heard) return propagate(heard);
    auto kept = keepHeard(library, id, state->edits, *heard);
    // Somebody else has heard or edited them meanwhile.
    if (!kept && kept.error().code == ErrorCode::conflict) return {};
    return kept;
}

}  // namespace

Result<CodesHearing> hearCodes(const Workstation& workstation, const std::set<CodesId>& without,
                               const CancelToken& cancel, const std::function<void(int, int)>& progress) {
    auto unheard = unheardCodes(workstation.items());
    if (!unheard) return propagate(unheard);
    std::erase_if(*unheard, [&](const CodesRecord& record) { return without.contains(record.id); });
    CodesHearing hearing;
    const auto all = static_cast<int>(unheard->size());
    for (const CodesRecord& record : *unheard) {
        if (cancel.cancelled())
            return failure(ErrorCode::cancelled, "Listening to edited sounds was cancelled.");
        if (auto heard = hearOne(workstation, record.id, cancel)) {
            ++hearing.heard;
        } else if (heard.error().code == ErrorCode::cancelled) {
            return propagate(heard);
        } else {
            hearing.failed.push_back(record.id);
            hearing.problems.push_back("'" + record.name +
                                       "' could not be listened to: " + heard.error().sentence);
        }
        if (progress) progress(hearing.heard + static_cast<int>(hearing.failed.size()), all);
    }
    return hearing;
}

Status hearCodesNamed(const Workstation& workstation, const std::string& idOrName,
                      const CancelToken& cancel) {
    auto unheard = unheardCodes(workstation.items());
    if (!unheard) return propagate(unheard);
    for (const CodesRecord& record : *unheard)
        if (record.id == idOrName || record.name == idOrName)
            if (auto heard = hearOne(workstation, record.id, cancel); !heard) return heard;
    return {};
}

}  // namespace smidgen
