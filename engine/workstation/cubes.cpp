#include "engine/workstation/cubes.h"

#include <algorithm>
#include <cmath>

#include "engine/audio/audio_reader.h"
#include "engine/foundation/atomic_file.h"
#include "engine/generation/decoder_shelf.h"
#include "engine/jobs/evaluation.h"
#include "engine/library/library.h"
#include "engine/workstation/cube_nodes.h"
#include "engine/workstation/cube_render.h"
#include "engine/workstation/workstation.h"
#include "storage/wavetable/cube_file.h"
#include "storage/wavetable/encoded_cube.h"
#include "storage/wavetable/lazy_cube.h"
#include "storage/wavetable/npy.h"
#include "storage/wavetable/npz.h"
#include "storage/wavetable/sampler.h"

namespace smidgen {
namespace {

namespace fs = std::filesystem;
using Cube = std::shared_ptr<const CubeSnapshot>;
using Nodes = std::shared_ptr<const storage::NodeStorage>;

constexpr std::size_t kCacheBytes = std::size_t{256} << 20;
constexpr double kNepersPerDecibel = 0.11512925464970229;  // ln 10 / 20

CubeContent contentOf(const CubeSnapshot& cube) {
    return cubeContentOf(cube.content).value_or(CubeContent::numbers);
}

/// Also the newest of that name, so that nobody has to type an id.
Result<AudioBuffer> readSound(const Workstation& workstation, const CubePlacement& placement,
                              NodeOrigin& origin) {
    fs::path file = placement.sound;
    std::error_code ignored;
    if (!fs::exists(file, ignored)) {
        const auto takes = workstation.takes();
        auto found = std::ranges::find(takes, placement.sound, [](const auto& take) { return take->id; });
        if (found == takes.end())
            found = std::ranges::find(takes, placement.sound, [](const auto& take) { return take->name; });
        if (found == takes.end())
            return failure(ErrorCode::notFound,
                           "There is no sound file and no take called '" + placement.sound + "'.");
        file = (*found)->file;
        origin = {(*found)->name, (*found)->id, {}};
    } else {
        origin = {displayName(file.stem()), displayName(fs::absolute(file, ignored)), {}};
    }
    auto reader = AudioReader::open(file);
    if (!reader) return propagate(reader);
    const int rate = reader->format().rate;
    ReadRange range;
    range.start = Samples(std::llround(placement.start * rate));
    if (placement.seconds) range.length = Samples(std::llround(*placement.seconds * rate));
    return readAudio(file, range);
}

Result<storage::NodePointer> nodeFor(const Workstation& workstation, CubeContent content,
                                     const models::MelVae* model, const CubePlacement& placement) {
    if (content == CubeContent::numbers)
        return failure(ErrorCode::invalidArgument,
                       "The nodes of this cube are plain numbers: sounds cannot be put there. Import numbers "
                       "with: smidgen cube import");
    NodeOrigin origin;
    auto sound = readSound(workstation, placement, origin);
    if (!sound) return propagate(sound);
    if (content == CubeContent::cycles) return cycleNode(*sound, origin);
    if (content == CubeContent::latents) return latentNode(*model, *sound, origin);
    return melNode(*sound, origin);
}

/// The model that a cube of latents is heard through; null for others.
Result<std::shared_ptr<const models::MelVae>> modelOf(const Workstation& workstation,
                                                      const CubeSnapshot& cube) {
    if (contentOf(cube) != CubeContent::latents) return std::shared_ptr<const models::MelVae>();
    return workstation.loadModel(cube.model);
}

tl::unexpected<Error> unknownCube(const CubeId& id) {
    return failure(ErrorCode::notFound, "There is no cube '" + id + "' in the library.");
}

Result<Cube> told(const Workstation& workstation, Result<Cube> cube) {
    if (cube) workstation.tell({Topic::cubes, (*cube)->id, 0});
    return cube;
}

Status told(const Workstation& workstation, const CubeId& cube, Status done) {
    if (done) workstation.tell({Topic::cubes, cube, 0});
    return done;
}

}  // namespace

CubeExactness usualExactness(CubeContent content) {
    CubeExactness exactness;
    if (content != CubeContent::mel) exactness.largest = 0;
    return exactness;
}

std::vector<Cube> cubesOf(const Workstation& workstation, bool trashed) {
    return workstation.items().cubes(trashed);
}

Result<Cube> makeCube(Workstation& workstation, const CubeDraft& draft) {
    if (draft.name.empty()) return failure(ErrorCode::invalidArgument, "A cube needs a name.");
    CubeRecord record;
    record.name = draft.name;
    record.content = nameOf(draft.content);
    if ((draft.content == CubeContent::latents) != !draft.model.empty())
        return failure(ErrorCode::invalidArgument,
                       "A cube of latents belongs to a model, and only such a cube does.");
    if (draft.content == CubeContent::latents) {
        auto model = workstation.findModel(draft.model);
        if (!model) return propagate(model);
        record.model = workstation.referenceTo(**model);
    }
    auto nodes = storage::EncodedCube::create({draft.size, draft.axes});
    if (!nodes) return propagate(nodes);
    return told(workstation, workstation.items().addCube(std::move(record), **nodes));
}

Result<storage::NodePointer> nodeOfSound(const Workstation& workstation, const CubeSnapshot& cube,
                                         const CubePlacement& placement) {
    auto model = modelOf(workstation, cube);
    if (!model) return propagate(model);
    return nodeFor(workstation, contentOf(cube), model->get(), placement);
}

Result<Cube> putOnCube(Workstation& workstation, const CubeId& id,
                       const std::vector<CubePlacement>& placements, const CubeExactness& exactness,
                       const CancelToken& cancel, const std::function<void(std::size_t)>& progress) {
    const Cube cube = workstation.items().cube(id);
    if (cube == nullptr) return unknownCube(id);
    const storage::CubeLayout layout{cube->size, cube->axes};
    for (const CubePlacement& placement : placements)
        if (auto checked = storage::checkPoint(layout, placement.place); !checked) return propagate(checked);
    const CubeContent content = contentOf(*cube);
    auto model = modelOf(workstation, *cube);
    if (!model) return propagate(model);
    storage::EncodeRequest request{exactness.codec, {}};
    request.limit.largest =
        content == CubeContent::mel ? exactness.largest * kNepersPerDecibel : exactness.largest;
    std::vector<storage::Bytes> streams;
    for (const CubePlacement& placement : placements) {
        if (cancel.cancelled())
            return failure(ErrorCode::cancelled, "Nothing was put on the cube: it was cancelled.");
        auto node = nodeFor(workstation, content, model->get(), placement);
        if (!node) return propagate(node);
        auto encoded = storage::encodeNode(**node, request);
        if (!encoded) return propagate(encoded);
        streams.push_back(std::move(encoded->stream));
        if (progress) progress(streams.size());
    }
    return changeCubeNodes(workstation, id, [&](storage::EditedCube& edited) -> Status {
        for (std::size_t i = 0; i < placements.size(); ++i)
            if (auto put = edited.set(placements[i].place, streams[i]); !put) return put;
        return {};
    });
}

Result<Cube> clearOnCube(Workstation& workstation, const CubeId& id, const std::vector<CubePlace>& places) {
    return changeCubeNodes(workstation, id, [&](storage::EditedCube& edited) -> Status {
        for (const CubePlace& place : places)
            if (auto cleared = edited.erase(place); !cleared) return cleared;
        return {};
    });
}

Status renameCube(Workstation& workstation, const CubeId& cube, const std::string& name) {
    if (name.empty()) return failure(ErrorCode::invalidArgument, "A cube needs a name.");
    return told(workstation, cube,
                workstation.items().changeCube(cube, [&](CubeRecord& record) { record.name = name; }));
}

Status tagCube(Workstation& workstation, const CubeId& cube, const std::vector<std::string>& tags) {
    return told(workstation, cube,
                workstation.items().changeCube(cube, [&](CubeRecord& record) { record.tags = tags; }));
}

Status trashCube(Workstation& workstation, const CubeId& cube) {
    return told(workstation, cube,
                workstation.items().changeCube(cube, [](CubeRecord& record) { record.trashed = true; }));
}

Status restoreCube(Workstation& workstation, const CubeId& cube) {
    return told(workstation, cube,
                workstation.items().changeCube(cube, [](CubeRecord& record) { record.trashed = false; }));
}

Status purgeCube(Workstation& workstation, const CubeId& cube) {
    return told(workstation, cube, workstation.items().purgeCube(cube));
}

Result<CubeFigures> figuresOf(Workstation& workstation, const CubeId& id, const CancelToken& cancel) {
    const Cube cube = workstation.items().cube(id);
    if (cube == nullptr) return unknownCube(id);
    auto nodes = workstation.items().openCube(id);
    if (!nodes) return propagate(nodes);
    const double unit = contentOf(*cube) == CubeContent::mel ? kNepersPerDecibel : 1.0;
    CubeFigures figures;
    figures.report = storage::reportOf(**nodes);
    figures.report.largestError /= unit;
    for (std::size_t i = 0; i < (*nodes)->nodes().size(); ++i) {
        if (cancel.cancelled()) return failure(ErrorCode::cancelled, "The cube was not read to its end.");
        const storage::StoredNode& stored = (*nodes)->nodes()[i];
        auto stream = (*nodes)->read(i);
        if (!stream) return propagate(stream);
        auto node = storage::decodeNode(*stream);
        if (!node) return propagate(node);
        const NodeOrigin origin = nodeOriginOf((*node)->metadata);
        figures.nodes.push_back({stored.point, origin.name, toSeconds(origin.length, kSampleRate).value,
                                 stored.header.shape, stored.header.codec, stored.length,
                                 stored.header.error.largest / unit});
    }
    return figures;
}

Result<AudioBuffer> listenToCube(Workstation& workstation, const CubeId& id, const MorphRequest& request,
                                 const std::string& decoder, const CancelToken& cancel,
                                 int griffinLimRounds) {
    const Cube cube = workstation.items().cube(id);
    if (cube == nullptr) return unknownCube(id);
    auto nodes = workstation.items().openCube(id);
    if (!nodes) return propagate(nodes);
    const storage::LazyCube source(*nodes, kCacheBytes);
    return renderNodes(workstation, contentOf(*cube), cube->model, source, request, decoder, cancel,
                       griffinLimRounds);
}

Result<storage::NodePointer> sampleCube(Workstation& workstation, const CubeId& id,
                                        const storage::Coordinate& place,
                                        const storage::SamplingOptions& sampling) {
    auto nodes = workstation.items().openCube(id);
    if (!nodes) return propagate(nodes);
    const storage::LazyCube source(*nodes, kCacheBytes);
    auto sampler = storage::Sampler::create(source, sampling);
    if (!sampler) return propagate(sampler);
    return sampler->sample(place);
}

Result<Cube> importCube(Workstation& workstation, const fs::path& file, const std::string& name,
                        CubeContent content, const std::string& model) {
    CubeRecord record;
    record.name = name.empty() ? displayName(file.stem()) : name;
    record.content = nameOf(content);
    if ((content == CubeContent::latents) != !model.empty())
        return failure(ErrorCode::invalidArgument,
                       "A cube of latents belongs to a model, and only such a cube does.");
    if (!model.empty()) {
        auto found = workstation.findModel(model);
        if (!found) return propagate(found);
        record.model = workstation.referenceTo(**found);
    }
    if (file.extension() == ".npz") {
        auto cube = storage::importNpz(file);
        if (!cube) return propagate(cube);
        auto encoded = storage::EncodedCube::encode(**cube, {storage::Codec::exact, {0, 0}});
        if (!encoded) return propagate(encoded);
        return told(workstation, workstation.items().addCube(std::move(record), **encoded));
    }
    auto cube = storage::CubeFile::open(file);
    if (!cube) return propagate(cube);
    for (std::size_t i = 0; i < (*cube)->nodes().size(); ++i) {  // only what can be read comes in
        auto stream = (*cube)->read(i);
        if (!stream) return propagate(stream);
        if (auto node = storage::decodeNode(*stream); !node) return propagate(node);
    }
    return told(workstation, workstation.items().addCube(std::move(record), **cube));
}

Status exportCube(Workstation& workstation, const CubeId& id, const fs::path& file) {
    auto nodes = workstation.items().openCube(id);
    if (!nodes) return propagate(nodes);
    if (file.extension() == ".cube") return storage::writeCubeFile(**nodes, file);
    if (file.extension() != ".npz")
        return failure(ErrorCode::invalidArgument,
                       "'" + displayName(file) + "': a cube is written as .npz for Python, or as .cube.");
    return storage::exportNpz(storage::LazyCube(*nodes, kCacheBytes), file);
}

Status writeNumbers(const storage::Node& node, const fs::path& file) {
    const std::uint64_t shape[] = {node.shape.rows, node.shape.columns, node.shape.channels};
    const storage::Bytes bytes = storage::composeNpy(shape, node.floats());
    return writeFileAtomically(file, {reinterpret_cast<const char*>(bytes.data()), bytes.size()});
}

}  // namespace smidgen
