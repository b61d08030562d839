#include "models/mel_vae.h"

#include <algorithm>
#include <cmath>
#include <utility>

#include "engine/foundation/atomic_file.h"
#include "models/mel_vae_inference.h"
#include "models/mel_vae_state.h"
#include "models/torch_support.h"

namespace smidgen::models {
namespace {

tl::unexpected<Error> noCodes() {
    return failure(ErrorCode::invalidArgument,
                   "This model does not speak in codes. Train one with the kind 'rvq'.");
}

tl::unexpected<Error> foreignLatents() {
    return failure(ErrorCode::invalidArgument, "These latents do not belong to this model.");
}

tl::unexpected<Error> noWholeFrame() {
    return failure(ErrorCode::invalidArgument, "A sound to encode must have at least one whole frame.");
}

std::vector<float> hostFloats(const at::Tensor& tensor) {
    const at::Tensor values = tensor.to(at::kCPU).contiguous();
    return {values.data_ptr<float>(), values.data_ptr<float>() + values.numel()};
}

}  // namespace

struct MelVae::Impl {
    MelVaeState state;
    LatentStatistics statistics;
    std::map<std::string, std::string> metadata;
};

MelVae::MelVae(std::unique_ptr<Impl> impl) : m_impl(std::move(impl)) {}
MelVae::MelVae(MelVae&&) noexcept = default;
MelVae& MelVae::operator=(MelVae&&) noexcept = default;
MelVae::~MelVae() = default;

Result<MelVae> MelVae::load(const std::filesystem::path& path, DeviceKind device) {
    auto file = loadWeights(path);
    if (!file) return propagate(file);
    const std::string name = displayName(path);
    if (auto known = checkIdentity(file->metadata, "model", name); !known) return propagate(known);
    try {
        useOneThreadHere();
        auto impl = std::make_unique<Impl>();
        auto state = loadState(*file, torchDevice(device), name);
        if (!state) return propagate(state);
        impl->state = std::move(*state);
        auto statistics = loadStatistics(*file, impl->state.shape, name);
        if (!statistics) return propagate(statistics);
        impl->statistics = std::move(*statistics);
        impl->metadata = callersMetadata(file->metadata);
        return MelVae(std::move(impl));
    } catch (const std::exception& exception) {
        return tl::unexpected<Error>(errorOf(exception, "Opening the model '" + name + "'"));
    }
}

const MelVaeShape& MelVae::shape() const {
    return m_impl->state.shape;
}
const std::map<std::string, std::string>& MelVae::metadata() const {
    return m_impl->metadata;
}
std::int64_t MelVae::parameterCount() const {
    return m_impl->state.weights.flat.numel();
}
std::span<const float> MelVae::latentMean() const {
    return m_impl->statistics.mean;
}
std::span<const float> MelVae::latentStd() const {
    return m_impl->statistics.deviation;
}
const std::vector<Latents>& MelVae::anchors() const {
    return m_impl->statistics.anchors;
}

Result<Latents> MelVae::encode(std::span<const float> logMel) const {
    const auto bands = static_cast<std::size_t>(shape().melBands);
    if (logMel.empty() || logMel.size() % bands != 0) return noWholeFrame();
    try {
        useOneThreadHere();
        const MelVaeState& state = m_impl->state;
        Latents latents = encodeSound(state, state.weights.views, logMel);
        if (!shape().quantised()) return latents;
        return latentsOfCodes(state, state.weights.views, codesOfLatents(state, state.weights.views, latents),
                              shape().levels);
    } catch (const std::exception& exception) {
        return tl::unexpected<Error>(errorOf(exception, "Encoding a sound"));
    }
}

Result<std::vector<float>> MelVae::decode(const Latents& latents) const {
    const auto frames = static_cast<std::size_t>(latents.frames().value);
    const auto globals = static_cast<std::size_t>(shape().globalDims);
    if (latents.latentDims != shape().latentDims || frames == 0 ||
        latents.z.size() != frames * static_cast<std::size_t>(latents.latentDims) ||
        (latents.g.size() != globals && latents.g.size() != frames * globals))
        return foreignLatents();
    try {
        useOneThreadHere();
        return decodeSound(m_impl->state, m_impl->state.weights.views, latents);
    } catch (const std::exception& exception) {
        return tl::unexpected<Error>(errorOf(exception, "Decoding a sound"));
    }
}

Result<MelCodes> MelVae::encodeCodes(std::span<const float> logMel) const {
    if (!shape().quantised()) return noCodes();
    const auto bands = static_cast<std::size_t>(shape().melBands);
    if (logMel.empty() || logMel.size() % bands != 0) return noWholeFrame();
    try {
        useOneThreadHere();
        const MelVaeState& state = m_impl->state;
        return codesOfLatents(state, state.weights.views, encodeSound(state, state.weights.views, logMel));
    } catch (const std::exception& exception) {
        return tl::unexpected<Error>(errorOf(exception, "Encoding a sound"));
    }
}

Result<MelCodes> MelVae::codesOf(const Latents& latents) const {
    if (!shape().quantised()) return noCodes();
    if (latents.latentDims != shape().latentDims || latents.frames().value == 0) return foreignLatents();
    try {
        useOneThreadHere();
        return codesOfLatents(m_impl->state, m_impl->state.weights.views, latents);
    } catch (const std::exception& exception) {
        return tl::unexpected<Error>(errorOf(exception, "Finding codes"));
    }
}

Result<Latents> MelVae::latentsOf(const MelCodes& codes, int levels) const {
    if (!shape().quantised()) return noCodes();
    const bool known =
        codes.levels == shape().levels && codes.frames().value > 0 && levels >= 0 && levels <= codes.levels &&
        codes.codes.size() % static_cast<std::size_t>(codes.levels) == 0 &&
        std::ranges::all_of(codes.codes, [&](int code) { return code < shape().codebookSize; });
    if (!known) return failure(ErrorCode::invalidArgument, "These codes do not belong to this model.");
    try {
        useOneThreadHere();
        return latentsOfCodes(m_impl->state, m_impl->state.weights.views, codes,
                              levels > 0 ? levels : codes.levels);
    } catch (const std::exception& exception) {
        return tl::unexpected<Error>(errorOf(exception, "Reading codes"));
    }
}

std::vector<float> MelVae::codeVectors(int level) const {
    if (level < 0 || level >= shape().levels) return {};
    const at::NoGradGuard noGradients;
    const LevelWeights& weights = m_impl->state.weights.views.levels[static_cast<std::size_t>(level)];
    return hostFloats(at::addmm(weights.outBias, m_impl->state.codebooks[level], weights.outWeight));
}

std::vector<float> MelVae::codebook(int level) const {
    if (level < 0 || level >= shape().levels) return {};
    return hostFloats(m_impl->state.codebooks[level]);
}

}  // namespace smidgen::models
