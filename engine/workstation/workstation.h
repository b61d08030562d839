// The workstation without a face. Window and command line both talk to this, and to nothing below it.
#pragma once

#include <filesystem>
#include <functional>
#include <memory>
#include <span>
#include <string>
#include <utility>
#include <vector>

#include "engine/analysis/metrics.h"
#include "engine/audio/audio_buffer.h"
#include "engine/audio/audio_writer.h"
#include "engine/audio/loudness.h"
#include "engine/foundation/result.h"
#include "engine/generation/blend.h"
#include "engine/jobs/decoder_training.h"
#include "engine/jobs/evaluation.h"
#include "engine/jobs/prior_training.h"
#include "engine/jobs/slider_evaluation.h"
#include "engine/jobs/take_evaluation.h"
#include "engine/jobs/take_export.h"
#include "engine/library/finder.h"
#include "engine/workstation/snapshots.h"
#include "models/device.h"

namespace smidgen {

namespace models {
class MelVae;
}
class Library;

struct GenerateRequest {
    Recipe recipe;  ///< seed of the first take
    int count = 1;  ///< seeds recipe.seed, +1, …
};

/// What a recipe sounds like.
struct TakeSound {
    AudioBuffer audio;
    Loudness loudness;
    std::vector<SliderOutcome> sliders;  ///< of a recipe that sets sliders: all eight
};

enum class Topic { collections, models, takes, cubes, presets, exportProfiles, job };
struct Event {
    Topic topic = Topic::job;
    std::string id;  ///< of what changed; empty: the list
    JobId job = 0;
};

/// Thread-safe: call from anywhere. Requests return at once (a few file-system calls at most) unless said;
/// the work runs on the engine's own threads. Snapshots are immutable copies. Destruction cancels running
/// jobs (training checkpoints first) and joins.
class Workstation {
 public:
    struct Options {
        std::filesystem::path library;  ///< created when missing; empty: defaultLibrary()
        models::DeviceChoice device = models::DeviceChoice::automatic;
        int threads = 0;      ///< 0: tuned
        std::string project;  ///< of the library, to work in; empty: the one that it begins with
        std::string caller;   ///< who asks, for permissions; empty: the program
    };
    /// Errors: invalidArgument (names of project or caller), io (library not writable), unusableInput (newer
    /// library format), device.
    [[nodiscard]] static Result<std::unique_ptr<Workstation>> open(const Options& options);
    /// $SMIDGEN_LIBRARY, else $XDG_DATA_HOME/smidgen, else ~/.local/share/smidgen.
    [[nodiscard]] static std::filesystem::path defaultLibrary();
    ~Workstation();

    /// `listener` is called on an engine thread, after the snapshot it speaks of is readable; it must only
    /// pass on.
    void setListener(std::function<void(const Event&)> listener);
    [[nodiscard]] const std::filesystem::path& library() const;
    [[nodiscard]] const std::string& project() const;
    [[nodiscard]] const std::string& caller() const;

    // Collections
    [[nodiscard]] std::vector<std::shared_ptr<const CollectionSnapshot>> collections() const;
    [[nodiscard]] std::shared_ptr<const CollectionSnapshot> collection(
        const CollectionId& id) const;  ///< or null
    /// Scans into a new collection (name empty: from the paths) or into an existing one. Cancelled: nothing
    /// changes.
    JobId importSounds(std::vector<std::filesystem::path> paths, std::string name, CollectionId into = {});
    [[nodiscard]] Status renameCollection(const CollectionId& id, const std::string& name);
    /// Moves it to the library's trash; the sounds on disk are never touched. restoreCollection() undoes it.
    [[nodiscard]] Status removeCollection(const CollectionId& id);
    [[nodiscard]] Status restoreCollection(const CollectionId& id);
    /// The rest is compared anew, so that a duplicate of what goes can take its place. Errors: notFound.
    [[nodiscard]] Status removeSounds(const CollectionId& id, std::span<const SoundId> sounds);
    [[nodiscard]] Status restoreSounds(const CollectionId& id, std::vector<SoundEntry> entries);
    [[nodiscard]] Status relinkSound(const CollectionId& id, const std::string& contentHash,
                                     const std::filesystem::path& path);
    /// Several at once: content hashes and where they are now.
    [[nodiscard]] Status relinkSounds(
        const CollectionId& id, const std::vector<std::pair<std::string, std::filesystem::path>>& found);

    // Training
    /// Takes a few seconds of measuring; call off the window's thread. Errors: as startTraining;
    /// cancelled, within a second or two.
    [[nodiscard]] Result<TrainingEstimate> estimateTraining(const TrainingRequest& request,
                                                            const CancelToken& cancel = {});
    /// Errors at once: invalidArgument, notFound. Everything else is the job's error.
    [[nodiscard]] Result<JobId> startTraining(const TrainingRequest& request);
    /// The base that comes with the program for models of that kind, if one does.
    [[nodiscard]] static std::optional<std::filesystem::path> shippedBase(ModelKind kind);
    /// Gives a model a prior over its codes, or another one; without paths or collection, from the collection
    /// it was trained on. A job like a training. Errors at once: invalidArgument, notFound.
    [[nodiscard]] Result<JobId> trainPrior(const PriorTrainingRequest& request);
    /// nullptr when the job is not a training.
    [[nodiscard]] std::shared_ptr<const TrainingSnapshot> training(JobId id) const;
    /// Trainings that were interrupted (crash, power loss, closed window) and can be resumed.
    [[nodiscard]] std::vector<TrainingRequest> resumableTrainings() const;

