#include "models/code_prior_file.h"

#include <gtest/gtest.h>

#include <cstring>

#include "code_prior_fixture.h"
#include "mel_vae_fixture.h"

namespace smidgen::models {
namespace {

class CodePriorFileTest : public ModelFilesTest {
 protected:
    void SetUp() override {
        ModelFilesTest::SetUp();
        m_model = m_folder / "model.safetensors";
        WeightsFile file;
        file.metadata = {{"kind", "rvq"}, {"smidgen.kind", "mel-rvq"}};
        file.tensors["weights.own"] = storeFloats({1, 2, 3, 4}, {2, 2});
        ASSERT_TRUE(saveWeights(file, m_model));
    }
    void bundle(std::uint64_t seed = 5) {
        CodePriorTraining training = smallPriorTraining();
        training.seed = seed;
        const CodePriorTrainer trainer = priorTrainer(training, m_sounds);
        const auto made = trainer.exportPrior(m_model, {{"steps", std::to_string(seed)}});
        ASSERT_TRUE(made) << made.error().sentence;
    }
    void expectRefused(const WeightsFile& file, const std::string& why) {
        const auto loaded = loadPrior(file, "model");
        ASSERT_FALSE(loaded) << why;
        EXPECT_EQ(loaded.error().code, ErrorCode::unusableInput) << why;
        EXPECT_NE(loaded.error().sentence.find("'model'"), std::string::npos) << why;
    }
    std::filesystem::path m_model;
    const std::vector<CodedSound> m_sounds = markovSounds(3, 20);
};

TEST_F(CodePriorFileTest, PriorTravelsInTheModelsFileAndLeavesTheModelAlone) {
    EXPECT_FALSE(hasPrior(*loadWeightsMetadata(m_model)));
    const auto without = CodePrior::load(m_model);
    ASSERT_FALSE(without);
    EXPECT_NE(without.error().sentence.find("train-prior"), std::string::npos);
    bundle();
    EXPECT_TRUE(hasPrior(*loadWeightsMetadata(m_model)));
    const auto file = loadWeights(m_model);
    ASSERT_TRUE(file);
    EXPECT_EQ(file->metadata.at("kind"), "rvq");
    EXPECT_EQ(file->tensors.at("weights.own").bytes, storeFloats({1, 2, 3, 4}, {2, 2}).bytes);

    const auto prior = CodePrior::load(m_model);
    ASSERT_TRUE(prior) << prior.error().sentence;
    EXPECT_EQ(prior->shape(), smallPriorShape());
    EXPECT_EQ(prior->metadata().at("steps"), "5");
    ASSERT_EQ(prior->sources().size(), 3U);
    for (std::size_t i = 0; i < 3; ++i) {
        EXPECT_EQ(prior->sources()[i].name, m_sounds[i].name);
        EXPECT_EQ(prior->sources()[i].grid, m_sounds[i].grid);
        EXPECT_EQ(prior->sources()[i].conditions.global, m_sounds[i].conditions.global);
        EXPECT_EQ(prior->sources()[i].conditions.descriptors, m_sounds[i].conditions.descriptors);
    }
}

TEST_F(CodePriorFileTest, SecondPriorReplacesTheFirstWholly) {
    bundle(5);
    const auto once = bytesOf(m_model);
    bundle(6);
    EXPECT_EQ(CodePrior::load(m_model)->metadata().at("steps"), "6");
    bundle(5);
    EXPECT_EQ(bytesOf(m_model), once);
    auto file = loadWeights(m_model);
    removePrior(*file);
    EXPECT_EQ(file->tensors.size(), 1U);
    EXPECT_EQ(file->metadata.size(), 2U);
}

TEST_F(CodePriorFileTest, LoadedPriorSpeaksAsTheTrainedOne) {
    const CodePriorTrainer trainer = priorTrainer(smallPriorTraining(), m_sounds);
    ASSERT_TRUE(trainer.exportPrior(m_model, {}));
    PriorRequest request;
    request.sections = {{30, m_sounds[0].conditions}};
    EXPECT_EQ(*trainer.prior()->sample(request), *CodePrior::load(m_model)->sample(request));
}

TEST_F(CodePriorFileTest, MissingModelIsSaidAndNothingIsWritten) {
    const CodePriorTrainer trainer = priorTrainer(smallPriorTraining(), m_sounds);
    const auto made = trainer.exportPrior(m_folder / "nothing", {});
    ASSERT_FALSE(made);
    EXPECT_EQ(made.error().code, ErrorCode::notFound);
    EXPECT_FALSE(std::filesystem::exists(m_folder / "nothing"));
}

TEST_F(CodePriorFileTest, HalfPrecisionWeightsAreRead) {
    // 1.5, −2, the smallest subnormal and 65504 in binary16.
    WeightsFile file;
    file.tensors["x"] = {ElementType::f16, {4}, {}};
    const std::uint16_t bits[] = {0x3E00, 0xC000, 0x0001, 0x7BFF};
    file.tensors["x"].bytes.resize(sizeof bits);
    std::memcpy(file.tensors["x"].bytes.data(), bits, sizeof bits);
    const auto values = loadFloats(file, "x", {4}, "model");
    ASSERT_TRUE(values);
    EXPECT_EQ(*values, (std::vector<float>{1.5F, -2.0F, 0x1p-24F, 65504.0F}));
}

TEST_F(CodePriorFileTest, DamagedAndHostilePriorsAreRefusedInWords) {
    bundle();
    const WeightsFile whole = *loadWeights(m_model);
    ASSERT_TRUE(loadPrior(whole, "model"));
    for (const auto& [name, tensor] : whole.tensors) {
        if (!name.starts_with("prior.")) continue;
        WeightsFile file = whole;
        file.tensors.erase(name);
        expectRefused(file, name + " missing");
        file = whole;
        file.tensors[name].shape.push_back(1);
        expectRefused(file, name + " of another shape");
    }
    WeightsFile file = whole;
    for (const char* sizes : {R"({"levels":3})", "[]", "", R"({"levels":1e300})"}) {
        file.metadata["smidgen.prior.shape"] = sizes;
        expectRefused(file, sizes);
    }
    CodePriorShape huge = smallPriorShape();
    huge.layers = 1 << 30;
    file.metadata["smidgen.prior.shape"] = toJson(huge);
    expectRefused(file, "huge");
    huge = smallPriorShape();
    huge.width = 2048;
    huge.codebookSize = 8192;
    file.metadata["smidgen.prior.shape"] = toJson(huge);
    expectRefused(file, "larger than the file");
    file = whole;
    file.metadata["smidgen.prior.format"] = "2";
    expectRefused(file, "newer");
    file = whole;
    file.metadata["smidgen.prior.sources"] = "[1,2,3]";
    expectRefused(file, "names");
    file = whole;
    file.tensors["prior.sources.codes"].bytes[0] = std::byte{12};
    expectRefused(file, "code outside");
    file = whole;
    const std::int64_t length = 1LL << 60;
    std::memcpy(file.tensors["prior.sources.frames"].bytes.data(), &length, sizeof length);
    expectRefused(file, "length");
    file = whole;
    const float infinite = std::numeric_limits<float>::infinity();
    std::memcpy(file.tensors["prior.weights.head.bias"].bytes.data(), &infinite, sizeof infinite);
    expectRefused(file, "infinite");
}

}  // namespace
}  // namespace smidgen::models
