// What the desk of codes is made of. Internal to this room.
#pragma once

#include <chrono>
#include <condition_variable>
#include <map>
#include <mutex>
#include <optional>
#include <thread>

#include "engine/workstation/code_desk.h"
#include "models/code_prior.h"
#include "models/mel_vae.h"

namespace smidgen {

/// What documents of one model share. Immutable.
struct CodeBrain {
    std::shared_ptr<const models::MelVae> model;
    std::shared_ptr<const CodeSpace> space;
    std::shared_ptr<const models::CodePrior> prior;  ///< may be null
};

/// A document on the desk. Guarded by the desk's mutex, but for the renderer, which is the renderer thread's.
struct OpenCodes {
    OpenCodes(std::string named, CodeDocument document, std::shared_ptr<const CodeBrain> made)
        : name(std::move(named)), edited(std::move(document)), brain(std::move(made)) {}

    std::string name;
    EditedCodes edited;
    std::shared_ptr<const CodeBrain> brain;
    CodeUsage usage;
    std::uint64_t revision = 1;  ///< goes up with every change of the document
    std::uint64_t saved = 0, saveTried = 0;
    std::chrono::steady_clock::time_point changedAt;
    std::uint64_t renderedRevision = 0, renderTried = 0;
    RenderedCodes rendered;
    std::shared_ptr<const AudioBuffer> original;
    std::shared_ptr<CodeRenderer> renderer;        ///< of the document in focus
    mutable std::shared_ptr<const CodeView> view;  ///< null after a change

    /// Lets go of everything that was decoded; the next focus decodes anew.
    void silence() {
        renderer.reset();
        original.reset();
        rendered = {};
        renderedRevision = renderTried = 0;
        view.reset();
    }
};

struct CodesAtWork {
    explicit CodesAtWork(Workstation& borrowed);
    ~CodesAtWork();

    void tell(CodeNews news, const CodesId& id, Error error = {});
    /// Null when it is not open. The mutex is held.
    [[nodiscard]] std::shared_ptr<OpenCodes> find(const CodesId& id) const;
    /// Also when it lies in the trash. The mutex is held.
    [[nodiscard]] std::shared_ptr<OpenCodes> findAnywhere(const CodesId& id) const;
    [[nodiscard]] static tl::unexpected<Error> notOpen();
    /// After a change: wakes whoever has work now. The mutex is held.
    void changed(OpenCodes& open);

    /// A model that speaks in codes; loaded once while a document of it is open and its file stays as it is:
    /// a prior is trained into that file. Errors: as findModel, invalidArgument (no codes).
    [[nodiscard]] Result<std::shared_ptr<const CodeBrain>> brainOf(const ModelSnapshot& model);
    [[nodiscard]] Result<std::shared_ptr<const ModelSnapshot>> codesModel(const std::string& name) const;
    /// Keeps a new document in the library and lays it on the desk.
    [[nodiscard]] Result<CodesId> lay(const CodesRecord& record, CodeDocument document,
                                      std::shared_ptr<const CodeBrain> brain);
    void place(const CodesId& id, std::shared_ptr<OpenCodes> open);
    /// An open document learns of what its model's file has become. As it was when that cannot be read.
    void refreshBrain(const CodesId& id);
    [[nodiscard]] Result<bool> step(const CodesId& id, Result<bool> (EditedCodes::*way)());
    [[nodiscard]] Result<CodesId> encodeSound(const std::filesystem::path& file, CodesRecord record,
                                              const ModelSnapshot& model, const CancelToken& cancel,
                                              const CodeProgress& progress);
    [[nodiscard]] Result<CodesId> layCodesOf(const TakeSnapshot& take, const CodesId& codes,
                                             CodesRecord record, const ModelSnapshot& model);

    void renderLoop();
    void saveLoop();
    /// The open document that is not on the disk and was not tried as it is.
    [[nodiscard]] std::optional<CodesId> unsaved() const;
    /// What could not be saved is tried once more. The mutex is held.
    void retryUnsaved();

    Workstation& workstation;
    mutable std::mutex mutex;
    std::condition_variable renderWake, saveWake, idle;
    bool stopping = false;
    bool saving = false;
    int hurrying = 0;  ///< calls that wait for everything to be saved
    std::optional<Error> saveError;
    CancelToken stopRendering;
    std::shared_ptr<std::function<void(const CodeEvent&)>> listener;
    std::map<CodesId, std::shared_ptr<OpenCodes>> open;
    std::map<CodesId, std::shared_ptr<OpenCodes>> trashed;  ///< with their steps, for when they come back
    CodesId focus;
    std::mutex brainMutex;
    struct KnownBrain {
        std::filesystem::file_time_type changed;
        std::weak_ptr<const CodeBrain> brain;
    };
    std::map<std::filesystem::path, KnownBrain> brains;
    std::thread renderThread, saveThread;
};

}  // namespace smidgen
