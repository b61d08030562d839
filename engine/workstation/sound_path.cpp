#include "engine/workstation/sound_path.h"

#include "engine/audio/audio_reader.h"
#include "engine/audio/loudness.h"
#include "engine/foundation/atomic_file.h"
#include "engine/generation/decoder_shelf.h"
#include "engine/jobs/evaluation.h"
#include "engine/library/library.h"
#include "engine/morph/morph.h"
#include "engine/workstation/cube_takes.h"
#include "engine/workstation/workstation.h"
#include "storage/wavetable/cube.h"
#include "storage/wavetable/encoded_cube.h"

namespace smidgen {
namespace {

Status putEnd(storage::Cube& cube, std::uint32_t x, const PathEnd& end) {
    auto sound = readAudio(end.file, {});
    if (!sound) return propagate(sound);
    auto node = melNode(*sound, {end.name, end.id.empty() ? displayName(end.file) : end.id, {}});
    if (!node) return propagate(node);
    return cube.set({x, 0, 0}, std::move(*node));
}

Result<std::unique_ptr<storage::Cube>> cubeAlong(const SoundPath& path) {
    storage::CubeLayout layout;
    layout.size = {2, 1, 1};
    auto cube = storage::Cube::sparse(layout);
    if (!cube) return propagate(cube);
    if (auto put = putEnd(**cube, 0, path.from); !put) return propagate(put);
    if (auto put = putEnd(**cube, 1, path.to); !put) return propagate(put);
    return cube;
}

MorphRequest wayThrough(const SoundPath& path) {
    MorphRequest request;
    request.places = {{0, 0, 0}, {1, 0, 0}};
    request.seconds = path.seconds;
    return request;
}

}  // namespace

Result<AudioBuffer> renderPath(const SoundPath& path, const CancelToken& cancel) {
    auto cube = cubeAlong(path);
    if (!cube) return propagate(cube);
    auto decoder = makeDecoder(defaultDecoder(), {kEvaluationIterations});
    if (!decoder) return propagate(decoder);
    return morph(**cube, {CubeContent::mel, nullptr, decoder->get()}, wayThrough(path), cancel);
}

Result<TakeId> keepPath(const Workstation& workstation, const SoundPath& path, const AudioBuffer& sound,
                        const std::string& name) {
    auto cube = cubeAlong(path);
    if (!cube) return propagate(cube);
    auto encoded = storage::EncodedCube::encode(**cube, {storage::Codec::exact, {0, 0}});
    if (!encoded) return propagate(encoded);
    auto loudness = measureLoudness(sound);
    if (!loudness) return propagate(loudness);
    Library& library = workstation.items();
    CubeRecord record;
    record.name = name;
    record.content = nameOf(CubeContent::mel);
    auto kept = library.addCube(std::move(record), **encoded);
    if (!kept) return propagate(kept);
    Recipe recipe;
    recipe.modelId = toModelId({(*kept)->id, wayThrough(path)});
    recipe.modelName = name;
    recipe.seconds = sound.duration().value;
    recipe.space = sound.channelCount() > 1 ? OutputSpace::stereo : OutputSpace::mono;
    recipe.decoder = defaultDecoder();
    auto take = library.addTake(sound, *loudness, recipe);
    if (!take) return propagate(take);
    const TakeId id = (*take)->id;
    if (auto named = library.changeTake(id, [&](TakeRecord& made) { made.name = name; }); !named)
        return propagate(named);
    workstation.tell({Topic::cubes, (*kept)->id, 0});
    workstation.tell({Topic::takes, id, 0});
    return id;
}

}  // namespace smidgen
