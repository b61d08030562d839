#include "tests/architecture/room_rules.h"

#include <gtest/gtest.h>

namespace smidgen::architecture {
namespace {

const std::vector<std::string> kRooms{"app", "ui", "engine", "models", "storage"};

std::string listed(const std::vector<std::string>& sentences) {
    std::string text;
    for (const std::string& sentence : sentences) text += sentence + "\n";
    return text;
}

std::vector<SourceFile> sample(const std::string& path, const std::string& include) {
    return {sourceFromText(path, "// A sample.\n#pragma once\n#include " + include + "\n")};
}

TEST(Rooms, IncludeOnlyWhatLiesBelowThem) {
    const auto files = readSources(SMIDGEN_SOURCE_DIR, kRooms);
    ASSERT_GT(files.size(), 30U);
    EXPECT_EQ("", listed(roomViolations(files)));
}

TEST(Rooms, KeepForeignLibrariesToThemselves) {
    EXPECT_EQ("", listed(foreignViolations(readSources(SMIDGEN_SOURCE_DIR, kRooms))));
}

TEST(RoomRules, RefuseEachWrongDirection) {
    const std::vector<std::pair<std::string, std::string>> wrong{
        {"engine/jobs/x.cpp", "\"ui/train/page.h\""},
        {"engine/workstation/x.cpp", "\"engine/playback/playback.h\""},
        {"engine/audio/x.h", "\"engine/analysis/stft.h\""},
        {"engine/foundation/x.h", "\"engine/audio/audio_buffer.h\""},
        {"models/x.cpp", "\"engine/audio/audio_buffer.h\""},
        {"models/x.cpp", "\"storage/blocks.h\""},
        {"storage/x.cpp", "\"models/device.h\""},
        {"ui/train/x.cpp", "\"models/mel_vae.h\""},
        {"ui/train/x.cpp", "\"engine/jobs/trainer.h\""},
        {"ui/train/x.cpp", "\"app/studio/main.h\""},
        {"app/cli/x.cpp", "\"ui/theme/theme.h\""},
        {"app/cli/x.cpp", "\"engine/playback/playback.h\""},
        {"app/studio/x.cpp", "\"engine/jobs/trainer.h\""},
        {"attic/x.cpp", "<vector>"},
    };
    for (const auto& [path, include] : wrong) {
        EXPECT_EQ(1U, roomViolations(sample(path, include)).size()) << path << " includes " << include;
    }
}

TEST(RoomRules, AllowTheNaturalDirections) {
    const std::vector<std::pair<std::string, std::string>> right{
        {"app/studio/main.cpp", "\"ui/theme/theme.h\""},
        {"app/cli/x.cpp", "\"models/device.h\""},
        {"ui/train/x.cpp", "\"engine/workstation/workstation.h\""},
        {"engine/jobs/x.cpp", "\"models/mel_vae.h\""},
        {"models/x.cpp", "\"engine/foundation/result.h\""},
        {"storage/x.cpp", "\"engine/foundation/result.h\""},
    };
    for (const auto& [path, include] : right) {
        EXPECT_EQ("", listed(roomViolations(sample(path, include)))) << path << " includes " << include;
    }
}

TEST(RoomRules, RefuseForeignHeadersElsewhere) {
    const std::vector<std::pair<std::string, std::string>> wrong{
        {"engine/jobs/x.cpp", "<torch/torch.h>"},
        {"app/cli/x.cpp", "<ATen/ATen.h>"},
        {"engine/playback/x.cpp", "<QTimer>"},
        {"app/cli/x.cpp", "<QtCore/QString>"},
        {"ui/x.cpp", "<juce_core/juce_core.h>"},
        {"engine/collections/x.cpp", "<sndfile.h>"},
        {"engine/analysis/x.cpp", "<soxr.h>"},
        {"ui/x.cpp", "<taglib/fileref.h>"},
        {"engine/generation/x.cpp", "<ebur128.h>"},
        {"engine/generation/x.cpp", "<fftw3.h>"},
        {"ui/x.cpp", "<lo/lo.h>"},
        {"engine/control/x.cpp", "<jack/jack.h>"},
        {"models/x.cpp", "<xxhash.h>"},
        {"engine/library/x.cpp", "<sqlite3.h>"},
        {"ui/x.cpp", "<CLI/CLI.hpp>"},
        {"engine/jobs/x.cpp", "<spdlog/spdlog.h>"},
        {"ui/x.cpp", "<readerwriterqueue.h>"},
    };
    for (const auto& [path, include] : wrong) {
        EXPECT_EQ(1U, foreignViolations(sample(path, include)).size()) << path << " includes " << include;
    }
}

TEST(RoomRules, RefuseAHeaderThatCarriesAForeignLibraryOutOfItsRoom) {
    const std::vector<SourceFile> files{
        sourceFromText("models/tensor_names.h", "#include <ATen/ATen.h>\n"),
        sourceFromText("models/blocks.h", "#include \"models/tensor_names.h\"\n"),
        sourceFromText("models/blocks.cpp", "#include \"models/blocks.h\"\n"),
        sourceFromText("engine/jobs/runner.cpp", "#include <vector>\n#include \"models/blocks.h\"\n"),
    };
    const auto found = foreignViolations(files);
    ASSERT_EQ(1U, found.size()) << listed(found);
    EXPECT_TRUE(found.front().starts_with("engine/jobs/runner.cpp:2:")) << found.front();
}

}  // namespace
}  // namespace smidgen::architecture
