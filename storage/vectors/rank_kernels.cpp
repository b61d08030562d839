#include "storage/vectors/rank_kernels.h"

#include <array>

#include "storage/vectors/rank_loops.h"

namespace smidgen::storage {
namespace {

#define SMIDGEN_RANK_KERNELS(suffix, width, target)                                                       \
    target std::size_t findBlock##suffix(const RankShape& shape, const float* point, const float* blocks, \
                                         std::size_t from, std::size_t to, float threshold) {             \
        return loops::findBlock<width>(shape, point, blocks, from, to, threshold);                        \
    }                                                                                                     \
    target void rankBlock##suffix(const RankShape& shape, const float* point, const float* block,         \
                                  float* ranks) {                                                         \
        loops::rankBlock<width>(shape, point, block, ranks);                                              \
    }                                                                                                     \
    target void rankRows##suffix(const RankShape& shape, const float* point, const float* const* rows,    \
                                 std::size_t count, float* ranks) {                                       \
        loops::rankRows<width>(shape, point, rows, count, ranks);                                         \
    }

SMIDGEN_RANK_KERNELS(Portable, 4, )
constexpr RankKernels kPortable{"portable", findBlockPortable, rankBlockPortable, rankRowsPortable};

#if defined(__x86_64__)
SMIDGEN_RANK_KERNELS(Avx2, 8, [[gnu::target("avx2,fma")]])
SMIDGEN_RANK_KERNELS(Avx512, 16, [[gnu::target("avx2,fma,avx512f,avx512vl,avx512dq")]])
constexpr RankKernels kAvx2{"avx2", findBlockAvx2, rankBlockAvx2, rankRowsAvx2};
constexpr RankKernels kAvx512{"avx512", findBlockAvx512, rankBlockAvx512, rankRowsAvx512};
#endif

}  // namespace

RankShape::RankShape(const Space& space) : m_columns(space.packedSize()) {
    std::size_t first = 0;
    for (const Factor& factor : space.factors()) {
        const std::size_t size = packedSize(factor);
        const std::size_t count = factor.kind == FactorKind::hyperbolic ? size - 1 : size;
        m_parts.push_back({factor.kind, first, count, static_cast<float>(factor.curvature)});
        first += size;
    }
    if (m_parts.size() == 1)
        m_form = m_parts.front().kind == FactorKind::hyperbolic ? Form::gap : Form::difference;
}

std::span<const RankKernels> availableRankKernels() {
#if defined(__x86_64__)
    static const std::array<RankKernels, 3> kAll{kPortable, kAvx2, kAvx512};
    static const std::size_t kCount = [] {
        if (!__builtin_cpu_supports("avx2") || !__builtin_cpu_supports("fma")) return std::size_t{1};
        const bool wide = __builtin_cpu_supports("avx512f") && __builtin_cpu_supports("avx512vl") &&
                          __builtin_cpu_supports("avx512dq");
        return wide ? std::size_t{3} : std::size_t{2};
    }();
    return std::span(kAll).first(kCount);
#else
    static const std::array<RankKernels, 1> kAll{kPortable};
    return kAll;
#endif
}

}  // namespace smidgen::storage
