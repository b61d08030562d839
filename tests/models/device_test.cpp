#include "models/device.h"

#include <gtest/gtest.h>

namespace smidgen::models {
namespace {

TEST(DeviceTest, ProcessorPassesItsSmokeTestAndIsNotTheSlowBlas) {
    const auto reports = probeDevices();
    ASSERT_EQ(reports.size(), 3U);
    EXPECT_EQ(reports[0].kind, DeviceKind::cpu);
    EXPECT_TRUE(reports[0].usable) << reports[0].explanation;
    EXPECT_GT(reports[0].gemmGflops, 0.1);
    EXPECT_NE(reports[0].name.find("CPU"), std::string::npos);
    for (const auto& report : reports) {
        EXPECT_FALSE(report.name.empty());
        EXPECT_FALSE(report.explanation.empty()) << report.name;
    }
}

TEST(DeviceTest, AutomaticChoosesADeviceThatPassed) {
    const auto chosen = chooseDevice(DeviceChoice::automatic);
    ASSERT_TRUE(chosen);
    for (const auto& report : probeDevices())
        EXPECT_TRUE(report.kind != *chosen || report.usable) << report.name;
    EXPECT_EQ(*chooseDevice(DeviceChoice::cpu), DeviceKind::cpu);
}

TEST(DeviceTest, MissingDeviceIsSaidWithTheReason) {
    for (const auto& report : probeDevices()) {
        if (report.usable) continue;
        const auto choice = report.kind == DeviceKind::cuda ? DeviceChoice::cuda : DeviceChoice::mps;
        const auto chosen = chooseDevice(choice);
        ASSERT_FALSE(chosen);
        EXPECT_EQ(chosen.error().code, ErrorCode::device);
        EXPECT_NE(chosen.error().sentence.find(nameOf(report.kind)), std::string::npos);
    }
}

TEST(DeviceTest, NamesAreReadAndWrongOnesGetTheChoices) {
    for (const DeviceKind kind : {DeviceKind::cpu, DeviceKind::cuda, DeviceKind::mps})
        EXPECT_TRUE(parseDeviceChoice(nameOf(kind)));
    EXPECT_EQ(*parseDeviceChoice("auto"), DeviceChoice::automatic);
    const auto wrong = parseDeviceChoice("gpu");
    ASSERT_FALSE(wrong);
    EXPECT_EQ(wrong.error().code, ErrorCode::invalidArgument);
    EXPECT_NE(wrong.error().sentence.find("auto, cpu, cuda, mps"), std::string::npos);
}

}  // namespace
}  // namespace smidgen::models
