// Several processes that train one model: what they tell each other, and that they learn what one would.
#include <gtest/gtest.h>
#include <unistd.h>

#include <cstdlib>
#include <fstream>
#include <functional>
#include <iterator>
#include <map>
#include <optional>
#include <thread>

#include "models/process_group.h"
#include "models/weights_bytes.h"
#include "tests/free_port.h"
#include "tests/models/mel_vae_fixture.h"

namespace smidgen::models {
namespace {

using test::freePort;
using Group = std::shared_ptr<ProcessGroup>;

/// Members of a group as threads: `part` runs in each with its group.
void together(int size, const std::function<void(const Group&)>& part) {
    const int port = freePort();
    std::vector<std::thread> members;
    for (int rank = 0; rank < size; ++rank)
        members.emplace_back([&, rank] {
            auto group = ProcessGroup::join({rank, size, "127.0.0.1", port}, {}, {});
            ASSERT_TRUE(group) << group.error().sentence << " " << group.error().detail;
            part(*group);
        });
    for (std::thread& member : members) member.join();
}

/// Sets variables, and takes them away again.
class Variables {
 public:
    explicit Variables(std::map<std::string, std::string> values) : m_values(std::move(values)) {
        for (const auto& [name, value] : m_values) ::setenv(name.c_str(), value.c_str(), 1);
    }
    Variables(const Variables&) = delete;
    Variables& operator=(const Variables&) = delete;
    ~Variables() {
        for (const auto& [name, value] : m_values) ::unsetenv(name.c_str());
    }

