#include <algorithm>

#include "engine/foundation/atomic_file.h"
#include "engine/workstation/cube_render.h"
#include "engine/workstation/other_library_items.h"
#include "engine/workstation/workstation.h"
#include "storage/wavetable/cube_file.h"
#include "storage/wavetable/lazy_cube.h"

namespace smidgen {
namespace {

namespace fs = std::filesystem;

constexpr double kHeardSeconds = 2;
constexpr std::uint64_t kHeardSeed = 1;
constexpr std::size_t kWaveColumns = 128;
constexpr std::size_t kCacheBytes = std::size_t{64} << 20;

ItemSound inMemory(AudioBuffer audio) {
    std::vector<float> mono(static_cast<std::size_t>(audio.length().value));
    const auto channels = static_cast<float>(audio.channels.size());
    for (const auto& channel : audio.channels)
        for (std::size_t i = 0; i < mono.size(); ++i) mono[i] += channel[i] / channels;
    PeakPyramid peaks;
    peaks.append(mono);
    peaks.finish();
    ItemSound sound;
    sound.wave.resize(kWaveColumns);
    peaks.columns(0, static_cast<double>(mono.size()), sound.wave);
    sound.samples = std::make_shared<const AudioBuffer>(std::move(audio));
    return sound;
}

Result<ItemSound> ofFile(const ItemVersion& version, const std::string& otherwise) {
    std::error_code ignored;
    if (version.file.empty() || !fs::exists(version.file, ignored))
        return failure(ErrorCode::notFound, otherwise);
    return ItemSound{version.file, nullptr, version.wave};
}

Result<ItemSound> made(Workstation& workstation, Recipe recipe, const CancelToken& cancel) {
    recipe.seconds = kHeardSeconds;
    auto sound = workstation.render(recipe, cancel);
    if (!sound) return propagate(sound);
    return inMemory(std::move(sound->audio));
}

/// How to name the model of that id, or name, wherever it is; empty when it is in neither library.
std::string modelFor(const Workstation& workstation, const OtherLibrary& other, const std::string& id,
                     const std::string& name) {
    for (const std::string& each : {id, name})
        if (!each.empty() && workstation.findModel(each)) return each;
    for (const OtherItem& item : other.items)
        if (item.kind == ItemKind::model && item.theirs && !item.theirs->file.empty() &&
            (item.theirs->id == id || (id.empty() && item.theirs->name == name)))
            return item.theirs->file.string();
    return {};
}

Result<ItemSound> ofPreset(Workstation& workstation, const OtherLibrary& other, const PresetRecord& preset,
                           const CancelToken& cancel) {
    Recipe recipe = preset.recipe;
    recipe.modelId = modelFor(workstation, other, recipe.modelId, recipe.modelName);
    if (recipe.modelId.empty())
        return failure(ErrorCode::notFound, "'" + preset.name + "' can be heard where its model '" +
                                                preset.recipe.modelName + "' is. It is in neither library.");
    return made(workstation, std::move(recipe), cancel);
}

Result<ItemSound> ofCube(Workstation& workstation, const OtherLibrary& other, const CubeRecord& cube,
                         const CancelToken& cancel) {
    const auto content = cubeContentOf(cube.content);
    if (!content)
        return failure(ErrorCode::unusableInput, "'" + cube.name + "' holds '" + cube.content +
                                                     "', which this version cannot make heard.");
    auto file = storage::CubeFile::open(cube.file);
    if (!file) return propagate(file);
    const std::shared_ptr<const storage::NodeStorage> nodes = std::move(*file);
    const storage::LazyCube source(nodes, kCacheBytes);
    const auto middle = [&](std::size_t axis) { return static_cast<double>(cube.size[axis] - 1) / 2; };
    MorphRequest request;
    request.places = {{middle(0), middle(1), middle(2)}};
    const std::string model = cube.model.empty() ? "" : modelFor(workstation, other, cube.model, {});
    auto sound = renderNodes(workstation, *content, model, source, request, {}, cancel);
    if (!sound) return propagate(sound);
    return inMemory(std::move(*sound));
}

}  // namespace

Result<ItemSound> soundOf(Workstation& workstation, const OtherLibrary& other, const OtherItem& item,
                          ItemSide side, const CancelToken& cancel) {
    const std::optional<ItemVersion>& version = side == ItemSide::theirs ? item.theirs : item.ours;
    if (!version)
        return failure(ErrorCode::notFound, side == ItemSide::theirs ? "The other library does not have it."
                                                                     : "This library does not have it.");
    const std::string gone =
        "The file of '" + version->name + "' is not there any more. Connect its drive, or look again.";
    switch (item.kind) {
        case ItemKind::take:
            return ofFile(*version, gone);
        case ItemKind::collection:
            return ofFile(*version, "None of the sounds of '" + version->name + "' is on this computer.");
        case ItemKind::model: {
            if (auto file = ofFile(*version, gone); !file) return file;
            Recipe recipe;
            recipe.modelId = version->file.string();
            recipe.modelName = version->name;
            recipe.seed = kHeardSeed;
            return made(workstation, std::move(recipe), cancel);
        }
        case ItemKind::preset:
            if (version->preset) return ofPreset(workstation, other, *version->preset, cancel);
            break;
        case ItemKind::cube:
            if (version->cube) return ofCube(workstation, other, *version->cube, cancel);
            break;
        default:
            break;
    }
    return failure(ErrorCode::unusableInput, "'" + version->name + "' cannot be read, and not be heard.");
}

}  // namespace smidgen
