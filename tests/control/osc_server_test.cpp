// liblo's own client against the server, through UDP on the loopback interface.
#include <arpa/inet.h>
#include <gtest/gtest.h>
#include <lo/lo.h>
#include <netinet/in.h>
#include <sys/socket.h>
#include <unistd.h>

#include <algorithm>
#include <array>
#include <atomic>
#include <chrono>
#include <condition_variable>
#include <mutex>
#include <set>
#include <thread>

#include "engine/control/control_desk.h"
#include "engine/control/osc_server.h"
#include "sample_targets.h"

namespace smidgen::testing {
namespace {

using namespace std::chrono_literals;
constexpr auto kPatience = 10s;

/// A liblo server of its own, which also sends; what it hears as text: "/smidgen/slider/space f 0.50".
class Client {
 public:
    explicit Client(int port) : m_server(lo_server_new(nullptr, nullptr)) {
        m_target = lo_address_new("127.0.0.1", std::to_string(port).c_str());
        lo_server_add_method(m_server, nullptr, nullptr, heard, this);
    }
    ~Client() {
        lo_address_free(m_target);
        lo_server_free(m_server);
    }
    Client(const Client&) = delete;
    Client& operator=(const Client&) = delete;

    [[nodiscard]] lo_address target() const { return m_target; }
    [[nodiscard]] lo_server server() const { return m_server; }
    [[nodiscard]] int port() const { return lo_server_get_port(m_server); }
    /// Whether it has heard `wanted`; serves both sides until then.
    bool hears(ControlDesk& desk, const std::string& wanted) {
        const auto end = std::chrono::steady_clock::now() + kPatience;
        while (std::chrono::steady_clock::now() < end) {
            m_taken.push_back(desk.take(0));
            lo_server_recv_noblock(m_server, 2);
            if (std::find(m_heard.begin(), m_heard.end(), wanted) != m_heard.end()) return true;
        }
        return false;
    }
    /// What is there already.
    void drain() {
        while (lo_server_recv_noblock(m_server, 20) > 0) {
        }
    }
    std::vector<std::string> m_heard;
    std::vector<TakenControls> m_taken;

