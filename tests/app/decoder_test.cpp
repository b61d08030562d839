// The decoder by itself: training one, and hearing what it can do.
#include <gtest/gtest.h>

#include "tests/app/scratch.h"
#include "tests/app/smidgen_process.h"

namespace smidgen::test {
namespace {

namespace fs = std::filesystem;

TEST(TrainDecoder, SameSeedSameWeightsAndTheyDecode) {
    const Scratch scratch;
    copyDrums(scratch / "drums", 3);
    const auto train = [&](const std::string& out, const std::string& seed) {
        return smidgen({"train-decoder", scratch.text("drums"), "--out", scratch.text(out), "--size", "draft",
                        "--steps", "2", "--batch", "1", "--seed", seed, "--json"});
    };
    const Ending first = train("a.safetensors", "4");
    ASSERT_EQ(0, first.exitCode) << first.err;
    EXPECT_EQ(2, first.json()["steps"]);
    EXPECT_EQ(3, first.json()["recordings"]);
    EXPECT_EQ(5U, first.json()["log_spectral_distances"].size());
    ASSERT_EQ(0, train("b.safetensors", "4").exitCode);
    ASSERT_EQ(0, train("c.safetensors", "5").exitCode);
    EXPECT_EQ(readBytes(scratch / "a.safetensors"), readBytes(scratch / "b.safetensors"));
    EXPECT_NE(readBytes(scratch / "a.safetensors"), readBytes(scratch / "c.safetensors"));

    writeBytes(scratch / "pluck.wav", wavBytes(pluck(440, 0.5)));
    const Ending decoded =
        smidgen({"vocode", "--input", scratch.text("pluck.wav"), "--out", scratch.text("decoded.wav"),
                 "--decoder", scratch.text("a.safetensors"), "--json"});
    ASSERT_EQ(0, decoded.exitCode) << decoded.err;
    EXPECT_NEAR(0.5, decoded.json()["seconds"].get<double>(), 1e-9);
}

TEST(TrainDecoder, FineTunedOnAModelsMelsItIsHeardInTakesAndRoundTrips) {
    const Scratch scratch;
    copyDrums(scratch / "drums", 4);
    const Ending tuned =
        smidgen({"train-decoder", scratch.text("drums"), "--base", "draft", "--through", smallModel(),
                 "--out", scratch.text("d.safetensors"), "--steps", "1", "--batch", "1", "--json"});
    ASSERT_EQ(0, tuned.exitCode) << tuned.err;
    const auto gain = tuned.json()["gain"];
    EXPECT_LE(gain["after"].get<double>(), gain["before"].get<double>());
    EXPECT_EQ(3, tuned.json()["recordings"]) << "the fourth is held back to judge by";

    writeBytes(scratch / "pluck.wav", wavBytes(pluck(440, 0.5)));
    const auto rebuilt = [&](const std::string& decoder) {
        const Ending ending =
            smidgen({"reconstruct", "--model", smallModel(), "--input", scratch.text("pluck.wav"), "--out",
                     scratch.text("out.wav"), "--decoder", decoder, "--library", scratch.text("library")});
        EXPECT_EQ(0, ending.exitCode) << ending.err;
        return readBytes(scratch / "out.wav");
    };
    EXPECT_NE(rebuilt("griffin-lim"), rebuilt(scratch.text("d.safetensors")));
    const Ending take = smidgen({"generate", "--model", smallModel(), "--decoder",
                                 scratch.text("d.safetensors"), "--duration", "0.5", "--out",
                                 scratch.text("take.wav"), "--library", scratch.text("library")});
    EXPECT_EQ(0, take.exitCode) << take.err;
}

TEST(Vocode, ComesCloseToTheSoundThroughEveryDecoderThatIsThere) {
    const Scratch scratch;
    copyDrums(scratch / "drums", 1);
    const std::string drum = fs::directory_iterator(scratch / "drums")->path().string();
    for (const std::string decoder : {"griffin-lim", ""}) {
        std::vector<std::string> arguments{"vocode", "--input", drum, "--out", scratch.text("out.wav"),
                                           "--json"};
        if (!decoder.empty()) arguments.insert(arguments.end(), {"--decoder", decoder});
        const Ending ending = smidgen(arguments);
        ASSERT_EQ(0, ending.exitCode) << ending.err;
        EXPECT_LT(ending.json()["lsd"].get<double>(), 0.5) << decoder;
        EXPECT_LT(ending.json()["mel_l1"].get<double>(), 0.1) << decoder;
        EXPECT_TRUE(fs::exists(scratch / "out.wav"));
    }
}

TEST(Vocode, RefusesWhatIsNoDecoder) {
    const Scratch scratch;
    writeBytes(scratch / "pluck.wav", wavBytes(pluck(440, 0.1)));
    writeBytes(scratch / "text.safetensors", "not weights at all");
    const auto vocode = [&](const std::string& decoder) {
        return smidgen({"vocode", "--input", scratch.text("pluck.wav"), "--out", scratch.text("o.wav"),
                        "--decoder", decoder});
    };
    EXPECT_EQ(4, vocode(scratch.text("text.safetensors")).exitCode);
    const Ending unknown = vocode("grand");
    EXPECT_EQ(1, unknown.exitCode);
    EXPECT_NE(std::string::npos, unknown.err.find("griffin-lim")) << unknown.err;
    EXPECT_FALSE(fs::exists(scratch / "o.wav"));
    EXPECT_EQ(
        4, smidgen({"train-decoder", scratch.text("text.safetensors"), "--out", scratch.text("d")}).exitCode);
    EXPECT_EQ(2, smidgen({"train-decoder", "--out", scratch.text("d"), "--size", "huge"}).exitCode);
}

}  // namespace
}  // namespace smidgen::test
