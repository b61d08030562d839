#include "engine/jobs/job_runner.h"
#include "engine/jobs/prior_training.h"
#include "tests/jobs/growth_fixture.h"

namespace smidgen {
namespace {

/// A prior that is told no sounds learns from those its model remembers.
class RememberedPriorTest : public GrowthFixture {
 protected:
    Result<PriorTrainingSetup> setUp() {
        PriorTrainingRequest request;
        request.model = (m_folder / "model").string();
        JobRunner runner([](JobId) {});
        Result<PriorTrainingSetup> setup = PriorTrainingSetup();
        const JobId id = runner.submit({}, [&](JobContext& job) -> Status {
            setup = setUpPriorTraining(*m_library, request, models::DeviceKind::cpu, 1, job);
            return {};
        });
        EXPECT_EQ(runner.wait(id, {}).phase, JobPhase::finished);
        return setup;
    }
};

TEST_F(RememberedPriorTest, LearnsFromTheSoundsThatAreStillThereAndSaysWhichAreNot) {
    const auto entries = scanned({tone("a", 200), tone("b", 300), tone("c", 400)});
    makeModel({referenceTo(entries[0]), referenceTo(entries[1]), referenceTo(entries[2])}, 2);
    const auto all = setUp();
    ASSERT_TRUE(all) << all.error().sentence;
    EXPECT_EQ(all->sounds.size(), 3U);
    EXPECT_TRUE(all->remark.empty());

    std::filesystem::remove(entries[1].path);
    const auto some = setUp();
    ASSERT_TRUE(some);
    EXPECT_EQ(some->sounds.size(), 2U);
    EXPECT_NE(some->remark.find("1 of the 3 sounds"), std::string::npos) << some->remark;

    std::filesystem::remove(entries[0].path);
    std::filesystem::remove(entries[2].path);
    const auto none = setUp();
    ASSERT_FALSE(none);
    EXPECT_EQ(none.error().code, ErrorCode::notFound);
    EXPECT_NE(none.error().sentence.find("None of the 3 sounds"), std::string::npos) << none.error().sentence;

    // The collection it was trained on does as well.
    Collection toys;
    toys.id = "toys";
    toys.name = "Toys";
    toys.entries = scanned({tone("x", 700)});
    ASSERT_TRUE(m_library->putCollection(toys));
    const auto collection = setUp();
    ASSERT_TRUE(collection);
    EXPECT_EQ(collection->sounds.size(), 1U);
}

TEST_F(RememberedPriorTest, ModelThatRemembersNothingAsksForSounds) {
    makeModel({}, 2);
    const auto none = setUp();
    ASSERT_FALSE(none);
    EXPECT_NE(none.error().sentence.find("does not say where its sounds lie"), std::string::npos);
}

}  // namespace
}  // namespace smidgen