    // Models
    [[nodiscard]] std::vector<std::shared_ptr<const ModelSnapshot>> models(bool trashed = false) const;
    /// By id, name, or file path. Errors: notFound with the nearest names; unusableInput for a bad file.
    [[nodiscard]] Result<std::shared_ptr<const ModelSnapshot>> findModel(
        const std::string& idNameOrFile) const;
    /// What a recipe says to mean this model and no other: see Library::referenceTo.
    [[nodiscard]] std::string referenceTo(const ModelSnapshot& model) const;
    [[nodiscard]] Status renameModel(const ModelId& id, const std::string& name);
    [[nodiscard]] Status tagModel(const ModelId& id, const std::vector<std::string>& tags);
    [[nodiscard]] Status removeModel(const ModelId& id);
    [[nodiscard]] Status restoreModel(const ModelId& id);
    /// For good; only out of the trash.
    [[nodiscard]] Status purgeModel(const ModelId& id);
    /// Blocking. See Library::importModel and exportModel.
    [[nodiscard]] Result<std::shared_ptr<const ModelSnapshot>> importModel(const std::filesystem::path& file);
    [[nodiscard]] Status exportModel(const ModelId& id, const std::filesystem::path& target) const;

    // Takes
    [[nodiscard]] Result<JobId> generate(const GenerateRequest& request);
    [[nodiscard]] std::vector<std::shared_ptr<const TakeSnapshot>> takes(
        bool trashed = false) const;  ///< newest first
    [[nodiscard]] std::shared_ptr<const TakeSnapshot> take(const TakeId& id) const;
    [[nodiscard]] Status renameTake(const TakeId& id, const std::string& name);
    [[nodiscard]] Status starTake(const TakeId& id, bool starred);
    [[nodiscard]] Status tagTake(const TakeId& id, const std::vector<std::string>& tags);
    [[nodiscard]] Status trashTake(const TakeId& id);
    [[nodiscard]] Status restoreTake(const TakeId& id);
    /// For good; only out of the trash.
    [[nodiscard]] Status purgeTake(const TakeId& id);
    /// Blocking: whether latents of `from` can be blended into those of `into`; ids, names or files. See
    /// smidgen::measureBlend.
    [[nodiscard]] Result<BlendFit> measureBlend(const std::string& into, const std::string& from,
                                                const CancelToken& cancel = {});
    /// Blocking: renders a recipe without keeping a take. Quicker from the second time on when only sliders
    /// move.
    [[nodiscard]] Result<TakeSound> render(const Recipe& recipe, const CancelToken& cancel = {});
    [[nodiscard]] Result<JobId> exportTakes(const ExportRequest& request);
    /// Where `request` would write its takes, at most the first `most`; see smidgen::exportTargets.
    [[nodiscard]] Result<std::vector<std::filesystem::path>> exportTargets(const ExportRequest& request,
                                                                           std::size_t most) const;

    /// Blocking: what is asked for, by words, filters and likeness. See engine/library/finder.h.
    [[nodiscard]] Result<FoundItems> find(const FindRequest& request, const CancelToken& cancel = {},
                                          const std::function<void(int, int)>& progress = {}) const;

    // Round trips, blocking
    /// `decoder`: as for a recipe (engine/generation/decoder_shelf.h); empty: what takes use.
    [[nodiscard]] Result<AudioBuffer> reconstruct(const std::string& model, const AudioBuffer& input,
                                                  const std::string& decoder = {},
                                                  const CancelToken& cancel = {});
    [[nodiscard]] Result<Evaluation> evaluate(const std::string& model,
                                              std::span<const std::filesystem::path> paths,
                                              const CancelToken& cancel = {});
    /// How new and varied `count` takes of a prior are; see smidgen::evaluateTakes. `done`: takes so far.
    [[nodiscard]] Result<TakeEvaluation> evaluateTakes(const Recipe& recipe, int count,
                                                       const CancelToken& cancel = {},
                                                       const std::function<void(int)>& done = {});

    /// See smidgen::evaluateSliders; `model`: by id, name or file.
    [[nodiscard]] Result<SliderMatrix> evaluateSliders(const SliderEvaluation& evaluation,
                                                       const CancelToken& cancel = {},
                                                       const std::function<void(int, int)>& done = {});

    /// Pre-training of a decoder, which concerns no library. Blocking. Errors: as smidgen::trainDecoder;
    /// device.
    [[nodiscard]] static Result<DecoderTrainingResult> trainDecoder(
        const DecoderTrainingRequest& request, models::DeviceChoice device, const CancelToken& cancel = {},
        const std::function<void(const DecoderTrainingProgress&)>& progress = {});

    /// For the other files of this room.
    [[nodiscard]] Library& items() const;
    void tell(const Event& event) const;
    /// A model by id, name or file, loaded once. Errors: as findModel.
    [[nodiscard]] Result<std::shared_ptr<const models::MelVae>> loadModel(
        const std::string& idNameOrFile) const;

    // Jobs
    [[nodiscard]] std::vector<JobSnapshot> jobs() const;  ///< newest last; ended ones are kept until closed
    [[nodiscard]] std::optional<JobSnapshot> job(JobId id) const;
    void cancel(JobId id);
    void pause(JobId id);
    void resumeJob(JobId id);
    /// Blocks until it has ended or `token` is cancelled (then cancels it and waits for its clean end).
    JobSnapshot wait(JobId id, const CancelToken& token = {});

 private:
    struct Impl;
    explicit Workstation(std::unique_ptr<Impl> impl);
    std::unique_ptr<Impl> m_impl;
};

}  // namespace smidgen
