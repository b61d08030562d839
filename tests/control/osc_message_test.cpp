// Packets byte by byte, as OSC 1.0 lays them out, and what is wrong with others.
#include "engine/control/osc_message.h"

#include <gtest/gtest.h>

#include <random>

#include "engine/control/osc_addresses.h"
#include "sample_targets.h"

namespace smidgen::testing {
namespace {

using Bytes = std::vector<std::uint8_t>;

Bytes bytesOf(const std::string& text) {
    return {text.begin(), text.end()};
}

/// "/smidgen/slider/space" ,f 0.5
const Bytes kSpace = bytesOf(std::string("/smidgen/slider/space\0\0\0,f\0\0\x3F\0\0\0", 32));

Bytes bundleOf(const std::vector<Bytes>& elements) {
    Bytes bundle = bytesOf(std::string("#bundle\0\0\0\0\0\0\0\0\1", 16));
    for (const Bytes& element : elements) {
        for (int shift = 24; shift >= 0; shift -= 8)
            bundle.push_back(static_cast<std::uint8_t>(element.size() >> shift));
        bundle.insert(bundle.end(), element.begin(), element.end());
    }
    return bundle;
}

TEST(OscMessage, IsReadFromItsBytes) {
    const auto read = readOscPacket(kSpace);
    ASSERT_TRUE(read) << read.error().sentence;
    EXPECT_EQ(*read, (std::vector<OscMessage>{{"/smidgen/slider/space", {0.5}}}));
}

TEST(OscMessage, IsWrittenAsItsBytes) {
    EXPECT_EQ(writeOscMessage({"/smidgen/slider/space", {0.5}}), kSpace);
    const OscMessage all{
        "/a", {OscValue(), std::int64_t{7}, std::int64_t{1} << 40, 0.25, std::string("ö"), true, false}};
    const auto read = readOscPacket(writeOscMessage(all));
    ASSERT_TRUE(read) << read.error().sentence;
    EXPECT_EQ(read->at(0), all);
    EXPECT_TRUE(writeOscMessage({"/a", {std::string(70000, 'x')}}).empty());
}

TEST(OscMessage, BundlesAreReadInOrder) {
    const auto read = readOscPacket(bundleOf({kSpace, bundleOf({kSpace}), kSpace}));
    ASSERT_TRUE(read) << read.error().sentence;
    EXPECT_EQ(read->size(), 3U);
    Bytes deep = kSpace;
    for (int i = 0; i < 9; ++i) deep = bundleOf({deep});
    EXPECT_FALSE(readOscPacket(deep));
    EXPECT_FALSE(readOscPacket(bundleOf(std::vector<Bytes>(513, kSpace))));
    EXPECT_TRUE(readOscPacket(bundleOf(std::vector<Bytes>(512, kSpace))));
}

TEST(OscMessage, EachCutIsRefusedInWords) {
    const Bytes bundle = bundleOf({kSpace, kSpace});
    int refused = 0;
    for (std::size_t size = 1; size < kSpace.size(); ++size) {
        const auto read = readOscPacket(std::span(kSpace).first(size));
        EXPECT_TRUE(read || !read.error().sentence.empty());
        refused += read ? 0 : 1;
    }
    // Cut behind the padded address, it is a message without arguments, which old senders write.
    EXPECT_GE(refused, static_cast<int>(kSpace.size()) - 2);
    for (std::size_t size = 1; size < bundle.size(); ++size) {
        const auto read = readOscPacket(std::span(bundle).first(size));
        EXPECT_TRUE(read || !read.error().sentence.empty());
    }
}

TEST(OscMessage, RandomEditsNeverCrash) {
    std::mt19937 random(11);
    const OscAddresses addresses(sampleTargets());
    const std::vector<Bytes> seeds{
        kSpace, bundleOf({kSpace, kSpace}), writeOscMessage({"/smidgen/subscribe", {std::int64_t{9000}}}),
        writeOscMessage({"/smidgen/*/{space,warmth}", {OscValue(), std::string("x"), true}})};
    int understood = 0;
    for (int i = 0; i < 200000; ++i) {
        Bytes bytes = seeds[random() % seeds.size()];
        for (unsigned edits = random() % 4; edits > 0; --edits)
            bytes[random() % bytes.size()] = static_cast<std::uint8_t>(random());
        if (random() % 8 == 0) bytes.resize((random() % bytes.size()) & ~3U);
        const auto read = readOscPacket(bytes);
        if (!read) {
            ASSERT_FALSE(read.error().sentence.empty());
            continue;
        }
        ++understood;
        for (const OscMessage& message : *read)
            if (const auto requests = addresses.read(message); !requests) {
                ASSERT_FALSE(requests.error().sentence.empty());
            }
    }
    EXPECT_GT(understood, 1000);
}

TEST(OscPattern, FitsAsOscSaysAndNeverTakesLong) {
    EXPECT_TRUE(oscPatternFits("/smidgen/slider/*", "/smidgen/slider/space"));
    EXPECT_TRUE(oscPatternFits("/smidgen/slider/{space,warmth}", "/smidgen/slider/warmth"));
    EXPECT_TRUE(oscPatternFits("/smidgen/slider/[p-s]*e", "/smidgen/slider/space"));
    EXPECT_FALSE(oscPatternFits("/smidgen/slider/?", "/smidgen/slider/space"));
    EXPECT_FALSE(oscPatternFits("/*a*a*a*a*a*a*a*a*a*b", "/aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa"));
}

class OscAddressesTest : public ::testing::Test {
 protected:
    std::vector<OscRequest> read(const std::string& address, std::vector<OscValue> values = {}) {
        auto requests = m_addresses.read({address, std::move(values)});
        EXPECT_TRUE(requests) << requests.error().sentence;
        return requests ? *requests : std::vector<OscRequest>();
    }
    std::string refusal(const std::string& address, std::vector<OscValue> values = {}) {
        const auto requests = m_addresses.read({address, std::move(values)});
        return requests ? "" : requests.error().sentence;
    }
    OscAddresses m_addresses{sampleTargets()};
};

TEST_F(OscAddressesTest, EverySliderIsMovedAskedAndLetGo) {
    for (const ControlTarget& target : sampleTargets()) {
        if (target.kind != TargetKind::slider) continue;
        const std::string address = "/smidgen/slider/" + *sliderOf(target.id);
        const auto moved = read(address, {-0.25});
        ASSERT_EQ(moved.size(), 1U);
        EXPECT_EQ(moved[0].change.kind, ControlChange::Kind::position);
        EXPECT_EQ(moved[0].change.target, target.id);
        EXPECT_EQ(moved[0].change.value, -0.25);
        EXPECT_EQ(read(address).at(0).kind, OscRequest::Kind::tell);
        EXPECT_EQ(read(address, {OscValue()}).at(0).change.kind, ControlChange::Kind::release);
        EXPECT_EQ(read(address + "/free").at(0).change.kind, ControlChange::Kind::release);
        for (const OscValue& bad : {OscValue(1.26), OscValue(-1.0), OscValue(std::nan("")), OscValue(true),
                                    OscValue(std::string("loud"))})
            EXPECT_NE(refusal(address, {bad}), "");
        EXPECT_EQ(m_addresses.stateOf(target.id, 0.5), (OscMessage{address, {0.5}}));
        EXPECT_EQ(m_addresses.stateOf(target.id, {}), (OscMessage{address, {OscValue()}}));
    }
}

TEST_F(OscAddressesTest, TransportAndGeneration) {
    using Kind = ControlChange::Kind;
    EXPECT_EQ(read("/smidgen/transport/play").at(0).change.value, 1);
    EXPECT_EQ(read("/smidgen/transport/pause").at(0).change.value, 0);
    EXPECT_EQ(read("/smidgen/transport/play").at(0).change.target, "transport.toggle");
    EXPECT_TRUE(read("/smidgen/transport/play", {0.0}).empty()) << "a button let go";
    EXPECT_EQ(read("/smidgen/transport/stop", {1.0}).at(0).change.kind, Kind::press);
    EXPECT_EQ(read("/smidgen/transport/loop").at(0).change.kind, Kind::flip);
    EXPECT_EQ(read("/smidgen/transport/loop", {std::int64_t{0}}).at(0).change.kind, Kind::turn);
    EXPECT_EQ(read("/smidgen/generate", {std::int64_t{4}}).at(0).change.value, 4);
    EXPECT_EQ(read("/smidgen/generate").at(0).change.value, 0);
    EXPECT_EQ(read("/smidgen/seed", {std::int64_t{1} << 50}).at(0).change.seed, std::uint64_t{1} << 50);
    EXPECT_EQ(read("/smidgen/dice").at(0).change.target, "generate.dice");
    EXPECT_EQ(read("/smidgen/action/generate.dice").at(0).change.target, "generate.dice");
    EXPECT_NE(refusal("/smidgen/generate", {std::int64_t{65}}), "");
    EXPECT_NE(refusal("/smidgen/seed", {0.5}), "");
    EXPECT_NE(refusal("/smidgen/subscribe", {std::int64_t{70000}}), "");
    EXPECT_NE(refusal("/smidgen/transport/play", {std::string("now")}), "");
    EXPECT_NE(refusal("/smidgen/dice", {1.0, 2.0}), "");
}

TEST_F(OscAddressesTest, UnknownAddressesAreRefusedWithTheKnownNames) {
    EXPECT_NE(refusal("/smidgen/slider/colour", {0.5}).find("brightness"), std::string::npos);
    EXPECT_NE(refusal("/other", {}), "");
    EXPECT_EQ(read("/smidgen/slider/*", {0.5}).size(), 8U) << "a pattern reaches all eight";
}

TEST_F(OscAddressesTest, ListsEveryAddressThatIsUnderstood) {
    for (const OscAddress& each : m_addresses.list()) {
        const auto requests = m_addresses.read({each.address, {}});
        EXPECT_TRUE(requests || requests.error().sentence.find(" takes ") != std::string::npos)
            << each.address;
        EXPECT_FALSE(each.does.empty());
    }
    EXPECT_GT(m_addresses.list().size(), 25U);
}

}  // namespace
}  // namespace smidgen::testing
