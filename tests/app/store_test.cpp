// Projects, permissions, messages, scrubbing and sending to another library, by their commands.
#include <gtest/gtest.h>

#include <unistd.h>

#include <csignal>

#include "tests/app/desk.h"
#include "tests/app/scratch.h"
#include "tests/app/smidgen_process.h"

namespace smidgen::test {
namespace {

namespace fs = std::filesystem;
using Words = std::vector<std::string>;

Words with(Words words, const Words& more) {
    words.insert(words.end(), more.begin(), more.end());
    return words;
}

/// A cube costs no network to make.
void makeCube(const Desk& desk, const std::string& name, const Words& more = {}) {
    desk.told(with({"cube", "new", name}, more));
}

/// Imports a sound of its own.
void importSound(const Desk& desk, const Scratch& scratch, const std::string& name, double hertz,
                 const Words& more = {}) {
    writeBytes(scratch / (name + ".wav"), wavBytes(pluck(hertz, 0.5)));
    desk.told(with({"dataset", "import", scratch.text(name + ".wav"), "--name", name}, more));
}

TEST(StoreCommands, ProjectsDoNotSeeEachOtherUnlessTheyShare) {
    const Scratch scratch;
    const Desk desk(scratch);
    const Words film{"--project", "film"};
    makeCube(desk, "Roof");
    makeCube(desk, "Gutter", film);
    importSound(desk, scratch, "Kit", 440);
    desk.told(with({"model", "import", smallModel()}, film));
    const auto cubes = [&](const Words& project) {
        Words names;
        const auto told = desk.told(with({"cube", "list"}, project));
        for (const auto& cube : told["cubes"]) names.push_back(cube["name"]);
        return names;
    };
    EXPECT_EQ(cubes({}), Words{"Roof"});
    EXPECT_EQ(cubes(film), Words{"Gutter"});
    EXPECT_TRUE(desk.told({"model", "list"})["models"].empty());
    EXPECT_TRUE(desk.told(with({"dataset", "list"}, film))["collections"].empty());
    EXPECT_TRUE(desk.told(with({"search", "kit"}, film))["items"].empty());
    EXPECT_EQ(1U, desk.told({"search", "kit", "--kind", "sound"})["items"].size());

    desk.told({"store", "namespace", "share", "Roof", "collection:Kit", "--with", "film"});
    EXPECT_EQ(cubes(film), (Words{"Gutter", "Roof"}));
    EXPECT_EQ(1U, desk.told(with({"search", "kit", "--kind", "sound"}, film))["items"].size());
    const auto projects = desk.told(with({"store", "namespace", "list"}, film))["projects"];
    ASSERT_EQ(2U, projects.size());
    EXPECT_EQ("film", projects[0]["name"]);
    EXPECT_EQ(true, projects[0]["current"]);
    EXPECT_EQ(1, projects[0]["cubes"]);
    EXPECT_EQ(1, projects[0]["models"]);
    EXPECT_EQ(2, projects[0]["shared"]);
    EXPECT_EQ("library", projects[1]["name"]);
    EXPECT_EQ(1, projects[1]["collections"]);
    desk.told({"store", "namespace", "unshare", "Roof", "--with", "film"});
    EXPECT_EQ(cubes(film), Words{"Gutter"});

    EXPECT_EQ(true, desk.told({"store", "verify"})["sound"]);
    EXPECT_TRUE(desk.told({"store", "verify"})["leftovers"].empty());
    const Desk copy(scratch, "backup");
    desk.told({"store", "backup", copy.library()});
    EXPECT_EQ(1U, copy.told(with({"model", "list"}, film))["models"].size());
    EXPECT_EQ(true, copy.told({"store", "verify"})["sound"]);

    const Ending unknown = desk.run({"store", "namespace", "share", "Roff", "--with", "film"});
    EXPECT_EQ(1, unknown.exitCode);
    EXPECT_NE(std::string::npos, unknown.err.find("Did you mean 'Roof'?")) << unknown.err;
    EXPECT_EQ(2, desk.run({"store", "namespace", "share", "Roof", "--with", "library"}).exitCode);
    EXPECT_EQ(2, desk.run({"store", "namespace", "share", "Roof"}).exitCode);
    EXPECT_EQ(2, desk.run({"store", "namespace"}).exitCode);
    EXPECT_EQ(2, desk.run({"cube", "list", "--project", ""}).exitCode);
    EXPECT_EQ(2, desk.run({"cube", "list", "--project", std::string(300, 'x')}).exitCode);
}

TEST(StoreCommands, PermissionsAreShownChangedAndKept) {
    const Scratch scratch;
    const Desk desk(scratch);
    const Words ben{"--as", "ben"};
    makeCube(desk, "Roof");
    const auto open = desk.told({"store", "permit", "Roof"});
    EXPECT_EQ("smidgen", open["owner"]);
    EXPECT_EQ("cube", open["kind"]);
    EXPECT_EQ(false, open["read_only"]);
    EXPECT_TRUE(open["permissions"].empty());
    EXPECT_EQ(2, desk.run({"store", "permit", "Roof", "--deny", "ben"}).exitCode)
        << "while everyone may do everything, it cannot be denied to one";

    EXPECT_EQ(nlohmann::json({"read"}),
              desk.told({"store", "permit", "--allow", "ben=read", "Roof"})["permissions"]["ben"]);
    EXPECT_EQ(nlohmann::json({"read"}), desk.told(with({"store", "permit", "Roof"}, ben))["you_may"]);
    for (const Words& refused :
         {Words{"cube", "rename", "Roof", "Mine"}, Words{"cube", "tag", "Roof", "wet"},
          Words{"cube", "delete", "Roof"}, Words{"store", "permit", "Roof", "--allow", "ben=all"},
          Words{"store", "permit", "Roof", "--protect"},
          Words{"store", "namespace", "share", "Roof", "--with", "film"}}) {
        const Ending ending = desk.run(with(refused, ben));
        EXPECT_EQ(1, ending.exitCode) << refused[1];
        EXPECT_EQ("refused", ending.json()["error"]["code"]) << ending.out;
        EXPECT_NE(std::string::npos, ending.err.find("Ask its owner, 'smidgen'")) << ending.err;
    }
    bool logged = false;
    const auto audit = desk.told({"store", "audit"});
    for (const auto& entry : audit["entries"])
        logged = logged || (entry["refused"] == true && entry["caller"] == "ben@library");
    EXPECT_TRUE(logged);
    desk.told({"store", "permit", "Roof", "--allow", "ben=read,write"});
    desk.told(with({"cube", "rename", "Roof", "Eaves"}, ben));
    // The last permission that goes leaves it to its owner, not to everyone.
    const auto denied = desk.told({"store", "permit", "Eaves", "--deny", "ben"});
    EXPECT_TRUE(denied["permissions"]["ben"].empty());
    EXPECT_TRUE(desk.told(with({"cube", "list"}, ben))["cubes"].empty());
    EXPECT_EQ(1, desk.run(with({"store", "permit", "Eaves"}, ben)).exitCode);
    EXPECT_EQ(1U, desk.told({"cube", "list"})["cubes"].size());
    desk.told({"store", "permit", "Eaves", "--clear"});
    EXPECT_EQ(1U, desk.told(with({"cube", "list"}, ben))["cubes"].size());

    EXPECT_EQ(true, desk.told({"store", "permit", "Eaves", "--protect"})["read_only"]);
    for (const Words& refused : {Words{"cube", "rename", "Eaves", "Mine"}, Words{"cube", "delete", "Eaves"},
                                 Words{"store", "permit", "Eaves", "--allow", "ben=read"}}) {
        const Ending ending = desk.run(refused);
        EXPECT_EQ(1, ending.exitCode);
        EXPECT_NE(std::string::npos, ending.err.find("read-only")) << ending.err;
    }
    const auto both = desk.told({"store", "permit", "Eaves", "--unprotect", "--allow", "*=read"});
    EXPECT_EQ(false, both["read_only"]);
    EXPECT_EQ(nlohmann::json({"read"}), both["permissions"]["*"]);
    const Ending like = desk.run({"store", "permit", "Eaves", "--deny", "ben"});
    EXPECT_EQ(2, like.exitCode);
    EXPECT_NE(std::string::npos, like.err.find("what everyone may")) << like.err;

    EXPECT_EQ(2, desk.run({"store", "permit", "Eaves", "--protect", "--unprotect"}).exitCode);
    const Ending typed = desk.run({"store", "permit", "Eaves", "--allow", "ben=raed"});
    EXPECT_EQ(2, typed.exitCode);
    EXPECT_NE(std::string::npos, typed.err.find("Did you mean 'read'?")) << typed.err;
    EXPECT_EQ(2, desk.run({"store", "permit", "Eaves", "--allow", "ben"}).exitCode);
}

TEST(StoreCommands, MessagesWaitUntilTheyAreAcknowledged) {
    const Scratch scratch;
    const Desk desk(scratch);
    makeCube(desk, "Roof");
    for (const char* queue : {"drums", "pads"}) desk.told({"store", "message", "open", queue});
    desk.told({"store", "message", "send", "drums", "--text", "louder", "--from", "pads"});
    desk.told({"store", "message", "send", "drums", "--type", "cube", "--item", "Roof"});
    const std::string bytes("\x00\xff\x01", 3);
    writeBytes(scratch / "body", bytes);
    EXPECT_EQ(1, desk.told({"store", "message", "send", "--all", "--from", "pads", "--file",
                            scratch.text("body")})["queues"]);
    auto queues = desk.told({"store", "message", "list"})["queues"];
    ASSERT_EQ(2U, queues.size());
    EXPECT_EQ("drums", queues[0]["name"]);
    EXPECT_EQ(3, queues[0]["waiting"]);
    EXPECT_EQ(0, queues[1]["waiting"]);

    const Words receive{"store", "message", "receive", "drums", "--out", scratch.text("bodies")};
    for (int i = 0; i < 2; ++i) {
        const auto messages = desk.told(receive)["messages"];
        ASSERT_EQ(3U, messages.size()) << "they come again until they are acknowledged";
        EXPECT_EQ("louder", messages[0]["text"]);
        EXPECT_EQ("pads", messages[0]["from"]);
        EXPECT_EQ("smidgen", messages[0]["sender"]);
        EXPECT_EQ("cube", messages[1]["type"]);
        EXPECT_EQ("Roof", messages[1]["items"][0]["name"]);
        EXPECT_EQ(true, messages[2]["broadcast"]);
        EXPECT_FALSE(messages[2].contains("text"));
        EXPECT_EQ(bytes, readBytes(messages[2]["file"].get<std::string>()));
    }
    const auto first = desk.told({"store", "message", "receive", "drums", "--limit", "1"})["messages"];
    ASSERT_EQ(1U, first.size());
    const std::int64_t number = first[0]["number"];
    const Ending other = desk.run({"store", "message", "receive", "drums", "--reader", "other"});
    EXPECT_EQ(1, other.exitCode);
    EXPECT_EQ("conflict", other.json()["error"]["code"]);
    desk.told({"store", "message", "ack", "drums", std::to_string(number)});
    EXPECT_EQ(2U, desk.told(receive)["messages"].size());
    EXPECT_EQ(2, desk.run({"store", "message", "ack", "drums", std::to_string(number + 100)}).exitCode);

    const Ending stranger = desk.run({"store", "message", "receive", "drums", "--as", "ben"});
    EXPECT_EQ(1, stranger.exitCode);
    EXPECT_NE(std::string::npos, stranger.err.find("belongs to 'smidgen'")) << stranger.err;
    EXPECT_EQ(1, desk.run({"store", "message", "send", "drums", "--text", "x", "--project", "film"}).exitCode)
        << "another project's queues are not there";
    desk.told({"store", "message", "close", "drums"});
    EXPECT_EQ(1U, desk.told({"store", "message", "list"})["queues"].size());
    EXPECT_EQ(1, desk.run({"store", "message", "send", "drums", "--text", "x"}).exitCode);
    EXPECT_EQ(2, desk.run({"store", "message", "send", "pads"}).exitCode) << "nothing to send";
    EXPECT_EQ(2, desk.run({"store", "message", "send", "--text", "x"}).exitCode) << "no queue";
    EXPECT_EQ(2, desk.run({"store", "message", "send", "pads", "--all", "--text", "x"}).exitCode);
    EXPECT_EQ(2, desk.run({"store", "message", "send", "pads", "--text", "x", "--file", "y"}).exitCode);
    EXPECT_EQ(2, desk.run({"store", "message", "receive", "pads", "--limit", "0"}).exitCode);
}

TEST(StoreCommands, ScrubbingFindsWhatVerifyingFindsAndStopsWhenAsked) {
    const Scratch scratch;
    const Desk desk(scratch);
    const std::string id = desk.told({"model", "import", smallModel()})["id"];
    const auto sound = desk.told({"store", "scrub", "--rate", "100000"});
    EXPECT_EQ(true, sound["sound"]);
    EXPECT_TRUE(sound["leftovers"].empty());
    Running slow({"store", "scrub", "--rate", "0.1", "--library", desk.library(), "--json"}, {});
    for (int i = 0; i < 3000 && slow.errorsSoFar().empty() && !slow.ended(); ++i) usleep(20'000);
    EXPECT_FALSE(slow.ended()) << "some megabytes at a tenth of one a second";
    slow.send(SIGINT);
    const Ending stopped = slow.wait();
    EXPECT_EQ(3, stopped.exitCode);
    EXPECT_EQ("cancelled", stopped.json()["error"]["code"]);
    writeBytes(scratch / "library" / "models" / (id + ".safetensors"), "not what it was");
    const Ending damaged = desk.run({"store", "scrub", "--rate", "100000"});
    EXPECT_EQ(4, damaged.exitCode);
    EXPECT_EQ(1U, damaged.json()["problems"].size());
    EXPECT_EQ(2, desk.run({"store", "scrub", "--rate", "0"}).exitCode);
}

TEST(StoreCommands, ItemsAreSentToAnotherLibraryAndAStoppedSendingGoesOn) {
    const Scratch scratch;
    const Desk desk(scratch), other(scratch, "other");
    const std::string model = desk.told({"model", "import", smallModel()})["id"];
    makeCube(desk, "Roof");
    importSound(desk, scratch, "Kit", 440);
    other.told({"store", "stats"});
    Running sending({"store", "bridge", other.library(), model, "--library", desk.library()}, {});
    const fs::path parts = scratch / "other" / "transfers";
    const auto anyPart = [&] { return fs::exists(parts) && !fs::is_empty(parts); };
    for (int i = 0; i < 20'000 && !anyPart() && !sending.ended(); ++i) usleep(100);
    sending.send(SIGKILL);
    (void)sending.wait();
    const bool arrived = !other.told({"model", "list"})["models"].empty();
    const std::string bytes = readBytes(scratch / "library" / "models" / (model + ".safetensors"));
    const bool cut = !arrived && anyPart();
    // As much as a kill half way would have left of it.
    if (cut) writeBytes(fs::directory_iterator(parts)->path(), bytes.substr(0, bytes.size() / 2));
    const auto sent = desk.told({"store", "bridge", other.library(), model, "Roof", "Kit"});
    EXPECT_EQ(arrived ? 2 : 3, sent["added"]);
    if (cut) {
        EXPECT_EQ(bytes.size() / 2, sent["bytes_resumed"]);
    }
    EXPECT_EQ(1U, other.told({"model", "list"})["models"].size());
    EXPECT_EQ(1U, other.told({"cube", "list"})["cubes"].size());
    EXPECT_EQ(1U, other.told({"dataset", "list"})["collections"].size());
    const auto check = other.told({"store", "verify"});
    EXPECT_EQ(true, check["sound"]);
    EXPECT_TRUE(check["leftovers"].empty());
    const auto again = desk.told({"store", "bridge", other.library(), model});
    EXPECT_EQ(1, again["same"]);
    EXPECT_EQ(0, again["bytes_sent"]);

    desk.told({"cube", "rename", "Roof", "Eaves"});
    other.told({"cube", "rename", "Roof", "Shed"});
    const Ending conflict = desk.run({"store", "bridge", other.library(), "Eaves"});
    EXPECT_EQ(1, conflict.exitCode);
    EXPECT_EQ(nlohmann::json({"Eaves"}), conflict.json()["conflicts"]);
    EXPECT_EQ(1, desk.run({"store", "bridge", scratch.text("nowhere"), "Eaves"}).exitCode);
    EXPECT_EQ(2, desk.run({"store", "bridge", desk.library(), "Eaves"}).exitCode);
    EXPECT_EQ(2, desk.run({"store", "bridge", other.library()}).exitCode);
    EXPECT_EQ(1, desk.run({"store", "bridge", other.library(), "nothing"}).exitCode);
}

TEST(StoreCommands, ConflictsOfASyncCanBeKeptBoth) {
    const Scratch scratch;
    const Desk desk(scratch), other(scratch, "other");
    makeCube(desk, "Roof");
    other.told({"store", "sync", desk.library()});
    desk.told({"cube", "rename", "Roof", "Eaves"});
    other.told({"cube", "rename", "Roof", "Shed"});
    EXPECT_EQ(1U, other.told({"store", "sync", desk.library()})["conflicts"].size());
    const auto both = other.told({"store", "sync", desk.library(), "--conflicts", "keep-both"});
    EXPECT_EQ(1, both["settled"]);
    EXPECT_TRUE(both["conflicts"].empty());
    EXPECT_EQ(2U, other.told({"cube", "list"})["cubes"].size());
    EXPECT_EQ(0U, other.told({"store", "sync", desk.library()})["conflicts"].size());
    desk.told({"store", "sync", other.library()});
    EXPECT_EQ(2U, desk.told({"cube", "list"})["cubes"].size());
    for (const Desk* each : {&desk, &other}) {
        const auto check = each->told({"store", "verify"});
        EXPECT_EQ(true, check["sound"]);
        EXPECT_TRUE(check["leftovers"].empty());
    }
}

TEST(StoreCommands, AnotherLibraryIsLookedIntoAndBroughtInItemByItem) {
    const Scratch scratch;
    const Desk desk(scratch), other(scratch, "other");
    makeCube(desk, "Roof");
    makeCube(desk, "Cellar");
    const auto seen = other.told({"store", "look", desk.library(), "--where", "kind:cube"});
    ASSERT_EQ(2U, seen["items"].size());
    EXPECT_EQ("only there", seen["items"][0]["standing"]);
    EXPECT_EQ(1U, other.told({"store", "bring", desk.library(), "Roof"})["added"].size());
    EXPECT_EQ(1U, other.told({"cube", "list"})["cubes"].size());
    desk.told({"cube", "rename", "Roof", "Eaves"});
    other.told({"cube", "rename", "Roof", "Shed"});
    const auto left = other.told({"store", "bring", desk.library()});
    EXPECT_EQ(1, left["left"]);
    EXPECT_EQ(1U, left["added"].size());
    const auto conflict = other.told({"store", "look", desk.library()});
    ASSERT_EQ(1U, conflict["items"].size());
    EXPECT_EQ("changed on both sides", conflict["items"][0]["standing"]);
    EXPECT_EQ("Shed", conflict["items"][0]["here"]);
    EXPECT_EQ(1, other.told({"store", "bring", desk.library(), "Eaves", "--conflicts", "theirs"})["settled"]);
    const Ending cubes = other.run({"cube", "list"});
    EXPECT_NE(std::string::npos, cubes.out.find("Eaves"));
    EXPECT_EQ(1, other.run({"store", "bring", desk.library(), "nothing"}).exitCode);
    EXPECT_EQ(1, other.run({"store", "look", scratch.text("nowhere")}).exitCode);
    EXPECT_EQ(2, other.run({"store", "look", other.library()}).exitCode);
}

TEST(StoreCommands, ExplainThemselves) {
    const std::vector<std::pair<Words, Words>> commands{
        {{}, {"--project", "--as"}},
        {{"store"}, {"namespace", "permit", "message", "scrub", "bridge", "look", "bring"}},
        {{"store", "namespace"}, {"list", "share", "unshare"}},
        {{"store", "namespace", "share"}, {"ITEM", "--with", "smidgen store namespace share"}},
        {{"store", "permit"}, {"ITEM", "--allow", "--deny", "--clear", "--protect", "--unprotect"}},
        {{"store", "message"}, {"open", "close", "list", "send", "receive", "ack"}},
        {{"store", "message", "send"}, {"QUEUE", "--all", "--type", "--text", "--file", "--item", "--from"}},
        {{"store", "message", "receive"}, {"QUEUE", "--limit", "--reader", "--keep", "--out"}},
        {{"store", "message", "ack"}, {"QUEUE", "NUMBER"}},
        {{"store", "scrub"}, {"--rate", "smidgen store scrub"}},
        {{"store", "bridge"}, {"LIBRARY", "ITEM", "smidgen store bridge"}},
        {{"store", "sync"}, {"keep-both"}},
    };
    for (const auto& [command, words] : commands) {
        const Ending ending = smidgen(with(command, {"--help"}));
        EXPECT_EQ(0, ending.exitCode) << ending.err;
        for (const std::string& word : words)
            EXPECT_NE(std::string::npos, ending.out.find(word)) << word << " is not in\n" << ending.out;
    }
}

}  // namespace
}  // namespace smidgen::test
