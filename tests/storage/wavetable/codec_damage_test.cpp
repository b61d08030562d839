#include "storage/wavetable/codec.h"

#include <algorithm>
#include <cstdlib>

#include "tests/storage/wavetable/material.h"

namespace smidgen::storage {
namespace {

using namespace testing;

/// One stream of every codec; the mixture's node is a true one.
std::vector<Bytes> streams() {
    std::vector<Bytes> all;
    const auto spectrum = spectrumNode({24, 40, 2}, 1);
    for (const Codec codec : {Codec::exact, Codec::quantised, Codec::dct, Codec::fft, Codec::wavelet})
        all.push_back(valueOf(encodeNode(*spectrum, {codec, {.largest = 0.5}})).stream);
    std::vector<float> hill(32 * 32);
    for (std::size_t i = 0; i < hill.size(); ++i) {
        const double r = static_cast<double>(i / 32) - 12;
        const double c = static_cast<double>(i % 32) - 17;
        hill[i] = static_cast<float>(2 * std::exp(-0.02 * (r * r + c * c + r * c)));
    }
    const auto mixture =
        valueOf(encodeNode(*valueOf(makeNode({32, 32, 1}, hill)), {Codec::gaussian, {.largest = 1e-3}}));
    EXPECT_EQ(Codec::gaussian, mixture.header.codec);
    all.push_back(mixture.stream);
    return all;
}

Bytes damaged(const Bytes& whole, Random& random) {
    Bytes bytes = whole;
    const std::uint64_t kind = random.below(3);
    if (kind == 0) bytes.resize(static_cast<std::size_t>(random.below(bytes.size())));
    if (kind == 1) bytes.push_back(static_cast<std::byte>(random.bits()));
    const std::uint64_t flips = kind == 2 ? 1 + random.below(4) : 0;
    for (std::uint64_t i = 0; i < flips; ++i)
        bytes[static_cast<std::size_t>(random.below(bytes.size()))] ^=
            static_cast<std::byte>(1U << random.below(8));
    return bytes;
}

/// How often to damage: 2000 times, or what SMIDGEN_DAMAGE_ROUNDS says.
int rounds() {
    const char* asked = std::getenv("SMIDGEN_DAMAGE_ROUNDS");
    return asked != nullptr ? std::max(100, std::atoi(asked)) : 2000;
}

TEST(CodecDamage, FlipsAndTruncationsAreAllDetected) {
    const auto all = streams();
    Random random(77);
    for (int i = 0; i < rounds(); ++i) {
        const Bytes& whole = all[static_cast<std::size_t>(i) % all.size()];
        const Bytes bytes = damaged(whole, random);
        const auto result = decodeNode(bytes);
        if (bytes == whole) continue;
        ASSERT_FALSE(result);
        expectRefused(result.error(), ErrorCode::unusableInput);
    }
}

TEST(CodecDamage, AnErrorOfMinusZeroIsNone) {
    // It compares equal to 0 and is other bytes: a cube with both could not be saved as it was.
    Bytes bytes = streams().front();
    bytes[15] = std::byte{0x80};
    sealStream(bytes);
    const auto header = readStreamHeader(bytes);
    ASSERT_FALSE(header);
    expectRefused(header.error(), ErrorCode::unusableInput);
}

TEST(CodecDamage, BehindARightChecksumDamageIsRefusedOrHarmless) {
    const auto all = streams();
    Random random(78);
    int refused = 0;
    for (int i = 0; i < rounds(); ++i) {
        Bytes bytes = damaged(all[static_cast<std::size_t>(i) % all.size()], random);
        sealStream(bytes);
        const auto result = decodeNode(bytes, std::size_t{1} << 20);
        if (result) {
            ASSERT_EQ((*result)->shape.count(), (*result)->floats().size());
        } else {
            ++refused;
            ASSERT_TRUE(result.error().code == ErrorCode::unusableInput);
        }
    }
    EXPECT_GT(refused, rounds() / 10);
}

}  // namespace
}  // namespace smidgen::storage
