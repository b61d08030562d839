// The whole road on real drums, command by command.
#include <gtest/gtest.h>

#include <cmath>

#include "tests/app/scratch.h"
#include "tests/app/smidgen_process.h"

namespace smidgen::test {
namespace {

namespace fs = std::filesystem;

const std::vector<std::string> kMetrics{"mel_l1", "mel_error_db", "mel_distance", "mr_stft",
                                        "lsd",    "lsd_short",    "lufs_diff"};

std::vector<std::string> with(std::vector<std::string> arguments, const std::vector<std::string>& more) {
    arguments.insert(arguments.end(), more.begin(), more.end());
    return arguments;
}

TEST(DatasetScan, ListsEveryFileWithItsFigures) {
    const Scratch scratch;
    copyDrums(scratch / "drums", 5);
    writeBytes(scratch / "drums" / "pluck.wav", wavBytes(pluck(440, 0.5)));
    const Ending plain = smidgen({"dataset", "scan", scratch.text("drums")});
    ASSERT_EQ(0, plain.exitCode) << plain.err;
    EXPECT_NE(std::string::npos, plain.out.find("6 files, 6 usable")) << plain.out;

    const auto json = smidgen({"dataset", "scan", scratch.text("drums"), "--json"}).json();
    ASSERT_EQ(6U, json["files"].size());
    const auto& row = json["files"].back();
    EXPECT_EQ("pluck.wav", fs::path(row["file"].get<std::string>()).filename());
    EXPECT_EQ(48000, row["rate"]);
    EXPECT_EQ(1, row["channels"]);
    EXPECT_NEAR(0.5, row["seconds"].get<double>(), 1e-9);
    // The envelope has fallen little at the first crest of 440 Hz, a quarter of a period in.
    EXPECT_NEAR(20 * std::log10(0.5 * std::exp(-4 * 0.25 / 440)), row["peak_db"].get<double>(), 0.05);
    EXPECT_EQ(44100, json["totals"]["rates"][0]);
}

TEST(Train, WritesModelPreviewsAndListOfHeldOutSounds) {
    const Scratch scratch;
    copyDrums(scratch / "drums", 8);
    const Ending trained = smidgen({"train",           scratch.text("drums"),
                                    "--name",          "drummer",
                                    "--steps",         "6",
                                    "--seed",          "5",
                                    "--out",           scratch.text("m.safetensors"),
                                    "--previews",      scratch.text("previews"),
                                    "--held-out",      "0.25",
                                    "--held-out-list", scratch.text("held-out.txt"),
                                    "--library",       scratch.text("library"),
                                    "--log",           scratch.text("log.txt"),
                                    "--json"});
    ASSERT_EQ(0, trained.exitCode) << trained.err;
    const auto json = trained.json();
    EXPECT_EQ(true, json["finished"]);
    EXPECT_EQ("drummer", json["model"]["name"]);
    EXPECT_EQ(6, json["step"]);
    EXPECT_EQ(8, json["model"]["sounds"]);
    EXPECT_FALSE(json["curve"].empty());
    ASSERT_FALSE(json["previews"].empty());
    for (const auto& preview : json["previews"]) {
        EXPECT_TRUE(fs::exists(preview["original"].get<std::string>()));
        EXPECT_TRUE(fs::exists(preview["reconstruction"].get<std::string>()));
    }
    EXPECT_FALSE(tensorsOf(scratch / "m.safetensors").empty());
    EXPECT_NE(std::string::npos, readBytes(scratch / "held-out.txt").find("bd_"));
    EXPECT_FALSE(readBytes(scratch / "log.txt").empty());

    const Ending listed = smidgen({"model", "list", "--library", scratch.text("library"), "--json"});
    ASSERT_EQ(1U, listed.json()["models"].size()) << listed.out;
    for (const std::string& name :
         {std::string("drummer"), json["model"]["id"].get<std::string>(), scratch.text("m.safetensors")}) {
        const Ending shown = smidgen({"model", "show", name, "--library", scratch.text("library"), "--json"});
        ASSERT_EQ(0, shown.exitCode) << name << ": " << shown.err;
        EXPECT_EQ("drummer", shown.json()["name"]);
    }
    const Ending unknown = smidgen({"model", "show", "drumer", "--library", scratch.text("library")});
    EXPECT_EQ(1, unknown.exitCode);
    EXPECT_NE(std::string::npos, unknown.err.find("drummer")) << unknown.err;
}

TEST(Generate, WritesWhatWasAskedFor) {
    const Scratch scratch;
    const std::vector<std::string> base{
        "generate",   "--model", smallModel(), "--library", scratch.text("library"),
        "--duration", "1.5",     "--threads",  "1",         "--json"};
    const Ending mono = smidgen(with(base, {"--out", scratch.text("mono.wav"), "--seed", "3"}));
    ASSERT_EQ(0, mono.exitCode) << mono.err;
    const WavFacts facts = readWav(scratch / "mono.wav");
    EXPECT_EQ(1, facts.channels);
    EXPECT_EQ(48000, facts.rate);
    EXPECT_EQ(24, facts.bits);
    EXPECT_EQ(72000, facts.frames);
    EXPECT_GT(facts.peak, 0.01);
    const auto take = mono.json()["takes"][0];
    EXPECT_EQ(3, take["seed"]);
    // A true peak is never below the sample peak, and the ceiling of -1 dB holds.
    EXPECT_GE(take["true_peak_db"].get<double>(), 20 * std::log10(facts.peak) - 0.01);
    EXPECT_LE(take["true_peak_db"].get<double>(), -0.99);

    const Ending stereo =
        smidgen(with(base, {"--out", scratch.text("stereo.wav"), "--space", "stereo", "--width", "1",
                            "--rate", "44100", "--depth", "16", "--sidecar"}));
    ASSERT_EQ(0, stereo.exitCode) << stereo.err;
    const WavFacts wide = readWav(scratch / "stereo.wav");
    EXPECT_EQ(2, wide.channels);
    EXPECT_EQ(44100, wide.rate);
    EXPECT_EQ(16, wide.bits);
    EXPECT_EQ(66150, wide.frames);
    EXPECT_TRUE(nlohmann::json::accept(readBytes(scratch / "stereo.wav.json")));

    const Ending folder =
        smidgen(with(base, {"--out", scratch.text("takes"), "--count", "2", "--format", "flac"}));
    ASSERT_EQ(0, folder.exitCode) << folder.err;
    const auto takes = folder.json()["takes"];
    ASSERT_EQ(2U, takes.size());
    std::vector<std::string> files;
    for (const auto& one : takes) files.push_back(readBytes(one["file"].get<std::string>()));
    EXPECT_EQ("fLaC", files[0].substr(0, 4));
    EXPECT_FALSE(files[0] == files[1]);
}

TEST(Generate, ARecipeRebuildsItsTakeBitForBit) {
    const Scratch scratch;
    const std::vector<std::string> base{"generate", "--library", scratch.text("library"), "--threads", "1",
                                        "--depth",  "32f"};
    ASSERT_EQ(0, smidgen(with(base, {"--model", smallModel(), "--duration", "1", "--seed", "11",
                                     "--variation", "0.5", "--out", scratch.text("first.wav"), "--sidecar"}))
                     .exitCode);
    for (const char* recipe : {"first.wav", "first.wav.json"}) {
        const Ending again =
            smidgen(with(base, {"--recipe", scratch.text(recipe), "--out", scratch.text("again.wav")}));
        ASSERT_EQ(0, again.exitCode) << again.err;
        EXPECT_TRUE(readBytes(scratch / "first.wav") == readBytes(scratch / "again.wav")) << recipe;
    }
    const Ending other = smidgen(with(
        base, {"--recipe", scratch.text("first.wav"), "--seed", "12", "--out", scratch.text("other.wav")}));
    ASSERT_EQ(0, other.exitCode) << other.err;
    EXPECT_FALSE(readBytes(scratch / "first.wav") == readBytes(scratch / "other.wav"));
}

TEST(Reconstruct, KeepsLengthAndChannels) {
    const Scratch scratch;
    writeBytes(scratch / "in.wav", wavBytes(pluck(330, 0.8)));
    const Ending ending =
        smidgen({"reconstruct", "--model", smallModel(), "--input", scratch.text("in.wav"), "--out",
                 scratch.text("out.wav"), "--library", scratch.text("library"), "--json"});
    ASSERT_EQ(0, ending.exitCode) << ending.err;
    const WavFacts facts = readWav(scratch / "out.wav");
    EXPECT_EQ(38400, facts.frames);
    EXPECT_EQ(1, facts.channels);
    EXPECT_GT(ending.json()["mel_l1"].get<double>(), 0);
}

TEST(Evaluate, GivesEveryMetricPerFileAndTheirMean) {
    const Scratch scratch;
    copyDrums(scratch / "drums", 2);
    writeBytes(scratch / "drums" / "letter.wav", "no sound");
    writeBytes(scratch / "list.txt", scratch.text("pluck.wav") + "\n");
    writeBytes(scratch / "pluck.wav", wavBytes(pluck(440, 0.5)));
    const Ending ending = smidgen({"evaluate", "--model", smallModel(), scratch.text("drums"), "--list",
                                   scratch.text("list.txt"), "--library", scratch.text("library"), "--json"});
    ASSERT_EQ(0, ending.exitCode) << ending.err;
    const auto json = ending.json();
    ASSERT_EQ(3U, json["files"].size());
    ASSERT_EQ(1U, json["refused"].size());
    for (const std::string& metric : kMetrics) {
        double sum = 0;
        for (const auto& row : json["files"]) {
            const double value = row[metric].get<double>();
            sum += metric == "lufs_diff" ? std::abs(value) : value;
        }
        EXPECT_NEAR(sum / 3, json["mean"][metric].get<double>(), 1e-9) << metric;
    }
    EXPECT_NEAR(20 * json["mean"]["mel_l1"].get<double>(), json["mean"]["mel_error_db"].get<double>(), 1e-9);
}

TEST(Devices, TriesTheProcessor) {
    const Ending ending = smidgen({"devices", "--json"});
    ASSERT_EQ(0, ending.exitCode) << ending.err;
    const auto compute = ending.json()["compute"];
    ASSERT_FALSE(compute.empty());
    EXPECT_EQ("cpu", compute[0]["kind"]);
    EXPECT_EQ(true, compute[0]["usable"]);
    EXPECT_GT(compute[0]["gemm_gflops"].get<double>(), 0);
    EXPECT_TRUE(ending.json()["audio"].is_array());
}

TEST(Demo, WritesTakesAndAReportWithoutADisplay) {
    const Scratch scratch;
    copyDrums(scratch / "drums", 8);
    Running::Setting setting;
    setting.environment = {{"DISPLAY", ""}, {"WAYLAND_DISPLAY", ""}};
    const Ending ending = smidgen({"demo", scratch.text("drums"), "--out", scratch.text("demo"), "--minutes",
                                   "0.03", "--duration", "1", "--json"},
                                  setting);
    ASSERT_EQ(0, ending.exitCode) << ending.err;
    const auto json = ending.json();
    ASSERT_EQ(4U, json["takes"].size());
    for (const auto& take : json["takes"]) {
        ASSERT_EQ(2U, take["files"].size());
        EXPECT_EQ(48000, readWav(take["files"][0].get<std::string>()).frames);
        EXPECT_GT(readWav(take["files"][0].get<std::string>()).peak, 0.01);
        EXPECT_EQ("fLaC", readBytes(take["files"][1].get<std::string>()).substr(0, 4));
    }
    const std::string report = readBytes(scratch / "demo" / "report.html");
    for (const char* part : {"<svg class=\"wave\"", "<svg class=\"curve\"", "<audio", "bd_808.flac",
                             "kept back", "takes/demo-1.flac", "true peak", "</html>"}) {
        EXPECT_NE(std::string::npos, report.find(part)) << part;
    }
    // Every sound the page refers to is beside it.
    std::size_t place = 0;
    int sounds = 0;
    while ((place = report.find("src=\"", place)) != std::string::npos) {
        const std::size_t end = report.find('"', place + 5);
        EXPECT_TRUE(fs::exists(scratch / "demo" / report.substr(place + 5, end - place - 5)))
            << report.substr(place, end - place);
        place = end;
        ++sounds;
    }
    EXPECT_GE(sounds, 4);
}

}  // namespace
}  // namespace smidgen::test
