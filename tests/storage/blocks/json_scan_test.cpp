// The scan for JSON beside a general parser: it accepts the same, and finds the same texts and numbers.
#include "storage/blocks/json_scan.h"

#include <gtest/gtest.h>

#include <nlohmann/json.hpp>
#include <string>
#include <vector>

#include "engine/foundation/random.h"

namespace smidgen::storage {
namespace {

/// What the general parser finds.
class Values : public nlohmann::json::json_sax_t {
 public:
    bool null() override { return true; }
    bool boolean(bool) override { return true; }
    bool number_integer(number_integer_t value) override { return add(std::to_string(value)); }
    bool number_unsigned(number_unsigned_t value) override { return add(std::to_string(value)); }
    bool number_float(number_float_t, const string_t& written) override { return add(written); }
    bool string(string_t& value) override { return add(value); }
    bool binary(binary_t&) override { return true; }
    bool start_object(std::size_t) override { return true; }
    bool key(string_t&) override { return true; }
    bool end_object() override { return true; }
    bool start_array(std::size_t) override { return true; }
    bool end_array() override { return true; }
    bool parse_error(std::size_t, const std::string&, const nlohmann::json::exception&) override {
        return false;
    }
    std::vector<std::string> found;

 private:
    bool add(const std::string& value) {
        found.push_back(value);
        return true;
    }
};

std::vector<std::string> valuesIn(const std::string& text) {
    std::vector<std::string> found;
    eachJsonValue(text, [&](std::string_view value) {
        found.emplace_back(value);
        return true;
    });
    return found;
}

void expectAlike(const std::string& text) {
    Values values;
    const bool accepted = nlohmann::json::accept(text);
    EXPECT_EQ(isJson(text), accepted) << text;
    (void)nlohmann::json::sax_parse(text, &values);
    EXPECT_EQ(valuesIn(text), values.found) << text;
}

const std::vector<std::string>& samples() {
    static const std::vector<std::string> all{
        R"({"bpm": 120, "tags": ["drum", "loop"], "at": {"path": "/a/b", "gain": -1.5e-3}})",
        R"(["é", "\u00e9\u4e2d\ud83d\ude00", "\b\f\n\r\t\/\\\"", "", true, false, null])",
        R"([-0, 0, -0.0, 1e5, 1E+5, 18446744073709551615, 18446744073709551616, -9223372036854775808])",
        R"( { } )",
        "[[[[]],{}],[{}]]",
        "12",
        "\"text\"",
        "null",
        R"([1e308, 1e309])",
        R"([1e-400])",
        R"([-1e999999999999])",
        R"([0.00000000000000000000000001e26])"};
    return all;
}

TEST(JsonScan, AcceptsAndFindsWhatAGeneralParserDoes) {
    for (const std::string& sample : samples()) expectAlike(sample);
}

TEST(JsonScan, RefusesWhatIsBroken) {
    for (const char* text : {"",
                             " ",
                             "{",
                             "}",
                             "[1,]",
                             "{\"a\":1,}",
                             "{\"a\"}",
                             "{a:1}",
                             "[01]",
                             "[+1]",
                             "[.5]",
                             "[1.]",
                             "[1e]",
                             "[-]",
                             "nul",
                             "[tru]",
                             "\"\\x\"",
                             "\"\\u12\"",
                             "\"\\ud800\"",
                             "\"\\ud800\\u0041\"",
                             "\"\\udc00\"",
                             "\"\t\"",
                             "[1 2]",
                             "[1]]",
                             "{\"a\":1 \"b\":2}",
                             "[\"\xC0\x80\"]",
                             "[\"\xED\xA0\x80\"]",
                             "[\"\xF4\x90\x80\x80\"]",
                             "[\"\xC3\"]",
                             "[\"\x80\"]",
                             "'a'",
                             "[1]x",
                             "{\"a\":}"}) {
        EXPECT_FALSE(isJson(text)) << text;
        expectAlike(text);
    }
    expectAlike(std::string("[\"a\0b\"]", 7));
    // Some parsers take a zero byte for the end.
    EXPECT_FALSE(isJson(std::string("[1]\0", 4)));
}

TEST(JsonScan, AgreesWithAGeneralParserAboutDamage) {
    Random random(7);
    constexpr std::string_view kSigns = "{}[],:\"\\u0123456789.eE+- tfn\xC3\xA9\x80\xED\xF4";
    for (int round = 0; round < 20'000; ++round) {
        std::string text = samples()[random.below(samples().size())];
        for (std::uint64_t changes = 1 + random.below(3); changes > 0; --changes) {
            const std::size_t at = random.below(text.size() + 1);
            const char sign = kSigns[random.below(kSigns.size())];
            if (random.below(3) == 0)
                text.insert(at, 1, sign);
            else if (at < text.size() && random.below(2) == 0)
                text.erase(at, 1);
            else if (at < text.size())
                text[at] = sign;
            if (text.empty()) text = "0";
        }
        // A mark that some parsers skip at the beginning is no JSON here.
        if (!text.starts_with("\xEF\xBB\xBF")) expectAlike(text);
    }
}

TEST(JsonScan, GoesAsDeepAsTheTextDoes) {
    const std::string deep = std::string(100'000, '[') + std::string(100'000, ']');
    EXPECT_TRUE(isJson(deep));
    EXPECT_FALSE(isJson(deep + "]"));
    EXPECT_FALSE(isJson(std::string(100'000, '[')));
}

}  // namespace
}  // namespace smidgen::storage