 private:
    std::map<std::string, std::string> m_values;
};

TEST(ProcessPlace, IsReadFromTheVariablesOfTorchrun) {
    EXPECT_FALSE(placeFromEnvironment().value());
    const Variables variables(
        {{"RANK", "1"}, {"WORLD_SIZE", "3"}, {"MASTER_ADDR", "studio"}, {"MASTER_PORT", "29500"}});
    const auto place = placeFromEnvironment().value();
    ASSERT_TRUE(place);
    EXPECT_EQ(1, place->rank);
    EXPECT_EQ(3, place->size);
    EXPECT_EQ("studio", place->address);
    EXPECT_EQ(29500, place->port);
}

TEST(ProcessPlace, OneProcessTrainsAlone) {
    const Variables variables(
        {{"RANK", "0"}, {"WORLD_SIZE", "1"}, {"MASTER_ADDR", "localhost"}, {"MASTER_PORT", "29500"}});
    EXPECT_FALSE(placeFromEnvironment().value());
}

TEST(ProcessPlace, SaysWhichVariableIsWrong) {
    const std::map<std::string, std::string> good{
        {"RANK", "0"}, {"WORLD_SIZE", "2"}, {"MASTER_ADDR", "localhost"}, {"MASTER_PORT", "29500"}};
    struct Wrong {
        std::string name, value, says;
    };
    const std::vector<Wrong> cases{{"MASTER_PORT", "", "MASTER_PORT is not"},
                                   {"RANK", "", "RANK is not"},
                                   {"RANK", "first", "RANK is 'first'"},
                                   {"RANK", "2", "from 0 to 1"},
                                   {"RANK", "-1", "RANK is '-1'"},
                                   {"WORLD_SIZE", "0", "WORLD_SIZE is '0'"},
                                   {"MASTER_PORT", "65536", "MASTER_PORT is '65536'"},
                                   {"MASTER_PORT", "80x", "MASTER_PORT is '80x'"}};
    for (const Wrong& one : cases) {
        auto values = good;
        values[one.name] = one.value;
        const Variables variables(values);
        const auto place = placeFromEnvironment();
        ASSERT_FALSE(place) << one.says;
        EXPECT_EQ(ErrorCode::invalidArgument, place.error().code);
        EXPECT_NE(std::string::npos, place.error().sentence.find(one.says)) << place.error().sentence;
    }
}

TEST(ProcessGroup, SumsGathersAndBroadcasts) {
    together(3, [](const Group& group) {
        const auto rank = static_cast<float>(group->rank());
        std::vector<float> values{rank, 10 * rank};
        ASSERT_TRUE(group->sum(values));
        EXPECT_EQ((std::vector<float>{3, 30}), values);
        const std::vector<double> own{0.5 + group->rank()};
        EXPECT_EQ((std::vector<double>{0.5, 1.5, 2.5}), group->gather(std::span<const double>(own)).value());
        EXPECT_EQ(7.25, group->broadcast(group->leads() ? 7.25 : 1.0).value());
        std::vector<std::byte> bytes;
        if (group->leads()) bytes.assign(5, std::byte{42});
        EXPECT_EQ(std::vector<std::byte>(5, std::byte{42}), group->broadcast(bytes).value());
    });
}

TEST(ProcessGroup, SaysWhoIsMissing) {
    const GroupPatience short_{std::chrono::milliseconds(1000), std::chrono::milliseconds(1000)};
    const int port = freePort();
    const auto alone = ProcessGroup::join({0, 2, "127.0.0.1", port}, short_, {});
    ASSERT_FALSE(alone);
    EXPECT_NE(std::string::npos, alone.error().sentence.find("RANK 1 has not come"))
        << alone.error().sentence;
    const auto leaderless = ProcessGroup::join({1, 2, "127.0.0.1", freePort()}, short_, {});
    ASSERT_FALSE(leaderless);
    EXPECT_NE(std::string::npos, leaderless.error().sentence.find("Nothing has answered"))
        << leaderless.error().sentence;
    const auto nowhere = ProcessGroup::join({1, 2, "no-such-machine.invalid", port}, short_, {});
    ASSERT_FALSE(nowhere);
    EXPECT_NE(std::string::npos, nowhere.error().sentence.find("MASTER_ADDR")) << nowhere.error().sentence;
}

TEST(ProcessGroup, WaitingForTheOthersCanBeStopped) {
    const CancelToken cancel;
    cancel.cancel();
    for (const int rank : {0, 1}) {
        const auto group = ProcessGroup::join({rank, 2, "127.0.0.1", freePort()}, {}, cancel);
        ASSERT_FALSE(group);
        EXPECT_EQ(ErrorCode::cancelled, group.error().code);
    }
}

TEST(WeightsBytes, AreReadBackAndRefusedWhenTheyLie) {
    WeightsFile file;
    file.metadata["name"] = "sent";
    file.tensors["a"] = {ElementType::u8, {3}, {std::byte{1}, std::byte{2}, std::byte{3}}};
    const auto bytes = packWeights(file).value();
    const auto back = unpackWeights(bytes, "sent").value();
    EXPECT_EQ("sent", back.metadata.at("name"));
    EXPECT_EQ(file.tensors.at("a").bytes, back.tensors.at("a").bytes);
    for (std::size_t length = 0; length < bytes.size(); ++length) {
        const auto refused = unpackWeights(std::span(bytes).first(length), "sent");
        ASSERT_FALSE(refused) << length;
        EXPECT_EQ(ErrorCode::unusableInput, refused.error().code);
    }
    auto lying = bytes;
    lying[7] = std::byte{0xFF};
    EXPECT_FALSE(unpackWeights(lying, "sent"));
}

/// Sizes that come out even when two take half each.
MelVaeTraining evenTraining(bool quantised) {
    MelVaeTraining training = smallTraining();
    training.batchSize = 4;
    training.shards = 2;
    if (quantised) {
        training.shape.levels = 2;
        training.shape.codebookSize = 8;
        training.shape.codeDims = 4;
    }
    return training;
}

constexpr int kSteps = 40;
constexpr int kMostSounds = 12;

/// The sounds [first, first + count) of a step.
std::vector<float> batchOf(const MelVaeTraining& training, std::int64_t step, int first, int count) {
    std::vector<float> all;
    for (int sound = first; sound < first + count; ++sound) {
        const auto mel =
            madeUpMel(1 + static_cast<std::uint64_t>(step) * kMostSounds + static_cast<std::uint64_t>(sound),
                      training.cropFrames, training.shape.melBands);
        all.insert(all.end(), mel.begin(), mel.end());
    }
    return all;
}

std::vector<float> sampleOf(const MelVaeTraining& training) {
    return batchOf(training, 1000, 0, kMostSounds);
}

struct Learned {
    std::vector<double> losses;
    int revived = 0;
    std::string model;  ///< bytes of its file
};

std::string modelBytes(const MelVaeTrainer& trainer, const std::string& name) {
    const auto path =
        std::filesystem::temp_directory_path() / (name + "-" + std::to_string(::getpid()) + ".safetensors");
    EXPECT_TRUE(trainer.exportModel(path, {}, {}));
    std::ifstream stream(path, std::ios::binary);
    std::string bytes{std::istreambuf_iterator<char>(stream), {}};
    std::filesystem::remove(path);
    return bytes;
}

Learned learn(MelVaeTrainer trainer, int rank) {
    Learned learned;
    const MelVaeTraining& training = trainer.training();
    for (int step = 0; step < kSteps; ++step) {
        const auto batch = batchOf(training, step, rank * training.batchSize, training.batchSize);
        auto report = trainer.trainStep(batch, static_cast<double>(step) / kSteps);
        if (!report) {
            ADD_FAILURE() << report.error().sentence << " " << report.error().detail;
            return learned;
        }
        learned.losses.push_back(report->loss);
        learned.revived += report->revivedCodes;
    }
    learned.model = modelBytes(trainer, "learned-" + std::to_string(rank));
    return learned;
}

Result<MelVaeTrainer> member(const MelVaeTraining& training, const Group& group) {
    if (!group->leads()) return MelVaeTrainer::join(group, DeviceKind::cpu);
    return MelVaeTrainer::create(training, DeviceKind::cpu, sampleOf(training), {}, BaseCodebooks::findAnew,
                                 group);
}

Learned learnAlone(MelVaeTraining training, int times) {
    training.batchSize *= times;
    training.shards *= times;
    auto trainer = MelVaeTrainer::create(training, DeviceKind::cpu, sampleOf(training));
    EXPECT_TRUE(trainer) << trainer.error().sentence;
    return learn(std::move(*trainer), 0);
}

std::vector<Learned> learnTogether(const MelVaeTraining& training, int size) {
    std::vector<Learned> all(static_cast<std::size_t>(size));
    together(size, [&](const Group& group) {
        auto trainer = member(training, group);
        ASSERT_TRUE(trainer) << trainer.error().sentence << " " << trainer.error().detail;
        all[static_cast<std::size_t>(group->rank())] = learn(std::move(*trainer), group->rank());
    });
    return all;
}

class GroupTraining : public testing::TestWithParam<bool> {};

// Sums are made in pairs, so that two halves summed apart are the very sum of the whole: nothing may differ.
TEST_P(GroupTraining, TwoLearnToTheBitWhatOneLearnsWithTheDoubledBatch) {
    const MelVaeTraining training = evenTraining(GetParam());
    const Learned alone = learnAlone(training, 2);
    const std::vector<Learned> both = learnTogether(training, 2);
    ASSERT_EQ(static_cast<std::size_t>(kSteps), alone.losses.size());
    EXPECT_LT(alone.losses.back(), alone.losses.front());
    for (const Learned& one : both) {
        EXPECT_EQ(alone.losses, one.losses);
        EXPECT_EQ(alone.revived, one.revived);
        EXPECT_TRUE(alone.model == one.model);
    }
}

// Three shares are added in another order than one process adds them: single precision (6e-8 a sum) grows
// over forty steps. The three members among themselves are equal.
TEST_P(GroupTraining, ThreeHoldTheSameWeightsAndLearnWhatOneLearns) {
    const MelVaeTraining training = evenTraining(GetParam());
    const std::vector<Learned> three = learnTogether(training, 3);
    EXPECT_TRUE(three[0].model == three[1].model);
    EXPECT_TRUE(three[0].model == three[2].model);
    const Learned alone = learnAlone(training, 3);
    ASSERT_EQ(alone.losses.size(), three[0].losses.size());
    for (std::size_t step = 0; step < 8; ++step)
        EXPECT_NEAR(alone.losses[step], three[0].losses[step], 1e-4 * alone.losses[step]) << step;
    EXPECT_NEAR(alone.losses.back(), three[0].losses.back(), 0.02 * alone.losses.back());
}

INSTANTIATE_TEST_SUITE_P(BothKinds, GroupTraining, testing::Bool());

TEST(GroupTrainingTrouble, OtherWeightsElsewhereAreNoticed) {
    const MelVaeTraining training = evenTraining(false);
    together(2, [&](const Group& group) {
        auto trainer = member(training, group);
        ASSERT_TRUE(trainer);
        std::optional<Error> error;
        for (int step = 0; step < 64 && !error; ++step) {
            // A rank that believes to be elsewhere in the schedule takes steps of another size.
            const double progress = group->leads() ? 0.1 : 0.8;
            const auto batch = batchOf(training, step, group->rank() * 4, 4);
            if (auto report = trainer->trainStep(batch, progress); !report) error = report.error();
        }
        ASSERT_TRUE(error) << "never noticed";
        EXPECT_NE(std::string::npos, error->sentence.find("no longer hold the same weights"))
            << error->sentence;
    });
}

TEST(GroupTrainingTrouble, AProcessThatLeavesIsSaidAndNothingIsLost) {
    const MelVaeTraining training = evenTraining(true);
    together(2, [&](const Group& given) {
        Group group = given;
        auto trainer = member(training, group);
        ASSERT_TRUE(trainer);
        const auto batch = [&](int step) { return batchOf(training, step, group->rank() * 4, 4); };
        for (int step = 0; step < 3; ++step) ASSERT_TRUE(trainer->trainStep(batch(step), 0.1));
        if (!group->leads()) return;  // closes its connections
        const std::string before = modelBytes(*trainer, "before");
        const auto report = trainer->trainStep(batch(3), 0.1);
        ASSERT_FALSE(report);
        EXPECT_EQ(ErrorCode::io, report.error().code);
        EXPECT_NE(std::string::npos, report.error().sentence.find("Another process of this training"))
            << report.error().sentence;
        EXPECT_TRUE(group->lost());
        EXPECT_EQ(3, trainer->step());
        EXPECT_TRUE(before == modelBytes(*trainer, "after"));
    });
}

}  // namespace
}  // namespace smidgen::models
