// Cubes in the library: kept, changed, trashed, checked.
#include <gtest/gtest.h>
#include <unistd.h>

#include <thread>

#include "engine/library/library.h"
#include "storage/wavetable/edited_cube.h"
#include "storage/wavetable/encoded_cube.h"

namespace smidgen {
namespace {

namespace fs = std::filesystem;
using storage::EditedCube;
using storage::EncodedCube;

storage::Bytes stream(float value) {
    const auto node = storage::makeNode({2, 3, 1}, std::vector<float>(6, value));
    return storage::encodeNode(**node, {storage::Codec::exact, {0, 0}})->stream;
}

class LibraryCubes : public ::testing::Test {
 protected:
    LibraryCubes() : m_folder(fs::temp_directory_path() / ("smidgen-cubes-" + std::to_string(::getpid()))) {
        fs::remove_all(m_folder);
        library = std::move(*Library::open(m_folder));
    }
    ~LibraryCubes() override {
        library.reset();
        fs::remove_all(m_folder);
    }
    std::shared_ptr<const CubeRecord> make(const std::string& name) {
        auto nodes = EncodedCube::create({{4, 1, 1}, {"Grain", "Air", "Age"}});
        EXPECT_TRUE((*nodes)->set({1, 0, 0}, stream(1)));
        CubeRecord record;
        record.name = name;
        record.content = "numbers";
        record.tags = {"wood"};
        auto cube = library->addCube(record, **nodes);
        EXPECT_TRUE(cube);
        return *cube;
    }
    [[nodiscard]] std::size_t files() const {
        return static_cast<std::size_t>(
            std::distance(fs::directory_iterator(m_folder / "cubes"), fs::directory_iterator()));
    }
    [[nodiscard]] bool isWhole() const {
        const auto check = library->verify();
        return check && check->problems.empty() && check->leftovers.empty();
    }

    fs::path m_folder;
    std::unique_ptr<Library> library;
};

TEST_F(LibraryCubes, ACubeIsThereAfterReopening) {
    const CubeId id = make("Bark")->id;
    library.reset();
    library = std::move(*Library::open(m_folder));
    ASSERT_EQ(1U, library->cubes().size());
    const auto cube = library->cube(id);
    ASSERT_TRUE(cube);
    EXPECT_EQ("Bark", cube->name);
    EXPECT_EQ("numbers", cube->content);
    EXPECT_EQ((std::array<std::uint32_t, 3>{4, 1, 1}), cube->size);
    EXPECT_EQ("Grain", cube->axes[0]);
    EXPECT_EQ(1U, cube->nodes);
    EXPECT_EQ(std::vector<std::string>{"wood"}, cube->tags);
    const auto nodes = library->openCube(id);
    ASSERT_TRUE(nodes);
    EXPECT_EQ(stream(1), *(*nodes)->read(0));
    EXPECT_TRUE(isWhole());
}

TEST_F(LibraryCubes, AChangeIsAnotherFileAndWhoReadsGoesOn) {
    const auto first = make("Bark");
    const auto open = library->openCube(first->id);
    ASSERT_TRUE(open);
    EditedCube edited(*open);
    ASSERT_TRUE(edited.set({3, 0, 0}, stream(3)));
    const auto second = library->replaceCube(*first, edited);
    ASSERT_TRUE(second) << second.error().sentence;
    EXPECT_EQ(2U, (*second)->nodes);
    EXPECT_EQ(1U, files());
    EXPECT_EQ(stream(1), *(*open)->read(0)) << "its file is gone by name only";
    const auto late = library->replaceCube(*first, edited);
    ASSERT_FALSE(late);
    EXPECT_EQ(ErrorCode::conflict, late.error().code);
    EXPECT_EQ(1U, files());
    EXPECT_TRUE(isWhole());
}

TEST_F(LibraryCubes, TrashedRestoredPurged) {
    const CubeId id = make("Bark")->id;
    EXPECT_FALSE(library->purgeCube(id)) << "only out of the trash";
    const auto trash = [&](bool trashed) {
        return library->changeCube(id, [&](CubeRecord& cube) { cube.trashed = trashed; });
    };
    ASSERT_TRUE(trash(true));
    EXPECT_TRUE(library->cubes().empty());
    EXPECT_EQ(1U, library->cubes(true).size());
    ASSERT_TRUE(trash(false));
    ASSERT_TRUE(library->changeCube(id, [](CubeRecord& cube) {
        cube.name = "Rinde";
        cube.tags = {"b", "a"};
    }));
    EXPECT_EQ("Rinde", library->cubes().front()->name);
    EXPECT_EQ((std::vector<std::string>{"a", "b"}), library->cubes().front()->tags);
    EXPECT_EQ(1U, library->cubes().front()->nodes) << "nodes stay as they are";
    ASSERT_TRUE(trash(true));
    ASSERT_TRUE(library->purgeCube(id));
    EXPECT_EQ(0U, files());
    EXPECT_EQ(nullptr, library->cube(id));
    EXPECT_FALSE(library->openCube(id));
    EXPECT_TRUE(isWhole());
}

TEST_F(LibraryCubes, TwoProgramsFillOneCube) {
    const auto cube = make("Bark");
    const auto fill = [&](std::uint32_t x) {
        const auto mine = std::move(*Library::open(m_folder));
        for (int i = 0; i < 10; ++i) {
            for (;;) {
                const auto known = mine->cube(cube->id);
                auto nodes = mine->openCube(cube->id);
                ASSERT_TRUE(nodes) << nodes.error().sentence;
                EditedCube edited(*nodes);
                ASSERT_TRUE(edited.set({x, 0, 0}, stream(static_cast<float>(i))));
                const auto done = mine->replaceCube(*known, edited);
                if (done) break;
                ASSERT_EQ(ErrorCode::conflict, done.error().code) << done.error().sentence;
            }
        }
    };
    std::thread other([&] { fill(0); });
    fill(3);
    other.join();
    const auto nodes = library->openCube(cube->id);
    ASSERT_TRUE(nodes);
    ASSERT_EQ(3U, (*nodes)->nodes().size());
    EXPECT_EQ(stream(9), *(*nodes)->read(0));
    EXPECT_EQ(stream(9), *(*nodes)->read(2));
    EXPECT_EQ(1U, files());
    EXPECT_TRUE(isWhole());
}

TEST_F(LibraryCubes, DamageIsNamed) {
    const auto cube = make("Bark");
    fs::resize_file(cube->file, 20);
    const auto check = library->verify();
    ASSERT_TRUE(check);
    EXPECT_EQ(1U, check->problems.size());
    EXPECT_EQ(ErrorCode::unusableInput, library->openCube(cube->id).error().code);
    fs::remove(cube->file);
    EXPECT_EQ(ErrorCode::notFound, library->openCube(cube->id).error().code);
}

}  // namespace
}  // namespace smidgen
