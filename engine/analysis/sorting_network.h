// Many places sorted at once, for their medians: a network on vectors.
#pragma once

#include <array>
#include <cstddef>
#include <utility>

namespace smidgen {

/// Merge exchange (Batcher 1968; Knuth, The Art of Computer Programming 5.2.2M) of `kLength` numbers.
template <std::size_t kLength>
struct SortingNetwork {
    std::array<std::pair<std::size_t, std::size_t>, 128> exchanges{};
    std::size_t count = 0;

    constexpr SortingNetwork() {
        std::size_t top = 1;
        while (2 * top < kLength) top *= 2;
        for (std::size_t p = top; p > 0; p /= 2) {
            std::size_t q = top, r = 0, d = p;
            for (;;) {
                for (std::size_t i = 0; i + d < kLength; ++i)
                    if ((i & p) == r) exchanges[count++] = {i, i + d};
                if (q == p) break;
                d = q - p;
                q /= 2;
                r = p;
            }
        }
    }
};

/// Sorts vectors place by place; the median of an odd count is the middle one. `v`: kLength of a vector type
/// whose places order by <. What is not read afterwards is left to the compiler to drop.
template <std::size_t kLength, typename Lanes, std::size_t... kSteps>
[[gnu::always_inline]] inline void sortByNetwork(Lanes* v, std::index_sequence<kSteps...>) {
    constexpr SortingNetwork<kLength> kNetwork;
    const auto exchange = [v](std::size_t a, std::size_t b) __attribute__((always_inline)) {
        const Lanes low = v[a] < v[b] ? v[a] : v[b];
        v[b] = v[a] < v[b] ? v[b] : v[a];
        v[a] = low;
    };
    (exchange(kNetwork.exchanges[kSteps].first, kNetwork.exchanges[kSteps].second), ...);
}
template <std::size_t kLength, typename Lanes>
[[gnu::always_inline]] inline void sortByNetwork(Lanes (&v)[kLength]) {
    sortByNetwork<kLength>(static_cast<Lanes*>(v),
                           std::make_index_sequence<SortingNetwork<kLength>().count>{});
}

}  // namespace smidgen
