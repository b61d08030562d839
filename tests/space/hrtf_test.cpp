// Sets of ears from files, good and bad.
#include "engine/space/hrtf.h"

#include <gtest/gtest.h>
#include <unistd.h>

#include <fstream>
#include <iterator>
#include <string>

#include "engine/space/source_path.h"

namespace smidgen {
namespace {

namespace fs = std::filesystem;

TEST(HrtfFile, TheDefaultIsThereAndHasManyDirections) {
    const auto file = Hrtf::defaultFile();
    ASSERT_TRUE(file) << file.error().sentence;
    const auto ears = Hrtf::load(*file);
    ASSERT_TRUE(ears) << ears.error().sentence;
    EXPECT_EQ(ears->directions(), 710) << "MIT KEMAR";
    EXPECT_NEAR(ears->radius(), 1.4, 0.01);
}

TEST(HrtfFile, EveryResponseBeginsAtTheSamePlace) {
    const auto ears = Hrtf::load(*Hrtf::defaultFile());
    ASSERT_TRUE(ears);
    for (double azimuth = 0; azimuth < 360; azimuth += 7)
        for (const Ear ear : {Ear::left, Ear::right}) {
            const EarFilter filter = ears->filter(ear, azimuth, 10);
            float peak = 0;
            for (const float x : filter.response) peak = std::max(peak, std::abs(x));
            for (int i = 0; i + 3 < kHrtfOnset; ++i)
                EXPECT_LT(std::abs(filter.response[static_cast<std::size_t>(i)]), 0.2F * peak) << azimuth;
            EXPECT_GE(filter.delay, 0);
            EXPECT_LT(filter.delay, 60);
        }
}

TEST(HrtfFile, WhatIsNoneIsRefusedWithASentence) {
    const fs::path folder = fs::temp_directory_path() / ("smidgen-hrtf-" + std::to_string(::getpid()));
    fs::create_directories(folder);
    EXPECT_EQ(Hrtf::load(folder / "missing.sofa").error().code, ErrorCode::notFound);
    EXPECT_EQ(Hrtf::load(folder).error().code, ErrorCode::unusableInput);
    std::ifstream in(*Hrtf::defaultFile(), std::ios::binary);
    const std::string whole{std::istreambuf_iterator<char>(in), {}};
    for (const std::string& bytes : {std::string(), std::string("Dear reader"), whole.substr(0, 1000),
                                     whole.substr(0, whole.size() / 2), std::string(5000, '\xFF')}) {
        std::ofstream(folder / "bad.sofa", std::ios::binary) << bytes;
        const auto ears = Hrtf::load(folder / "bad.sofa");
        ASSERT_FALSE(ears) << bytes.size();
        EXPECT_EQ(ears.error().code, ErrorCode::unusableInput);
        EXPECT_NE(ears.error().sentence.find("bad.sofa"), std::string::npos);
    }
    fs::remove_all(folder);
}

TEST(SourcePath, GoesStraightFromPointToPoint) {
    const std::vector<SourcePoint> path{{0, {0, 0, 1}}, {2, {180, 40, 3}}, {4, {360, 0, 3}}};
    EXPECT_EQ(positionAt(path, -1), path[0].position);
    EXPECT_EQ(positionAt(path, 1), (SourcePosition{90, 20, 2}));
    EXPECT_EQ(positionAt(path, 2), path[1].position);
    EXPECT_EQ(positionAt(path, 3), (SourcePosition{270, 20, 3}));
    EXPECT_EQ(positionAt(path, 9), path[2].position);
}

}  // namespace
}  // namespace smidgen
