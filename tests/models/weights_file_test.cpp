#include "models/weights_file.h"

#include <gtest/gtest.h>

#include <cstring>

#include "engine/foundation/atomic_file.h"
#include "mel_vae_fixture.h"
#include "models/weights_header.h"

namespace smidgen::models {
namespace {

class WeightsFileTest : public ModelFilesTest {
 protected:
    static std::string file(const std::string& header, const std::string& data, std::uint64_t length) {
        std::string bytes(8, '\0');
        for (std::size_t i = 0; i < 8; ++i) bytes[i] = static_cast<char>((length >> (8 * i)) & 0xFF);
        return bytes + header + data;
    }
    [[nodiscard]] Result<WeightsFile> load(const std::string& bytes) const {
        EXPECT_TRUE(writeFileAtomically(m_folder / "weights", bytes));
        return loadWeights(m_folder / "weights");
    }
    [[nodiscard]] Result<WeightsFile> loadHeader(const std::string& header, const std::string& data) const {
        return load(file(header, data, header.size()));
    }
    static WeightsFile example() {
        WeightsFile weights;
        weights.metadata = {{"name", "Größe \"5\"\n"}, {"kind", "test"}};
        StoredTensor bytes{ElementType::u8, {3}, {std::byte{1}, std::byte{2}, std::byte{3}}};
        StoredTensor floats{ElementType::f32, {2, 2}, std::vector<std::byte>(16)};
        const float values[] = {1.5F, -2.0F, 0.25F, 1e-20F};
        std::memcpy(floats.bytes.data(), values, sizeof values);
        weights.tensors = {{"a", bytes},
                           {"b", floats},
                           {"empty", {ElementType::f16, {0, 5}, {}}},
                           {"scalar", {ElementType::i64, {}, std::vector<std::byte>(8, std::byte{7})}}};
        return weights;
    }
};

/// The layout published with safetensors, byte for byte, as its own writer lays it out.
TEST_F(WeightsFileTest, ReadsTheFormatAsOthersWriteIt) {
    const std::string header =
        R"({"__metadata__":{"format":"pt"},"w":{"dtype":"F32","shape":[2],)"
        R"("data_offsets":[0,8]},"n":{"dtype":"I32","shape":[1,1],"data_offsets":[8,12]}} )";
    const auto loaded = loadHeader(header, std::string("\0\0\x80\x3f\0\0\0\xc0\x05\0\0\0", 12));
    ASSERT_TRUE(loaded) << loaded.error().sentence;
    EXPECT_EQ(loaded->metadata.at("format"), "pt");
    float w[2];
    std::memcpy(w, loaded->tensors.at("w").bytes.data(), 8);
    EXPECT_EQ(w[0], 1.0F);
    EXPECT_EQ(w[1], -2.0F);
    EXPECT_EQ(loaded->tensors.at("n").shape, (std::vector<std::int64_t>{1, 1}));
}

TEST_F(WeightsFileTest, EverythingWrittenIsReadBackAndTheBytesAreTheSameEachTime) {
    const WeightsFile weights = example();
    ASSERT_TRUE(saveWeights(weights, m_folder / "one"));
    ASSERT_TRUE(saveWeights(weights, m_folder / "two"));
    EXPECT_EQ(bytesOf(m_folder / "one"), bytesOf(m_folder / "two"));
    const auto loaded = loadWeights(m_folder / "one");
    ASSERT_TRUE(loaded) << loaded.error().sentence;
    EXPECT_EQ(loaded->metadata, weights.metadata);
    ASSERT_EQ(loaded->tensors.size(), weights.tensors.size());
    for (const auto& [name, tensor] : weights.tensors) {
        EXPECT_EQ(loaded->tensors.at(name).type, tensor.type);
        EXPECT_EQ(loaded->tensors.at(name).shape, tensor.shape);
        EXPECT_EQ(loaded->tensors.at(name).bytes, tensor.bytes);
    }
    EXPECT_EQ(*loadWeightsMetadata(m_folder / "one"), weights.metadata);
}

TEST_F(WeightsFileTest, WhatCannotBeStoredIsRefusedAndWritesNothing) {
    WeightsFile weights = example();
    weights.tensors["b"].bytes.pop_back();
    EXPECT_EQ(saveWeights(weights, m_folder / "x").error().code, ErrorCode::invalidArgument);
    weights = example();
    weights.metadata["name"] = "\xff\xfe";
    EXPECT_EQ(saveWeights(weights, m_folder / "x").error().code, ErrorCode::invalidArgument);
    weights = example();
    weights.tensors["__metadata__"] = weights.tensors["a"];
    EXPECT_EQ(saveWeights(weights, m_folder / "x").error().code, ErrorCode::invalidArgument);
    EXPECT_TRUE(std::filesystem::is_empty(m_folder));
}

TEST_F(WeightsFileTest, HostileHeadersAreRefused) {
    const std::string tensor = R"("w":{"dtype":"U8","shape":[4],"data_offsets":[0,4]})";
    ASSERT_TRUE(loadHeader("{" + tensor + "}", "abcd"));
    std::string deep = "{\"w\":";
    for (int i = 0; i < 200000; ++i) deep += "[";
    const std::vector<std::string> headers = {
        "",
        "{",
        "[]",
        "null",
        "3",
        "\"w\"",
        "{}",
        "{} {}",
        "not json",
        "{" + tensor + "," + tensor + "}",
        R"({"__metadata__":{"a":"1","a":"2"},)" + tensor + "}",
        R"({"__metadata__":{"a":1},)" + tensor + "}",
        R"({"__metadata__":{"a":{"b":"c"}},)" + tensor + "}",
        R"({"__metadata__":[],)" + tensor + "}",
        R"({"__metadata__":{},"__metadata__":{},)" + tensor + "}",
        R"({"w":{"dtype":"U7","shape":[4],"data_offsets":[0,4]}})",
        R"({"w":{"dtype":"U8","shape":[-4],"data_offsets":[0,4]}})",
        R"({"w":{"dtype":"U8","shape":[4.0],"data_offsets":[0,4]}})",
        R"({"w":{"dtype":"U8","shape":[4],"data_offsets":[0,5]}})",
        R"({"w":{"dtype":"U8","shape":[3],"data_offsets":[0,3]}})",
        R"({"w":{"dtype":"U8","shape":[3],"data_offsets":[1,4]}})",
        R"({"w":{"dtype":"U8","shape":[4],"data_offsets":[4,0]}})",
        R"({"w":{"dtype":"U8","shape":[4],"data_offsets":[0]}})",
        R"({"w":{"dtype":"U8","shape":[4],"data_offsets":[0,4,8]}})",
        R"({"w":{"dtype":"U8","shape":[4]}})",
        R"({"w":{"dtype":"U8","data_offsets":[0,4]}})",
        R"({"w":{"shape":[4],"data_offsets":[0,4]}})",
        R"({"w":{"dtype":"U8","dtype":"U8","shape":[4],"data_offsets":[0,4]}})",
        R"({"w":{"dtype":"U8","shape":[4],"shape":[4],"data_offsets":[0,4]}})",
        R"({"w":{"dtype":"U8","shape":[4],"data_offsets":[0,4],"code":"rm"}})",
        R"({"w":{"dtype":"F64","shape":[4294967296,4294967296,4294967296],"data_offsets":[0,4]}})",
        R"({"w":{"dtype":"U8","shape":[18446744073709551615],"data_offsets":[0,4]}})",
        R"({"w":{"dtype":"U8","shape":[4],"data_offsets":[0,18446744073709551615]}})",
        R"({"w":{"dtype":"U8","shape":[1,1,1,1,1,1,1,1,4],"data_offsets":[0,4]}})",
        R"({"a":{"dtype":"U8","shape":[3],"data_offsets":[0,3]},"b":{"dtype":"U8","shape":[3],"data_offsets":[1,4]}})",
        R"({"a":{"dtype":"U8","shape":[1],"data_offsets":[0,1]},"b":{"dtype":"U8","shape":[1],"data_offsets":[3,4]}})",
        deep};
    for (const std::string& header : headers) {
        const auto loaded = loadHeader(header, "abcd");
        ASSERT_FALSE(loaded) << header.substr(0, 200);
        EXPECT_EQ(loaded.error().code, ErrorCode::unusableInput) << header.substr(0, 200);
        EXPECT_NE(loaded.error().sentence.find("weights"), std::string::npos);
        EXPECT_FALSE(loadWeightsMetadata(m_folder / "weights"));
    }
}

TEST_F(WeightsFileTest, HeaderLengthsThatLieAreRefused) {
    const std::string header = R"({"w":{"dtype":"U8","shape":[4],"data_offsets":[0,4]}})";
    for (const std::uint64_t length : {std::uint64_t{0}, header.size() - 1, header.size() + 1,
                                       std::uint64_t{16} << 20, ~std::uint64_t{0}, ~std::uint64_t{0} - 8}) {
        const auto loaded = load(file(header, "abcd", length));
        ASSERT_FALSE(loaded) << length;
        EXPECT_EQ(loaded.error().code, ErrorCode::unusableInput);
    }
    for (std::size_t size = 0; size < 8; ++size) EXPECT_FALSE(load(std::string(size, '\0')));
    std::string longHeader = header;
    longHeader.resize((std::size_t{16} << 20) + 8, ' ');
    EXPECT_FALSE(loadHeader(longHeader, "abcd"));
    EXPECT_EQ(loadWeights(m_folder).error().code, ErrorCode::unusableInput);
    EXPECT_EQ(loadWeights(m_folder / "nothing").error().code, ErrorCode::notFound);
}

/// Random damage never crashes, and what still loads is consistent in itself.
TEST_F(WeightsFileTest, RandomDamageIsRefusedOrHarmless) {
    ASSERT_TRUE(saveWeights(example(), m_folder / "whole"));
    const std::string whole = bytesOf(m_folder / "whole");
    Random random(11);
    int refused = 0;
    for (int round = 0; round < 400; ++round) {
        std::string bytes = whole;
        const auto flips = 1 + random.below(4);
        for (std::uint64_t i = 0; i < flips; ++i)
            bytes[random.below(bytes.size())] ^= static_cast<char>(1U << random.below(8));
        if (round % 3 == 0) bytes.resize(random.below(bytes.size()));
        std::FILE* out = std::fopen((m_folder / "damaged").c_str(), "wb");
        ASSERT_NE(out, nullptr);
        std::fwrite(bytes.data(), 1, bytes.size(), out);
        std::fclose(out);
        const auto loaded = loadWeights(m_folder / "damaged");
        if (!loaded) {
            ++refused;
            EXPECT_EQ(loaded.error().code, ErrorCode::unusableInput);
            continue;
        }
        std::size_t data = 0;
        for (const auto& [name, tensor] : loaded->tensors) data += tensor.bytes.size();
        EXPECT_LE(data, bytes.size());
    }
    EXPECT_GT(refused, 150);
}

/// The same on headers alone, where most of the judging happens.
TEST_F(WeightsFileTest, RandomlyDamagedHeadersNeverEscapeTheDataSection) {
    const WeightsFile weights = example();
    const auto composed = composeWeightsHeader(weights);
    ASSERT_TRUE(composed);
    constexpr std::uint64_t kDataBytes = 27;
    ASSERT_TRUE(parseWeightsHeader(composed->json, kDataBytes, "whole"));
    Random random(12);
    int refused = 0;
    for (int round = 0; round < 20000; ++round) {
        std::string json = composed->json;
        const auto changes = 1 + random.below(3);
        for (std::uint64_t i = 0; i < changes; ++i) {
            // Characters of the grammar go further than random bits.
            constexpr std::string_view kCharacters = "{}[]\",:0123456789-.eFUI";
            json[random.below(json.size())] = kCharacters[random.below(kCharacters.size())];
        }
        const auto header = parseWeightsHeader(json, kDataBytes, "damaged");
        if (!header) {
            ++refused;
            continue;
        }
        std::uint64_t covered = 0;
        for (const auto& [name, tensor] : header->tensors) {
            EXPECT_LE(tensor.end, kDataBytes);
            covered += tensor.end - tensor.begin;
        }
        EXPECT_EQ(covered, kDataBytes);
    }
    EXPECT_GT(refused, 10000);
}

}  // namespace
}  // namespace smidgen::models
