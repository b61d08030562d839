#include "engine/foundation/shipped_files.h"

#include <gtest/gtest.h>

#include <cstdlib>
#include <filesystem>

namespace smidgen {
namespace {

TEST(ShippedFiles, LieInTheSourceTreeOrWhereTheEnvironmentSays) {
    const auto shortcuts = shippedFile("shortcuts.json");
    ASSERT_TRUE(shortcuts);
    EXPECT_TRUE(std::filesystem::equivalent(
        *shortcuts, std::filesystem::path(SMIDGEN_SOURCE_DIR) / "resources" / "shortcuts.json"));
    EXPECT_FALSE(shippedFile("no-such-file"));
    EXPECT_FALSE(shippedFile("fonts"));  // a folder

    ::setenv("SMIDGEN_RESOURCES", "/nonexistent", 1);
    const auto elsewhere = shippedFile("shortcuts.json");
    ::unsetenv("SMIDGEN_RESOURCES");
    EXPECT_FALSE(elsewhere);
}

}  // namespace
}  // namespace smidgen
