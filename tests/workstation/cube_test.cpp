// Cubes of the library: changes go back bit for bit, and a take of a place can be made again.
#include <gtest/gtest.h>
#include <unistd.h>

#include <filesystem>

#include "engine/workstation/cube_listener.h"
#include "engine/workstation/cube_nodes.h"
#include "engine/workstation/cube_takes.h"

namespace smidgen {
namespace {

namespace fs = std::filesystem;

TEST(CubeOfTheLibrary, NodesGoBackAndTakesAreMadeAgain) {
    const fs::path folder = fs::temp_directory_path() / ("smidgen-cube-" + std::to_string(::getpid()));
    fs::remove_all(folder);
    Workstation::Options options;
    options.library = folder;
    options.device = models::DeviceChoice::cpu;
    options.threads = 1;
    auto station = Workstation::open(options);
    ASSERT_TRUE(station) << station.error().sentence;
    CubeDraft draft;
    draft.name = "drums";
    draft.size = {2, 1, 1};
    const auto cube = makeCube(**station, draft);
    ASSERT_TRUE(cube) << cube.error().sentence;
    const CubeId id = (*cube)->id;
    const std::string samples = "/usr/share/sonic-pi/samples/";
    const auto exactness = usualExactness(CubeContent::mel);
    ASSERT_TRUE(putOnCube(**station, id, {{{0, 0, 0}, samples + "drum_cowbell.flac", 0, {}}}, exactness));

    const std::vector<CubePlace> places{{0, 0, 0}, {1, 0, 0}};
    const auto before = keptNodes(**station, id, places);
    ASSERT_TRUE(before);
    EXPECT_TRUE((*before)[0].stream);
    EXPECT_FALSE((*before)[1].stream);
    ASSERT_TRUE(putOnCube(**station, id,
                          {{{0, 0, 0}, samples + "drum_snare_soft.flac", 0, {}},
                           {{1, 0, 0}, samples + "drum_tom_lo_soft.flac", 0, {}}},
                          exactness));
    EXPECT_NE((*before)[0].stream, (*keptNodes(**station, id, places))[0].stream);
    ASSERT_TRUE(putBack(**station, id, *before));
    const auto after = keptNodes(**station, id, places);
    EXPECT_EQ((*before)[0].stream, (*after)[0].stream);
    EXPECT_FALSE((*after)[1].stream);

    MorphRequest request;
    request.places = {{0.25, 0, 0}};
    request.seconds = 0.3;
    const auto made = makeTakeOf(**station, {id, request}, "a quarter");
    ASSERT_TRUE(made) << made.error().sentence;
    const auto take = (*station)->take(*made);
    EXPECT_EQ("a quarter", take->name);
    const auto read = cubeOf(take->recipe);
    ASSERT_TRUE(read);
    EXPECT_EQ(id, read->cube);
    EXPECT_EQ(0.25, read->request.places.front().x);
    const auto again = (*station)->render(take->recipe);
    ASSERT_TRUE(again) << again.error().sentence;
    const auto listener = CubeListener::open(**station, id);
    ASSERT_TRUE(listener) << listener.error().sentence;
    const auto heard = (*listener)->at(request);
    ASSERT_TRUE(heard);
    EXPECT_EQ(again->audio.channels, (*heard)->channels);
    EXPECT_EQ(*heard, *(*listener)->at(request)) << "the same sound, not another of the same samples";
    EXPECT_FALSE((*station)->generate({take->recipe, 1}));
    station->reset();
    fs::remove_all(folder);
}

}  // namespace
}  // namespace smidgen
