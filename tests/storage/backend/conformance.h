// What every back-end has to do. Written once; a back-end joins with
// INSTANTIATE_TEST_SUITE_P(Name, Conformance, ::testing::Values(BackendUnderTest{…}), nameOf).
#pragma once

#include <gtest/gtest.h>

#include <filesystem>
#include <functional>
#include <memory>
#include <string>

#include "storage/backend/library_backend.h"
#include "tests/storage/blocks/store_folder.h"

namespace smidgen::storage {

struct BackendUnderTest {
    std::string name;
    /// Opens what lies in the folder, or makes it.
    std::function<std::unique_ptr<LibraryBackend>(const std::filesystem::path& folder)> open;
};

inline std::string nameOf(const ::testing::TestParamInfo<BackendUnderTest>& info) {
    return info.param.name;
}

class Conformance : public ::testing::TestWithParam<BackendUnderTest> {
 protected:
    void SetUp() override { reopen(); }
    void reopen() {
        backend.reset();
        backend = GetParam().open(folder.path());
        ASSERT_NE(backend, nullptr);
    }
    testing::StoreFolder folder;
    std::unique_ptr<LibraryBackend> backend;
};

}  // namespace smidgen::storage
