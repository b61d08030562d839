#include "engine/workstation/cube_listener.h"

#include <algorithm>
#include <cmath>

#include "engine/generation/decoder_shelf.h"
#include "engine/generation/mel_decoder.h"
#include "engine/jobs/evaluation.h"
#include "engine/library/library.h"
#include "engine/workstation/workstation.h"

namespace smidgen {
namespace {

constexpr std::size_t kCacheBytes = std::size_t{256} << 20;
constexpr std::size_t kMostHeard = 24;
constexpr double kSamePlace = 1.0 / 64;

bool same(const MorphRequest& a, const MorphRequest& b) {
    const auto near = [](const storage::Coordinate& p, const storage::Coordinate& q) {
        return std::abs(p.x - q.x) < kSamePlace && std::abs(p.y - q.y) < kSamePlace &&
               std::abs(p.z - q.z) < kSamePlace;
    };
    return std::ranges::equal(a.places, b.places, near) && a.seconds == b.seconds && a.passes == b.passes &&
           a.hertz == b.hertz && a.sampling.interpolation == b.sampling.interpolation &&
           a.sampling.sliceAxis == b.sampling.sliceAxis;
}

}  // namespace

CubeListener::~CubeListener() = default;

Result<std::shared_ptr<CubeListener>> CubeListener::open(Workstation& workstation, const CubeId& id,
                                                         const std::string& decoder) {
    std::shared_ptr<CubeListener> made(new CubeListener);
    made->m_cube = workstation.items().cube(id);
    if (made->m_cube == nullptr)
        return failure(ErrorCode::notFound, "There is no cube '" + id + "' in the library.");
    made->m_content = cubeContentOf(made->m_cube->content).value_or(CubeContent::numbers);
    auto nodes = workstation.items().openCube(id);
    if (!nodes) return propagate(nodes);
    made->m_nodes = std::make_unique<storage::LazyCube>(*nodes, kCacheBytes);
    if (made->m_content == CubeContent::latents) {
        auto model = workstation.loadModel(made->m_cube->model);
        if (!model) return propagate(model);
        made->m_model = *model;
    }
    // A mixed mel is nobody's own: like a model's it asks for the decoder that bears that.
    auto chosen = makeDecoder(decoder.empty() ? defaultDecoder() : decoder, {kEvaluationIterations});
    if (!chosen) return propagate(chosen);
    made->m_decoder = std::move(*chosen);
    return made;
}

Result<std::shared_ptr<const AudioBuffer>> CubeListener::at(const MorphRequest& request,
                                                            const CancelToken& cancel) {
    const std::scoped_lock lock(m_lock);
    const auto found =
        std::ranges::find_if(m_heard, [&](const Heard& heard) { return same(heard.request, request); });
    if (found != m_heard.end()) {
        m_heard.splice(m_heard.begin(), m_heard, found);
        return m_heard.front().sound;
    }
    auto sound = morph(*m_nodes, {m_content, m_model.get(), m_decoder.get()}, request, cancel);
    if (!sound) return propagate(sound);
    m_heard.push_front({request, std::make_shared<const AudioBuffer>(std::move(*sound))});
    if (m_heard.size() > kMostHeard) m_heard.pop_back();
    return m_heard.front().sound;
}

}  // namespace smidgen
