// Documents and codes as files: what is written comes back, and what is damaged is refused.
#include <gtest/gtest.h>
#include <unistd.h>

#include <filesystem>
#include <fstream>

#include "engine/codes/code_archive.h"
#include "engine/codes/code_edit_text.h"
#include "engine/codes/code_edits.h"
#include "engine/foundation/atomic_file.h"
#include "tests/codes/made_up_codes.h"

namespace smidgen {
namespace {

using namespace testing;
namespace fs = std::filesystem;

class CodeFiles : public ::testing::Test {
 protected:
    void SetUp() override {
        m_folder = fs::temp_directory_path() / ("smidgen-codes-" + std::to_string(::getpid()));
        fs::create_directories(m_folder);
    }
    void TearDown() override { fs::remove_all(m_folder); }
    fs::path m_folder;
};

TEST_F(CodeFiles, EditsAreKeptApartFromTheOriginal) {
    CodeDocument document = madeUpDocument(4);
    document.modelName = "forest";
    document.source = "bird.wav";
    document.decoder = "draft-1";
    ASSERT_TRUE(apply(setCells(document, cellsOf(document, {1, 0, 2, 3, 6}), 5, "Brush"), document));
    ASSERT_TRUE(apply(*changeLane(document, 2, {"Sparkle", true, false, true}), document));
    const std::string text = editsToJson(document);
    EXPECT_LT(text.size(), 700U) << "only what differs: " << text;
    const auto back = documentFromEdits(document.original, text);
    ASSERT_TRUE(back) << back.error().sentence << back.error().detail;
    EXPECT_EQ(*back, document);
}

TEST_F(CodeFiles, DamagedEditsAreRefused) {
    CodeDocument document = madeUpDocument(4, 20, 1);
    const auto code = static_cast<std::uint16_t>((document.code({0, 0, 3}) + 1) % kCodes);
    ASSERT_TRUE(apply(setCells(document, std::vector<CodeCell>{{0, 0, 3}}, code, "Brush"), document));
    const std::string good = editsToJson(document);
    const auto refused = [&](const std::string& what, const std::string& with) {
        std::string changed = good;
        const auto at = changed.find(what);
        EXPECT_NE(at, std::string::npos) << what;
        changed.replace(at, what.size(), with);
        const auto read = documentFromEdits(document.original, changed);
        return !read && read.error().code == ErrorCode::unusableInput;
    };
    const std::string change = "[0,0,3,[" + std::to_string(code) + "]]";
    EXPECT_TRUE(refused(change, "[0,0,3,[8]]"));
    EXPECT_TRUE(refused(change, "[0,0,20,[1]]"));
    EXPECT_TRUE(refused(change, "[0,3,3,[1]]"));
    EXPECT_TRUE(refused(change, "[1,0,3,[1]]"));
    EXPECT_TRUE(refused(change, "[0,0,-1,[1]]"));
    EXPECT_TRUE(refused(change, "[0,0]"));
    EXPECT_TRUE(refused("\"smidgen_code_edits\":1", "\"smidgen_code_edits\":2"));
    EXPECT_TRUE(refused("\"frames_per_second\":46.875", "\"frames_per_second\":0"));
    EXPECT_TRUE(refused("\"lanes\":[", "\"lanes\":[{},"));
    EXPECT_FALSE(documentFromEdits(document.original, "{"));
}

TEST_F(CodeFiles, JsonAndNpzBringBackTheSameCodes) {
    for (const int channels : {1, 2}) {
        const SoundCodes codes = madeUpDocument(6, 33, channels).edited;
        for (const char* name : {"a.json", "a.npz", "b.NPZ"}) {
            ASSERT_TRUE(writeCodes(codes, m_folder / name));
            const auto back = readCodes(m_folder / name);
            ASSERT_TRUE(back) << name << back.error().sentence << back.error().detail;
            EXPECT_EQ(*back, codes) << name;
        }
    }
    EXPECT_EQ(writeCodes(madeUpDocument(6).edited, m_folder / "a.txt").error().code,
              ErrorCode::invalidArgument);
}

TEST_F(CodeFiles, LongSoundsKeepTheirLengthToTheSample) {
    SoundCodes codes = madeUpDocument(6, 33).edited;
    codes.length = Samples((1 << 24) + 1);  // what a float32 cannot hold
    ASSERT_TRUE(writeCodes(codes, m_folder / "long.npz"));
    const auto back = readCodes(m_folder / "long.npz");
    ASSERT_TRUE(back) << back.error().sentence << back.error().detail;
    EXPECT_EQ(back->length.value, codes.length.value);
}

TEST_F(CodeFiles, DamagedArchivesAreRefusedAndNothingIsRead) {
    ASSERT_TRUE(writeCodes(madeUpDocument(6, 33).edited, m_folder / "good.npz"));
    const auto text = readWholeFile(m_folder / "good.npz", 1 << 20);
    ASSERT_TRUE(text);
    int readable = 0;
    for (std::size_t at = 0; at < text->size(); at += 7) {
        std::string damaged = *text;
        damaged[at] = static_cast<char>(damaged[at] ^ 0x41);
        std::ofstream(m_folder / "bad.npz", std::ios::binary) << damaged;
        const auto read = readCodes(m_folder / "bad.npz");
        // A byte that says nothing (a date, say) may change; what is read is then the same.
        if (read) {
            ++readable;
            EXPECT_EQ(*read, madeUpDocument(6, 33).edited) << at;
        }
    }
    EXPECT_LT(readable, static_cast<int>(text->size() / 7 / 2));
    EXPECT_EQ(readCodes(m_folder / "none.npz").error().code, ErrorCode::notFound);
}

TEST_F(CodeFiles, NumPyReadsTheArchive) {
    const SoundCodes codes = madeUpDocument(6, 33).edited;
    ASSERT_TRUE(writeCodes(codes, m_folder / "codes.npz"));
    // The beginning of the array's file as NumPy's format 1.0 has it, without NumPy at hand.
    ASSERT_TRUE(readCodes(m_folder / "codes.npz"));
    const std::string command = "cd '" + m_folder.string() +
                                "' && python3 -c \"import numpy as n; a = n.load('codes.npz'); c = "
                                "a['codes']; open('seen', 'w').write(' '.join(map(str, [*c.shape, c.dtype, "
                                "c[4][1], a['codebook_size'], a['model']])))\" 2>/dev/null";
    if (std::system("python3 -c 'import numpy' 2>/dev/null") != 0) return;
    ASSERT_EQ(std::system(command.c_str()), 0);
    const auto seen = readWholeFile(m_folder / "seen", 1000);
    ASSERT_TRUE(seen);
    EXPECT_EQ(*seen, "33 3 int64 " + std::to_string(codes.parts[0].codes[4 * 3 + 1]) + " [8] model");
}

}  // namespace
}  // namespace smidgen
