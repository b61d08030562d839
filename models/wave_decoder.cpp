#include "models/wave_decoder.h"

#include <ATen/ATen.h>

#include <optional>
#include <utility>

#include "engine/foundation/atomic_file.h"
#include "models/mel_vae_state.h"
#include "models/tensor_storage.h"
#include "models/torch_support.h"
#include "models/wave_network.h"
#include "models/wave_state.h"

namespace smidgen::models {

struct WaveDecoder::Impl {
    WaveDecoderShape shape;
    at::Tensor flat;
    WaveWeights weights;
    std::optional<WaveInference> inference;  ///< on the CPU
    std::map<std::string, std::string> metadata;
};

WaveDecoder::WaveDecoder(std::unique_ptr<Impl> impl) : m_impl(std::move(impl)) {}
WaveDecoder::WaveDecoder(WaveDecoder&&) noexcept = default;
WaveDecoder& WaveDecoder::operator=(WaveDecoder&&) noexcept = default;
WaveDecoder::~WaveDecoder() = default;

Result<WaveDecoder> WaveDecoder::load(const std::filesystem::path& path, DeviceKind device) {
    auto file = loadWeights(path);
    if (!file) return propagate(file);
    const std::string name = displayName(path);
    if (auto known = checkIdentity(file->metadata, kDecoderKind, name); !known) return propagate(known);
    try {
        useOneThreadHere();
        const at::NoGradGuard noGradients;
        auto impl = std::make_unique<Impl>();
        auto shape = loadWaveShape(*file, name);
        if (!shape) return propagate(shape);
        impl->shape = std::move(*shape);
        auto flat = loadWaveWeights(*file, impl->shape, name);
        if (!flat) return propagate(flat);
        impl->flat = flat->to(torchDevice(device));
        viewFlat(parameterSlots(impl->shape, impl->weights), impl->flat);
        if (impl->flat.device().is_cpu()) impl->inference.emplace(impl->shape, valuesOf(impl->weights));
        impl->metadata = callersMetadata(file->metadata);
        return WaveDecoder(std::move(impl));
    } catch (const std::exception& exception) {
        return tl::unexpected<Error>(errorOf(exception, "Opening the decoder '" + name + "'"));
    }
}

const WaveDecoderShape& WaveDecoder::shape() const {
    return m_impl->shape;
}
const std::map<std::string, std::string>& WaveDecoder::metadata() const {
    return m_impl->metadata;
}
std::int64_t WaveDecoder::parameterCount() const {
    return m_impl->flat.numel();
}
int WaveDecoder::reach() const {
    return m_impl->shape.blocks * (kBlockKernel / 2);
}

Status WaveDecoder::spectra(std::span<const float> inputs, std::span<const float> skeleton,
                            std::vector<std::complex<float>>& out) const {
    const WaveDecoderShape& shape = m_impl->shape;
    const std::int64_t width = shape.inputs(), bins = shape.bins();
    const std::int64_t frames = static_cast<std::int64_t>(inputs.size()) / width;
    if (frames == 0 || static_cast<std::int64_t>(inputs.size()) != frames * width ||
        static_cast<std::int64_t>(skeleton.size()) != frames * bins)
        return failure(ErrorCode::invalidArgument, "A sound to decode must have at least one whole frame.");
    try {
        out.resize(static_cast<std::size_t>(frames * bins));
        float* const spectra = reinterpret_cast<float*>(out.data());
        if (m_impl->inference) {
            m_impl->inference->run(frames, inputs.data(), skeleton.data(), spectra);
            return {};
        }
        const at::NoGradGuard noGradients;
        const auto view = [&](std::span<const float> from, std::int64_t columns) {
            return at::from_blob(const_cast<float*>(from.data()), {1, frames, columns}, at::kFloat)
                .to(m_impl->flat.device());
        };
        at::from_blob(spectra, {frames, bins, 2}, at::kFloat)
            .copy_(runWaveNetwork(shape, m_impl->weights, view(inputs, width), view(skeleton, bins))[0]);
        return {};
    } catch (const std::exception& exception) {
        return tl::unexpected<Error>(errorOf(exception, "Decoding a sound"));
    }
}

}  // namespace smidgen::models
