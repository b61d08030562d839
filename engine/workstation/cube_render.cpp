#include "engine/workstation/cube_render.h"

#include <array>
#include <nlohmann/json.hpp>
#include <system_error>

#include "engine/foundation/atomic_file.h"
#include "engine/generation/decoder_shelf.h"
#include "engine/generation/mel_decoder.h"
#include "engine/jobs/evaluation.h"
#include "engine/library/library.h"
#include "engine/workstation/workstation.h"
#include "storage/blocks/block_store.h"
#include "storage/wavetable/cube_file.h"
#include "storage/wavetable/encoded_cube.h"

namespace smidgen {
namespace {

namespace fs = std::filesystem;

constexpr const char* kNodesMime = "application/vnd.smidgen.cube-nodes";
constexpr std::size_t kMostBytes = std::size_t{1} << 30;

/// A file in the library's cache that goes with the object.
class PassingFile {
 public:
    explicit PassingFile(const Library& library)
        : m_path(library.folder() / "cache" / "cubes" / (Library::newId() + ".cube")) {
        std::error_code ignored;
        fs::create_directories(m_path.parent_path(), ignored);
    }
    PassingFile(const PassingFile&) = delete;
    PassingFile& operator=(const PassingFile&) = delete;
    ~PassingFile() {
        std::error_code ignored;
        fs::remove(m_path, ignored);
    }
    [[nodiscard]] const fs::path& path() const { return m_path; }

 private:
    fs::path m_path;
};

}  // namespace

Result<AudioBuffer> renderNodes(const Workstation& workstation, CubeContent content, const ModelId& model,
                                const storage::NodeSource& source, const MorphRequest& request,
                                const std::string& decoder, const CancelToken& cancel, int griffinLimRounds) {
    MorphVoice voice{content, nullptr, nullptr};
    std::shared_ptr<const models::MelVae> loaded;
    if (content == CubeContent::latents) {
        auto found = workstation.loadModel(model);
        if (!found) return propagate(found);
        loaded = *found;
    }
    voice.model = loaded.get();
    // A mixed mel is nobody's own: like a model's it asks for the decoder that bears that.
    auto chosen =
        makeDecoder(decoder.empty() ? defaultDecoder() : decoder, {kEvaluationIterations, griffinLimRounds});
    if (!chosen) return propagate(chosen);
    voice.decoder = chosen->get();
    return morph(source, voice, request, cancel);
}

Result<storage::NodePointer> NotedSource::load(const storage::GridPoint& point) const {
    auto node = m_inner.load(point);
    if (node) {
        const std::scoped_lock lock(m_lock);
        m_loaded.insert(layout().indexOf(point));
    }
    return node;
}

std::set<std::size_t> NotedSource::needed() const {
    const std::scoped_lock lock(m_lock);
    std::set<std::size_t> all = m_loaded;
    std::array<std::uint32_t, 3> most{};
    std::array<std::size_t, 3> where{};
    for (std::size_t i = 0; i < presence().size(); ++i) {
        const auto shape = shapeAt(layout().pointAt(i));
        if (!shape) continue;
        const std::uint32_t sides[] = {shape->rows, shape->columns, shape->channels};
        for (std::size_t side = 0; side < 3; ++side)
            if (sides[side] > most[side]) {
                most[side] = sides[side];
                where[side] = i;
            }
    }
    for (std::size_t side = 0; side < 3; ++side)
        if (most[side] > 0) all.insert(where[side]);
    return all;
}

Result<std::string> keepNodes(Workstation& workstation, const CubeSnapshot& cube,
                              const storage::NodeStorage& nodes, const std::set<std::size_t>& indices) {
    const Library& library = workstation.items();
    auto few = storage::EncodedCube::create(nodes.layout());
    if (!few) return propagate(few);
    for (std::size_t i = 0; i < nodes.nodes().size(); ++i) {
        const storage::GridPoint& point = nodes.nodes()[i].point;
        if (!indices.contains(nodes.layout().indexOf(point))) continue;
        auto stream = nodes.read(i);
        if (!stream) return propagate(stream);
        if (auto set = (*few)->set(point, std::move(*stream)); !set) return propagate(set);
    }
    const PassingFile file(library);
    if (auto written = storage::writeCubeFile(**few, file.path()); !written) return propagate(written);
    auto bytes = readWholeFile(file.path(), kMostBytes);
    if (!bytes) return propagate(bytes);
    storage::BlockDraft draft;
    draft.id = storage::BlockId::make();
    draft.name = cube.name;
    draft.kind = storage::BlockClass::state;
    draft.mimeType = kNodesMime;
    draft.metadata = nlohmann::json{{"cube", cube.id}, {"content", cube.content}, {"model", cube.model}}.dump(
        -1, ' ', false, nlohmann::json::error_handler_t::replace);
    const auto* const first = reinterpret_cast<const std::byte*>(bytes->data());
    draft.content.assign(first, first + bytes->size());
    if (auto put = library.store().put(library.caller(), draft); !put) return propagate(put);
    return draft.id->text();
}

Result<KeptNodes> nodesKept(const Workstation& workstation, const std::string& id) {
    const Library& library = workstation.items();
    const auto key = storage::BlockId::parse(id);
    const auto unknown = [&] {
        return failure(ErrorCode::notFound, "The nodes that this take was made of are not in the library.");
    };
    if (!key) return unknown();
    auto block = library.store().get(library.caller(), *key, {false, true});
    if (!block && block.error().code == ErrorCode::notFound) return unknown();
    if (!block) return propagate(block);
    if (block->mimeType != kNodesMime) return unknown();
    const auto json = nlohmann::json::parse(block->metadata, nullptr, false);
    const auto content = json.is_object() ? cubeContentOf(json.value("content", "")) : std::nullopt;
    if (!content)
        return failure(ErrorCode::unusableInput, "The nodes that this take was made of cannot be read.");
    const PassingFile file(library);
    const std::string_view bytes(reinterpret_cast<const char*>(block->content.data()), block->content.size());
    if (auto written = writeFileAtomically(file.path(), bytes); !written) return propagate(written);
    auto nodes = storage::CubeFile::open(file.path());  // read on when the file has no name any more
    if (!nodes) return propagate(nodes);
    return KeptNodes{*content, json.value("model", ""),
                     std::shared_ptr<const storage::NodeStorage>(std::move(*nodes))};
}

}  // namespace smidgen
