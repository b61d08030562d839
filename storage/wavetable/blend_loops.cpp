#include "storage/wavetable/blend_loops.h"

#include <algorithm>

#include "storage/wavetable/processor_versions.h"

namespace smidgen::storage {
namespace {

/// One pass over at most eight inputs; a strip is short enough to stay in the first cache between passes.
constexpr std::size_t kStrip = 2048;

SMIDGEN_EACH_PROCESSOR
void blendEight(float* __restrict out, const float* const* in, const float* w, std::size_t n) {
    const float *a = in[0], *b = in[1], *c = in[2], *d = in[3];
    const float *e = in[4], *f = in[5], *g = in[6], *h = in[7];
    const float wa = w[0], wb = w[1], wc = w[2], wd = w[3], we = w[4], wf = w[5], wg = w[6], wh = w[7];
    for (std::size_t i = 0; i < n; ++i)
        out[i] = ((wa * a[i] + wb * b[i]) + (wc * c[i] + wd * d[i])) +
                 ((we * e[i] + wf * f[i]) + (wg * g[i] + wh * h[i]));
}

SMIDGEN_EACH_PROCESSOR
void blendFour(float* __restrict out, const float* const* in, const float* w, std::size_t n) {
    const float *a = in[0], *b = in[1], *c = in[2], *d = in[3];
    const float wa = w[0], wb = w[1], wc = w[2], wd = w[3];
    for (std::size_t i = 0; i < n; ++i) out[i] = (wa * a[i] + wb * b[i]) + (wc * c[i] + wd * d[i]);
}

SMIDGEN_EACH_PROCESSOR
void blendTwo(float* __restrict out, const float* const* in, const float* w, std::size_t n) {
    const float *a = in[0], *b = in[1];
    const float wa = w[0], wb = w[1];
    for (std::size_t i = 0; i < n; ++i) out[i] = wa * a[i] + wb * b[i];
}

SMIDGEN_EACH_PROCESSOR
void blendOne(float* __restrict out, const float* a, float w, std::size_t n) {
    for (std::size_t i = 0; i < n; ++i) out[i] = w * a[i];
}

SMIDGEN_EACH_PROCESSOR
void addOne(float* __restrict out, const float* a, float w, std::size_t n) {
    for (std::size_t i = 0; i < n; ++i) out[i] += w * a[i];
}

void blendStrip(float* out, const float* const* inputs, const float* weights, std::size_t parts,
                std::size_t from, std::size_t n) {
    const float* moved[8] = {};
    std::size_t done = parts >= 8 ? 8 : parts >= 4 ? 4 : parts >= 2 ? 2 : 1;
    for (std::size_t k = 0; k < done; ++k) moved[k] = inputs[k] + from;
    if (done == 8) blendEight(out + from, moved, weights, n);
    if (done == 4) blendFour(out + from, moved, weights, n);
    if (done == 2) blendTwo(out + from, moved, weights, n);
    if (done == 1) blendOne(out + from, moved[0], weights[0], n);
    for (; done < parts; ++done) addOne(out + from, inputs[done] + from, weights[done], n);
}

}  // namespace

void blend(float* out, const float* const* inputs, const float* weights, std::size_t parts,
           std::size_t count) noexcept {
    for (std::size_t from = 0; from < count; from += kStrip)
        blendStrip(out, inputs, weights, parts, from, std::min(kStrip, count - from));
}

}  // namespace smidgen::storage
