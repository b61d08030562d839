#include "engine/audio/audio_writer.h"

#include <algorithm>
#include <cmath>

#include "engine/audio/sound_draft.h"

namespace smidgen {

LoopSamples samplesOf(const LoopRange& loop, Samples length, int rate) {
    const auto at = [&](double seconds) {
        return std::min(std::llround(seconds * rate), length.value + 0LL);
    };
    return {at(loop.start), loop.end ? at(*loop.end) : length.value};
}

Result<WrittenFile> writeAudio(const AudioBuffer& buffer, const std::filesystem::path& target,
                               const WriteOptions& options, const CancelToken& cancel) {
    auto draft = SoundDraft::write(buffer, target, options, cancel);
    if (!draft) return propagate(draft);
    return draft->commit(cancel);
}

}  // namespace smidgen
