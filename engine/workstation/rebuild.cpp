#include "engine/workstation/rebuild.h"

#include "engine/audio/audio_reader.h"
#include "engine/workstation/workstation.h"

namespace smidgen {

Result<bool> comesOutAgain(Workstation& workstation, const TakeSnapshot& take, const CancelToken& cancel) {
    auto sound = workstation.render(take.recipe, cancel);
    if (!sound) return propagate(sound);
    auto kept = readAudio(take.file);
    if (!kept) return propagate(kept);
    return sound->audio.rate == kept->rate && sound->audio.channels == kept->channels;
}

}  // namespace smidgen
