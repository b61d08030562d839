// Where rows lie.
#include "storage/vectors/row_table.h"

#include <gtest/gtest.h>

#include <array>

namespace smidgen::storage {
namespace {

TEST(RowTable, RowsLieOnCacheLinesHoweverManyLinksTheyHave) {
    const Space space = Space::hyperbolic(2);
    const RankShape shape(space);
    const std::array<double, 2> place{0.1, 0.2};
    const PackedPoint point = space.pack(Chart::ball, place).value().point;
    for (const std::size_t links : {4U, 6U, 16U, 32U, 50U}) {
        RowTable table(shape, links);
        for (std::uint64_t key = 0; key < 5; ++key) {
            const std::uint32_t slot = table.append(key, point).value();
            // The widest kernels read whole lines and fault off their borders.
            EXPECT_EQ(reinterpret_cast<std::uintptr_t>(table.row(slot)) % 64, 0U) << links << " links";
            table.linksOf(slot)[links - 1] = 7;
            EXPECT_EQ(table.row(slot)[0], point.coarse[0]);
        }
    }
}

}  // namespace
}  // namespace smidgen::storage
