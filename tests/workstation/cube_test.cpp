// Cubes of the library: changes go back bit for bit, and a take of a place can be made again.
#include <gtest/gtest.h>
#include <unistd.h>

#include <algorithm>
#include <cmath>
#include <filesystem>

#include "engine/library/library.h"
#include "engine/workstation/cube_fill.h"
#include "engine/workstation/cube_listener.h"
#include "engine/workstation/cube_nodes.h"
#include "engine/workstation/cube_takes.h"

namespace smidgen {
namespace {

namespace fs = std::filesystem;

/// A library with nothing in it.
Result<std::unique_ptr<Workstation>> openAnew(const fs::path& folder) {
    fs::remove_all(folder);
    Workstation::Options options;
    options.library = folder;
    options.device = models::DeviceChoice::cpu;
    options.threads = 1;
    return Workstation::open(options);
}

TEST(CubeOfTheLibrary, NodesGoBackAndTakesAreMadeAgain) {
    const fs::path folder = fs::temp_directory_path() / ("smidgen-cube-" + std::to_string(::getpid()));
    auto station = openAnew(folder);
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

    // The take is what it was, whatever becomes of the cube.
    ASSERT_TRUE(putOnCube(**station, id, {{{0, 0, 0}, samples + "elec_bell.flac", 0, {}}}, exactness));
    const auto other = listenToCube(**station, id, request);
    ASSERT_TRUE(other) << other.error().sentence;
    EXPECT_NE(again->audio.channels, other->channels);
    ASSERT_TRUE(trashCube(**station, id));
    ASSERT_TRUE(purgeCube(**station, id));
    const auto rebuilt = (*station)->render(take->recipe);
    ASSERT_TRUE(rebuilt) << rebuilt.error().sentence;
    EXPECT_EQ(again->audio.channels, rebuilt->audio.channels);
    // Made before Griffin-Lim was followed by corrections, it would have been without, and stays so.
    Recipe earlier = take->recipe;
    earlier.griffinLim.rounds = 0;
    const auto without = (*station)->render(earlier);
    ASSERT_TRUE(without) << without.error().sentence;
    EXPECT_NE(again->audio.channels, without->audio.channels);
    station->reset();
    fs::remove_all(folder);
}

TEST(CubeOfTheLibrary, AModelMakesTheGapsAndAxesAreNamed) {
    const fs::path folder = fs::temp_directory_path() / ("smidgen-gaps-" + std::to_string(::getpid()));
    auto station = openAnew(folder);
    ASSERT_TRUE(station) << station.error().sentence;
    const auto base = Workstation::shippedBase(ModelKind::vae);
    ASSERT_TRUE(base) << "a base comes with the program";
    CubeDraft draft;
    draft.name = "drums";
    draft.size = {3, 2, 1};
    const auto cube = makeCube(**station, draft);
    ASSERT_TRUE(cube) << cube.error().sentence;
    const CubeId id = (*cube)->id;
    EXPECT_EQ(ErrorCode::notFound, renderGaps(**station, id, base->string()).error().code) << "it is empty";
    const std::string samples = "/usr/share/sonic-pi/samples/";
    ASSERT_TRUE(putOnCube(**station, id,
                          {{{0, 0, 0}, samples + "drum_cowbell.flac", 0, {}},
                           {{2, 1, 0}, samples + "drum_snare_soft.flac", 0, {}}},
                          usualExactness(CubeContent::mel)));
    EXPECT_FALSE(renderGaps(**station, id, {})) << "a cube of sounds needs to be told the model";
    CancelToken cancelled;
    cancelled.cancel();
    EXPECT_EQ(ErrorCode::cancelled, renderGaps(**station, id, base->string(), cancelled).error().code);

    std::size_t told = 0;
    const auto filled = renderGaps(**station, id, base->string(), {}, [&](std::size_t done, std::size_t of) {
        EXPECT_EQ(4U, of);
        told = done;
    });
    ASSERT_TRUE(filled) << filled.error().sentence;
    EXPECT_EQ(4U, filled->size());
    EXPECT_EQ(4U, told);
    const auto again = renderGaps(**station, id, base->string());
    ASSERT_TRUE(again);
    for (std::size_t i = 0; i < filled->size(); ++i) EXPECT_EQ((*filled)[i].stream, (*again)[i].stream);
    ASSERT_TRUE(putBack(**station, id, *filled));
    const auto figures = figuresOf(**station, id);
    ASSERT_TRUE(figures);
    ASSERT_EQ(6U, figures->nodes.size());
    const auto lengthOf = [&](const CubePlace& place) {
        for (const CubeNodeFigures& node : figures->nodes)
            if (node.place == place) return node.seconds;
        return 0.0;
    };
    // Between the two, and the nearer to one the more like it.
    const double first = lengthOf({0, 0, 0}), last = lengthOf({2, 1, 0});
    EXPECT_GT(lengthOf({1, 0, 0}), std::min(first, last));
    EXPECT_LT(lengthOf({1, 0, 0}), std::max(first, last));
    EXPECT_LT(std::abs(lengthOf({1, 0, 0}) - first), std::abs(lengthOf({1, 1, 0}) - first));
    const auto node = sampleCube(**station, id, {1, 0, 0}, {});
    ASSERT_TRUE(node);
    const auto values = (*node)->floats();
    EXPECT_TRUE(std::ranges::all_of(values, [](float value) { return std::isfinite(value); }));
    EXPECT_GT(*std::ranges::max_element(values), -6.0F) << "there is a sound, not silence";
    EXPECT_EQ(ErrorCode::invalidArgument, renderGaps(**station, id, base->string()).error().code) << "full";

    ASSERT_TRUE(nameCubeAxes(**station, id, {"dark → bright", "Dry", "z"}));
    EXPECT_EQ("dark → bright", (*station)->items().cube(id)->axes[0]);
    EXPECT_EQ(6U, (*station)->items().cube(id)->nodes);
    EXPECT_FALSE(nameCubeAxes(**station, id, {"", "Dry", "z"}));
    station->reset();
    fs::remove_all(folder);
}

}  // namespace
}  // namespace smidgen
