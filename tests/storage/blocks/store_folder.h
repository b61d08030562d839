// A store in a folder of its own, gone when the test ends.
#pragma once

#include <gtest/gtest.h>
#include <unistd.h>

#include <atomic>
#include <filesystem>
#include <string>
#include <vector>

#include "engine/foundation/random.h"
#include "storage/blocks/block_store.h"

namespace smidgen::storage::testing {

class StoreFolder {
 public:
    StoreFolder() {
        static std::atomic<int> count{0};
        m_path = std::filesystem::temp_directory_path() /
                 ("smidgen-blocks-" + std::to_string(::getpid()) + "-" + std::to_string(count++));
        std::filesystem::remove_all(m_path);
        std::filesystem::create_directories(m_path);
    }
    StoreFolder(const StoreFolder&) = delete;
    StoreFolder& operator=(const StoreFolder&) = delete;
    ~StoreFolder() {
        std::error_code ignored;
        std::filesystem::remove_all(m_path, ignored);
    }
    [[nodiscard]] const std::filesystem::path& path() const { return m_path; }

 private:
    std::filesystem::path m_path;
};

/// Without a worker, so that what happens is what the test does.
inline StoreOptions quietOptions() {
    StoreOptions options;
    options.backgroundWork = false;
    return options;
}

inline std::unique_ptr<BlockStore> openStore(const std::filesystem::path& folder,
                                             const StoreOptions& options = quietOptions()) {
    auto store = BlockStore::open(folder, options);
    EXPECT_TRUE(store.has_value()) << (store ? "" : store.error().sentence + " " + store.error().detail);
    return store ? std::move(*store) : nullptr;
}

inline const Caller kAda{"ada", "north"};
inline const Caller kBen{"ben", "north"};
inline const Caller kSouth{"ada", "south"};

/// Bytes that do not compress (`noise`) or do.
inline std::vector<std::byte> bytesOf(std::size_t count, std::uint64_t seed, bool noise = true) {
    Random random(seed);
    std::vector<std::byte> bytes(count);
    for (std::size_t i = 0; i < count; ++i)
        bytes[i] = static_cast<std::byte>(noise ? random.bits() : (i / 64 + seed) & 0x0F);
    return bytes;
}

inline BlockDraft draft(const std::string& name, std::size_t contentBytes = 0, std::uint64_t seed = 1) {
    BlockDraft made;
    made.name = name;
    made.kind = BlockClass::take;
    made.mimeType = "audio/flac";
    made.metadata = R"({"bpm": 120})";
    if (contentBytes > 0) made.content = bytesOf(contentBytes, seed);
    return made;
}

inline BlockId putOne(BlockStore& store, BlockDraft what, const Caller& caller = kAda) {
    auto receipt = store.put(caller, std::move(what));
    EXPECT_TRUE(receipt.has_value()) << (receipt ? ""
                                                 : receipt.error().sentence + " " + receipt.error().detail);
    return receipt ? receipt->id : BlockId{};
}

/// The code of an outcome that should have failed.
template <typename T>
ErrorCode codeOf(const Result<T>& outcome) {
    EXPECT_FALSE(outcome.has_value());
    return outcome ? ErrorCode::internal : outcome.error().code;
}

}  // namespace smidgen::storage::testing
