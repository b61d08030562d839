#include <QDoubleSpinBox>
#include <QPushButton>

#include "tests/ui/desk.h"
#include "ui/pages/train_page.h"
#include "ui/pages/training_view.h"
#include "ui/window/message_bar.h"

namespace smidgen::ui::testing {
namespace {

/// A machine under load takes its time; on an idle one nothing here waits longer than two seconds.
constexpr double kPatience = 120;

class TrainingTest : public DeskTest {
 protected:
    [[nodiscard]] TrainingView& view() { return window().trainPage().training(); }
    [[nodiscard]] JobSnapshot job() {
        const auto job = engine().job(view().job());
        return job ? *job : JobSnapshot();
    }
    [[nodiscard]] std::int64_t step() {
        const auto training = engine().training(view().job());
        return training ? training->step : 0;
    }
    [[nodiscard]] bool reaches(JobPhase phase) {
        return waitUntil([&] { return view().job() != 0 && job().phase == phase; }, kPatience);
    }
    [[nodiscard]] bool goesOn() {
        const std::int64_t from = step();
        return waitUntil([&] { return step() > from; }, kPatience);
    }
};

TEST_F(TrainingTest, ItPausesGoesOnSurvivesAClosedWindowAndCanBeStopped) {
    ASSERT_NO_FATAL_FAILURE(openStudio());
    ASSERT_NO_FATAL_FAILURE(importSamples(12));
    find<QDoubleSpinBox>(QStringLiteral("budget")).setValue(30);
    QTest::mouseClick(&find<QPushButton>(QStringLiteral("train")), Qt::LeftButton);
    ASSERT_TRUE(goesOn());

    ASSERT_NO_FATAL_FAILURE(clickButton(QStringLiteral("Pause")));
    ASSERT_TRUE(reaches(JobPhase::paused));
    ASSERT_NO_FATAL_FAILURE(clickButton(QStringLiteral("Go on")));
    ASSERT_TRUE(reaches(JobPhase::running));
    ASSERT_TRUE(goesOn());

    closeStudio();
    ASSERT_NO_FATAL_FAILURE(openStudio());
    ASSERT_EQ(engine().resumableTrainings().size(), 1U);
    ASSERT_EQ(window().messages().sentences().filter(QStringLiteral("was interrupted")).size(), 1);
    ASSERT_NO_FATAL_FAILURE(clickButton(QStringLiteral("Resume")));
    ASSERT_TRUE(goesOn());

    ASSERT_NO_FATAL_FAILURE(clickButton(QStringLiteral("Stop here")));
    ASSERT_TRUE(waitUntil([&] { return !view().running(); }, kPatience));
    EXPECT_EQ(job().phase, JobPhase::cancelled);
    ASSERT_EQ(engine().models().size(), 1U) << "what was learned is kept";
    EXPECT_EQ(engine().models().front()->id, job().model);
}

}  // namespace
}  // namespace smidgen::ui::testing
