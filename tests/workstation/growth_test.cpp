// Adding sounds to a trained model, on real recordings.
#include <gtest/gtest.h>
#include <unistd.h>

#include <algorithm>
#include <fstream>
#include <iterator>

#include "engine/audio/audio_reader.h"
#include "engine/library/sound_references.h"
#include "engine/workstation/workstation.h"
#include "models/mel_vae.h"

namespace smidgen {
namespace {

namespace fs = std::filesystem;

class GrowthTest : public ::testing::Test {
 protected:
    void SetUp() override {
        m_folder = fs::temp_directory_path() / ("smidgen-growing-" + std::to_string(::getpid()));
        fs::remove_all(m_folder);
        copy("old", {"drum_bass_hard", "drum_bass_soft", "drum_cowbell", "drum_cymbal_closed",
                     "drum_snare_hard", "drum_snare_soft", "drum_tom_hi_soft", "drum_tom_lo_soft"});
        copy("new", {"elec_blip", "elec_bell", "elec_wood"});
        Workstation::Options options;
        options.library = m_folder / "library";
        options.device = models::DeviceChoice::cpu;
        options.threads = 1;
        auto opened = Workstation::open(options);
        ASSERT_TRUE(opened) << opened.error().sentence;
        m_station = std::move(*opened);
    }
    void TearDown() override {
        m_station.reset();
        fs::remove_all(m_folder);
    }
    void copy(const char* folder, std::initializer_list<const char*> names) const {
        fs::create_directories(m_folder / folder);
        for (const char* name : names)
            fs::copy_file("/usr/share/sonic-pi/samples/" + std::string(name) + ".flac",
                          m_folder / folder / (std::string(name) + ".flac"));
    }
    [[nodiscard]] TrainingRequest learning(const char* folder, std::int64_t steps) const {
        TrainingRequest request;
        request.paths = {m_folder / folder};
        request.steps = steps;
        request.heldOutShare = 0.25;
        request.batchSize = 4;
        return request;
    }
    JobSnapshot train(const TrainingRequest& request) const {
        const auto job = m_station->startTraining(request);
        EXPECT_TRUE(job) << job.error().sentence;
        return job ? m_station->wait(*job) : JobSnapshot();
    }
    [[nodiscard]] std::shared_ptr<const ModelSnapshot> model(const ModelId& id) const {
        const auto found = m_station->findModel(id);
        EXPECT_TRUE(found);
        return *found;
    }
    static std::string bytesOf(const fs::path& path) {
        std::ifstream in(path, std::ios::binary);
        return {std::istreambuf_iterator<char>(in), {}};
    }
    static std::vector<std::string> heldBack(const ModelSnapshot& model) {
        std::vector<std::string> hashes;
        for (const SoundReference& sound : soundReferencesOf(model.metadata))
            if (sound.heldBackFrom == 0) hashes.push_back(sound.contentHash);
        return hashes;
    }
    fs::path m_folder;
    std::unique_ptr<Workstation> m_station;
};

TEST_F(GrowthTest, AModelGrowsByNewSoundsAndATakeAndForgetsNothing) {
    const JobSnapshot first = train(learning("old", 2));
    ASSERT_EQ(first.phase, JobPhase::finished) << first.sentence;
    const auto old = model(first.model);
    EXPECT_TRUE(old->remembersSounds);
    EXPECT_EQ(soundReferencesOf(old->metadata).size(), 8U);
    EXPECT_EQ(heldBack(*old).size(), 2U);
    const std::string before = bytesOf(old->file);

    GenerateRequest generate;
    generate.recipe.modelId = old->id;
    generate.recipe.seconds = 1.0;
    generate.recipe.decoder = "griffin-lim";
    generate.recipe.griffinLim.iterations = 4;
    const JobSnapshot made = m_station->wait(*m_station->generate(generate));
    ASSERT_EQ(made.takes.size(), 1U);
    TrainingRequest adding = learning("new", 4);
    adding.addTo = old->id;
    adding.starredTakes = true;
    EXPECT_EQ(train(adding).error->code, ErrorCode::unusableInput) << "no take is starred yet";
    ASSERT_TRUE(m_station->starTake(made.takes[0], true));

    const JobSnapshot second = train(adding);
    ASSERT_EQ(second.phase, JobPhase::finished) << second.error->sentence;
    ASSERT_NE(second.model, first.model);
    EXPECT_EQ(bytesOf(old->file), before) << "takes of the old model can be rebuilt";
    const auto grown = model(second.model);
    EXPECT_EQ(grown->name, old->name);
    EXPECT_EQ(grown->sounds, 12);
    EXPECT_EQ(grown->metadata.at("grown_from"), old->id);
    const auto references = soundReferencesOf(grown->metadata);
    EXPECT_TRUE(std::ranges::any_of(references, [&](const SoundReference& sound) {
        return sound.path == m_station->take(made.takes[0])->file;
    }));
    for (const std::string& hash : heldBack(*old))
        EXPECT_EQ(std::ranges::count(heldBack(*grown), hash), 1) << "what was held back stays so";

    const auto picture = m_station->training(second.id);
    ASSERT_TRUE(picture && picture->growth);
    const GrowthReport& growth = *picture->growth;
    EXPECT_EQ(growth.replayed, 8);
    EXPECT_EQ(growth.reminded, 0);
    EXPECT_GT(growth.before.known, 0);
    EXPECT_GT(growth.before.fresh, 0);
    EXPECT_LE(growth.now.known, growth.before.known);
    EXPECT_LE(growth.now.fresh, growth.before.fresh);
    EXPECT_NE(second.sentence.find("Done: "), std::string::npos) << second.sentence;
    adding.addTo = grown->id;
    EXPECT_EQ(train(adding).error->code, ErrorCode::unusableInput) << "it knows them all by now";
}

TEST_F(GrowthTest, CodesOfAModelKeepTheirMeaningAndLostSoundsAreReplacedByWhatItKept) {
    TrainingRequest request = learning("old", 2);
    request.kind = ModelKind::rvq;
    request.codebookSize = 16;
    const JobSnapshot first = train(request);
    ASSERT_EQ(first.phase, JobPhase::finished) << first.sentence;
    const auto old = model(first.model);
    fs::remove(m_folder / "old" / "drum_cowbell.flac");
    fs::copy_file(m_folder / "new" / "elec_bell.flac", m_folder / "old" / "drum_bass_hard.flac",
                  fs::copy_options::overwrite_existing);

    TrainingRequest adding = learning("new", 3);
    adding.addTo = old->name;
    const JobSnapshot second = train(adding);
    ASSERT_EQ(second.phase, JobPhase::finished) << second.error->sentence;
    const auto picture = m_station->training(second.id);
    ASSERT_TRUE(picture && picture->growth);
    EXPECT_EQ(picture->growth->replayed, 6);
    EXPECT_EQ(picture->growth->reminded, 2);
    ASSERT_FALSE(picture->warnings.empty());
    EXPECT_NE(picture->warnings[0].find("2 of the 8 sounds"), std::string::npos) << picture->warnings[0];
    EXPECT_EQ(soundReferencesOf(model(second.model)->metadata).size(), 11U) << "lost ones may come back";

    const auto was = models::MelVae::load(old->file, models::DeviceKind::cpu);
    const auto is = models::MelVae::load(model(second.model)->file, models::DeviceKind::cpu);
    ASSERT_TRUE(was && is);
    const auto mel = was->decode(was->anchors().front());
    const auto codes = was->encodeCodes(*mel);
    ASSERT_TRUE(codes);
    EXPECT_EQ(was->latentsOf(*codes)->z, is->latentsOf(*codes)->z);
}

TEST_F(GrowthTest, WhatCannotBeAddedToIsSaidAtOnce) {
    TrainingRequest request = learning("new", 1);
    request.addTo = "nothing of that name";
    EXPECT_EQ(m_station->startTraining(request).error().code, ErrorCode::notFound);
    EXPECT_EQ(m_station->resumableTrainings().size(), 0U);
}

}  // namespace
}  // namespace smidgen