 private:
    static int heard(const char* path, const char* types, lo_arg** values, int count, lo_message,
                     void* self) {
        std::string text = path;
        for (int i = 0; i < count; ++i) {
            text += std::string(" ") + types[i];
            if (types[i] == 'f') text += " " + std::to_string(values[i]->f).substr(0, 5);
            if (types[i] == 'i') text += " " + std::to_string(values[i]->i);
            if (types[i] == 's') text += " " + std::string(&values[i]->s);
        }
        static_cast<Client*>(self)->m_heard.push_back(text);
        return 0;
    }
    lo_server m_server;
    lo_address m_target;
};

class OscServerTest : public ::testing::Test {
 protected:
    OscServerTest() : m_desk(sampleTargets(), {}) {}
    void SetUp() override {
        const Status opened = m_desk.openOsc(0, false);
        ASSERT_TRUE(opened) << opened.error().sentence;
    }
    [[nodiscard]] int port() const { return *m_desk.oscPort(); }
    /// Everything that arrives until `enough` changes are there.
    std::vector<ControlChange> changes(std::size_t enough) {
        std::vector<ControlChange> all;
        const auto end = std::chrono::steady_clock::now() + kPatience;
        while (all.size() < enough && std::chrono::steady_clock::now() < end) {
            for (auto& change : m_desk.take(0).changes) all.push_back(std::move(change));
            std::this_thread::yield();
        }
        return all;
    }
    ControlDesk m_desk;
};

TEST_F(OscServerTest, AClientMovesSlidersAndPressesActions) {
    const Client client(port());
    lo_send(client.target(), "/smidgen/slider/brightness", "f", 0.75F);
    lo_send(client.target(), "/smidgen/generate", "i", 3);
    lo_send(client.target(), "/smidgen/transport/play", "");
    const auto all = changes(3);
    ASSERT_EQ(all.size(), 3U);
    EXPECT_EQ(all[0].target, "slider.brightness");
    EXPECT_EQ(all[0].value, 0.75);
    EXPECT_EQ(all[1].target, "generate.one");
    EXPECT_EQ(all[1].value, 3);
    EXPECT_EQ(all[2].kind, ControlChange::Kind::turn);
    EXPECT_TRUE(all[0].origin.peer);
}

TEST_F(OscServerTest, ABundleIsDoneInOrder) {
    const Client client(port());
    lo_bundle bundle = lo_bundle_new(LO_TT_IMMEDIATE);
    lo_message first = lo_message_new();
    lo_message_add_float(first, 0.1F);
    lo_message second = lo_message_new();
    lo_bundle_add_message(bundle, "/smidgen/slider/space", first);
    lo_bundle_add_message(bundle, "/smidgen/dice", second);
    lo_send_bundle(client.target(), bundle);
    lo_bundle_free_recursive(bundle);
    const auto all = changes(2);
    ASSERT_EQ(all.size(), 2U);
    EXPECT_EQ(all[0].target, "slider.space");
    EXPECT_EQ(all[1].target, "generate.dice");
}

TEST_F(OscServerTest, ASubscriberHearsEverythingNowAndEachChangeAfter) {
    m_desk.moved("slider.warmth", 0.25, 0);
    Client client(port());
    lo_send_from(client.target(), client.server(), LO_TT_IMMEDIATE, "/smidgen/subscribe", "");
    ASSERT_TRUE(client.hears(m_desk, "/smidgen/transport/loop i 0"));
    EXPECT_TRUE(client.hears(m_desk, "/smidgen/slider/warmth f 0.250"));
    EXPECT_TRUE(client.hears(m_desk, "/smidgen/slider/space N"));
    EXPECT_TRUE(client.hears(m_desk, "/smidgen/subscribed i " + std::to_string(client.port())));
    m_desk.moved("slider.space", 1.125, 0);
    EXPECT_TRUE(client.hears(m_desk, "/smidgen/slider/space f 1.125"));
    m_desk.moved("transport.loop", 1, 0);
    EXPECT_TRUE(client.hears(m_desk, "/smidgen/transport/loop i 1"));
    m_desk.moved("slider.space", std::nullopt, 0);
    client.m_heard.clear();
    EXPECT_TRUE(client.hears(m_desk, "/smidgen/slider/space N"));

    lo_send_from(client.target(), client.server(), LO_TT_IMMEDIATE, "/smidgen/unsubscribe", "");
    ASSERT_TRUE(client.hears(m_desk, "/smidgen/unsubscribed i " + std::to_string(client.port())));
    EXPECT_EQ(m_desk.subscribers(), 0U);
    client.m_heard.clear();
    m_desk.moved("slider.space", 0.5, 0);
    client.drain();
    EXPECT_TRUE(client.m_heard.empty());
}

TEST_F(OscServerTest, AClientIsNotToldItsOwnMovementButOthersAre) {
    Client one(port());
    Client two(port());
    for (Client* client : {&one, &two}) {
        lo_send_from(client->target(), client->server(), LO_TT_IMMEDIATE, "/smidgen/subscribe", "");
        ASSERT_TRUE(client->hears(m_desk, "/smidgen/transport/loop i 0"));
    }
    one.drain();
    one.m_heard.clear();
    lo_send_from(one.target(), one.server(), LO_TT_IMMEDIATE, "/smidgen/slider/pulse", "f", 0.5F);
    ASSERT_TRUE(two.hears(m_desk, "/smidgen/slider/pulse f 0.500"));
    // The window reports where the slider came to stand: the same place, so nobody hears it again.
    m_desk.moved("slider.pulse", 0.5004, 0);
    one.drain();
    EXPECT_TRUE(one.m_heard.empty()) << one.m_heard.front();
}

TEST_F(OscServerTest, ASubscriberMayNameAnotherPort) {
    Client listener(port());
    const Client sender(port());
    lo_send(sender.target(), "/smidgen/subscribe", "i", listener.port());
    EXPECT_TRUE(listener.hears(m_desk, "/smidgen/subscribed i " + std::to_string(listener.port())));
}

TEST_F(OscServerTest, AskingTellsHowASliderStands) {
    Client client(port());
    m_desk.moved("slider.density", 0.5, 0);
    lo_send_from(client.target(), client.server(), LO_TT_IMMEDIATE, "/smidgen/slider/density", "");
    EXPECT_TRUE(client.hears(m_desk, "/smidgen/slider/density f 0.500"));
    lo_send_from(client.target(), client.server(), LO_TT_IMMEDIATE, "/smidgen/state", "");
    EXPECT_TRUE(client.hears(m_desk, "/smidgen/transport/play i 0"));
}

TEST_F(OscServerTest, MistakesAreAnsweredInWords) {
    Client client(port());
    lo_send_from(client.target(), client.server(), LO_TT_IMMEDIATE, "/smidgen/slider/loudness", "f", 0.5F);
    EXPECT_TRUE(client.hears(m_desk,
                             "/smidgen/error s /smidgen/slider/loudness s There is no "
                             "/smidgen/slider/loudness. The sliders are density, brightness, warmth, "
                             "roughness, tension, rhythm, pulse, space."));
    lo_send_from(client.target(), client.server(), LO_TT_IMMEDIATE, "/smidgen/slider/space", "f", 7.0F);
    EXPECT_TRUE(client.hears(m_desk,
                             "/smidgen/error s /smidgen/slider/space s /smidgen/slider/space takes a number "
                             "from -0.25 to 1.25 (0 to 1 is the collection's own range)."));
    EXPECT_TRUE(m_desk.state().empty()) << "and moved nothing";
    // No OSC at all, from the client's own socket.
    sockaddr_in to{};
    to.sin_family = AF_INET;
    to.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
    to.sin_port = htons(static_cast<std::uint16_t>(port()));
    ASSERT_EQ(::sendto(lo_server_get_socket_fd(client.server()), "hello", 5, 0,
                       reinterpret_cast<sockaddr*>(&to), sizeof to),
              5);
    EXPECT_TRUE(client.hears(m_desk,
                             "/smidgen/error s  s This is no OSC packet: its length is 5 bytes, which four "
                             "does not divide."));
    // An error is never answered by an error: two programs would go on for ever.
    client.m_heard.clear();
    lo_send_from(client.target(), client.server(), LO_TT_IMMEDIATE, "/smidgen/error", "s", "no");
    lo_send_from(client.target(), client.server(), LO_TT_IMMEDIATE, "/smidgen/state", "");
    ASSERT_TRUE(client.hears(m_desk, "/smidgen/transport/play i 0"));
    for (const std::string& heard : client.m_heard)
        EXPECT_FALSE(heard.starts_with("/smidgen/error")) << heard;
}

TEST_F(OscServerTest, ATakenPortIsRefusedInWordsAndAFreeOneOpens) {
    ControlDesk other(sampleTargets(), {});
    const Status refused = other.openOsc(port(), false);
    ASSERT_FALSE(refused);
    EXPECT_EQ(refused.error().code, ErrorCode::conflict);
    EXPECT_NE(refused.error().sentence.find(std::to_string(port()) + " is taken by another program"),
              std::string::npos)
        << refused.error().sentence;
    const int freed = port();
    m_desk.closeOsc();
    EXPECT_EQ(m_desk.oscPort(), std::nullopt);
    const Status opened = other.openOsc(freed, false);
    EXPECT_TRUE(opened) << opened.error().sentence;
}

TEST_F(OscServerTest, ListensOnLoopbackOnlyUnlessAsked) {
    // A datagram to another address of this machine does not arrive; opened to others it does.
    const auto reaches = [](int to, const char* address) {
        const int socket = ::socket(AF_INET, SOCK_DGRAM, 0);
        sockaddr_in peer{};
        peer.sin_family = AF_INET;
        ::inet_pton(AF_INET, address, &peer.sin_addr);
        peer.sin_port = htons(static_cast<std::uint16_t>(to));
        // A connected socket is told of a port nobody has.
        EXPECT_EQ(::connect(socket, reinterpret_cast<sockaddr*>(&peer), sizeof peer), 0);
        const auto bytes = writeOscMessage({"/smidgen/state", {}});
        EXPECT_EQ(::send(socket, bytes.data(), bytes.size(), 0), static_cast<ssize_t>(bytes.size()));
        const bool refused = ::send(socket, bytes.data(), bytes.size(), 0) < 0 && errno == ECONNREFUSED;
        ::close(socket);
        return !refused;
    };
    EXPECT_TRUE(reaches(port(), "127.0.0.1"));
    EXPECT_FALSE(reaches(port(), "127.0.0.2"));
    ASSERT_TRUE(m_desk.openOsc(0, true));
    EXPECT_TRUE(reaches(port(), "127.0.0.2"));
}

TEST_F(OscServerTest, AFloodIsMergedAndItsLastValuesAreKept) {
    std::vector<std::thread> clients;
    constexpr int kEach = 2000;
    const std::array<const char*, 3> sliders{"pulse", "space", "rhythm"};
    std::atomic<bool> over = false;
    for (const char* slider : sliders)
        clients.emplace_back([this, slider, &over] {
            const Client client(port());
            const std::string address = std::string("/smidgen/slider/") + slider;
            for (int i = 0; i < kEach; ++i) {
                // Through a socket of its own: the one liblo shares is opened without a lock.
                lo_send_from(client.target(), client.server(), LO_TT_IMMEDIATE, address.c_str(), "f",
                             static_cast<float>(i) / kEach);
                if (i % 50 == 0) std::this_thread::yield();
            }
            // UDP may drop datagrams of a flood, the last ones too: then the hand is still there.
            while (!over) {
                std::this_thread::sleep_for(std::chrono::milliseconds(50));
                lo_send_from(client.target(), client.server(), LO_TT_IMMEDIATE, address.c_str(), "f",
                             static_cast<float>(kEach - 1) / kEach);
            }
        });
    std::set<std::string> done;
    const auto end = std::chrono::steady_clock::now() + kPatience;
    std::size_t told = 0;
    while (done.size() < sliders.size() && std::chrono::steady_clock::now() < end)
        for (const ControlChange& change : m_desk.take(0).changes) {
            ++told;
            if (change.value > (kEach - 1.5) / kEach) done.insert(change.target);
        }
    over = true;
    for (auto& client : clients) client.join();
    EXPECT_EQ(done.size(), sliders.size());
    EXPECT_GT(told, 0U);
}

TEST_F(OscServerTest, TheThirtyThirdSubscriberTakesTheFirstOnesPlace) {
    const Client client(port());
    for (int i = 0; i < 40; ++i) lo_send(client.target(), "/smidgen/subscribe", "i", 20000 + i);
    const auto end = std::chrono::steady_clock::now() + kPatience;
    while (m_desk.subscribers() < 32 && std::chrono::steady_clock::now() < end)
        EXPECT_TRUE(m_desk.take(0).refusals.empty());
    EXPECT_EQ(m_desk.subscribers(), 32U);
}

}  // namespace
}  // namespace smidgen::testing
