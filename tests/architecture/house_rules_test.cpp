#include "tests/architecture/house_rules.h"

#include <gtest/gtest.h>

#include <filesystem>
#include <fstream>

namespace smidgen::architecture {
namespace {

std::vector<SourceFile> wholeTree() {
    return readSources(SMIDGEN_SOURCE_DIR, {"app", "ui", "engine", "models", "storage", "tests"});
}

std::string listed(const std::vector<std::string>& sentences) {
    std::string text;
    for (const std::string& sentence : sentences) text += sentence + "\n";
    return text;
}

TEST(Sources, StayShort) {
    EXPECT_EQ("", listed(lengthViolations(wholeTree())));
}

TEST(Sources, LeaveNothingOffOrUnfinished) {
    EXPECT_EQ("", listed(wordViolations(wholeTree())));
}

TEST(Sources, AreFormatted) {
    EXPECT_EQ("", listed(formatViolations(SMIDGEN_SOURCE_DIR, wholeTree())));
}

TEST(Sources, GiveOneNameToOneThing) {
    EXPECT_EQ("", listed(nameViolations(wholeTree())));
}

TEST(HouseRules, RefuseTwoTypesOfOneName) {
    const auto header = [](const std::string& path, const std::string& space, const std::string& type) {
        return sourceFromText(path, "namespace " + space + " {\n" + type + "\n}\n");
    };
    const SourceFile first = header("a.h", "smidgen::storage", "class Reader final : public Base {");
    EXPECT_EQ(1U, nameViolations({first, header("b.h", "smidgen::storage", "struct Reader {")}).size());
    EXPECT_TRUE(nameViolations({first, header("b.h", "smidgen", "struct Reader {")}).empty());
    EXPECT_TRUE(nameViolations({first, header("b.h", "smidgen::storage", "class Reader;")}).empty());
    EXPECT_TRUE(nameViolations({first, header("b.cpp", "smidgen::storage", "class Reader {")}).empty());
}

TEST(HouseRules, RefuseALongFile) {
    std::string text;
    for (std::size_t i = 0; i < kMostLines; ++i) text += "\n";
    EXPECT_TRUE(lengthViolations({sourceFromText("a.cpp", text)}).empty());
    EXPECT_EQ(1U, lengthViolations({sourceFromText("a.cpp", text + "\n")}).size());
}

TEST(HouseRules, RefuseATestThatIsSwitchedOff) {
    const std::string off = std::string("TEST(A, DIS") + "ABLED_B) {}\n";
    const std::string skipped = std::string("    GTEST_") + "SKIP();\n";
    const std::string blanket = std::string("using ") + "namespace std;\n";
    EXPECT_EQ(3U, wordViolations({sourceFromText("tests/a_test.cpp", off + skipped + blanket)}).size());
    EXPECT_TRUE(
        wordViolations({sourceFromText("tests/a_test.cpp", std::string("using ") + "namespace smidgen;\n")})
            .empty());
}

TEST(HouseRules, RefuseAnUnformattedFileWhereTheFormatterIsOurs) {
    const auto folder = std::filesystem::temp_directory_path() / "smidgen_unformatted";
    std::filesystem::create_directories(folder);
    std::filesystem::copy_file(std::filesystem::path(SMIDGEN_SOURCE_DIR) / ".clang-format",
                               folder / ".clang-format", std::filesystem::copy_options::overwrite_existing);
    std::ofstream(folder / "good.cpp") << "int main() {}\n";
    std::ofstream(folder / "bad.cpp") << "int   main( ) { return  0 ; }\n";
    const auto found = formatViolations(folder.string(), readSources(folder, {"."}));
    const bool ours = formatterIsOurs();
    EXPECT_EQ(ours ? 1U : 0U, found.size()) << listed(found);
    std::filesystem::remove_all(folder);
}

}  // namespace
}  // namespace smidgen::architecture
