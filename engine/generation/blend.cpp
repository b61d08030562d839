#include "engine/generation/blend.h"

#include <algorithm>
#include <cmath>
#include <cstdio>
#include <numbers>
#include <span>

namespace smidgen {
namespace {

using models::Latents;
using models::MelVae;

constexpr std::size_t kMostAnchors = 24;

/// Row `frame` of g: one for all, or one each.
std::span<const float> globalAt(const Latents& latents, std::size_t globals, std::size_t frame) {
    if (globals == 0 || latents.g.size() < globals) return {};
    const std::size_t rows = latents.g.size() / globals;
    return {latents.g.data() + std::min(frame, rows - 1) * globals, globals};
}

}  // namespace

Result<Latents> exchangeLatents(const MelVae& from, const MelVae& into, const Latents& latents) {
    auto mel = from.decode(latents);
    if (!mel) return propagate(mel);
    return into.encode(*mel);
}

Result<BlendFit> measureBlend(const MelVae& into, const MelVae& from, const CancelToken& cancel) {
    BlendFit fit;
    const auto& anchors = from.anchors();
    double sum = 0;
    std::size_t values = 0;
    const std::size_t step = std::max<std::size_t>(1, (anchors.size() + kMostAnchors - 1) / kMostAnchors);
    for (std::size_t i = 0; i < anchors.size(); i += step) {
        if (cancel.cancelled()) return failure(ErrorCode::cancelled, "The models were not compared.");
        if (anchors[i].frames().value == 0) continue;
        auto mel = from.decode(anchors[i]);
        if (!mel) return propagate(mel);
        auto there = into.encode(*mel);
        if (!there) return propagate(there);
        auto back = into.decode(*there);
        if (!back) return propagate(back);
        const std::size_t count = std::min(mel->size(), back->size());
        for (std::size_t k = 0; k < count; ++k)
            sum += std::abs(static_cast<double>((*mel)[k]) - static_cast<double>((*back)[k]));
        values += count;
    }
    if (values == 0)
        return failure(ErrorCode::unusableInput, "The other model holds no training latents to compare by.");
    fit.errorDb = 20 / std::numbers::ln10 * sum / static_cast<double>(values);
    fit.fits = fit.errorDb <= kFarthestExchangeDb;
    if (!fit.fits) {
        char text[160];
        std::snprintf(
            text, sizeof text,
            "One model cannot say what the other says: sounds come out %.1f dB off, more than %.1f. "
            "Their sounds can be mixed.",
            fit.errorDb, kFarthestExchangeDb);
        fit.reason = text;
    }
    return fit;
}

void blendInto(Latents& path, const Latents& other, std::size_t globalDims, double ratio) {
    const auto dims = static_cast<std::size_t>(path.latentDims);
    if (dims == 0 || other.latentDims != path.latentDims || other.z.empty()) return;
    const std::size_t frames = path.z.size() / dims, others = other.z.size() / dims;
    const auto share = static_cast<float>(ratio);
    for (std::size_t t = 0; t < frames; ++t) {
        const float* z = other.z.data() + std::min(t, others - 1) * dims;
        for (std::size_t d = 0; d < dims; ++d) path.z[t * dims + d] += share * (z[d] - path.z[t * dims + d]);
    }
    // What one of them says once, it says in every frame.
    const std::size_t width = globalDims;
    if (width == 0 || path.g.size() < width || other.g.size() < width) return;
    std::vector<float> blended(frames * width);
    for (std::size_t t = 0; t < frames; ++t) {
        const auto a = globalAt(path, width, t), b = globalAt(other, width, t);
        for (std::size_t d = 0; d < width; ++d) blended[t * width + d] = a[d] + share * (b[d] - a[d]);
    }
    path.g = std::move(blended);
}

}  // namespace smidgen
