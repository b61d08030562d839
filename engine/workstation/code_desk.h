// Where codes are edited: opened, changed, heard, and kept after every change.
#pragma once

#include <filesystem>
#include <functional>
#include <memory>
#include <span>
#include <string>
#include <vector>

#include "engine/audio/audio_buffer.h"
#include "engine/codes/code_edits.h"
#include "engine/codes/code_renderer.h"
#include "engine/codes/code_usage.h"
#include "engine/codes/edited_codes.h"
#include "engine/foundation/result.h"
#include "engine/library/code_shelf.h"
#include "engine/workstation/workstation.h"

namespace smidgen {

enum class CodeNews {
    opened,    ///< a document is there
    changed,   ///< its codes, lanes or steps are others
    rendered,  ///< rendered() is of the document as it is
    saved,     ///< all of it is on the disk
    listed,    ///< kept() would give other names
    failed     ///< see CodeEvent::error
};

struct CodeEvent {
    CodeNews news = CodeNews::changed;
    CodesId id;
    Error error;
};

/// 0 … 1 of the work, and what is being done.
using CodeProgress = std::function<void(double, const std::string&)>;

/// What can be looked at of an open document, all of one moment.
struct CodeView {
    std::string name;
    std::shared_ptr<const CodeDocument> document;  ///< never null
    std::shared_ptr<const CodeSpace> space;        ///< never null
    CodeUsage usage;                               ///< of its original, and what its prior was trained on
    bool hasPrior = false;
    std::vector<std::string> steps;               ///< in words, oldest first
    std::size_t position = 0;                     ///< of them are done
    RenderedCodes rendered;                       ///< audio null until first rendered
    std::shared_ptr<const AudioBuffer> original;  ///< the codes as they were, decoded; null until rendered
    bool current = false;                         ///< `rendered` is of `document`
    bool saved = false;
};

struct CodesAtWork;

/// Documents of one workstation, which it borrows. Thread-safe. A change is made at once, and returns as soon
/// as it is made; decoding and saving follow on two threads of the desk's own, for the document in focus and
/// for all. Destruction saves what is not saved yet.
class CodeDesk {
 public:
    explicit CodeDesk(Workstation& workstation);
    ~CodeDesk();

    /// `listener` is called on a thread of the engine or the caller's own; it must only pass on.
    void setListener(std::function<void(const CodeEvent&)> listener);

    // Opening, blocking: afterwards the document is in focus, and the news is `opened`. `progress`: 0 … 1 and
    // what is being done. Errors: notFound (model, take, file), invalidArgument (a model without codes),
    // unusableInput, cancelled, io, outOfMemory; nothing is kept then.
    [[nodiscard]] Result<CodesId> openSound(const std::filesystem::path& file, const std::string& model,
                                            const CancelToken& cancel = {},
                                            const CodeProgress& progress = {});
    /// A take that was edited before is gone on with; one that is made of codes is opened as these.
    [[nodiscard]] Result<CodesId> openTake(const TakeId& take, const std::string& model,
                                           const CancelToken& cancel = {}, const CodeProgress& progress = {});
    /// Codes as files (engine/codes/code_archive.h); `model` empty: the one they name.
    [[nodiscard]] Result<CodesId> openFile(const std::filesystem::path& file, const std::string& model = {});
    /// What the library keeps. At once when it is open already.
    [[nodiscard]] Result<CodesId> openKept(const CodesId& id);
    /// The document that is rendered after its changes. Others keep their steps, but no sound.
    void focus(const CodesId& id);
    [[nodiscard]] CodesId focused() const;

    /// Blocking: reads the library. Changed last first.
    [[nodiscard]] Result<std::vector<CodesRecord>> kept() const;
    [[nodiscard]] Status rename(const CodesId& id, const std::string& name);
    /// Closes it; undo() and redo() go on to work on what was open.
    [[nodiscard]] Status trash(const CodesId& id);
    /// What was open when it was trashed is open again, with its steps.
    [[nodiscard]] Status restore(const CodesId& id);

    /// Null when it is not open. Reads memory alone.
    [[nodiscard]] std::shared_ptr<const CodeView> view(const CodesId& id) const;

    /// True when a step was added, to be undone by undo(). Errors: notFound (not open), conflict.
    [[nodiscard]] Result<bool> perform(const CodesId& id, CodeMutation mutation, std::uint64_t gesture = 0);
    /// Also in the trash. False when there is nothing to take back, or to do again.
    [[nodiscard]] Result<bool> undo(const CodesId& id);
    [[nodiscard]] Result<bool> redo(const CodesId& id);

    /// Blocking: the model's prior, as its file is now, draws these cells anew, while the document can be
    /// edited on. True when a step was added. Errors: notFound, invalidArgument (no cell, no prior),
    /// cancelled.
    [[nodiscard]] Result<bool> infill(const CodesId& id, std::span<const CodeCell> cells,
                                      const models::SamplingSettings& sampling,
                                      const CancelToken& cancel = {}, const CodeProgress& progress = {});

    /// Blocking: one code by itself, in the document's timbre. Errors: notFound, outOfMemory.
    [[nodiscard]] Result<AudioBuffer> soundOfCode(const CodesId& id, int level, int code) const;

    /// Blocking: the document as it is, as a take whose recipe names its codes, which the library keeps for
    /// it. Errors: notFound, cancelled, io.
    [[nodiscard]] Result<TakeId> keepAsTake(const CodesId& id, const CancelToken& cancel = {});
    /// Blocking: keeps what the document sounds like with it (code_places.h), when it is decoded and saved as
    /// it is and nobody has heard that yet. False when there was nothing to do. Errors: notFound, cancelled,
    /// refused, io.
    [[nodiscard]] Result<bool> listen(const CodesId& id, const CancelToken& cancel = {});
    /// Blocking. Errors: notFound, invalidArgument (the name's end), io.
    [[nodiscard]] Status exportCodes(const CodesId& id, const std::filesystem::path& file) const;

    /// Blocks until everything is on the disk; what could not be saved before is tried once more. The first
    /// error of that.
    [[nodiscard]] Status flush();

 private:
    std::unique_ptr<CodesAtWork> m_impl;
};

}  // namespace smidgen
