#include "engine/workstation/code_desk.h"

#include <algorithm>
#include <utility>

#include "engine/codes/code_archive.h"
#include "engine/codes/code_infill.h"
#include "engine/generation/decoder_shelf.h"
#include "engine/jobs/evaluation.h"
#include "engine/library/library.h"
#include "engine/library/sound_index.h"
#include "engine/workstation/code_desk_impl.h"
#include "engine/workstation/code_takes.h"

namespace smidgen {

CodesAtWork::CodesAtWork(Workstation& borrowed)
    : workstation(borrowed), renderThread([this] { renderLoop(); }), saveThread([this] { saveLoop(); }) {}

CodesAtWork::~CodesAtWork() {
    {
        const std::scoped_lock lock(mutex);
        stopping = true;
        retryUnsaved();
        stopRendering.cancel();
        renderWake.notify_all();
        saveWake.notify_all();
    }
    renderThread.join();
    saveThread.join();
}

void CodesAtWork::tell(CodeNews news, const CodesId& id, Error error) {
    std::shared_ptr<std::function<void(const CodeEvent&)>> to;
    {
        const std::scoped_lock lock(mutex);
        to = listener;
    }
    if (to && *to) (*to)({news, id, std::move(error)});
}

std::shared_ptr<OpenCodes> CodesAtWork::find(const CodesId& id) const {
    const auto found = open.find(id);
    return found == open.end() ? nullptr : found->second;
}

std::shared_ptr<OpenCodes> CodesAtWork::findAnywhere(const CodesId& id) const {
    if (auto found = find(id)) return found;
    const auto found = trashed.find(id);
    return found == trashed.end() ? nullptr : found->second;
}

tl::unexpected<Error> CodesAtWork::notOpen() {
    return failure(ErrorCode::notFound, "These codes are not open. Open the sound again.");
}

void CodesAtWork::changed(OpenCodes& laid) {
    ++laid.revision;
    laid.changedAt = std::chrono::steady_clock::now();
    laid.view.reset();
    renderWake.notify_all();
    saveWake.notify_all();
}

CodeDesk::CodeDesk(Workstation& workstation) : m_impl(std::make_unique<CodesAtWork>(workstation)) {}

CodeDesk::~CodeDesk() {
    setListener({});
}

void CodeDesk::setListener(std::function<void(const CodeEvent&)> listener) {
    const std::scoped_lock lock(m_impl->mutex);
    m_impl->listener = std::make_shared<std::function<void(const CodeEvent&)>>(std::move(listener));
}

void CodeDesk::focus(const CodesId& id) {
    const std::scoped_lock lock(m_impl->mutex);
    if (m_impl->focus == id || m_impl->find(id) == nullptr) return;
    if (const auto before = m_impl->find(m_impl->focus)) before->silence();
    m_impl->focus = id;
    m_impl->renderWake.notify_all();
}

CodesId CodeDesk::focused() const {
    const std::scoped_lock lock(m_impl->mutex);
    return m_impl->focus;
}

Result<std::vector<CodesRecord>> CodeDesk::kept() const {
    return codesIn(m_impl->workstation.items());
}

Status CodeDesk::rename(const CodesId& id, const std::string& name) {
    if (auto done = renameCodes(m_impl->workstation.items(), id, name); !done) return done;
    {
        const std::scoped_lock lock(m_impl->mutex);
        if (const auto found = m_impl->find(id)) {
            found->name = name;
            found->view.reset();
        }
    }
    m_impl->tell(CodeNews::listed, id);
    return {};
}

Status CodeDesk::trash(const CodesId& id) {
    if (auto saved = flush(); !saved) return saved;
    if (auto done = trashCodes(m_impl->workstation.items(), id); !done) return done;
    {
        const std::scoped_lock lock(m_impl->mutex);
        if (auto laid = m_impl->open.extract(id)) {
            laid.mapped()->silence();
            m_impl->trashed.insert(std::move(laid));
        }
        if (m_impl->focus == id) m_impl->focus.clear();
        // flush() may be waiting for what is not there any more.
        m_impl->idle.notify_all();
    }
    m_impl->tell(CodeNews::listed, id);
    return {};
}

Status CodeDesk::restore(const CodesId& id) {
    if (auto done = restoreCodes(m_impl->workstation.items(), id); !done) return done;
    {
        const std::scoped_lock lock(m_impl->mutex);
        if (auto laid = m_impl->trashed.extract(id)) m_impl->open.insert(std::move(laid));
        m_impl->saveWake.notify_all();
    }
    m_impl->tell(CodeNews::listed, id);
    return {};
}

std::shared_ptr<const CodeView> CodeDesk::view(const CodesId& id) const {
    const std::scoped_lock lock(m_impl->mutex);
    const auto found = m_impl->find(id);
    if (found == nullptr) return nullptr;
    if (found->view != nullptr) return found->view;
    auto made = std::make_shared<CodeView>();
    made->name = found->name;
    made->document = found->edited.document();
    made->space = found->brain->space;
    made->usage = found->usage;
    made->hasPrior = found->brain->prior != nullptr;
    for (const CodeMutation& step : found->edited.steps()) made->steps.push_back(describe(step));
    made->position = found->edited.position();
    made->rendered = found->rendered;
    made->original = found->original;
    made->current = found->renderedRevision == found->revision;
    made->saved = found->saved == found->revision;
    found->view = made;
    return made;
}

Result<bool> CodeDesk::perform(const CodesId& id, CodeMutation mutation, std::uint64_t gesture) {
    Result<bool> grown = false;
    {
        const std::scoped_lock lock(m_impl->mutex);
        const auto found = m_impl->find(id);
        if (found == nullptr) return CodesAtWork::notOpen();
        if (mutation.empty()) return false;
        grown = found->edited.perform(std::move(mutation), gesture);
        if (!grown) return grown;
        m_impl->changed(*found);
    }
    m_impl->tell(CodeNews::changed, id);
    return grown;
}

Result<bool> CodesAtWork::step(const CodesId& id, Result<bool> (EditedCodes::*way)()) {
    Result<bool> done = false;
    {
        const std::scoped_lock lock(mutex);
        const auto found = findAnywhere(id);
        if (found == nullptr) return notOpen();
        done = (found->edited.*way)();
        if (!done || !*done) return done;
        changed(*found);
    }
    tell(CodeNews::changed, id);
    return done;
}

Result<bool> CodeDesk::undo(const CodesId& id) {
    return m_impl->step(id, &EditedCodes::undo);
}

Result<bool> CodeDesk::redo(const CodesId& id) {
    return m_impl->step(id, &EditedCodes::redo);
}

Result<bool> CodeDesk::infill(const CodesId& id, std::span<const CodeCell> cells,
                              const models::SamplingSettings& sampling, const CancelToken& cancel,
                              const CodeProgress& progress) {
    m_impl->refreshBrain(id);
    std::shared_ptr<const CodeDocument> document;
    std::shared_ptr<const CodeBrain> brain;
    {
        const std::scoped_lock lock(m_impl->mutex);
        const auto found = m_impl->find(id);
        if (found == nullptr) return CodesAtWork::notOpen();
        document = found->edited.document();
        brain = found->brain;
    }
    if (brain->prior == nullptr)
        return failure(ErrorCode::invalidArgument,
                       "The model '" + document->modelName +
                           "' has no prior yet, and in-filling is the prior's work. Train one on the Train "
                           "page: it takes a minute or two.");
    auto drawn = infillCells(*document, *brain->prior, cells, sampling, cancel, [&](double share) {
        if (progress) progress(share, "Drawing cells anew");
    });
    if (!drawn) return propagate(drawn);
    const auto now = view(id);
    if (now == nullptr) return CodesAtWork::notOpen();
    // Something may have been edited meanwhile.
    return perform(id, rebased(*drawn, *now->document));
}

Result<AudioBuffer> CodeDesk::soundOfCode(const CodesId& id, int level, int code) const {
    std::shared_ptr<const CodeDocument> document;
    std::shared_ptr<const CodeBrain> brain;
    {
        const std::scoped_lock lock(m_impl->mutex);
        const auto found = m_impl->find(id);
        if (found == nullptr) return CodesAtWork::notOpen();
        document = found->edited.document();
        brain = found->brain;
    }
    auto decoder = makeDecoder(document->decoder, {kEvaluationIterations});
    if (!decoder) return propagate(decoder);
    CodeRenderer renderer(brain->model, brain->space, std::move(*decoder));
    return renderer.renderCode(level, code, document->edited.parts.front().g);
}

Result<TakeId> CodeDesk::keepAsTake(const CodesId& id, const CancelToken& cancel) {
    const auto seen = view(id);
    if (seen == nullptr) return CodesAtWork::notOpen();
    return makeTakeOf(m_impl->workstation, *seen->document, seen->name + " edited", cancel);
}

Result<bool> CodeDesk::listen(const CodesId& id, const CancelToken& cancel) {
    Library& library = m_impl->workstation.items();
    // Before the document: what is saved between the two is heard the next time.
    auto state = codesState(library, id);
    if (!state) return propagate(state);
    const auto seen = view(id);
    if (state->heard || !seen || !seen->current || !seen->saved || !seen->rendered.audio) return false;
    auto sound = hear(toMidSide(*seen->rendered.audio).mid, cancel);
    if (!sound) return propagate(sound);
    auto kept = keepHeard(library, id, state->edits, *sound);
    if (!kept && kept.error().code == ErrorCode::conflict) return false;
    if (!kept) return propagate(kept);
    return true;
}

Status CodeDesk::exportCodes(const CodesId& id, const std::filesystem::path& file) const {
    const auto seen = view(id);
    if (seen == nullptr) return CodesAtWork::notOpen();
    return writeCodes(seen->document->edited, file);
}

Status CodeDesk::flush() {
    std::unique_lock lock(m_impl->mutex);
    ++m_impl->hurrying;
    m_impl->saveError.reset();
    m_impl->retryUnsaved();
    m_impl->saveWake.notify_all();
    m_impl->idle.wait(lock, [&] { return !m_impl->saving && !m_impl->unsaved(); });
    --m_impl->hurrying;
    if (const auto error = std::exchange(m_impl->saveError, std::nullopt)) return tl::unexpected(*error);
    return {};
}

}  // namespace smidgen
