// The desk's two threads: one decodes what changed, one writes it down.
#include <utility>

#include "engine/codes/code_edit_text.h"
#include "engine/generation/decoder_shelf.h"
#include "engine/jobs/evaluation.h"
#include "engine/library/library.h"
#include "engine/workstation/code_desk_impl.h"

namespace smidgen {
namespace {

/// A stroke is written down when it rests, not at every cell.
constexpr std::chrono::milliseconds kSaveDelay{100};

struct Renderings {
    std::shared_ptr<const AudioBuffer> original;
    RenderedCodes edited;
};

Result<Renderings> renderBoth(std::shared_ptr<CodeRenderer>& renderer, const CodeBrain& brain,
                              const CodeDocument& document, std::shared_ptr<const AudioBuffer> original,
                              const CancelToken& cancel) {
    if (renderer == nullptr) {
        auto decoder = makeDecoder(document.decoder, {kEvaluationIterations});
        if (!decoder) return propagate(decoder);
        renderer = std::make_shared<CodeRenderer>(brain.model, brain.space, std::move(*decoder));
    }
    Renderings result{std::move(original), {}};
    if (result.original == nullptr) {
        const std::vector<bool> all(static_cast<std::size_t>(document.levels()), true);
        auto whole = renderer->render(document.original, all, cancel);
        if (!whole) return propagate(whole);
        result.original = std::move(whole->audio);
    }
    auto edited = renderer->render(document.edited, document.audibleLevels(), cancel);
    if (!edited) return propagate(edited);
    result.edited = std::move(*edited);
    return result;
}

}  // namespace

void CodesAtWork::renderLoop() {
    std::unique_lock lock(mutex);
    for (;;) {
        std::shared_ptr<OpenCodes> next;
        renderWake.wait(lock, [&] {
            next = find(focus);
            return stopping || (next != nullptr && next->renderTried != next->revision);
        });
        if (stopping) return;
        const CodesId id = focus;
        const std::uint64_t revision = next->revision;
        next->renderTried = revision;
        const auto document = next->edited.document();
        const auto brain = next->brain;
        auto renderer = next->renderer;
        auto original = next->original;
        lock.unlock();
        auto made = renderBoth(renderer, *brain, *document, std::move(original), stopRendering);
        lock.lock();
        if (stopping) return;
        if (!made) {
            lock.unlock();
            tell(CodeNews::failed, id, made.error());
            lock.lock();
            continue;
        }
        if (focus != id) continue;
        next->renderer = std::move(renderer);
        next->original = std::move(made->original);
        next->rendered = std::move(made->edited);
        next->renderedRevision = revision;
        next->view.reset();
        lock.unlock();
        tell(CodeNews::rendered, id);
        lock.lock();
    }
}

std::optional<CodesId> CodesAtWork::unsaved() const {
    for (const auto& [id, each] : open)
        if (each->saved != each->revision && each->saveTried != each->revision) return id;
    return std::nullopt;
}

void CodesAtWork::retryUnsaved() {
    for (const auto& [id, each] : open) each->saveTried = each->saved;
}

void CodesAtWork::saveLoop() {
    std::unique_lock lock(mutex);
    for (;;) {
        const std::optional<CodesId> id = unsaved();
        if (!id && stopping) return;
        if (!id) {
            saveWake.wait(lock);
            continue;
        }
        const auto next = find(*id);
        const auto due = next->changedAt + kSaveDelay;
        if (!stopping && hurrying == 0 && std::chrono::steady_clock::now() < due) {
            saveWake.wait_until(lock, due);
            continue;
        }
        const std::uint64_t revision = next->revision;
        next->saveTried = revision;
        const auto document = next->edited.document();
        saving = true;
        lock.unlock();
        const Status done = saveCodeEdits(workstation.items(), *id, editsToJson(*document));
        lock.lock();
        saving = false;
        if (done) {
            next->saved = revision;
            next->view.reset();
        } else if (!saveError) {
            saveError = done.error();
        }
        idle.notify_all();
        lock.unlock();
        if (done)
            tell(CodeNews::saved, *id);
        else
            tell(CodeNews::failed, *id, done.error());
        lock.lock();
    }
}

}  // namespace smidgen
