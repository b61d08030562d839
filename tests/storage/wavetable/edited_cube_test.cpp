#include "storage/wavetable/edited_cube.h"

#include "storage/wavetable/cube_file.h"
#include "storage/wavetable/lazy_cube.h"
#include "tests/storage/wavetable/material.h"

namespace smidgen::storage {
namespace {

using namespace testing;

NodePointer constant(float value) {
    return valueOf(makeNode({1, 4, 1}, std::vector<float>(4, value)));
}
Bytes streamOf(float value) {
    return valueOf(encodeNode(*constant(value), {Codec::exact, {0, 0}})).stream;
}
/// Places 1, 3, 5 of a row of seven hold their own number.
std::shared_ptr<const NodeStorage> row() {
    auto cube = valueOf(EncodedCube::create({{7, 1, 1}, {"a", "b", "c"}}));
    for (const std::uint32_t x : {5U, 1U, 3U})
        EXPECT_TRUE(cube->set({x, 0, 0}, streamOf(static_cast<float>(x))));
    return std::shared_ptr<const NodeStorage>(std::move(cube));
}
std::vector<float> valuesOf(const EditedCube& cube) {
    std::vector<float> values;
    for (std::size_t i = 0; i < cube.nodes().size(); ++i) {
        const float value = valueOf(decodeNode(valueOf(cube.read(i))))->floats()[0];
        EXPECT_EQ(cube.nodes()[i].length, valueOf(cube.read(i)).size());
        values.push_back(value);
    }
    return values;
}

TEST(EditedCubes, NodesArePutReplacedAndTakenAwayInTheirOrder) {
    EditedCube cube(row());
    EXPECT_EQ((std::vector<float>{1, 3, 5}), valuesOf(cube));
    ASSERT_TRUE(cube.set({4, 0, 0}, streamOf(40)));
    ASSERT_TRUE(cube.set({3, 0, 0}, streamOf(30)));
    ASSERT_TRUE(cube.set({6, 0, 0}, streamOf(60)));
    ASSERT_TRUE(cube.set({0, 0, 0}, streamOf(7)));
    EXPECT_EQ((std::vector<float>{7, 1, 30, 40, 5, 60}), valuesOf(cube));
    ASSERT_TRUE(cube.erase({1, 0, 0}));
    ASSERT_TRUE(cube.erase({4, 0, 0}));
    EXPECT_EQ((std::vector<float>{7, 30, 5, 60}), valuesOf(cube));
    EXPECT_EQ(ErrorCode::notFound, cube.erase({1, 0, 0}).error().code);
    EXPECT_EQ(ErrorCode::invalidArgument, cube.erase({7, 0, 0}).error().code);
    EXPECT_EQ(ErrorCode::invalidArgument, cube.set({0, 1, 0}, streamOf(1)).error().code);
    EXPECT_EQ(ErrorCode::unusableInput, cube.set({0, 0, 0}, Bytes(9)).error().code);
    EXPECT_EQ((std::vector<float>{7, 30, 5, 60}), valuesOf(cube)) << "what was refused changed nothing";
    const auto written = valueOf(parseCube(valueOf(cubeBytes(cube))));
    EXPECT_EQ(4U, written->nodes().size());
}

}  // namespace
}  // namespace smidgen::storage
