// Everything Smidgen keeps between sessions: collections, models, takes, unfinished trainings.
#pragma once

#include <filesystem>
#include <functional>
#include <map>
#include <memory>
#include <mutex>
#include <optional>
#include <string>
#include <vector>

#include "engine/audio/audio_buffer.h"
#include "engine/audio/loudness.h"
#include "engine/collections/collection.h"
#include "engine/foundation/cancel_token.h"
#include "engine/foundation/result.h"
#include "engine/library/find_query.h"
#include "engine/library/records.h"
#include "storage/blocks/block.h"

namespace smidgen {

namespace storage {
class BlockStore;
class EmbeddedBackend;
class NodeStorage;
}  // namespace storage

struct SoundsHeard;

/// Who asks when nobody else does, and the project that a library begins with.
inline constexpr const char* kProgramCaller = "smidgen";
inline constexpr const char* kFirstProject = "library";

struct LibraryCheck {
    std::vector<std::string> problems;  ///< sentences: what is damaged or missing
    std::vector<std::string>
        leftovers;  ///< files that nothing names: of takes under way when a program was killed
    [[nodiscard]] bool sound() const { return problems.empty(); }
};

/// One folder:
///
///     library.json               format version
///     store/                     the block store: what there is, and all that is said of it
///     models/<id>.safetensors    weights, with the model's card in the file's own metadata
///     takes/<id>.wav             samples
///     cubes/<id>-<n>.cube        nodes, another file after every change
///     trainings/<key>/           checkpoint, request and previews of unfinished trainings; those of other
///                                projects than the first in trainings/project-<hash>/<key>/
///     transfers/                 what has arrived of files that another library sends
///     cache/features/            disposable
///
/// A file is written and synced before the block that names it is committed, and removed after its block is
/// purged: what was acknowledged is never lost, and a crash leaves at most a file that no block names.
/// Several processes may have a library open: each hears of the others' changes when it next asks.
///
/// A library has projects. What is made in one is not there for those who work in another, unless it is
/// shared with that; and of a project's items a caller sees those that it may read. Files lie together,
/// whichever project their blocks are of.
///
/// Thread-safe. Records are shared and immutable. Items that cannot be read are left alone and named by
/// problems().
class Library {
 public:
    /// A library of format 1 (a file an item) is taken over. Errors: io (cannot be created or read),
    /// unusableInput (written by a newer Smidgen, a damaged store), invalidArgument (the caller's name or
    /// project).
    [[nodiscard]] static Result<std::unique_ptr<Library>> open(const std::filesystem::path& folder,
                                                               storage::Caller caller = {kProgramCaller,
                                                                                         kFirstProject});
    /// As it is now, without a file made, changed or removed there: on a medium that cannot be written to,
    /// and while another program has it open. What that changes later may not be seen: open it anew. Errors:
    /// notFound (no library), io, unusableInput (a newer Smidgen's, one of format 1, a damaged store),
    /// invalidArgument (the caller's name or project).
    [[nodiscard]] static Result<std::unique_ptr<Library>> openToRead(const std::filesystem::path& folder,
                                                                     storage::Caller caller);
    ~Library();

    /// Who works with it, and in which project.
    [[nodiscard]] const storage::Caller& caller() const { return m_caller; }

    [[nodiscard]] const std::filesystem::path& folder() const { return m_folder; }
    [[nodiscard]] std::filesystem::path storeFolder() const { return m_folder / "store"; }
    [[nodiscard]] std::filesystem::path featureCacheFolder() const { return m_folder / "cache" / "features"; }
    /// Of the project: another one goes on with none of its trainings.
    [[nodiscard]] std::filesystem::path trainingsFolder() const;
    [[nodiscard]] std::filesystem::path transfersFolder() const { return m_folder / "transfers"; }
    [[nodiscard]] std::vector<std::string> problems() const;
    [[nodiscard]] storage::BlockStore& store() const { return *m_store; }
    /// The same store with what finds blocks by words and by likeness.
    [[nodiscard]] storage::EmbeddedBackend& backend() const { return *m_backend; }

    /// For sound_index.h.
    [[nodiscard]] SoundsHeard& soundsHeard() const { return *m_soundsHeard; }

    /// File-safe, sortable by time, unique.
    [[nodiscard]] static std::string newId();

