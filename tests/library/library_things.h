// A library for a test, and things to keep in it.
#pragma once

#include <gtest/gtest.h>
#include <unistd.h>

#include <atomic>
#include <filesystem>
#include <memory>
#include <string>
#include <vector>

#include "engine/audio/audio_writer.h"
#include "engine/collections/preflight.h"
#include "engine/library/library.h"
#include "models/weights_file.h"
#include "storage/wavetable/encoded_cube.h"

namespace smidgen::testing {

/// An empty folder that vanishes with the object, for a library.
class LibraryFolder {
 public:
    LibraryFolder() {
        static std::atomic<int> count{0};
        m_path = std::filesystem::temp_directory_path() /
                 ("smidgen-library-" + std::to_string(::getpid()) + "-" + std::to_string(count++));
        std::filesystem::remove_all(m_path);
    }
    LibraryFolder(const LibraryFolder&) = delete;
    LibraryFolder& operator=(const LibraryFolder&) = delete;
    ~LibraryFolder() {
        std::error_code ignored;
        std::filesystem::remove_all(m_path, ignored);
    }
    [[nodiscard]] const std::filesystem::path& path() const { return m_path; }
    [[nodiscard]] std::unique_ptr<Library> open(const std::string& project = kFirstProject,
                                                const std::string& caller = kProgramCaller) const {
        auto opened = Library::open(m_path, {caller, project});
        EXPECT_TRUE(opened) << (opened ? "" : opened.error().sentence);
        return opened ? std::move(*opened) : nullptr;
    }

 private:
    std::filesystem::path m_path;
};

inline AudioBuffer ramp(float height = 1.0F, std::int64_t samples = 4800) {
    AudioBuffer audio(1, Samples(samples));
    for (std::size_t i = 0; i < static_cast<std::size_t>(samples); ++i)
        audio.channel(0)[i] = height * static_cast<float>(i) / static_cast<float>(samples);
    return audio;
}

inline TakeId addTake(Library& library, const AudioBuffer& audio = ramp()) {
    Recipe recipe;
    recipe.modelName = "Rain";
    auto take = library.addTake(audio, {-20, -1, -1}, recipe);
    EXPECT_TRUE(take) << (take ? "" : take.error().sentence);
    return take ? (*take)->id : TakeId();
}

/// As a training would: the file, then its record.
inline void writeModel(const std::filesystem::path& file, const ModelId& id, const std::string& name,
                       std::byte value = {}) {
    models::WeightsFile weights;
    weights.metadata = {{"kind", "vae"}, {model_metadata::kName, name}, {model_metadata::kId, id}};
    weights.tensors["w"] = {models::ElementType::f32, {1}, std::vector<std::byte>(4, value)};
    EXPECT_TRUE(models::saveWeights(weights, file));
}

inline ModelId addModel(Library& library, const std::string& name, ModelId id = Library::newId()) {
    writeModel(library.modelFile(id), id, name);
    EXPECT_TRUE(library.addModel(id));
    return id;
}

inline CubeId addCube(Library& library, const std::string& name) {
    auto nodes = storage::EncodedCube::create({{4, 1, 1}, {"Grain", "Air", "Age"}});
    const auto node = storage::makeNode({2, 3, 1}, std::vector<float>(6, 1.0F));
    EXPECT_TRUE(
        (*nodes)->set({1, 0, 0}, storage::encodeNode(**node, {storage::Codec::exact, {0, 0}})->stream));
    CubeRecord record;
    record.name = name;
    record.content = "numbers";
    auto cube = library.addCube(record, **nodes);
    EXPECT_TRUE(cube) << (cube ? "" : cube.error().sentence);
    return cube ? (*cube)->id : CubeId();
}

inline void writeSound(const std::filesystem::path& file) {
    std::filesystem::create_directories(file.parent_path());
    EXPECT_TRUE(writeAudio(ramp(0.5F, 48000), file, {}));
}

inline CollectionId addCollection(Library& library, const std::filesystem::path& sound,
                                  const std::string& name = "Roof") {
    const std::vector<std::filesystem::path> paths{sound};
    auto report = scanSounds(paths);
    EXPECT_TRUE(report);
    Collection collection;
    collection.id = Library::newId();
    collection.name = name;
    collection.entries = std::move(report->entries);
    const CollectionId id = collection.id;
    EXPECT_TRUE(library.putCollection(std::move(collection)));
    return id;
}

/// Nothing is damaged, and nothing lies about.
[[nodiscard]] inline bool isWhole(const Library& library) {
    const auto check = library.verify();
    EXPECT_TRUE(check);
    for (const std::string& problem : check->problems) ADD_FAILURE() << problem;
    for (const std::string& leftover : check->leftovers) ADD_FAILURE() << "left over: " << leftover;
    return check->problems.empty() && check->leftovers.empty();
}

}  // namespace smidgen::testing
