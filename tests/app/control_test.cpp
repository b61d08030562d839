// Controllers on the command line: what arrives is printed, and what is sent is answered.
#include <arpa/inet.h>
#include <netinet/in.h>
#include <signal.h>
#include <sys/socket.h>
#include <unistd.h>

#include <chrono>
#include <thread>

#include "tests/app/desk.h"

namespace smidgen::test {
namespace {

/// A UDP port of the loopback interface that nothing listens on.
int freeUdpPort() {
    const int descriptor = ::socket(AF_INET, SOCK_DGRAM, 0);
    sockaddr_in address{};
    address.sin_family = AF_INET;
    address.sin_addr.s_addr = ::htonl(INADDR_LOOPBACK);
    socklen_t length = sizeof address;
    EXPECT_EQ(0, ::bind(descriptor, reinterpret_cast<sockaddr*>(&address), length));
    EXPECT_EQ(0, ::getsockname(descriptor, reinterpret_cast<sockaddr*>(&address), &length));
    ::close(descriptor);
    return ::ntohs(address.sin_port);
}

/// Until the listener says that it listens.
bool listens(Running& running) {
    const auto end = std::chrono::steady_clock::now() + std::chrono::seconds(20);
    while (running.errorsSoFar().find("Ctrl-C ends") == std::string::npos) {
        if (running.ended() || std::chrono::steady_clock::now() > end) return false;
        std::this_thread::yield();
    }
    return true;
}

TEST(Control, WhatIsSentIsHeardAndAnswered) {
    const Scratch scratch;
    const std::string port = std::to_string(freeUdpPort());
    Running listener({"control", "listen", "--no-midi", "--osc-port", port, "--count", "3", "--json",
                      "--settings", scratch.text("none.json")},
                     {});
    ASSERT_TRUE(listens(listener)) << listener.errorsSoFar();
    const auto send = [&](std::vector<std::string> words, bool answered) {
        words.insert(words.begin(), {"control", "send"});
        words.insert(words.end(), {"--port", port, "--wait", answered ? "30" : "0", "--json"});
        const Ending ending = smidgen(words);
        EXPECT_EQ(0, ending.exitCode) << ending.err;
        return ending.json();
    };
    EXPECT_TRUE(send({"/smidgen/slider/brightness", "0.75"}, false)["answers"].empty());
    const auto told = send({"/smidgen/slider/brightness"}, true);
    ASSERT_EQ(1U, told["answers"].size()) << told;
    EXPECT_EQ("/smidgen/slider/brightness", told["answers"][0]["address"]);
    EXPECT_EQ(0.75, told["answers"][0]["values"][0]);
    const auto refused = send({"/smidgen/slider/loudness", "0.5"}, true);
    ASSERT_EQ(1U, refused["answers"].size()) << refused;
    EXPECT_EQ("/smidgen/error", refused["answers"][0]["address"]);
    send({"/smidgen/generate", "4"}, false);
    const Ending ending = listener.wait();
    EXPECT_EQ(0, ending.exitCode) << ending.err;
    const auto heard = ending.json()["heard"];
    ASSERT_EQ(2U, heard.size()) << ending.out;
    EXPECT_EQ("slider.brightness", heard[0]["target"]);
    EXPECT_EQ("position", heard[0]["what"]);
    EXPECT_EQ(0.75, heard[0]["value"]);
    EXPECT_EQ("generate.one", heard[1]["target"]);
    EXPECT_EQ(4, heard[1]["value"]);
    EXPECT_NE(std::string::npos, ending.err.find("The sliders are density")) << ending.err;
}

TEST(Control, ATakenPortIsRefusedInWords) {
    const Scratch scratch;
    const std::string port = std::to_string(freeUdpPort());
    const std::vector<std::string> arguments{"control",    "listen",     "--no-midi",
                                             "--osc-port", port,         "--seconds",
                                             "60",         "--settings", scratch.text("none.json")};
    Running first(arguments, {});
    ASSERT_TRUE(listens(first)) << first.errorsSoFar();
    const Ending second = smidgen(arguments);
    EXPECT_EQ(1, second.exitCode);
    EXPECT_NE(std::string::npos, second.err.find("is taken by another program")) << second.err;
    first.send(SIGINT);
    EXPECT_EQ(0, first.wait().exitCode);
}

TEST(Control, ListsEveryAddressAndTheMappings) {
    const Scratch scratch;
    writeBytes(scratch / "controls.json",
               R"({"format": "smidgen-controls", "version": 1, "mappings": [
                   {"target": "slider.space", "port": "Pads", "kind": "nrpn", "channel": 2, "number": 657}]})");
    const Ending ending = smidgen({"control", "list", "--json", "--settings", scratch.text("controls.json")});
    ASSERT_EQ(0, ending.exitCode) << ending.err;
    const auto json = ending.json();
    ASSERT_EQ(1U, json["mappings"].size()) << ending.out;
    EXPECT_EQ("NRPN 657 on channel 2", json["mappings"][0]["control"]);
    std::string addresses;
    for (const auto& address : json["addresses"]) addresses += address["address"].get<std::string>() + "\n";
    for (const std::string address : {"/smidgen/slider/space", "/smidgen/transport/play", "/smidgen/generate",
                                      "/smidgen/subscribe", "/smidgen/action/generate.dice"})
        EXPECT_NE(std::string::npos, addresses.find(address + "\n")) << addresses;
}

TEST(Control, ADamagedFileIsSaidAndKept) {
    const Scratch scratch;
    writeBytes(scratch / "controls.json", "{");
    const Ending ending = smidgen({"control", "list", "--settings", scratch.text("controls.json")});
    EXPECT_EQ(0, ending.exitCode);
    EXPECT_NE(std::string::npos, ending.err.find("controls.json.unreadable")) << ending.err;
    EXPECT_EQ("{", readBytes(scratch / "controls.json.unreadable"));
}

TEST(Control, RefusesWhatCannotBe) {
    const std::vector<std::pair<std::vector<std::string>, std::string>> cases{
        {{"control", "listen", "--no-midi"}, "nothing to listen to"},
        {{"control", "listen", "--osc-port", "70000"}, "whole number from 1 to 65535"},
        {{"control", "listen", "--other-machines"}, "--osc-port"},
        {{"control", "listen", "--midi", "x", "--no-midi"}, "excludes"},
        {{"control", "send", "smidgen/state"}, "begins with '/'"},
        {{"control", "send"}, "ADDRESS is required"},
    };
    for (const auto& [arguments, says] : cases) {
        const Ending ending = smidgen(arguments);
        EXPECT_EQ(2, ending.exitCode) << says;
        EXPECT_NE(std::string::npos, ending.err.find(says)) << says << "\n" << ending.err;
    }
    const Ending missing = smidgen({"control", "listen", "--midi", "No such pads", "--seconds", "1"});
    EXPECT_EQ(1, missing.exitCode);
    EXPECT_NE(std::string::npos, missing.err.find("There is no MIDI input 'No such pads'")) << missing.err;
}

TEST(Control, DevicesListsMidiInputsOrSaysWhyThereAreNone) {
    const Ending ending = smidgen({"devices", "--json"});
    ASSERT_EQ(0, ending.exitCode) << ending.err;
    const auto midi = ending.json()["midi"];
    ASSERT_TRUE(midi["inputs"].is_array()) << ending.out;
    const bool sequencer = ::access("/dev/snd/seq", R_OK | W_OK) == 0;
    EXPECT_EQ(sequencer, midi["problem"].get<std::string>().empty()) << ending.out;
}

}  // namespace
}  // namespace smidgen::test
