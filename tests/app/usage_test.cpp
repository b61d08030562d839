// Wrong usage is refused with what would be right; help is complete.
#include <gtest/gtest.h>

#include "tests/app/scratch.h"
#include "tests/app/smidgen_process.h"

namespace smidgen::test {
namespace {

struct Refused {
    std::vector<std::string> arguments;
    std::string says;
};

TEST(Usage, NamesTheNearestValidWord) {
    const std::vector<Refused> cases{
        {{"trian", "x"}, "Did you mean 'train'?"},
        {{"dataset", "scam", "x"}, "Did you mean 'scan'?"},
        {{"generate", "--modle", "m", "--out", "x.wav"}, "Did you mean '--model'?"},
        {{"train", "x", "--sed=4"}, "Did you mean '--seed'?"},
        {{"train", "x", "--mode", "studo"}, "Did you mean 'studio'?"},
        {{"train", "x", "--kind", "gan"}, "'gan' is none of vae, rvq."},
        {{"--device", "gpu", "devices"}, "auto, cpu, cuda, mps"},
        {{"devices", "--jason"}, "Did you mean '--json'?"},
        {{"generate", "--model", "m", "--out", "x.wav", "--format", "flacc"}, "Did you mean 'flac'?"},
    };
    for (const Refused& one : cases) {
        const Ending ending = smidgen(one.arguments);
        EXPECT_EQ(2, ending.exitCode) << one.says << "\n" << ending.err;
        EXPECT_NE(std::string::npos, ending.err.find(one.says)) << one.says << "\n" << ending.err;
        EXPECT_EQ("", ending.out);
    }
}

TEST(Usage, RefusesValuesOutsideTheirRange) {
    const std::vector<Refused> cases{
        {{"train", "x", "--steps", "0"}, "whole number from 1"},
        {{"train", "x", "--steps", "many"}, "'many' is not a whole number"},
        {{"train", "x", "--minutes", "nan"}, "not a number from"},
        {{"train", "x", "--held-out", "0.9"}, "from 0 to 0.5"},
        {{"train", "x", "--minutes", "1", "--steps", "10"}, "excludes"},
        {{"train"}, "PATH is required"},
        {{"train", "x", "--add-to", "m", "--kind", "rvq"}, "excludes"},
        {{"train", "x", "--add-to", "m", "--from-zero"}, "excludes"},
        {{"train-prior", "--model", "m", "--mode", "studo"}, "Did you mean 'studio'?"},
        {{"train-decoder", "x", "--out", "y", "--base", "griffin-lim"}, "has no weights"},
        {{"generate", "--model", "m"}, "--out is required"},
        {{"generate", "--model", "m", "--out", "x.wav", "--seed", "-1"}, "whole number from 0"},
        {{"generate", "--model", "m", "--out", "x.wav", "--duration", "1e9"}, "from 0.05 to 3600"},
        {{"generate", "--model", "m", "--out", "x.wav", "--width", "2"}, "from 0 to 1.5"},
        {{"generate", "--model", "", "--out", "x.wav"}, "the value is empty"},
        {{"generate", "--out", "x.wav"}, "Name a model"},
        {{"generate", "--model", "m", "--out", "x.xyz"}, "no sound format"},
        {{"generate", "--model", "m", "--out", "x.wav", "--count", "2"}, "Name a folder"},
        {{"generate", "--model", "m", "--out", "x.wav", "--format", "flac"}, "--format says flac"},
        {{"generate", "--model", "m", "--out", "x.flac", "--depth", "32f"}, "FLAC"},
        {{"generate", "--model", "m", "--out", "x.opus", "--rate", "44100"}, "48000"},
        {{"reconstruct", "--model", "m", "--input", "x", "--out", "."}, "names a folder"},
        {{"evaluate", "--model", "m"}, "Name sounds"},
        {{"synthesize"}, "--out is required"},
        {{"synthesize", "--out", "x", "--family", "modl"}, "Did you mean 'modal'?"},
        {{"synthesize", "--out", "x", "--seconds", "0"}, "from 0.05 to 600"},
        {{"synthesize", "--out", "x", "--count", "0"}, "whole number from 1"},
        {{"synthesize", "--out", "x", "--format", "opus", "--rate", "44100"}, "48000"},
    };
    const Scratch library;
    for (Refused one : cases) {
        one.arguments.insert(one.arguments.end(), {"--library", library.path().string()});
        const Ending ending = smidgen(one.arguments);
        EXPECT_EQ(2, ending.exitCode) << one.says << "\n" << ending.err;
        EXPECT_NE(std::string::npos, ending.err.find(one.says)) << one.says << "\n" << ending.err;
    }
}

TEST(Usage, WithJsonAnErrorIsADocument) {
    const Ending ending = smidgen({"train", "x", "--mode", "studo", "--json"});
    EXPECT_EQ(2, ending.exitCode);
    const auto json = ending.json();
    ASSERT_TRUE(json.is_object()) << ending.out;
    EXPECT_EQ("invalid_argument", json["error"]["code"]);
}

TEST(Usage, NoCommandShowsTheHelp) {
    const Ending ending = smidgen({});
    EXPECT_EQ(2, ending.exitCode);
    EXPECT_NE(std::string::npos, ending.err.find("generate"));
}

TEST(Help, OfEveryCommandHasOptionsAndExamples) {
    const std::vector<std::pair<std::vector<std::string>, std::vector<std::string>>> commands{
        {{},
         {"--library", "--device", "--threads", "--json", "--quiet", "--log", "dataset", "demo",
          "Exit codes"}},
        {{"dataset", "scan"}, {"PATH", "smidgen dataset scan"}},
        {{"train"},
         {"PATH", "--out", "--name", "--mode", "--minutes", "--steps", "--cpu-seconds", "--seed", "--resume",
          "--held-out", "--previews", "--force", "--kind", "--add-to", "--starred", "smidgen train"}},
        {{"train-prior"}, {"--model", "PATH", "--mode", "6 layers of 256", "smidgen train-prior"}},
        {{"train-decoder"}, {"--base", "--through", "5e-5", "smidgen generate"}},
        {{"generate"},
         {"--model", "--out", "--duration", "--count", "--seed", "--space", "--width", "--variation",
          "--format", "--rate", "--depth", "--recipe", "--lufs", "smidgen generate"}},
        {{"reconstruct"}, {"--model", "--input", "--out", "smidgen reconstruct"}},
        {{"evaluate"}, {"--model", "PATH", "mel_error_db", "smidgen evaluate"}},
        {{"model", "list"}, {"smidgen model list"}},
        {{"model", "show"}, {"MODEL", "smidgen model show"}},
        {{"devices"}, {"smidgen devices"}},
        {{"control", "listen"}, {"--osc-port", "--midi", "--no-midi", "--seconds", "--count", "Ctrl-C"}},
        {{"control", "list"}, {"--settings", "smidgen control list"}},
        {{"control", "send"}, {"ADDRESS", "VALUE", "--port", "--wait", "smidgen control send"}},
        {{"demo"}, {"--out", "--minutes", "smidgen demo"}},
        {{"synthesize"},
         {"--out", "--count", "--seed", "--seconds", "--family", "--format", "smidgen synthesize"}},
    };
    for (const auto& [command, words] : commands) {
        std::vector<std::string> arguments = command;
        arguments.emplace_back("--help");
        const Ending ending = smidgen(arguments);
        EXPECT_EQ(0, ending.exitCode) << ending.err;
        for (const std::string& word : words) {
            EXPECT_NE(std::string::npos, ending.out.find(word)) << word << " is not in\n" << ending.out;
        }
    }
}

TEST(Help, SharedOptionsMayStandBeforeOrAfterTheCommand) {
    for (const auto& arguments : {std::vector<std::string>{"--json", "devices"}, {"devices", "--json"}}) {
        const Ending ending = smidgen(arguments);
        EXPECT_EQ(0, ending.exitCode) << ending.err;
        EXPECT_TRUE(ending.json().contains("compute")) << ending.out;
    }
}

}  // namespace
}  // namespace smidgen::test
