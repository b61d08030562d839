#include "engine/foundation/atomic_file.h"

#include <gtest/gtest.h>
#include <sys/wait.h>
#include <unistd.h>

#include <cerrno>
#include <fstream>
#include <string>

namespace smidgen {
namespace {

namespace fs = std::filesystem;

class AtomicFileTest : public ::testing::Test {
 protected:
    void SetUp() override {
        m_folder = fs::temp_directory_path() / ("smidgen-atomic-" + std::to_string(::getpid()));
        fs::create_directories(m_folder);
    }
    void TearDown() override { fs::remove_all(m_folder); }
    [[nodiscard]] std::size_t filesInFolder() const {
        return static_cast<std::size_t>(std::distance(fs::directory_iterator(m_folder), {}));
    }
    fs::path m_folder;
};

TEST_F(AtomicFileTest, CommittedTextIsReadBack) {
    ASSERT_TRUE(writeFileAtomically(m_folder / "a.txt", "hello"));
    const auto text = readWholeFile(m_folder / "a.txt", 100);
    ASSERT_TRUE(text);
    EXPECT_EQ(*text, "hello");
    EXPECT_EQ(filesInFolder(), 1U);
}

TEST_F(AtomicFileTest, UncommittedFileLeavesNothingAndKeepsTheOldOne) {
    ASSERT_TRUE(writeFileAtomically(m_folder / "a.txt", "old"));
    {
        auto file = AtomicFile::create(m_folder / "a.txt");
        ASSERT_TRUE(file);
        ASSERT_TRUE(file->write(std::as_bytes(std::span("new", 3))));
    }
    EXPECT_EQ(*readWholeFile(m_folder / "a.txt", 100), "old");
    EXPECT_EQ(filesInFolder(), 1U);
}

TEST_F(AtomicFileTest, UnsyncedCommitReplacesTheWholeFileToo) {
    ASSERT_TRUE(writeFileAtomically(m_folder / "a.txt", "old"));
    auto file = AtomicFile::create(m_folder / "a.txt");
    ASSERT_TRUE(file);
    ASSERT_TRUE(file->write(std::as_bytes(std::span("new", 3))));
    EXPECT_EQ(*readWholeFile(m_folder / "a.txt", 100), "old");
    ASSERT_TRUE(file->commitWithoutSync());
    EXPECT_EQ(*readWholeFile(m_folder / "a.txt", 100), "new");
    EXPECT_EQ(filesInFolder(), 1U);
}

TEST_F(AtomicFileTest, PartsOfDeadWritersAreRemovedThoseOfLiveOnesStay) {
    // The child is reaped, so its process number is free again.
    const pid_t child = ::fork();
    if (child == 0) ::_exit(0);
    ::waitpid(child, nullptr, 0);
    std::ofstream(m_folder / (".a.wav." + std::to_string(child) + "-0.part")) << "x";
    auto live = AtomicFile::create(m_folder / "b.wav");
    ASSERT_TRUE(live);
    std::ofstream(m_folder / ".other.part") << "x";
    removeStaleParts(m_folder);
    EXPECT_TRUE(fs::exists(live->partPath()));
    EXPECT_EQ(filesInFolder(), 2U);
}

TEST_F(AtomicFileTest, MissingFolderIsASentence) {
    const auto file = AtomicFile::create(m_folder / "nowhere" / "a.txt");
    ASSERT_FALSE(file);
    EXPECT_NE(file.error().sentence.find("a.txt"), std::string::npos);
}

TEST_F(AtomicFileTest, FullDiskIsSaidInWords) {
    const auto error = systemFailure(ENOSPC, "write", "/x/take.wav").value();
    EXPECT_EQ(error.code, ErrorCode::io);
    EXPECT_NE(error.sentence.find("no space"), std::string::npos);
}

TEST_F(AtomicFileTest, TooLargeFileIsRefusedWithoutReadingItAll) {
    ASSERT_TRUE(writeFileAtomically(m_folder / "a.txt", std::string(1000, 'x')));
    const auto text = readWholeFile(m_folder / "a.txt", 999);
    ASSERT_FALSE(text);
    EXPECT_EQ(text.error().code, ErrorCode::unusableInput);
}

}  // namespace
}  // namespace smidgen
