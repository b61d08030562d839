// The library by its commands: collections, search, history, models, care.
#include <gtest/gtest.h>

#include <unistd.h>

#include <csignal>

#include "tests/app/desk.h"
#include "tests/app/scratch.h"
#include "tests/app/smidgen_process.h"

namespace smidgen::test {
namespace {

namespace fs = std::filesystem;

std::vector<std::string> namesOf(const nlohmann::json& items) {
    std::vector<std::string> names;
    for (const auto& item : items) names.push_back(item["name"].get<std::string>());
    return names;
}

TEST(LibraryCommands, ACollectionIsImportedSearchedAndRelinked) {
    const Scratch scratch;
    const Desk desk(scratch);
    copyDrums(scratch / "drums", 8);
    for (const double hertz : {440.0, 447.0, 455.0})
        writeBytes(scratch / "drums" / ("pluck" + std::to_string(static_cast<int>(hertz)) + ".wav"),
                   wavBytes(pluck(hertz, 0.5)));
    const auto made = desk.told({"dataset", "import", scratch.text("drums"), "--name", "Kit"});
    EXPECT_EQ("Kit", made["name"]);
    EXPECT_EQ(11, made["totals"]["files"]);
    EXPECT_EQ(1U, desk.told({"dataset", "list"})["collections"].size());
    EXPECT_EQ(11U, desk.told({"dataset", "show", "Kit"})["files"].size());

    writeBytes(scratch / "asked.wav", wavBytes(pluck(450, 0.5)));
    const auto like = desk.told({"search", "--like", scratch.text("asked.wav"), "--limit", "3"});
    for (const std::string& name : namesOf(like["items"])) EXPECT_EQ("pluck", name.substr(0, 5)) << name;
    EXPECT_TRUE(like["more"].get<bool>());
    const auto drums = desk.told({"search", "bd", "--kind", "sound"});
    EXPECT_EQ(8U, drums["items"].size());

    fs::create_directories(scratch / "elsewhere");
    fs::rename(scratch / "drums" / "pluck440.wav", scratch / "elsewhere" / "renamed.wav");
    const auto relinked = desk.told({"dataset", "relink", "Kit", scratch.text("elsewhere")});
    EXPECT_EQ(1, relinked["missing"]);
    EXPECT_EQ(1, relinked["relinked"]);
    EXPECT_EQ(1U, desk.told({"search", "--like", scratch.text("asked.wav"), "renamed"})["items"].size());

    desk.told({"dataset", "remove", "Kit"});
    EXPECT_TRUE(desk.told({"dataset", "list"})["collections"].empty());
    EXPECT_TRUE(fs::exists(scratch / "drums" / "pluck447.wav")) << "files are never touched";
    const Ending unknown = desk.run({"dataset", "show", "Kit"});
    EXPECT_EQ(1, unknown.exitCode);
}

TEST(LibraryCommands, AHistoryIsKeptMarkedTrashedAndRebuilt) {
    const Scratch scratch;
    const Desk desk(scratch);
    const auto made = desk.told({"generate", "--model", smallModel(), "--out", scratch.text("takes"),
                                 "--count", "3", "--duration", "0.5", "--threads", "1"});
    ASSERT_EQ(3U, made["takes"].size());
    auto takes = desk.told({"history", "list"})["takes"];
    ASSERT_EQ(3U, takes.size());
    const std::string first = takes[2]["id"], second = takes[1]["id"], third = takes[0]["id"];

    desk.told({"history", "star", first, third});
    desk.told({"history", "tag", first, "wet", "roof"});
    desk.told({"history", "tag", first, "--remove", "roof"});
    desk.told({"history", "rename", second, "Gutter"});
    EXPECT_EQ(2U, desk.told({"history", "list", "--starred"})["takes"].size());
    EXPECT_EQ(nlohmann::json({"wet"}), desk.told({"history", "show", first})["tags"]);
    EXPECT_EQ(second, desk.told({"history", "show", "Gutter"})["id"]);
    EXPECT_EQ(1U, desk.told({"search", "tag:wet", "kind:take"})["items"].size());
    EXPECT_EQ(second, desk.told({"search", "gutter"})["items"][0]["id"]);
    EXPECT_EQ(2U, desk.told({"search", "--like", first, "--kind", "take"})["items"].size());

    EXPECT_EQ(true, desk.told({"history", "rebuild", "Gutter", "--threads", "1"})["identical"]);

    desk.told({"history", "delete", "Gutter"});
    EXPECT_EQ(2U, desk.told({"history", "list"})["takes"].size());
    EXPECT_EQ(1U, desk.told({"history", "list", "--trash"})["takes"].size());
    EXPECT_TRUE(desk.told({"search", "gutter"})["items"].empty());
    desk.told({"history", "restore", "Gutter"});
    EXPECT_EQ(3U, desk.told({"history", "list"})["takes"].size());
    const Ending early = desk.run({"history", "purge", "Gutter"});
    EXPECT_EQ(1, early.exitCode) << "only what is in the trash goes for good";
    desk.told({"history", "delete", "Gutter"});
    desk.told({"history", "purge", "Gutter"});
    EXPECT_TRUE(desk.told({"history", "list", "--trash"})["takes"].empty());
    const Ending unknown = desk.run({"history", "show", "guter"});
    EXPECT_EQ(1, unknown.exitCode);
    EXPECT_EQ("not_found", unknown.json()["error"]["code"]);
    EXPECT_EQ(true, desk.told({"store", "verify"})["sound"]);
}

TEST(LibraryCommands, ModelsGoInAndOut) {
    const Scratch scratch;
    const Desk desk(scratch), other(scratch, "other");
    const std::string id = desk.told({"model", "import", smallModel()})["id"];
    EXPECT_EQ(id, desk.told({"model", "import", smallModel()})["id"]) << "the same bytes are the same model";
    ASSERT_EQ(1U, desk.told({"model", "list"})["models"].size());
    desk.told({"model", "rename", id, "Rain"});
    desk.told({"model", "tag", "Rain", "wet"});
    desk.told({"model", "export", "Rain", "--out", scratch.text("rain.safetensors")});
    EXPECT_EQ("Rain", other.told({"model", "import", scratch.text("rain.safetensors")})["name"]);
    EXPECT_EQ(tensorsOf(smallModel()), tensorsOf(scratch / "rain.safetensors"));
    desk.told({"model", "delete", "Rain"});
    EXPECT_TRUE(desk.told({"model", "list"})["models"].empty());
    EXPECT_EQ(1U, desk.told({"model", "list", "--trash"})["models"].size());
    desk.told({"model", "restore", "Rain"});
    EXPECT_EQ(nlohmann::json({"wet"}), desk.told({"model", "show", "Rain"})["tags"]);
    writeBytes(scratch / "bad.safetensors", "not a model");
    EXPECT_EQ(4, desk.run({"model", "import", scratch.text("bad.safetensors")}).exitCode);
}

TEST(LibraryCommands, CareFindsDamageAndCopiesAreWhole) {
    const Scratch scratch;
    const Desk desk(scratch), copy(scratch, "backup"), other(scratch, "other");
    desk.told({"generate", "--model", smallModel(), "--out", scratch.text("a.wav"), "--duration", "0.5",
               "--threads", "1"});
    writeBytes(scratch / "notes.md",
               "# Roof\nHow the roof was recorded.\n\n## Gutter\nWith two microphones.\n");
    desk.told({"store", "doc", scratch.text("notes.md"), "--name", "Field notes"});
    EXPECT_EQ("Gutter", desk.told({"search", "microphones"})["items"][0]["name"]);
    desk.told({"store", "backup", copy.library()});
    EXPECT_EQ(1U, copy.told({"history", "list"})["takes"].size());
    EXPECT_EQ(true, copy.told({"store", "verify"})["sound"]);
    EXPECT_EQ(2, desk.run({"store", "backup", copy.library()}).exitCode) << "a copy is never written over";

    const auto figures = desk.told({"store", "stats"});
    EXPECT_EQ(1, figures["takes"]);
    EXPECT_EQ(1, figures["spaces"]["sound-1"]["vectors"]);
    EXPECT_GT(figures["store_bytes"].get<int>(), 0);
    const auto audit = desk.told({"store", "audit"});
    ASSERT_FALSE(audit["entries"].empty());
    EXPECT_EQ("create", audit["entries"][0]["action"]);

    const auto synced = other.told({"store", "sync", desk.library()});
    EXPECT_EQ(2, synced["added"]) << "a take and the notes";
    EXPECT_EQ(1, synced["files"]);
    EXPECT_EQ(true, other.told({"store", "verify"})["sound"]);
    EXPECT_EQ(0, other.told({"store", "sync", desk.library()})["added"]);
    // What is removed for good on one side stays on the other, and does not come back here.
    const std::string take = other.told({"history", "list"})["takes"][0]["id"];
    other.told({"history", "delete", take});
    other.told({"history", "purge", take});
    desk.told({"store", "sync", other.library()});
    EXPECT_EQ(1U, desk.told({"history", "list"})["takes"].size());
    other.told({"store", "sync", desk.library()});
    EXPECT_TRUE(other.told({"history", "list"})["takes"].empty());
    EXPECT_EQ(true, other.told({"store", "verify"})["sound"]);
    EXPECT_EQ(1, other.run({"store", "sync", scratch.text("nowhere")}).exitCode);

    const std::string file = desk.told({"history", "list"})["takes"][0]["kept_file"];
    std::string bytes = readBytes(file);
    bytes[bytes.size() / 2] = static_cast<char>(bytes[bytes.size() / 2] ^ 1);
    writeBytes(file, bytes);
    const Ending damaged = desk.run({"store", "verify"});
    EXPECT_EQ(4, damaged.exitCode);
    EXPECT_EQ(1U, damaged.json()["problems"].size()) << damaged.out;
    EXPECT_EQ(0, desk.run({"store", "repair"}).exitCode);
    EXPECT_EQ(1U, desk.told({"history", "list"})["takes"].size());
}

TEST(LibraryCommands, WhatWasAcknowledgedOutlivesAKill) {
    const Scratch scratch;
    const Desk desk(scratch);
    // Takes are made one after the other; each is in the library before the next begins.
    Running making({"generate", "--model", smallModel(), "--out", scratch.text("takes"), "--count", "200",
                    "--duration", "0.2", "--threads", "1", "--library", desk.library()},
                   {});
    std::size_t known = 0;
    for (int i = 0; i < 3000 && known < 5 && !making.ended(); ++i) {
        usleep(20'000);
        std::error_code ignored;
        known = 0;
        for (const auto& entry : fs::directory_iterator(scratch / "library" / "takes", ignored))
            known += entry.path().filename().string().front() != '.' ? 1 : 0;
    }
    const std::size_t before = desk.told({"history", "list"})["takes"].size();
    making.send(SIGKILL);
    (void)making.wait();
    const auto after = desk.told({"history", "list", "--limit", "1000"})["takes"];
    EXPECT_GE(after.size(), before);
    EXPECT_GE(after.size(), 3U);
    for (const auto& take : after) EXPECT_TRUE(fs::exists(take["kept_file"].get<std::string>()));
    const auto check = desk.told({"store", "verify"});
    EXPECT_EQ(true, check["sound"]);
    EXPECT_LE(check["leftovers"].size(), 1U) << "at most the file of the take that was under way";
}

}  // namespace
}  // namespace smidgen::test
