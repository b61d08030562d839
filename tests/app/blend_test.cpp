// Several models in one take, by the command line.
#include <gtest/gtest.h>

#include <cmath>
#include <map>

#include "engine/audio/audio_reader.h"
#include "tests/app/desk.h"
#include "tests/app/scratch.h"
#include "tests/app/smidgen_process.h"

namespace smidgen::test {
namespace {

/// The two numbers by which a and b add up to c, and how much of c they leave (root of the share of its
/// power).
struct Mixture {
    double a = 0, b = 0, rest = 0;
};
Mixture mixtureOf(const std::vector<float>& a, const std::vector<float>& b, const std::vector<float>& c) {
    double aa = 0, ab = 0, bb = 0, ac = 0, bc = 0, cc = 0;
    // Ends are faded after mixing.
    for (std::size_t i = 4800; i + 4800 < c.size(); ++i) {
        const double x = a[i], y = b[i], z = c[i];
        aa += x * x, ab += x * y, bb += y * y, ac += x * z, bc += y * z, cc += z * z;
    }
    const double whole = aa * bb - ab * ab;
    Mixture mixture{(ac * bb - bc * ab) / whole, (bc * aa - ac * ab) / whole, 0};
    mixture.rest = std::sqrt(std::max(0.0, cc - mixture.a * ac - mixture.b * bc) / cc);
    return mixture;
}

TEST(BlendCommands, SoundsAreMixedByTheirSharesAndLatentsMeetBetween) {
    const Scratch scratch;
    const Desk desk(scratch);
    // Another model of the same base, of other drums.
    copyDrums(scratch / "drums", 12);
    desk.told({"train", scratch.text("drums"), "--steps", "4", "--seed", "7", "--name", "other"});
    const auto made = [&](const std::vector<std::string>& more, const std::string& file) {
        std::vector<std::string> words{"generate",        "--duration", "2",       "--seed", "5",
                                       "--decoder",       "draft",      "--depth", "32f",    "--out",
                                       scratch.text(file)};
        words.insert(words.end(), more.begin(), more.end());
        return desk.told(words)["takes"][0];
    };
    const auto first = made({"--model", smallModel()}, "first.wav");
    const auto other = made({"--model", "other"}, "other.wav");
    const auto mixed =
        made({"--model", smallModel(), "--blend", "other:0.3", "--blend-by", "audio"}, "mixed.wav");
    EXPECT_EQ("audio", mixed["recipe"]["blend"]["kind"]);
    EXPECT_EQ("other", mixed["recipe"]["blend"]["with"][0]["model_name"]);
    const auto a = readAudio(scratch / "first.wav"), b = readAudio(scratch / "other.wav"),
               c = readAudio(scratch / "mixed.wav");
    ASSERT_TRUE(a && b && c);
    const Mixture mixture = mixtureOf(a->channels[0], b->channels[0], c->channels[0]);
    EXPECT_LT(mixture.rest, 1e-3) << "nothing else is in it";
    const double even = std::pow(10.0, (other["lufs"].get<double>() - first["lufs"].get<double>()) / 20);
    EXPECT_NEAR(0.3 / 0.7, mixture.b / mixture.a * even, 0.01) << "ratios of sounds that are as loud";

    // Of one base, the models understand one another; a share of nothing changes nothing.
    const auto between = made({"--model", smallModel(), "--blend", "other:0.5"}, "between.wav");
    EXPECT_EQ("latents", between["recipe"]["blend"]["kind"]);
    EXPECT_EQ(smallModel(), between["recipe"]["model"]) << "the first stays the first";
    const auto nothing =
        made({"--model", smallModel(), "--blend", "other:0", "--blend-by", "latents"}, "nothing.wav");
    const auto d = readAudio(scratch / "nothing.wav"), e = readAudio(scratch / "between.wav");
    ASSERT_TRUE(d && e);
    EXPECT_EQ(a->channels, d->channels);
    EXPECT_NE(a->channels, e->channels);
    // Where it comes from: two models, their collections and files.
    const auto shown = desk.told({"history", "show", between["id"]});
    std::map<std::string, int> kinds;
    for (const auto& node : shown["provenance"]["nodes"]) ++kinds[node["kind"].get<std::string>()];
    EXPECT_EQ(1, kinds["take"]);
    EXPECT_EQ(2, kinds["model"]);
    EXPECT_EQ(18, kinds["file"]) << "twelve of the other model, six of the small one";
    EXPECT_GE(shown["provenance"]["edges"].size(), 14U);
    int halves = 0;
    for (const auto& edge : shown["provenance"]["edges"]) halves += edge["share"] == 0.5 ? 1 : 0;
    EXPECT_EQ(2, halves) << "each model's part in it";
    // The recipe of a blend makes it again.
    desk.told({"generate", "--recipe", scratch.text("between.wav"), "--depth", "32f", "--out",
               scratch.text("again.wav")});
    const auto again = readAudio(scratch / "again.wav");
    ASSERT_TRUE(again);
    EXPECT_EQ(e->channels, again->channels);
}

TEST(BlendCommands, WhatIsWrongIsSaid) {
    const Scratch scratch;
    const Desk desk(scratch);
    const auto codeOf = [&](const std::string& blend) {
        return desk
            .run({"generate", "--model", smallModel(), "--blend", blend, "--blend-by", "audio", "--out",
                  scratch.text("x.wav")})
            .exitCode;
    };
    EXPECT_EQ(2, codeOf("drums"));
    EXPECT_EQ(2, codeOf("drums:much"));
    EXPECT_EQ(1, codeOf("nowhere:0.3"));
    EXPECT_EQ(2, codeOf(smallModel() + ":0.3")) << "with itself";
    copyDrums(scratch / "drums", 12);
    desk.told({"train", scratch.text("drums"), "--steps", "1", "--name", "other"});
    EXPECT_EQ(2, codeOf("other:1")) << "nothing is left for the first";
    EXPECT_EQ(2, codeOf("other:-0.2"));
    EXPECT_EQ(2, desk.run({"generate", "--model", smallModel(), "--blend-by", "audio", "--out",
                           scratch.text("x.wav")})
                     .exitCode);
    EXPECT_FALSE(std::filesystem::exists(scratch / "x.wav"));
}

}  // namespace
}  // namespace smidgen::test
