// Sounds and models that cannot be used: one clear sentence each, the right exit code, nothing lost.
#include <gtest/gtest.h>
#include <sys/stat.h>

#include <cstdint>
#include <limits>

#include "tests/app/scratch.h"
#include "tests/app/smidgen_process.h"

namespace smidgen::test {
namespace {

namespace fs = std::filesystem;

std::string littleEndian(std::uint64_t value, int bytes) {
    std::string text;
    for (int i = 0; i < bytes; ++i) text += static_cast<char>(value >> (8 * i) & 0xFFU);
    return text;
}

/// An RF64 file whose 64-bit sizes claim 2^63 frames.
std::string hugeClaim() {
    const std::uint64_t huge = std::uint64_t{1} << 63U;
    return "RF64" + littleEndian(0xFFFFFFFF, 4) + "WAVEds64" + littleEndian(28, 4) + littleEndian(huge, 8) +
           littleEndian(huge, 8) + littleEndian(huge, 8) + littleEndian(0, 4) + "fmt " + littleEndian(16, 4) +
           littleEndian(1, 2) + littleEndian(1, 2) + littleEndian(48000, 4) + littleEndian(96000, 4) +
           littleEndian(2, 2) + littleEndian(16, 2) + "data" + littleEndian(0xFFFFFFFF, 4) +
           std::string(2000, '\1');
}

/// Half of a real FLAC file.
std::string truncatedFlac(const Scratch& scratch) {
    copyDrums(scratch / "whole", 1);
    const std::string whole = readBytes(fs::directory_iterator(scratch / "whole")->path());
    return whole.substr(0, whole.size() / 2);
}

/// The row of `file` in the document of `dataset scan --json`.
nlohmann::json rowOf(const nlohmann::json& scan, const std::string& file) {
    for (const auto& row : scan.value("files", nlohmann::json::array())) {
        if (fs::path(row.value("file", "")).filename() == file) return row;
    }
    return nlohmann::json::object();
}

struct BadSound {
    std::string name;
    std::string bytes;
    std::string finding;
};

std::vector<BadSound> badSounds(const Scratch& scratch) {
    std::vector<float> broken = pluck(220, 0.5);
    broken[1000] = std::numeric_limits<float>::quiet_NaN();
    return {{"empty.wav", "", "empty"},
            {"letter.wav", "Dear reader, this is no sound.\n", "not-audio"},
            {"half.flac", truncatedFlac(scratch), "corrupt"},
            {"claim.wav", hugeClaim(), "corrupt"},
            {"broken.wav", wavBytes(broken), "invalid-samples"},
            {"click.wav", wavBytes({0.5F}), "too-short"}};
}

TEST(BadInput, EachBadSoundAloneIsRefusedWithASentence) {
    const Scratch scratch;
    for (const BadSound& bad : badSounds(scratch)) {
        writeBytes(scratch / bad.name, bad.bytes);
        const Ending scanned = smidgen({"dataset", "scan", scratch.text(bad.name), "--json"});
        EXPECT_EQ(4, scanned.exitCode) << bad.name << ": " << scanned.err;
        const auto row = rowOf(scanned.json(), bad.name);
        EXPECT_EQ("skipped", row.value("verdict", "")) << bad.name << scanned.out;
        EXPECT_EQ(nlohmann::json::array({bad.finding}), row.value("findings", nlohmann::json()))
            << bad.name << ": " << row.value("reason", "");
        EXPECT_GT(row.value("reason", "").size(), 15U) << bad.name;
        EXPECT_TRUE(bad.bytes == readBytes(scratch / bad.name)) << "the file was touched";
    }
}

TEST(BadInput, TrainingRefusesThemAndNamesTheReason) {
    const Scratch scratch;
    for (const BadSound& bad : badSounds(scratch)) {
        writeBytes(scratch / bad.name, bad.bytes);
        const Ending trained = smidgen({"train", scratch.text(bad.name), "--force", "--steps", "1",
                                        "--library", scratch.text("library"), "--json"});
        EXPECT_EQ(4, trained.exitCode) << bad.name << ": " << trained.err;
        EXPECT_EQ("unusable_input", trained.json()["error"]["code"]) << trained.out;
    }
}

TEST(BadInput, GoodSoundsBesideBadOnesAreUsed) {
    const Scratch scratch;
    copyDrums(scratch / "mixed", 6);
    const auto bad = badSounds(scratch);
    for (const BadSound& one : bad) writeBytes(scratch / "mixed" / one.name, one.bytes);
    const Ending scanned = smidgen({"dataset", "scan", scratch.text("mixed"), "--json"});
    ASSERT_EQ(0, scanned.exitCode) << scanned.err;
    const auto json = scanned.json();
    EXPECT_EQ(6, json["totals"]["usable"]);
    EXPECT_EQ(bad.size(), json["totals"]["skipped"]);
    EXPECT_EQ(true, json["trainable"]);
    const Ending trained = smidgen({"train", scratch.text("mixed"), "--steps", "2", "--threads", "1",
                                    "--library", scratch.text("library"), "--json"});
    ASSERT_EQ(0, trained.exitCode) << trained.err;
    EXPECT_EQ(6, trained.json()["model"]["sounds"]);
}

TEST(BadInput, AnEmptyFolderIsRefused) {
    const Scratch scratch;
    fs::create_directory(scratch / "nothing");
    for (const auto& command : {std::vector<std::string>{"dataset", "scan"}, {"train"}}) {
        std::vector<std::string> arguments = command;
        arguments.insert(arguments.end(), {scratch.text("nothing"), "--library", scratch.text("library")});
        const Ending ending = smidgen(arguments);
        EXPECT_EQ(4, ending.exitCode) << ending.err;
        EXPECT_NE(std::string::npos, ending.err.find("sound")) << ending.err;
    }
}

TEST(BadInput, TooFewSoundsAreRefusedUnlessForced) {
    const Scratch scratch;
    copyDrums(scratch / "four", 4);
    std::vector<std::string> arguments{"train",     scratch.text("four"),    "--steps",   "1",
                                       "--library", scratch.text("library"), "--threads", "1"};
    const Ending refused = smidgen(arguments);
    EXPECT_EQ(4, refused.exitCode) << refused.err;
    EXPECT_NE(std::string::npos, refused.err.find("--force")) << refused.err;
    arguments.emplace_back("--force");
    EXPECT_EQ(0, smidgen(arguments).exitCode);
}

TEST(BadInput, AnUnreadableFileIsNamed) {
    const Scratch scratch;
    writeBytes(scratch / "locked.wav", wavBytes(pluck(330, 0.5)));
    fs::permissions(scratch / "locked.wav", fs::perms::none);
    Running::Setting setting;
    setting.obeyPermissions = true;
    const Ending scanned = smidgen({"dataset", "scan", scratch.text("locked.wav"), "--json"}, setting);
    EXPECT_EQ(4, scanned.exitCode) << scanned.err;
    EXPECT_EQ(nlohmann::json::array({"unreadable"}), rowOf(scanned.json(), "locked.wav")["findings"])
        << scanned.out;
}

TEST(BadInput, AMissingPathIsNamed) {
    const Ending ending = smidgen({"dataset", "scan", "/nonesuch/sounds"});
    EXPECT_EQ(1, ending.exitCode);
    EXPECT_NE(std::string::npos, ending.err.find("/nonesuch/sounds")) << ending.err;
}

TEST(BadInput, APipeNamedLikeASoundDoesNotHang) {
    const Scratch scratch;
    fs::create_directory(scratch / "sounds");
    ASSERT_EQ(0, mkfifo(scratch.text("sounds/pipe.wav").c_str(), 0600));
    const Ending inFolder = smidgen({"dataset", "scan", scratch.text("sounds")});
    EXPECT_EQ(4, inFolder.exitCode) << inFolder.err;
    const Ending named = smidgen({"dataset", "scan", scratch.text("sounds/pipe.wav")});
    EXPECT_EQ(4, named.exitCode) << named.err;
}

TEST(BadInput, ADeviceThatIsNotThereIsNamed) {
    const Scratch scratch;
    const Ending ending = smidgen({"model", "list", "--device", "mps", "--library", scratch.text("library")});
    EXPECT_EQ(1, ending.exitCode);
    EXPECT_NE(std::string::npos, ending.err.find("mps")) << ending.err;
}

TEST(BadInput, HostileModelFilesAreRefused) {
    const Scratch scratch;
    const auto withHeader = [](const std::string& header, const std::string& data) {
        return littleEndian(header.size(), 8) + header + data;
    };
    const std::string tensor = R"("dtype":"F32","shape":[2],"data_offsets":)";
    const std::vector<std::pair<std::string, std::string>> files{
        {"nothing", ""},
        {"short", "abc"},
        {"endless header", littleEndian(std::uint64_t{1} << 63U, 8) + "{}"},
        {"header beyond the file", littleEndian(1000, 8) + "{}"},
        {"no JSON", withHeader("hello", "")},
        {"nested", withHeader(std::string(200000, '['), "")},
        {"offsets outside", withHeader("{\"a\":{" + tensor + "[0,8]}}", "1234")},
        {"offsets overlap",
         withHeader("{\"a\":{" + tensor + "[0,8]},\"b\":{" + tensor + "[4,12]}}", std::string(12, '\0'))},
        {"name twice",
         withHeader("{\"a\":{" + tensor + "[0,8]},\"a\":{" + tensor + "[8,16]}}", std::string(16, '\0'))},
        {"shape overflows",
         withHeader(R"({"a":{"dtype":"F32","shape":[9223372036854775807,4],"data_offsets":[0,8]}})",
                    std::string(8, '\0'))},
        {"no model of ours", withHeader("{\"a\":{" + tensor + "[0,8]}}", std::string(8, '\0'))},
    };
    for (const auto& [what, bytes] : files) {
        writeBytes(scratch / "model.safetensors", bytes);
        const Ending shown = smidgen({"model", "show", scratch.text("model.safetensors"), "--library",
                                      scratch.text("library"), "--json"});
        EXPECT_EQ(4, shown.exitCode) << what << ": " << shown.err;
        EXPECT_EQ("unusable_input", shown.json()["error"]["code"]) << what;
        EXPECT_NE(std::string::npos, shown.err.find("model.safetensors")) << what << ": " << shown.err;
    }
}

TEST(BadInput, ADamagedModelIsRefusedBeforeAnythingIsWritten) {
    const Scratch scratch;
    const std::string whole = readBytes(smallModel());
    writeBytes(scratch / "cut.safetensors", whole.substr(0, whole.size() / 2));
    const Ending ending = smidgen({"generate", "--model", scratch.text("cut.safetensors"), "--out",
                                   scratch.text("take.wav"), "--library", scratch.text("library")});
    EXPECT_EQ(4, ending.exitCode) << ending.err;
    EXPECT_FALSE(fs::exists(scratch / "take.wav"));
}

TEST(BadInput, AFullDiskLosesNothing) {
    const Scratch scratch;
    const std::string model = smallModel();
    fs::create_directory(scratch / "disk");
    writeBytes(scratch / "disk" / "take.wav", "the take from before");
    Running::Setting setting;
    setting.environment = {{"LD_PRELOAD", std::string(SMIDGEN_BIN_DIR) + "/full_disk.so"},
                           {"FULL_DISK_FOLDER", scratch.text("disk")},
                           {"FULL_DISK_BYTES", "50000"}};
    const Ending ending = smidgen({"generate", "--model", model, "--duration", "1", "--threads", "1", "--out",
                                   scratch.text("disk/take.wav"), "--library", scratch.text("library")},
                                  setting);
    EXPECT_EQ(1, ending.exitCode) << ending.err;
    EXPECT_NE(std::string::npos, ending.err.find("space")) << ending.err;
    EXPECT_TRUE(readBytes(scratch / "disk" / "take.wav") == "the take from before");
    int files = 0;
    for ([[maybe_unused]] const auto& entry : fs::directory_iterator(scratch / "disk")) ++files;
    EXPECT_EQ(1, files) << "something was left behind";
}

}  // namespace
}  // namespace smidgen::test