    [[nodiscard]] std::vector<std::shared_ptr<const Collection>> collections() const;  ///< oldest first
    [[nodiscard]] std::shared_ptr<const Collection> collection(const CollectionId& id) const;
    [[nodiscard]] Status putCollection(Collection collection);
    [[nodiscard]] Status removeCollection(const CollectionId& id);
    [[nodiscard]] Status restoreCollection(const CollectionId& id);

    [[nodiscard]] std::vector<std::shared_ptr<const ModelRecord>> models(
        bool trashed = false) const;  ///< newest first
    /// By id, else by name (newest of that name), else as a file path. Errors: notFound naming what there is.
    [[nodiscard]] Result<std::shared_ptr<const ModelRecord>> findModel(const std::string& idNameOrFile) const;
    /// How a recipe names a model so that it is this one that is found again: by its id when the library
    /// holds it, byte for byte, else by its file.
    [[nodiscard]] std::string referenceTo(const ModelRecord& model) const;
    /// Where a model with this id belongs; the trainer writes it there, then addModel() makes it known, again
    /// when it has been written anew.
    [[nodiscard]] std::filesystem::path modelFile(const ModelId& id) const;
    [[nodiscard]] Result<std::shared_ptr<const ModelRecord>> addModel(const ModelId& id);
    /// Whether a model may be given other weights, asked before the work that makes them. Errors: refused
    /// (read-only, or not the caller's to change).
    [[nodiscard]] Status mayRewrite(const ModelRecord& model) const;
    /// Copies a model file into the library, under a new id when its own is another model's. One that is
    /// there already, byte for byte, is given back as it is. Errors: as readModelRecord, io.
    [[nodiscard]] Result<std::shared_ptr<const ModelRecord>> importModel(const std::filesystem::path& file);
    /// The model as one file that names itself as the library does. Errors: notFound, io.
    [[nodiscard]] Status exportModel(const ModelId& id, const std::filesystem::path& target) const;
    /// Changes name and tags alone, in the library; the file stays as it is.
    [[nodiscard]] Status changeModel(const ModelId& id, const std::function<void(ModelRecord&)>& change);
    [[nodiscard]] Status renameModel(const ModelId& id, const std::string& name);
    [[nodiscard]] Status removeModel(const ModelId& id);
    [[nodiscard]] Status restoreModel(const ModelId& id);
    /// For good, with its file; only out of the trash.
    [[nodiscard]] Status purgeModel(const ModelId& id);

    /// Newest first. With `trashed`, only those in the trash.
    [[nodiscard]] std::vector<std::shared_ptr<const TakeRecord>> takes(bool trashed = false) const;
    [[nodiscard]] std::shared_ptr<const TakeRecord> take(const TakeId& id) const;
    /// Writes the samples as 32-bit float WAV with the recipe inside, then the record with what the take is
    /// found by when likes are looked for.
    [[nodiscard]] Result<std::shared_ptr<const TakeRecord>> addTake(const AudioBuffer& audio,
                                                                    const Loudness& loudness,
                                                                    const Recipe& recipe,
                                                                    std::optional<TakeNovelty> novelty = {},
                                                                    std::vector<SliderOutcome> sliders = {});
    /// Changes name, tags, star or trash of a take.
    [[nodiscard]] Status changeTake(const TakeId& id, const std::function<void(TakeRecord&)>& change);
    /// For good, with its samples; only out of the trash.
    [[nodiscard]] Status purgeTake(const TakeId& id);

    // Cubes (library_cubes.cpp)
    [[nodiscard]] std::vector<std::shared_ptr<const CubeRecord>> cubes(
        bool trashed = false) const;  ///< newest first
    [[nodiscard]] std::shared_ptr<const CubeRecord> cube(const CubeId& id) const;
    /// A new cube: name, content, model and tags are the record's, the rest is the nodes'. Errors: io, and
    /// those of reading the nodes.
    [[nodiscard]] Result<std::shared_ptr<const CubeRecord>> addCube(CubeRecord record,
                                                                    const storage::NodeStorage& nodes);
    /// Other nodes for a cube as it was known. Errors: as addCube; notFound; conflict (somebody changed its
    /// nodes since).
    [[nodiscard]] Result<std::shared_ptr<const CubeRecord>> replaceCube(const CubeRecord& known,
                                                                        const storage::NodeStorage& nodes);
    /// Stays readable as it is while others change or purge the cube. Errors: notFound, io, unusableInput.
    [[nodiscard]] Result<std::shared_ptr<const storage::NodeStorage>> openCube(const CubeId& id) const;
    /// Changes name, tags or trash of a cube.
    [[nodiscard]] Status changeCube(const CubeId& id, const std::function<void(CubeRecord&)>& change);
    /// For good, with its nodes; only out of the trash.
    [[nodiscard]] Status purgeCube(const CubeId& id);

