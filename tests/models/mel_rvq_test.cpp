// The autoencoder with a quantiser in it.
#include <gtest/gtest.h>

#include <algorithm>
#include <cmath>
#include <set>

#include "mel_vae_fixture.h"
#include "models/weights_file.h"

namespace smidgen::models {
namespace {

constexpr int kSteps = 16;

MelVaeTraining quantisedTraining() {
    MelVaeTraining training = smallTraining();
    training.shape.levels = 3;
    training.shape.codebookSize = 16;
    training.shape.codeDims = 5;
    return training;
}

class MelRvqTest : public ModelFilesTest {
 protected:
    static MelVaeTrainer fresh(const MelVaeTraining& training, const std::filesystem::path& base = {},
                               BaseCodebooks codebooks = BaseCodebooks::findAnew) {
        auto trainer =
            MelVaeTrainer::create(training, DeviceKind::cpu, madeUpSample(training.shape), base, codebooks);
        if (!trainer) throw std::runtime_error(trainer.error().sentence);
        return std::move(*trainer);
    }
    static void run(MelVaeTrainer& trainer, int from, int to) {
        for (int step = from; step < to; ++step) {
            const auto batch = madeUpBatch(trainer.training(), static_cast<std::uint64_t>(step),
                                           trainer.training().batchSize);
            const auto report = trainer.trainStep(batch, static_cast<double>(step) / kSteps);
            ASSERT_TRUE(report) << report.error().sentence << report.error().detail;
            EXPECT_TRUE(report->finite);
            EXPECT_GT(report->commitment, 0);
        }
    }
    [[nodiscard]] std::string exported(const MelVaeTrainer& trainer) const {
        EXPECT_TRUE(trainer.exportModel(m_folder / "model", {}, {}));
        return bytesOf(m_folder / "model");
    }
    [[nodiscard]] MelVae loaded(const MelVaeTrainer& trainer) const {
        EXPECT_TRUE(trainer.exportModel(m_folder / "model", {{"kind", "rvq"}}, {}));
        auto model = MelVae::load(m_folder / "model", DeviceKind::cpu);
        if (!model) throw std::runtime_error(model.error().sentence);
        return std::move(*model);
    }
    static double distance(std::span<const float> a, std::span<const float> b) {
        double sum = 0;
        for (std::size_t i = 0; i < b.size(); ++i) sum += std::abs(a[i] - b[i]);
        return sum / static_cast<double>(b.size());
    }
};

TEST_F(MelRvqTest, CodesRebuildWhatEncodingAndDecodingRebuilds) {
    MelVaeTrainer trainer = fresh(quantisedTraining());
    run(trainer, 0, 4);
    const MelVae model = loaded(trainer);
    const auto sound = madeUpMel(77, 100, model.shape().melBands);
    const auto latents = model.encode(sound);
    ASSERT_TRUE(latents);
    const auto codes = model.encodeCodes(sound);
    ASSERT_TRUE(codes) << codes.error().sentence;
    EXPECT_EQ(codes->levels, 3);
    EXPECT_EQ(codes->frames().value, 50);
    EXPECT_TRUE(std::ranges::all_of(codes->codes, [](int code) { return code < 16; }));
    const auto again = model.latentsOf(*codes);
    ASSERT_TRUE(again);
    EXPECT_EQ(again->z, latents->z);
    EXPECT_EQ(again->g, latents->g);
    // The vectors of the codes, added up by hand.
    std::vector<double> sum(6);
    for (int level = 0; level < 3; ++level) {
        const auto vectors = model.codeVectors(level);
        ASSERT_EQ(vectors.size(), 16U * 6U);
        for (std::size_t d = 0; d < 6; ++d)
            sum[d] += vectors[codes->codes[static_cast<std::size_t>(level)] * 6U + d];
    }
    for (std::size_t d = 0; d < 6; ++d) EXPECT_NEAR(sum[d], latents->z[d], 1e-4);
    const auto mel = model.decode(*latents);
    ASSERT_TRUE(mel);
    EXPECT_EQ(mel->size(), sound.size());
}

TEST_F(MelRvqTest, EveryLevelBringsTheSoundNearer) {
    MelVaeTrainer trainer = fresh(quantisedTraining());
    const MelVae model = loaded(trainer);
    std::vector<double> errors(4);
    for (std::uint64_t seed = 0; seed < 8; ++seed) {
        const auto sound = madeUpMel(1000 + seed, 64, model.shape().melBands);
        const auto codes = model.encodeCodes(sound);
        ASSERT_TRUE(codes);
        for (int levels = 1; levels <= 3; ++levels) {
            const auto mel = model.decode(*model.latentsOf(*codes, levels));
            ASSERT_TRUE(mel);
            errors[static_cast<std::size_t>(levels)] += distance(*mel, sound);
        }
    }
    EXPECT_LT(errors[2], errors[1]);
    EXPECT_LT(errors[3], errors[2]);
}

TEST_F(MelRvqTest, CodebooksAreUnitVectorsAndTheNearestIsChosen) {
    MelVaeTrainer trainer = fresh(quantisedTraining());
    run(trainer, 0, 4);
    const MelVae model = loaded(trainer);
    for (int level = 0; level < 3; ++level) {
        const auto codebook = model.codebook(level);
        ASSERT_EQ(codebook.size(), 16U * 5U);
        for (std::size_t code = 0; code < 16; ++code) {
            double square = 0;
            for (std::size_t d = 0; d < 5; ++d) square += std::pow(codebook[code * 5 + d], 2);
            EXPECT_NEAR(square, 1, 1e-5);
        }
    }
    EXPECT_TRUE(model.codebook(3).empty());
    EXPECT_TRUE(model.codeVectors(-1).empty());
}

TEST_F(MelRvqTest, EveryFrameFindsItsCodesAlone) {
    MelVaeTrainer trainer = fresh(quantisedTraining());
    const MelVae model = loaded(trainer);
    Random random(5);
    Latents latents;
    latents.latentDims = model.shape().latentDims;
    const auto dims = static_cast<std::size_t>(latents.latentDims);
    for (std::size_t i = 0; i < 5000 * dims; ++i) latents.z.push_back(static_cast<float>(random.normal()));
    latents.g.assign(4, 0.0F);
    const auto whole = model.codesOf(latents);
    ASSERT_TRUE(whole);
    Latents some = latents;
    some.z.assign(latents.z.begin() + 4000 * static_cast<std::ptrdiff_t>(dims),
                  latents.z.begin() + 4300 * static_cast<std::ptrdiff_t>(dims));
    const auto part = model.codesOf(some);
    ASSERT_TRUE(part);
    EXPECT_TRUE(std::equal(part->codes.begin(), part->codes.end(), whole->codes.begin() + 4000 * 3));
}

TEST_F(MelRvqTest, ResumedTrainingGivesTheSameModelByteForByte) {
    MelVaeTraining training = quantisedTraining();
    training.codebookDecay = 0.5;  // so that codes die and are replaced within these steps
    MelVaeTrainer straight = fresh(training);
    run(straight, 0, kSteps);
    MelVaeTrainer begun = fresh(training);
    run(begun, 0, 7);
    ASSERT_TRUE(begun.saveCheckpoint(m_folder / "checkpoint", {}));
    auto resumed = MelVaeTrainer::resume(m_folder / "checkpoint", DeviceKind::cpu);
    ASSERT_TRUE(resumed) << resumed.error().sentence;
    EXPECT_EQ(resumed->training().shape.codebookSize, 16);
    run(*resumed, 7, kSteps);
    EXPECT_EQ(exported(straight), exported(*resumed));
    ASSERT_TRUE(straight.saveCheckpoint(m_folder / "a", {}));
    ASSERT_TRUE(resumed->saveCheckpoint(m_folder / "b", {}));
    EXPECT_EQ(bytesOf(m_folder / "a"), bytesOf(m_folder / "b"));
}

TEST_F(MelRvqTest, NumberOfThreadsDoesNotChangeTheModel) {
    MelVaeTrainer one = fresh(quantisedTraining());
    MelVaeTrainer two = fresh(quantisedTraining());
    two.setThreads(2);
    run(one, 0, 6);
    run(two, 0, 6);
    EXPECT_EQ(exported(one), exported(two));
}

TEST_F(MelRvqTest, TrainingBringsQuantisedSoundsNearerAndKeepsCodesInUse) {
    const MelVaeTraining training = quantisedTraining();
    const auto heldOut = madeUpBatch(training, 1'000'000, 24);
    MelVaeTrainer trainer = fresh(training);
    const double before = rebuildingError(trainer, heldOut);
    for (int step = 0; step < 200; ++step) {
        const auto batch = madeUpBatch(training, static_cast<std::uint64_t>(step), training.batchSize);
        ASSERT_TRUE(trainer.trainStep(batch, step / 200.0));
    }
    const double after = rebuildingError(trainer, heldOut);
    EXPECT_LT(after, 0.9 * before);
    std::vector<std::vector<float>> sounds;
    for (std::uint64_t i = 0; i < 40; ++i) sounds.push_back(madeUpMel(i, 40, training.shape.melBands));
    const auto health = trainer.codebookHealth(sounds);
    ASSERT_TRUE(health);
    ASSERT_EQ(health->size(), 3U);
    for (const LevelHealth& level : *health) {
        EXPECT_GE(level.usage, 0.9);
        EXPECT_GE(level.perplexity, 8);
    }
}

/// Before any step codes are spread evenly over what they are found on, also where a base had more or fewer.
TEST_F(MelRvqTest, CodesAreSpreadEvenlyFromTheStart) {
    MelVaeTraining training = quantisedTraining();
    std::vector<std::vector<float>> sounds;
    for (std::uint64_t i = 0; i < 20; ++i) sounds.push_back(madeUpMel(1000 + i, 40, training.shape.melBands));
    const auto expectHealthy = [&](const MelVaeTrainer& trainer) {
        const auto health = trainer.codebookHealth(sounds);
        ASSERT_TRUE(health);
        for (const LevelHealth& level : *health) {
            EXPECT_GE(level.usage, 0.9);
            EXPECT_GE(level.perplexity, 0.5 * trainer.training().shape.codebookSize);
        }
    };
    MelVaeTrainer teacher = fresh(training);
    expectHealthy(teacher);
    ASSERT_TRUE(teacher.exportBase(m_folder / "base", {{"kind", "rvq"}}));
    for (const int size : {8, 16, 24}) {
        training.shape.codebookSize = size;
        expectHealthy(fresh(training, m_folder / "base"));
    }
}

TEST_F(MelRvqTest, BaseGivesItsWeightsAndItsCodebooksWhereTheyFit) {
    const MelVaeTraining training = quantisedTraining();
    MelVaeTrainer teacher = fresh(training);
    run(teacher, 0, 10);
    ASSERT_TRUE(teacher.exportBase(m_folder / "base", {{"kind", "rvq"}}));
    const auto sounds = madeUpBatch(training, 50, 6);
    const double figure = rebuildingError(teacher, sounds);
    // 16-bit weights rebuild almost the same; other codebooks are found anew; a VAE takes the rest.
    EXPECT_NEAR(rebuildingError(fresh(training, m_folder / "base", BaseCodebooks::keep), sounds), figure,
                0.02 * figure);
    EXPECT_LT(rebuildingError(fresh(training, m_folder / "base"), sounds), 1.2 * figure);
    MelVaeTraining other = training;
    other.shape.codebookSize = 8;
    EXPECT_LT(rebuildingError(fresh(other, m_folder / "base"), sounds), 2 * figure);
    MelVaeTraining plain = smallTraining();
    EXPECT_LT(rebuildingError(fresh(plain, m_folder / "base"), sounds), figure);
    EXPECT_LT(std::filesystem::file_size(m_folder / "base"), exported(teacher).size() * 6 / 10);

    MelVaeTraining larger = training;
    larger.shape.width = 40;
    const auto refused =
        MelVaeTrainer::create(larger, DeviceKind::cpu, madeUpSample(larger.shape), m_folder / "base");
    ASSERT_FALSE(refused);
    EXPECT_EQ(refused.error().code, ErrorCode::unusableInput);
    EXPECT_FALSE(
        MelVaeTrainer::create(training, DeviceKind::cpu, madeUpSample(training.shape), m_folder / "nothing"));
}

/// Sounds written as codes before a training are read after it as what they were: codes are the same to the
/// bit, and only what is around them has learned. A checkpoint keeps that promise, too.
TEST_F(MelRvqTest, CodesThatAreKeptMeanTheSameAfterTraining) {
    MelVaeTraining training = quantisedTraining();
    MelVaeTrainer teacher = fresh(training);
    run(teacher, 0, 10);
    ASSERT_TRUE(teacher.exportModel(m_folder / "before", {{"kind", "rvq"}}, {}));
    const MelVae before = *MelVae::load(m_folder / "before", DeviceKind::cpu);
    training.keepCodes = true;
    MelVaeTrainer pupil = fresh(training, m_folder / "before", BaseCodebooks::keep);
    run(pupil, 0, 4);
    ASSERT_TRUE(pupil.saveCheckpoint(m_folder / "checkpoint", {}));
    auto resumed = MelVaeTrainer::resume(m_folder / "checkpoint", DeviceKind::cpu);
    ASSERT_TRUE(resumed) << resumed.error().sentence;
    run(*resumed, 4, 8);
    const MelVae after = loaded(*resumed);
    for (int level = 0; level < 3; ++level) {
        EXPECT_EQ(before.codebook(level), after.codebook(level));
        EXPECT_EQ(before.codeVectors(level), after.codeVectors(level));
    }
    const auto mel = madeUpMel(3, 40, training.shape.melBands);
    const auto codes = before.encodeCodes(mel);
    ASSERT_TRUE(codes);
    EXPECT_EQ(before.latentsOf(*codes)->z, after.latentsOf(*codes)->z);
    const auto was = *before.decode(*before.latentsOf(*codes)), is = *after.decode(*after.latentsOf(*codes));
    EXPECT_NE(was, is) << "the decoder has learned";
    EXPECT_LT(distance(is, mel), 1.2 * distance(was, mel));

    training.shape.codebookSize = 8;
    const auto refused = MelVaeTrainer::create(training, DeviceKind::cpu, madeUpSample(training.shape),
                                               m_folder / "before", BaseCodebooks::keep);
    ASSERT_FALSE(refused);
    EXPECT_EQ(refused.error().code, ErrorCode::unusableInput);
}

TEST_F(MelRvqTest, ForeignCodesAndOtherKindsAreRefusedInWords) {
    MelVaeTrainer trainer = fresh(quantisedTraining());
    const MelVae model = loaded(trainer);
    EXPECT_TRUE(model.latentsOf({3, {0, 1, 15}, std::vector<float>(4)}));
    EXPECT_FALSE(model.latentsOf({3, {0, 1, 16}, std::vector<float>(4)}));
    EXPECT_FALSE(model.latentsOf({2, {0, 1}, std::vector<float>(4)}));
    EXPECT_FALSE(model.latentsOf({3, {0, 1}, std::vector<float>(4)}));
    EXPECT_FALSE(model.latentsOf({3, {0, 1, 2}, std::vector<float>(4)}, 4));

    auto plain = MelVaeTrainer::create(smallTraining(), DeviceKind::cpu, madeUpSample(smallShape()));
    ASSERT_TRUE(plain);
    const MelVae vae = loaded(*plain);
    const auto codes = vae.encodeCodes(madeUpMel(1, 10, 24));
    ASSERT_FALSE(codes);
    EXPECT_NE(codes.error().sentence.find("rvq"), std::string::npos);
}

TEST_F(MelRvqTest, DamagedCodebooksAreRefused) {
    MelVaeTrainer trainer = fresh(quantisedTraining());
    ASSERT_TRUE(trainer.exportModel(m_folder / "model", {}, {}));
    auto file = loadWeights(m_folder / "model");
    ASSERT_TRUE(file);
    const auto refuses = [&](const WeightsFile& changed) {
        EXPECT_TRUE(saveWeights(changed, m_folder / "changed"));
        const auto model = MelVae::load(m_folder / "changed", DeviceKind::cpu);
        return !model && model.error().code == ErrorCode::unusableInput;
    };
    WeightsFile missing = *file;
    missing.tensors.erase("quantiser.codebooks");
    EXPECT_TRUE(refuses(missing));
    WeightsFile shorter = *file;
    StoredTensor& codebooks = shorter.tensors["quantiser.codebooks"];
    codebooks.shape[1] -= 1;
    codebooks.bytes.resize(3 * 15 * 5 * sizeof(float));
    EXPECT_TRUE(refuses(shorter));
    WeightsFile absurd = *file;
    std::string& shape = absurd.metadata["smidgen.shape"];
    shape.replace(shape.find("\"codebookSize\":16"), 17, "\"codebookSize\":99999999");
    EXPECT_TRUE(refuses(absurd));
}

}  // namespace
}  // namespace smidgen::models
