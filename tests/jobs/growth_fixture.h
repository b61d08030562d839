// Tones as files and a small model with codes or without, for tests of what a model remembers.
#pragma once

#include <gtest/gtest.h>
#include <unistd.h>

#include <cmath>
#include <filesystem>
#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "engine/audio/audio_writer.h"
#include "engine/collections/preflight.h"
#include "engine/foundation/random.h"
#include "engine/jobs/training_material.h"
#include "engine/library/library.h"
#include "models/mel_vae_trainer.h"

namespace smidgen {

class GrowthFixture : public testing::Test {
 protected:
    void SetUp() override {
        const auto* info = testing::UnitTest::GetInstance()->current_test_info();
        m_folder = std::filesystem::temp_directory_path() /
                   ("smidgen-growth-" + std::string(info->name()) + std::to_string(::getpid()));
        std::filesystem::create_directories(m_folder / "sounds");
        auto library = Library::open(m_folder / "library");
        ASSERT_TRUE(library);
        m_library = std::move(*library);
    }
    void TearDown() override {
        std::error_code ignored;
        std::filesystem::remove_all(m_folder, ignored);
    }

    /// A tone with an overtone of its own, `seconds` long; equal frequencies and lengths give equal files.
    std::filesystem::path tone(const std::string& name, double hertz, double seconds = 0.7) const {
        const auto samples = static_cast<std::int64_t>(48000 * seconds);
        AudioBuffer sound(1, Samples(samples));
        for (std::int64_t i = 0; i < samples; ++i) {
            const double turn = 2 * 3.14159265358979 * hertz * static_cast<double>(i) / 48000;
            sound.channels[0][static_cast<std::size_t>(i)] =
                static_cast<float>(0.3 * std::sin(turn) + 0.1 * std::sin(2.5 * turn));
        }
        const auto path = m_folder / "sounds" / (name + ".wav");
        EXPECT_TRUE(writeAudio(sound, path, {}));
        return path;
    }

    static std::vector<SoundEntry> scanned(const std::vector<std::filesystem::path>& paths) {
        auto report = scanSounds(paths);
        EXPECT_TRUE(report);
        return report ? report->entries : std::vector<SoundEntry>();
    }

    static SoundReference referenceTo(const SoundEntry& entry, int anchor = -1) {
        return {entry.path, entry.contentHash, entry.seconds, 40, -1, anchor};
    }

    /// Writes m_folder/model: it has heard noise, keeps an anchor of `anchorFrames` latent frames for each of
    /// `references`, and remembers them.
    std::shared_ptr<const ModelRecord> makeModel(std::vector<SoundReference> references, int levels = 0,
                                                 int anchorFrames = 30) {
        models::MelVaeTraining training;
        training.shape.width = 16;
        training.shape.encoderBlocks = training.shape.decoderBlocks = 1;
        training.shape.latentDims = training.shape.globalDims = 8;
        training.shape.levels = levels;
        training.shape.codebookSize = levels > 0 ? 8 : 0;
        std::vector<float> sample;
        Random random(3);
        for (int i = 0; i < 128 * 200; ++i) sample.push_back(static_cast<float>(random.uniform(-9, -1)));
        auto trainer = models::MelVaeTrainer::create(training, models::DeviceKind::cpu, sample);
        EXPECT_TRUE(trainer) << trainer.error().sentence;
        std::vector<models::Latents> anchors(references.size());
        for (std::size_t i = 0; i < anchors.size(); ++i) {
            anchors[i].latentDims = 8;
            anchors[i].z.resize(static_cast<std::size_t>(8 * anchorFrames), 0.1F);
            anchors[i].g.resize(8, static_cast<float>(i));
            references[i].anchor = static_cast<int>(i);
        }
        EXPECT_TRUE(trainer->exportModel(m_folder / "model",
                                         {{"kind", levels > 0 ? "rvq" : "vae"},
                                          {model_metadata::kName, "toy"},
                                          {model_metadata::kCollection, "Toys"},
                                          {model_metadata::kSoundReferences, toJson(references)}},
                                         anchors));
        auto record = m_library->findModel((m_folder / "model").string());
        EXPECT_TRUE(record) << record.error().sentence;
        return record ? *record : nullptr;
    }

    [[nodiscard]] ModelGrowth growth(const ModelRecord& record) const {
        auto model = models::MelVae::load(record.file, models::DeviceKind::cpu);
        EXPECT_TRUE(model);
        auto growth = growthOf(*m_library, record, std::make_shared<const models::MelVae>(std::move(*model)));
        EXPECT_TRUE(growth);
        return std::move(*growth);
    }

    [[nodiscard]] Result<TrainingMaterial> material(const std::vector<SoundEntry>& fresh,
                                                    const std::optional<ModelGrowth>& growth,
                                                    const TrainingRequest& request = {}) const {
        return TrainingMaterial::prepare(m_library->featureCacheFolder(), fresh, request, growth, 64, 1, {},
                                         {});
    }

    std::filesystem::path m_folder;
    std::unique_ptr<Library> m_library;
};

}  // namespace smidgen