    // Presets (library_presets.cpp)
    [[nodiscard]] std::vector<std::shared_ptr<const PresetRecord>> presets(
        bool trashed = false) const;  ///< by name
    [[nodiscard]] std::shared_ptr<const PresetRecord> preset(const PresetId& id) const;
    /// A new preset; name, recipe and tags are the record's. Errors: io.
    [[nodiscard]] Result<std::shared_ptr<const PresetRecord>> addPreset(PresetRecord record);
    /// Other settings under the same name. Errors: notFound, io.
    [[nodiscard]] Result<std::shared_ptr<const PresetRecord>> replacePreset(const PresetId& id,
                                                                            const Recipe& recipe);
    /// Changes name, tags or trash of a preset.
    [[nodiscard]] Status changePreset(const PresetId& id, const std::function<void(PresetRecord&)>& change);
    /// For good; only out of the trash.
    [[nodiscard]] Status purgePreset(const PresetId& id);

    /// What keeps a take, model, collection, cube or preset, in the trash or not; without content and
    /// vectors. Errors: notFound, invalidArgument (another kind), io.
    [[nodiscard]] Result<storage::Block> blockOf(ItemKind kind, const std::string& id) const;

    /// Reads every byte of the store and of the files it names, of all projects. Errors: io, cancelled.
    [[nodiscard]] Result<LibraryCheck> verify(const CancelToken& cancel = {}) const;
    /// Goes over the bytes of blocks and files no faster than so many a second (0: as the disk can), while
    /// the library is used. `progress`: bytes so far. Errors: io, cancelled.
    [[nodiscard]] Result<LibraryCheck> scrub(std::uint64_t bytesPerSecond, const CancelToken& cancel = {},
                                             const std::function<void(std::uint64_t)>& progress = {}) const;

 private:
    template <typename Record>
    struct Kept {
        std::shared_ptr<const Record> record;
        std::int64_t block = 0;  ///< its key in the store
        std::uint64_t version = 0;
        bool trashed = false;
    };
    template <typename Record>
    using Shelf = std::map<std::string, Kept<Record>>;

    Library(std::filesystem::path folder, storage::Caller caller);
    [[nodiscard]] Status takeOver();
    [[nodiscard]] Status takeOverModels();
    /// Hears of changes, this process's or another's. m_mutex is held.
    void refresh() const;
    void readAll() const;
    /// Blocks as they are now; those that the caller may not read (any more) are forgotten.
    void read(const std::vector<std::int64_t>& keys) const;
    void takeIn(storage::Block block) const;
    void forget(std::int64_t key) const;
    template <typename Record>
    [[nodiscard]] std::optional<Kept<Record>> find(const Shelf<Record>& shelf, const std::string& id) const;
    template <typename Record>
    [[nodiscard]] Status setTrashed(const Shelf<Record>& shelf, const char* what, const std::string& id,
                                    bool trashed);
    /// Name, tags and whether it lies in the trash (the flag), as `change` leaves them.
    template <typename Record>
    [[nodiscard]] Status changeItem(const Shelf<Record>& shelf, const char* what, const std::string& id,
                                    const std::function<void(Record&, bool&)>& change);
    template <typename Record>
    [[nodiscard]] Status purge(const Shelf<Record>& shelf, const char* what, const std::string& id);
    [[nodiscard]] static tl::unexpected<Error> unknown(const char* what, const std::string& id);

    std::filesystem::path m_folder;
    storage::Caller m_caller;
    std::unique_ptr<storage::EmbeddedBackend> m_backend;
    storage::BlockStore* m_store = nullptr;  ///< m_backend's
    std::unique_ptr<SoundsHeard> m_soundsHeard;
    mutable std::mutex m_mutex;
    mutable std::uint64_t m_heard = 0;  ///< the store's last change that the shelves show
    mutable Shelf<Collection> m_collections;
    mutable Shelf<ModelRecord> m_models;
    mutable Shelf<TakeRecord> m_takes;
    mutable Shelf<CubeRecord> m_cubes;
    mutable Shelf<PresetRecord> m_presets;
    mutable std::map<std::int64_t, std::string> m_problems;  ///< of a block, or below 0 of something else
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
