// A take enters the library.

#include "engine/analysis/peaks.h"
#include "engine/audio/audio_writer.h"
#include "engine/library/library.h"
#include "engine/library/library_blocks.h"
#include "engine/library/sound_index.h"
#include "storage/blocks/block_id.h"
#include "storage/blocks/block_store.h"

namespace smidgen {

Result<std::shared_ptr<const TakeRecord>> Library::addTake(const AudioBuffer& audio, const Loudness& loudness,
                                                           const Recipe& recipe,
                                                           std::optional<TakeNovelty> novelty,
                                                           std::vector<SliderOutcome> sliders) {
    TakeRecord record;
    record.id = newId();
    record.name = (recipe.modelName.empty() ? std::string("take") : recipe.modelName) + " " +
                  std::to_string(recipe.seed);
    record.file = m_folder / "takes" / (record.id + ".wav");
    record.recipe = recipe;
    record.novelty = std::move(novelty);
    record.sliders = std::move(sliders);
    record.createdMs = storage::currentMilliseconds();
    record.seconds = audio.duration().value;
    record.channels = audio.channelCount();
    record.lufs = loudness.integratedLufs;
    record.truePeakDb = loudness.truePeakDb;
    const std::vector<float> mid = toMidSide(audio).mid;
    PeakPyramid peaks;
    peaks.append(mid);
    peaks.finish();
    record.thumbnail.resize(128);
    peaks.columns(0, static_cast<double>(audio.length().value), record.thumbnail);

    WriteOptions options;
    options.profile.depth = SampleDepth::float32;
    options.profile.rate = audio.rate;
    options.recipeJson = toJson(recipe);
    if (auto written = writeAudio(audio, record.file, options); !written) return propagate(written);
    auto file = keptFile(m_folder, record.file);
    Status put = file ? Status() : Status(propagate(file));
    if (file) {
        storage::BlockDraft draft = draftOf(record, *file);
        draft.vectors = vectorsOf(hear(mid));
        if (auto done = m_store->put(m_caller, std::move(draft)); !done) put = propagate(done);
    }
    if (!put) {
        std::error_code ignored;
        std::filesystem::remove(record.file, ignored);
        return propagate(put);
    }
    return take(record.id);
}

}  // namespace smidgen
