// The whole road on real recordings: sounds → training → takes → files.
#include <gtest/gtest.h>
#include <unistd.h>

#include <algorithm>
#include <cmath>
#include <fstream>

#include "engine/audio/audio_reader.h"
#include "engine/workstation/workstation.h"
#include "models/weights_file.h"

namespace smidgen {
namespace {

namespace fs = std::filesystem;

const fs::path kSamples = "/usr/share/sonic-pi/samples";

class RoadTest : public ::testing::Test {
 protected:
    void SetUp() override {
        m_folder = fs::temp_directory_path() / ("smidgen-road-" + std::to_string(::getpid()));
        fs::remove_all(m_folder);
        fs::create_directories(m_folder);
    }
    void TearDown() override { fs::remove_all(m_folder); }

    std::unique_ptr<Workstation> open(const std::string& library) {
        Workstation::Options options;
        options.library = m_folder / library;
        options.device = models::DeviceChoice::cpu;
        auto opened = Workstation::open(options);
        EXPECT_TRUE(opened) << opened.error().sentence;
        return std::move(*opened);
    }
    static std::vector<fs::path> drums() {
        std::vector<fs::path> files;
        for (const char* name : {"drum_bass_hard", "drum_bass_soft", "drum_cowbell", "drum_cymbal_closed",
                                 "drum_snare_hard", "drum_snare_soft", "drum_tom_hi_soft", "elec_blip"}) {
            files.push_back(kSamples / (std::string(name) + ".flac"));
        }
        return files;
    }
    static TrainingRequest shortTraining(std::int64_t steps) {
        TrainingRequest request;
        request.paths = drums();
        request.steps = steps;
        request.heldOutShare = 0.25;
        return request;
    }
    static JobSnapshot train(Workstation& station, const TrainingRequest& request) {
        const auto job = station.startTraining(request);
        EXPECT_TRUE(job) << job.error().sentence;
        return station.wait(*job);
    }
    fs::path m_folder;
};

TEST_F(RoadTest, SoundsBecomeAModelTheModelTakesAndTheTakesFiles) {
    auto station = open("library");
    const JobSnapshot scan = station->wait(station->importSounds(drums(), "Drums"));
    ASSERT_EQ(scan.phase, JobPhase::finished) << scan.sentence;
    const auto collection = station->collection(scan.collection);
    ASSERT_TRUE(collection);
    EXPECT_EQ(collection->totals.usable, 8);

    TrainingRequest request = shortTraining(6);
    request.paths.clear();
    request.collection = scan.collection;
    const JobSnapshot training = train(*station, request);
    ASSERT_EQ(training.phase, JobPhase::finished) << training.sentence;
    const auto picture = station->training(training.id);
    ASSERT_TRUE(picture);
    EXPECT_EQ(picture->step, 6);
    EXPECT_EQ(picture->previews.size(), 2U);
    for (const Preview& preview : picture->previews) {
        EXPECT_TRUE(readAudio(preview.original));
        EXPECT_TRUE(readAudio(preview.reconstruction));
        EXPECT_GT(preview.melL1, 0);
    }

    GenerateRequest generate;
    generate.recipe.modelId = training.model;
    generate.recipe.seconds = 1.0;
    generate.recipe.space = OutputSpace::stereo;
    generate.recipe.griffinLim.iterations = 8;
    generate.count = 2;
    const auto job = station->generate(generate);
    ASSERT_TRUE(job) << job.error().sentence;
    const JobSnapshot made = station->wait(*job);
    ASSERT_EQ(made.phase, JobPhase::finished) << made.sentence;
    ASSERT_EQ(made.takes.size(), 2U);
    const auto first = readAudio(station->take(made.takes[0])->file);
    const auto second = readAudio(station->take(made.takes[1])->file);
    ASSERT_TRUE(first && second);
    EXPECT_EQ(first->length(), toSamples(Seconds(1.0)));
    EXPECT_EQ(first->channelCount(), 2);
    EXPECT_NE(first->channels, second->channels) << "another seed, another take";
    const auto loudest = std::ranges::max(first->channels[0], {}, [](float x) { return std::abs(x); });
    EXPECT_GT(std::abs(loudest), 0.01F);
    EXPECT_LE(station->take(made.takes[0])->truePeakDb, -0.9);

    // The recipe rebuilds the take bit for bit.
    const auto rebuilt = station->render(station->take(made.takes[0])->recipe);
    ASSERT_TRUE(rebuilt);
    EXPECT_EQ(rebuilt->audio.channels, first->channels);

    ExportRequest exporting;
    exporting.takes = made.takes;
    exporting.folder = m_folder / "out";
    exporting.settings.nameTemplate = "{model} {seed}/x";
    exporting.settings.profile.format = FileFormat::flac;
    exporting.settings.profile.dither = false;
    const auto exportJob = station->exportTakes(exporting);
    ASSERT_TRUE(exportJob);
    const JobSnapshot exported = station->wait(*exportJob);
    ASSERT_EQ(exported.phase, JobPhase::finished) << exported.sentence;
    ASSERT_EQ(exported.files.size(), 2U);
    EXPECT_EQ(exported.files[0].path, exporting.folder / ("Drums 1_x.flac"));
    const auto file = readAudio(exported.files[0].path);
    ASSERT_TRUE(file);
    for (std::size_t i = 0; i < file->channels[0].size(); ++i) {
        ASSERT_NEAR(file->channels[0][i], first->channels[0][i], 1.0 / (1 << 23));
    }
    const auto tags = readTags(exported.files[0].path);
    ASSERT_TRUE(tags);
    EXPECT_NE(tags->at("SMIDGEN_RECIPE").find("\"seed\":\"1\""), std::string::npos);

    // Everything is there again in a new session.
    station.reset();
    station = open("library");
    EXPECT_EQ(station->takes().size(), 2U);
    EXPECT_EQ(station->collections().size(), 1U);
    EXPECT_TRUE(station->findModel(training.model));
    EXPECT_TRUE(station->resumableTrainings().empty());
}

TEST_F(RoadTest, AnInterruptedTrainingEndsWithTheSameWeights) {
    auto calm = open("calm");
    const JobSnapshot whole = train(*calm, shortTraining(9));
    ASSERT_EQ(whole.phase, JobPhase::finished) << whole.sentence;
    const auto expected = models::loadWeights((*calm->findModel(whole.model))->file);
    ASSERT_TRUE(expected);

    auto broken = open("broken");
    Workstation* at = broken.get();
    broken->setListener([at](const Event& event) {
        const auto picture = at->training(event.job);
        if (picture && picture->step >= 2) at->cancel(event.job);
    });
    const JobSnapshot stopped = train(*broken, shortTraining(9));
    ASSERT_EQ(stopped.phase, JobPhase::cancelled) << stopped.sentence;
    ASSERT_TRUE(broken->findModel(stopped.model)) << "a stopped training leaves a usable model";
    ASSERT_EQ(broken->resumableTrainings().size(), 1U);
    broken.reset();

    broken = open("broken");
    TrainingRequest rest = broken->resumableTrainings().front();
    EXPECT_TRUE(rest.resume);
    const JobSnapshot resumed = train(*broken, rest);
    ASSERT_EQ(resumed.phase, JobPhase::finished) << resumed.sentence;
    EXPECT_EQ(resumed.model, stopped.model);
    const auto found = models::loadWeights((*broken->findModel(resumed.model))->file);
    ASSERT_TRUE(found);
    ASSERT_EQ(found->tensors.size(), expected->tensors.size());
    for (const auto& [name, tensor] : expected->tensors) {
        EXPECT_EQ(found->tensors.at(name).bytes, tensor.bytes) << name;
    }
}

TEST_F(RoadTest, TooFewSoundsAreRefusedUnlessForced) {
    auto station = open("library");
    TrainingRequest request = shortTraining(1);
    request.paths.resize(3);
    const JobSnapshot refused = train(*station, request);
    ASSERT_EQ(refused.phase, JobPhase::failed);
    EXPECT_EQ(refused.error->code, ErrorCode::unusableInput);
    EXPECT_TRUE(station->models().empty());
    request.force = true;
    EXPECT_EQ(train(*station, request).phase, JobPhase::finished);
}

TEST_F(RoadTest, WrongRequestsAreRefusedAtOnce) {
    auto station = open("library");
    EXPECT_EQ(station->startTraining({}).error().code, ErrorCode::invalidArgument);
    TrainingRequest request = shortTraining(0);
    EXPECT_EQ(station->startTraining(request).error().code, ErrorCode::invalidArgument);
    request = shortTraining(1);
    request.heldOutShare = 0.9;
    EXPECT_EQ(station->startTraining(request).error().code, ErrorCode::invalidArgument);
    request = shortTraining(1);
    request.collection = "nowhere";
    EXPECT_EQ(station->startTraining(request).error().code, ErrorCode::notFound);
    GenerateRequest generate;
    generate.recipe.modelId = "nothing";
    EXPECT_EQ(station->generate(generate).error().code, ErrorCode::notFound);
    generate.recipe.seconds = -1;
    EXPECT_EQ(station->generate(generate).error().code, ErrorCode::invalidArgument);
    EXPECT_EQ(station->exportTakes({}).error().code, ErrorCode::invalidArgument);
}

TEST_F(RoadTest, AnEmptyFolderAndAMissingOneAreSentences) {
    auto station = open("library");
    fs::create_directories(m_folder / "empty");
    const JobSnapshot empty = station->wait(station->importSounds({m_folder / "empty"}, ""));
    EXPECT_EQ(empty.phase, JobPhase::failed);
    EXPECT_EQ(empty.error->code, ErrorCode::unusableInput);
    const JobSnapshot missing = station->wait(station->importSounds({m_folder / "missing"}, ""));
    EXPECT_EQ(missing.phase, JobPhase::failed);
    EXPECT_EQ(missing.error->code, ErrorCode::notFound);
    EXPECT_TRUE(station->collections().empty());
}

TEST_F(RoadTest, EstimateIsMeasured) {
    auto station = open("library");
    TrainingRequest request = shortTraining(50);
    const auto estimate = station->estimateTraining(request);
    ASSERT_TRUE(estimate) << estimate.error().sentence;
    EXPECT_EQ(estimate->usableFiles, 8);
    EXPECT_EQ(estimate->steps, 50);
    EXPECT_GT(estimate->secondsToTrain, 0);
    EXPECT_GT(estimate->memoryBytes, 50 << 20);
    EXPECT_FALSE(estimate->sentence.empty());
}

}  // namespace
}  // namespace smidgen
