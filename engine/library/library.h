// Everything Smidgen keeps between sessions: collections, models, takes, unfinished trainings.
#pragma once

#include <filesystem>
#include <map>
#include <memory>
#include <mutex>
#include <optional>
#include <string>
#include <vector>

#include "engine/audio/audio_buffer.h"
#include "engine/audio/loudness.h"
#include "engine/collections/collection.h"
#include "engine/foundation/result.h"
#include "engine/library/records.h"

namespace smidgen {

/// One folder. Every item is a file of its own, written atomically, so that a crash loses nothing that was
/// acknowledged and one damaged item cannot hurt another:
///
///     library.json               format version
///     collections/<id>.json
///     models/<id>.safetensors    name and card in the file's own metadata
///     takes/<id>.wav, <id>.json  samples and record; the record is written last
///     trainings/<key>/           checkpoint, request and previews of unfinished trainings
///     trash/…                    what was removed, restorable
///     cache/features/            disposable
///
/// Thread-safe. Records are shared and immutable. Items that cannot be read are left alone and named by
/// problems().
class Library {
 public:
    /// Errors: io (cannot be created or read), unusableInput (written by a newer Smidgen).
    [[nodiscard]] static Result<std::unique_ptr<Library>> open(const std::filesystem::path& folder);

    [[nodiscard]] const std::filesystem::path& folder() const { return m_folder; }
    [[nodiscard]] std::filesystem::path featureCacheFolder() const { return m_folder / "cache" / "features"; }
    [[nodiscard]] std::filesystem::path trainingsFolder() const { return m_folder / "trainings"; }
    [[nodiscard]] std::vector<std::string> problems() const;

    /// File-safe, sortable by time, unique.
    [[nodiscard]] static std::string newId();

    [[nodiscard]] std::vector<std::shared_ptr<const Collection>> collections() const;  ///< oldest first
    [[nodiscard]] std::shared_ptr<const Collection> collection(const CollectionId& id) const;
    [[nodiscard]] Status putCollection(Collection collection);
    [[nodiscard]] Status removeCollection(const CollectionId& id);
    [[nodiscard]] Status restoreCollection(const CollectionId& id);

    [[nodiscard]] std::vector<std::shared_ptr<const ModelRecord>> models() const;  ///< newest first
    /// By id, else by name (newest of that name), else as a file path. Errors: notFound naming what there is.
    [[nodiscard]] Result<std::shared_ptr<const ModelRecord>> findModel(const std::string& idNameOrFile) const;
    /// Where a model with this id belongs; the trainer writes it there, then addModel() makes it known.
    [[nodiscard]] std::filesystem::path modelFile(const ModelId& id) const;
    [[nodiscard]] Result<std::shared_ptr<const ModelRecord>> addModel(const ModelId& id);
    [[nodiscard]] Status renameModel(const ModelId& id, const std::string& name);
    [[nodiscard]] Status removeModel(const ModelId& id);
    [[nodiscard]] Status restoreModel(const ModelId& id);

    /// Newest first. With `trashed`, only those in the trash.
    [[nodiscard]] std::vector<std::shared_ptr<const TakeRecord>> takes(bool trashed = false) const;
    [[nodiscard]] std::shared_ptr<const TakeRecord> take(const TakeId& id) const;
    /// Writes the samples as 32-bit float WAV with the recipe inside, then the record.
    [[nodiscard]] Result<std::shared_ptr<const TakeRecord>> addTake(const AudioBuffer& audio,
                                                                    const Loudness& loudness,
                                                                    const Recipe& recipe,
                                                                    std::optional<TakeNovelty> novelty = {});
    /// Changes name, star or trash of a take.
    template <typename Change>
    [[nodiscard]] Status changeTake(const TakeId& id, Change&& change) {
        const auto current = take(id);
        if (!current) return unknown("take", id);
        TakeRecord changed = *current;
        change(changed);
        return putTake(std::move(changed));
    }

 private:
    explicit Library(std::filesystem::path folder) : m_folder(std::move(folder)) {}
    void loadCollections();
    void loadModels();
    void loadTakes();
    [[nodiscard]] Status putTake(TakeRecord record);
    [[nodiscard]] static tl::unexpected<Error> unknown(const char* what, const std::string& id);

    std::filesystem::path m_folder;
    mutable std::mutex m_mutex;
    std::map<CollectionId, std::shared_ptr<const Collection>> m_collections;
    std::map<ModelId, std::shared_ptr<const ModelRecord>> m_models;
    std::map<TakeId, std::shared_ptr<const TakeRecord>> m_takes;
    std::vector<std::string> m_problems;
};

/// The record a model file gives of itself. Errors: as models::loadWeightsMetadata, and unusableInput when
/// the file is not a Smidgen model.
[[nodiscard]] Result<ModelRecord> readModelRecord(const std::filesystem::path& file);

/// Metadata keys a training writes into a model file, read back by readModelRecord().
namespace model_metadata {
inline constexpr const char* kId = "id";
inline constexpr const char* kName = "name";
inline constexpr const char* kCreatedMs = "created_ms";
inline constexpr const char* kSteps = "steps";
inline constexpr const char* kCpuSeconds = "cpu_seconds";
inline constexpr const char* kHeldOutMelL1 = "held_out_mel_l1";
inline constexpr const char* kSounds = "sounds";
inline constexpr const char* kSoundSeconds = "sound_seconds";
inline constexpr const char* kCollection = "collection";
inline constexpr const char* kHealth = "health";
inline constexpr const char* kBase = "base";            ///< file name of the base it began from
inline constexpr const char* kCodebooks = "codebooks";  ///< CodebookCard as JSON, of quantising models
/// Where its sounds lie (engine/library/sound_references.h). Not in bases, which are passed on.
inline constexpr const char* kSoundReferences = "sound_references";
inline constexpr const char* kGrownFrom = "grown_from";  ///< id of the model whose sounds were added to
/// Before the keys of prior_metadata, in the file of a model with a prior.
inline constexpr const char* kPriorPrefix = "smidgen.prior.about.";
}  // namespace model_metadata

/// Metadata of a prior, beside those of engine/generation/take_judge.h.
namespace prior_metadata {
inline constexpr const char* kSteps = "steps";
inline constexpr const char* kHeldOutNats = "held_out_nats";  ///< per code; absent: nothing was held out
inline constexpr const char* kSounds = "sounds";
inline constexpr const char* kSeed = "seed";
inline constexpr const char* kRemark = "remark";  ///< PriorCard::remark; absent: none
}  // namespace prior_metadata

[[nodiscard]] std::string toJson(const TakeRecord& record);
[[nodiscard]] Result<TakeRecord> takeFromJson(const std::string& text);

}  // namespace smidgen
