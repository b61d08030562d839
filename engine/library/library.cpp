#include "engine/library/library.h"

#include <algorithm>
#include <atomic>
#include <chrono>
#include <cstdio>
#include <nlohmann/json.hpp>
#include <random>

#include "engine/audio/audio_writer.h"
#include "engine/foundation/atomic_file.h"
#include "models/weights_file.h"

namespace smidgen {
namespace {

namespace fs = std::filesystem;

constexpr int kLibraryVersion = 1;
constexpr std::size_t kLargestRecord = std::size_t{64} << 20;

std::int64_t nowMs() {
    using namespace std::chrono;
    return duration_cast<milliseconds>(system_clock::now().time_since_epoch()).count();
}

std::vector<fs::path> filesWith(const fs::path& folder, const char* extension) {
    std::vector<fs::path> files;
    std::error_code ignored;
    for (const auto& entry : fs::directory_iterator(folder, ignored)) {
        // Names starting with a dot are files still being written, or left by a crash.
        if (entry.path().extension() == extension && entry.path().filename().string().front() != '.') {
            files.push_back(entry.path());
        }
    }
    std::ranges::sort(files);
    return files;
}

Status moveFile(const fs::path& from, const fs::path& to) {
    std::error_code error;
    fs::create_directories(to.parent_path(), error);
    if (!error) fs::rename(from, to, error);
    if (error) return systemFailure(error.value(), "move", from);
    return {};
}

/// Ids come from file names and callers: they must never lead out of their folder.
bool isPlainId(const std::string& id) {
    return !id.empty() && id.front() != '.' && id.find_first_of("/\\") == std::string::npos;
}

std::string listNames(const std::vector<std::shared_ptr<const ModelRecord>>& models) {
    if (models.empty()) return "There is no model in the library yet: train one first.";
    std::string names = "There are:";
    for (std::size_t i = 0; i < std::min<std::size_t>(models.size(), 8); ++i) {
        names += std::string(i == 0 ? " '" : ", '") + models[i]->name + "'";
    }
    return names + (models.size() > 8 ? " and more." : ".");
}

}  // namespace

tl::unexpected<Error> Library::unknown(const char* what, const std::string& id) {
    return failure(ErrorCode::notFound, std::string("There is no ") + what + " '" + id + "' in the library.");
}

std::string Library::newId() {
    static std::atomic<unsigned> counter{0};
    std::random_device device;
    char text[48];
    std::snprintf(text, sizeof text, "%012llx%03x%08x", static_cast<unsigned long long>(nowMs()),
                  counter++ & 0xfffU, static_cast<unsigned>(device()));
    return text;
}

Result<std::unique_ptr<Library>> Library::open(const fs::path& folder) {
    std::error_code error;
    for (const char* part : {"collections", "models", "takes", "trainings", "trash", "cache/features"}) {
        fs::create_directories(folder / part, error);
        if (error) return systemFailure(error.value(), "create the library", folder);
        removeStaleParts(folder / part);
    }
    const fs::path mark = folder / "library.json";
    if (!fs::exists(mark)) {
        const nlohmann::json json = {{"smidgen_library", kLibraryVersion}};
        if (auto written = writeFileAtomically(mark, json.dump()); !written) return propagate(written);
    }
    auto text = readWholeFile(mark, 1 << 16);
    if (!text) return propagate(text);
    const auto json = nlohmann::json::parse(*text, nullptr, false);
    if (json.is_object() && json.value("smidgen_library", 0) > kLibraryVersion) {
        return failure(ErrorCode::unusableInput,
                       "The library '" + displayName(folder) +
                           "' was written by a newer Smidgen. Update Smidgen to open it.");
    }
    std::unique_ptr<Library> library(new Library(folder));
    if (!json.is_object()) {
        library->m_problems.push_back("library.json was damaged; the library was opened all the same.");
    }
    library->loadCollections();
    library->loadModels();
    library->loadTakes();
    return library;
}

std::vector<std::string> Library::problems() const {
    const std::scoped_lock lock(m_mutex);
    return m_problems;
}

// Collections

void Library::loadCollections() {
    for (const fs::path& file : filesWith(m_folder / "collections", ".json")) {
        auto text = readWholeFile(file, kLargestRecord);
        auto collection = text ? collectionFromJson(*text) : Result<Collection>(propagate(text));
        if (!collection) {
            m_problems.push_back(displayName(file) + ": " + collection.error().sentence);
            continue;
        }
        refreshMissing(*collection);
        const CollectionId id = collection->id;
        m_collections[id] = std::make_shared<const Collection>(std::move(*collection));
    }
}

std::vector<std::shared_ptr<const Collection>> Library::collections() const {
    const std::scoped_lock lock(m_mutex);
    std::vector<std::shared_ptr<const Collection>> all;
    for (const auto& [id, collection] : m_collections) all.push_back(collection);
    return all;
}

std::shared_ptr<const Collection> Library::collection(const CollectionId& id) const {
    const std::scoped_lock lock(m_mutex);
    const auto found = m_collections.find(id);
    return found == m_collections.end() ? nullptr : found->second;
}

Status Library::putCollection(Collection collection) {
    if (!isPlainId(collection.id)) return unknown("collection", collection.id);
    if (auto written =
            writeFileAtomically(m_folder / "collections" / (collection.id + ".json"), toJson(collection));
        !written) {
        return written;
    }
    const std::scoped_lock lock(m_mutex);
    const CollectionId id = collection.id;
    m_collections[id] = std::make_shared<const Collection>(std::move(collection));
    return {};
}

Status Library::removeCollection(const CollectionId& id) {
    if (!collection(id)) return unknown("collection", id);
    const fs::path name = id + ".json";
    if (auto moved = moveFile(m_folder / "collections" / name, m_folder / "trash" / "collections" / name);
        !moved) {
        return moved;
    }
    const std::scoped_lock lock(m_mutex);
    m_collections.erase(id);
    return {};
}

Status Library::restoreCollection(const CollectionId& id) {
    if (!isPlainId(id)) return unknown("collection", id);
    const fs::path name = id + ".json";
    if (auto moved = moveFile(m_folder / "trash" / "collections" / name, m_folder / "collections" / name);
        !moved) {
        return moved;
    }
    auto text = readWholeFile(m_folder / "collections" / name, kLargestRecord);
    if (!text) return propagate(text);
    auto collection = collectionFromJson(*text);
    if (!collection) return propagate(collection);
    refreshMissing(*collection);
    const std::scoped_lock lock(m_mutex);
    m_collections[id] = std::make_shared<const Collection>(std::move(*collection));
    return {};
}

// Models

void Library::loadModels() {
    for (const fs::path& file : filesWith(m_folder / "models", ".safetensors")) {
        auto record = readModelRecord(file);
        if (!record) {
            m_problems.push_back(displayName(file) + ": " + record.error().sentence);
            continue;
        }
        record->id = displayName(file.stem());
        const ModelId id = record->id;
        m_models[id] = std::make_shared<const ModelRecord>(std::move(*record));
    }
}

std::vector<std::shared_ptr<const ModelRecord>> Library::models() const {
    const std::scoped_lock lock(m_mutex);
    std::vector<std::shared_ptr<const ModelRecord>> all;
    for (const auto& [id, model] : m_models) all.push_back(model);
    std::ranges::stable_sort(all, [](const auto& a, const auto& b) { return a->createdMs > b->createdMs; });
    return all;
}

Result<std::shared_ptr<const ModelRecord>> Library::findModel(const std::string& idNameOrFile) const {
    const auto all = models();
    for (const auto& model : all) {
        if (model->id == idNameOrFile) return model;
    }
    for (const auto& model : all) {
        if (model->name == idNameOrFile) return model;
    }
    std::error_code ignored;
    if (!idNameOrFile.empty() && fs::exists(fs::path(idNameOrFile), ignored)) {
        auto record = readModelRecord(idNameOrFile);
        if (!record) return propagate(record);
        return std::make_shared<const ModelRecord>(std::move(*record));
    }
    return failure(ErrorCode::notFound, "There is no model '" + idNameOrFile +
                                            "', neither in the library nor as a file. " + listNames(all));
}

fs::path Library::modelFile(const ModelId& id) const {
    return m_folder / "models" / (id + ".safetensors");
}

Result<std::shared_ptr<const ModelRecord>> Library::addModel(const ModelId& id) {
    if (!isPlainId(id)) return unknown("model", id);
    auto record = readModelRecord(modelFile(id));
    if (!record) return propagate(record);
    record->id = id;
    auto shared = std::make_shared<const ModelRecord>(std::move(*record));
    const std::scoped_lock lock(m_mutex);
    m_models[id] = shared;
    return shared;
}

Status Library::renameModel(const ModelId& id, const std::string& name) {
    if (!isPlainId(id)) return unknown("model", id);
    auto weights = models::loadWeights(modelFile(id));
    if (!weights) return propagate(weights);
    weights->metadata[model_metadata::kName] = name;
    if (auto saved = models::saveWeights(*weights, modelFile(id)); !saved) return saved;
    auto added = addModel(id);
    if (!added) return propagate(added);
    return {};
}

Status Library::removeModel(const ModelId& id) {
    if (!isPlainId(id)) return unknown("model", id);
    const fs::path file = modelFile(id);
    if (auto moved = moveFile(file, m_folder / "trash" / "models" / file.filename()); !moved) return moved;
    const std::scoped_lock lock(m_mutex);
    m_models.erase(id);
    return {};
}

Status Library::restoreModel(const ModelId& id) {
    if (!isPlainId(id)) return unknown("model", id);
    const fs::path file = modelFile(id);
    if (auto moved = moveFile(m_folder / "trash" / "models" / file.filename(), file); !moved) return moved;
    auto added = addModel(id);
    if (!added) return propagate(added);
    return {};
}

// Takes

void Library::loadTakes() {
    for (const fs::path& file : filesWith(m_folder / "takes", ".json")) {
        auto text = readWholeFile(file, kLargestRecord);
        auto record = text ? takeFromJson(*text) : Result<TakeRecord>(propagate(text));
        if (!record) {
            m_problems.push_back(displayName(file) + ": " + record.error().sentence);
            continue;
        }
        record->id = displayName(file.stem());
        record->file = m_folder / "takes" / (record->id + ".wav");
        const TakeId id = record->id;
        m_takes[id] = std::make_shared<const TakeRecord>(std::move(*record));
    }
}

std::vector<std::shared_ptr<const TakeRecord>> Library::takes(bool trashed) const {
    const std::scoped_lock lock(m_mutex);
    std::vector<std::shared_ptr<const TakeRecord>> all;
    for (const auto& [id, take] : m_takes) {
        if (take->trashed == trashed) all.push_back(take);
    }
    // Ids sort by time.
    std::ranges::reverse(all);
    return all;
}

std::shared_ptr<const TakeRecord> Library::take(const TakeId& id) const {
    const std::scoped_lock lock(m_mutex);
    const auto found = m_takes.find(id);
    return found == m_takes.end() ? nullptr : found->second;
}

Result<std::shared_ptr<const TakeRecord>> Library::addTake(const AudioBuffer& audio, const Loudness& loudness,
                                                           const Recipe& recipe,
                                                           std::optional<TakeNovelty> novelty) {
    TakeRecord record;
    record.id = newId();
    record.name = (recipe.modelName.empty() ? std::string("take") : recipe.modelName) + " " +
                  std::to_string(recipe.seed);
    record.file = m_folder / "takes" / (record.id + ".wav");
    record.recipe = recipe;
    record.novelty = std::move(novelty);
    record.createdMs = nowMs();
    record.seconds = audio.duration().value;
    record.channels = audio.channelCount();
    record.lufs = loudness.integratedLufs;
    record.truePeakDb = loudness.truePeakDb;
    PeakPyramid peaks;
    peaks.append(toMidSide(audio).mid);
    peaks.finish();
    record.thumbnail.resize(128);
    peaks.columns(0, static_cast<double>(audio.length().value), record.thumbnail);

    WriteOptions options;
    options.profile.depth = SampleDepth::float32;
    options.profile.rate = audio.rate;
    options.recipeJson = toJson(recipe);
    if (auto written = writeAudio(audio, record.file, options); !written) return propagate(written);
    const TakeId id = record.id;
    if (auto put = putTake(std::move(record)); !put) {
        std::error_code ignored;
        fs::remove(m_folder / "takes" / (id + ".wav"), ignored);
        return propagate(put);
    }
    return take(id);
}

Status Library::putTake(TakeRecord record) {
    if (!isPlainId(record.id)) return unknown("take", record.id);
    if (auto written = writeFileAtomically(m_folder / "takes" / (record.id + ".json"), toJson(record));
        !written) {
        return written;
    }
    const std::scoped_lock lock(m_mutex);
    const TakeId id = record.id;
    m_takes[id] = std::make_shared<const TakeRecord>(std::move(record));
    return {};
}

}  // namespace smidgen
