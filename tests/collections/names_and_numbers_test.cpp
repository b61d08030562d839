#include <gtest/gtest.h>

#include <algorithm>
#include <bit>
#include <cmath>
#include <limits>

#include "engine/collections/content_hash.h"
#include "engine/collections/encoded_bytes.h"
#include "engine/collections/half_float.h"
#include "engine/collections/natural_order.h"
#include "engine/collections/utf8.h"
#include "tests/collections/material.h"

namespace smidgen {
namespace {

TEST(NaturalOrder, NumbersCountAndCaseDoesNot) {
    std::vector<std::string> names{"take 10.wav", "Take 2.wav", "take 1.wav", "take 02.wav", "alpha",
                                   "take 2b.wav", "Ärger",      "take",       "9",           "10"};
    std::sort(names.begin(), names.end(), [](const std::string& a, const std::string& b) {
        return naturallyLess(std::string_view(a), std::string_view(b));
    });
    const std::vector<std::string> expected{"9",           "10",         "alpha",       "take",
                                            "take 1.wav",  "Take 2.wav", "take 02.wav", "take 2b.wav",
                                            "take 10.wav", "Ärger"};
    EXPECT_EQ(names, expected);
}

TEST(NaturalOrder, IsTotalAndHandlesNumbersBeyond64Bits) {
    EXPECT_TRUE(naturallyLess(std::string_view("a99999999999999999999998"),
                              std::string_view("a99999999999999999999999")));
    EXPECT_FALSE(naturallyLess(std::string_view("x"), std::string_view("x")));
    EXPECT_NE(naturallyLess(std::string_view("a01"), std::string_view("a1")),
              naturallyLess(std::string_view("a1"), std::string_view("a01")));
}

TEST(NaturalOrder, FilesOfAFolderStayTogether) {
    const std::filesystem::path inside("/x/drums/1.wav"), beside("/x/drums 2/1.wav"), shallow("/x/a.wav");
    EXPECT_TRUE(naturallyLess(inside, beside));
    EXPECT_TRUE(naturallyLess(shallow, inside));
    EXPECT_FALSE(naturallyLess(inside, inside));
}

TEST(Utf8, AcceptsWhatRfc3629DoesAndReplacesTheRest) {
    for (const char* good : {"", "plain", "Trommel – größer", "太鼓", "барабан", "🥁", "\xf4\x8f\xbf\xbf"})
        EXPECT_TRUE(isValidUtf8(good)) << good;
    for (const char* bad : {"\xff", "\xc0\xaf", "\xed\xa0\x80", "\xf4\x90\x80\x80", "\xe2\x82", "a\x80"})
        EXPECT_FALSE(isValidUtf8(bad));
    EXPECT_EQ(validUtf8("gr\xf6\xdf"), "gr\xef\xbf\xbd\xef\xbf\xbd");
    EXPECT_EQ(validUtf8("größe"), "größe");
}

TEST(Base64, FollowsRfc4648) {
    const auto encoded = [](std::string_view text) { return toBase64(std::as_bytes(std::span(text))); };
    EXPECT_EQ(encoded(""), "");
    EXPECT_EQ(encoded("f"), "Zg==");
    EXPECT_EQ(encoded("fo"), "Zm8=");
    EXPECT_EQ(encoded("foo"), "Zm9v");
    EXPECT_EQ(encoded("foobar"), "Zm9vYmFy");
    for (const std::string text : {"", "f", "fo", "foo", "foob", "\xff\xfe\x01"}) {
        const auto bytes = fromBase64(encoded(text));
        ASSERT_TRUE(bytes);
        EXPECT_EQ(std::string(reinterpret_cast<const char*>(bytes->data()), bytes->size()), text);
    }
    for (const char* bad : {"Z", "Zg=", "Zg=a", "====", "Zm9v!A==", "Zg==Zg=="})
        EXPECT_FALSE(fromBase64(bad)) << bad;
}

TEST(HalfFloat, EveryHalfSurvivesTheRoundTrip) {
    std::vector<std::uint16_t> halves(1 << 16), back(1 << 16);
    for (std::size_t i = 0; i < halves.size(); ++i) halves[i] = static_cast<std::uint16_t>(i);
    std::vector<float> values(halves.size());
    fromHalf(halves, values);
    toHalf(values, back);
    for (std::size_t i = 0; i < halves.size(); ++i) {
        const auto half = halves[i];
        // Sign, exponent and mantissa by hand.
        const double mantissa = half & 0x3ffU, sign = (half & 0x8000U) != 0 ? -1.0 : 1.0;
        const int exponent = (half >> 10) & 0x1f;
        if (exponent == 31) {
            EXPECT_EQ(std::isnan(values[i]), mantissa != 0);
            EXPECT_EQ(std::isinf(values[i]), mantissa == 0);
            if (mantissa != 0) continue;
        } else {
            const double expected = sign * (exponent == 0 ? std::ldexp(mantissa, -24)
                                                          : std::ldexp(1024.0 + mantissa, exponent - 25));
            EXPECT_EQ(static_cast<double>(values[i]), expected) << i;
        }
        EXPECT_EQ(back[i], half) << i;
        EXPECT_EQ(std::bit_cast<std::uint32_t>(portable::fromHalf(half)),
                  std::bit_cast<std::uint32_t>(values[i]));
    }
}

TEST(HalfFloat, RoundsToTheNearestAndTiesToEven) {
    Random random(1);
    std::vector<float> values(100000);
    for (float& x : values)
        x = std::bit_cast<float>(static_cast<std::uint32_t>(random.bits()) &
                                 0xc7ffffffU);  // magnitudes below 2^16
    for (const float x : {1.0F + 0x1p-11F, 1.0F + 3 * 0x1p-11F, 65519.0F, 65520.0F, 0x1p-25F, 0x1.8p-25F,
                          -0.0F, std::numeric_limits<float>::infinity(), 1e30F, -1e-30F})
        values.push_back(x);
    std::vector<std::uint16_t> halves(values.size());
    toHalf(values, halves);
    for (std::size_t i = 0; i < values.size(); ++i) {
        EXPECT_EQ(halves[i], portable::toHalf(values[i])) << values[i];
        if (std::abs(values[i]) >= 65520.0F) {
            EXPECT_EQ(halves[i] & 0x7fffU, 0x7c00U);
            continue;
        }
        const double x = static_cast<double>(values[i]);
        const double step = std::ldexp(1.0, std::max(-24, std::ilogb(x == 0 ? 1e-30 : x) - 10));
        const double expected = std::nearbyint(x / step) * step;  // the default mode rounds ties to even
        EXPECT_EQ(static_cast<double>(portable::fromHalf(halves[i])), expected) << x;
    }
}

class ContentHashTest : public testing::FolderTest {};

TEST_F(ContentHashTest, IsThePublishedXxh3) {
    // Values of the reference implementation's command line, `xxhsum -H128` and `xxhsum -H3`.
    EXPECT_EQ(identifyFile(writeBytes("empty", ""))->contentHash, "99aa06d3014798d86001c324468d497f");
    EXPECT_EQ(checksumOf({}), 0x2d06800538d394c2ULL);
    const std::string large(1000000, 'x');
    const auto identity = identifyFile(writeBytes("large", large));
    EXPECT_EQ(identity->contentHash, hashOfText(large));  // streamed and at once
    EXPECT_EQ(identity->bytes, 1000000);
    EXPECT_EQ(identifyFile(folder / "none").error(), ENOENT);
    CancelToken cancel;
    cancel.cancel();
    EXPECT_EQ(identifyFile(folder / "large", cancel).error(), ECANCELED);
}

}  // namespace
}  // namespace smidgen
