// The workstation's models and takes, and sounds through them.
#include <algorithm>
#include <string>
#include <thread>

#include "engine/generation/decoder_shelf.h"
#include "engine/generation/generator.h"
#include "engine/library/library_blocks.h"
#include "engine/workstation/code_places.h"
#include "engine/workstation/code_takes.h"
#include "engine/workstation/cube_takes.h"
#include "engine/workstation/workstation_impl.h"

namespace smidgen {
namespace {

namespace fs = std::filesystem;

constexpr int kMostTakesAtOnce = 1000;
constexpr std::size_t kMostFreeTakes = 16;

std::vector<std::shared_ptr<const void>> makersOf(const TakeVoice& voice) {
    std::vector<std::shared_ptr<const void>> makers{voice.model, voice.judge};
    makers.insert(makers.end(), voice.others.begin(), voice.others.end());
    makers.insert(makers.end(), voice.othersJudges.begin(), voice.othersJudges.end());
    return makers;
}

std::shared_ptr<const void> lockedMaker(const std::weak_ptr<const void>& maker) {
    return maker.lock();
}

}  // namespace

// Models

std::vector<std::shared_ptr<const ModelSnapshot>> Workstation::models(bool trashed) const {
    return m_impl->library->models(trashed);
}

Result<std::shared_ptr<const ModelSnapshot>> Workstation::findModel(const std::string& idNameOrFile) const {
    return m_impl->library->findModel(idNameOrFile);
}

std::string Workstation::referenceTo(const ModelSnapshot& model) const {
    return m_impl->library->referenceTo(model);
}

Status Workstation::renameModel(const ModelId& id, const std::string& name) {
    if (name.empty()) return failure(ErrorCode::invalidArgument, "A model needs a name.");
    return m_impl->changed(Topic::models, id, m_impl->library->renameModel(id, name));
}

Status Workstation::removeModel(const ModelId& id) {
    return m_impl->changed(Topic::models, id, m_impl->library->removeModel(id));
}

Status Workstation::restoreModel(const ModelId& id) {
    return m_impl->changed(Topic::models, id, m_impl->library->restoreModel(id));
}

Status Workstation::purgeModel(const ModelId& id) {
    return m_impl->changed(Topic::models, id, m_impl->library->purgeModel(id));
}

Status Workstation::tagModel(const ModelId& id, const std::vector<std::string>& tags) {
    return m_impl->changed(Topic::models, id,
                           m_impl->library->changeModel(id, [&](ModelRecord& model) { model.tags = tags; }));
}

Result<std::shared_ptr<const ModelSnapshot>> Workstation::importModel(const fs::path& file) {
    auto model = m_impl->library->importModel(file);
    if (model) m_impl->notify({Topic::models, (*model)->id, 0});
    return model;
}

Status Workstation::exportModel(const ModelId& id, const fs::path& target) const {
    return m_impl->library->exportModel(id, target);
}

// Takes

Result<JobId> Workstation::generate(const GenerateRequest& request) {
    if (auto valid = request.recipe.validate(); !valid) return propagate(valid);
    if (codesOf(request.recipe))
        return failure(
            ErrorCode::invalidArgument,
            "This take is made of edited codes, of which there is but one. Open it on the Edit page "
            "to change it.");
    if (cubeOf(request.recipe))
        return failure(ErrorCode::invalidArgument,
                       "This take is a place in a cube, not a model's: morph the cube to make another.");
    if (request.count < 1 || request.count > kMostTakesAtOnce) {
        return failure(ErrorCode::invalidArgument,
                       "Between 1 and " + std::to_string(kMostTakesAtOnce) + " takes can be made at once.");
    }
    auto record = m_impl->library->findModel(request.recipe.modelId);
    if (!record) return propagate(record);
    GenerateRequest resolved = request;
    if (resolved.recipe.modelName.empty()) resolved.recipe.modelName = (*record)->name;
    JobSnapshot initial;
    initial.kind = JobKind::generate;
    initial.model = (*record)->id;
    initial.sentence = "Waiting for its turn";
    return m_impl->runner.submit(std::move(initial), [impl = m_impl.get(), resolved](JobContext& job) {
        return impl->generateBody(resolved, job);
    });
}

Status Workstation::Impl::generateBody(const GenerateRequest& request, JobContext& job) {
    job.say(0, "Loading the model");
    auto loaded = loadVoice(request.recipe);
    if (!loaded) return propagate(loaded);
    return makeTakes(*library, *loaded, request.recipe, request.count, job, [&](const TakeId& take) {
        notify({Topic::takes, take, job.id()});
    });
}

std::vector<std::shared_ptr<const TakeSnapshot>> Workstation::takes(bool trashed) const {
    return m_impl->library->takes(trashed);
}

std::shared_ptr<const TakeSnapshot> Workstation::take(const TakeId& id) const {
    return m_impl->library->take(id);
}

Status Workstation::renameTake(const TakeId& id, const std::string& name) {
    if (name.empty()) return failure(ErrorCode::invalidArgument, "A take needs a name.");
    return m_impl->changed(Topic::takes, id,
                           m_impl->library->changeTake(id, [&](TakeRecord& take) { take.name = name; }));
}

Status Workstation::starTake(const TakeId& id, bool starred) {
    return m_impl->changed(
        Topic::takes, id, m_impl->library->changeTake(id, [&](TakeRecord& take) { take.starred = starred; }));
}

Status Workstation::trashTake(const TakeId& id) {
    return m_impl->changed(Topic::takes, id,
                           m_impl->library->changeTake(id, [](TakeRecord& take) { take.trashed = true; }));
}

Status Workstation::restoreTake(const TakeId& id) {
    return m_impl->changed(Topic::takes, id,
                           m_impl->library->changeTake(id, [](TakeRecord& take) { take.trashed = false; }));
}

Status Workstation::tagTake(const TakeId& id, const std::vector<std::string>& tags) {
    if (std::ranges::find(tags, kStarTag) != tags.end())
        return failure(ErrorCode::invalidArgument,
                       std::string("'") + kStarTag + "' is what a star is kept as. Give the take a star.");
    return m_impl->changed(Topic::takes, id,
                           m_impl->library->changeTake(id, [&](TakeRecord& take) { take.tags = tags; }));
}

Status Workstation::purgeTake(const TakeId& id) {
    return m_impl->changed(Topic::takes, id, m_impl->library->purgeTake(id));
}

Library& Workstation::items() const {
    return *m_impl->library;
}

void Workstation::tell(const Event& event) const {
    m_impl->notify(event);
}

Result<std::shared_ptr<const models::MelVae>> Workstation::loadModel(const std::string& idNameOrFile) const {
    return m_impl->loadModel(idNameOrFile);
}

/// What a recipe measures without its sliders: kept, for sliders that move on the same take.
Result<std::optional<FreeTake>> Workstation::Impl::freeOf(const TakeVoice& voice, const Recipe& recipe,
                                                          const CancelToken& cancel) {
    if (!recipe.sliders.anySet()) return std::optional<FreeTake>();
    Recipe plain = recipe;
    plain.sliders = {};
    const std::vector<std::shared_ptr<const void>> makers = makersOf(voice);
    {
        const std::scoped_lock lock(mutex);
        for (const KnownFree& known : freeTakes)
            if (known.recipe == plain && std::ranges::equal(known.makers, makers, {}, lockedMaker))
                return std::optional(known.free);
    }
    auto free = freeTake(voice.voices(), plain, cancel);
    if (!free) return propagate(free);
    const std::scoped_lock lock(mutex);
    if (freeTakes.size() >= kMostFreeTakes) freeTakes.pop_front();
    freeTakes.push_back({plain, {makers.begin(), makers.end()}, *free});
    return std::optional(*free);
}

Result<TakeSound> Workstation::render(const Recipe& recipe, const CancelToken& cancel) {
    if (const auto codes = codesOf(recipe)) {
        auto document = readCodeDocument(*this, *codes);
        if (!document) return propagate(document);
        return soundOf(*this, *document, cancel, recipe.griffinLim.rounds);
    }
    if (const auto place = cubeOf(recipe)) {
        auto sound = soundOf(*this, *place, recipe.decoder, cancel, recipe.griffinLim.rounds);
        if (!sound) return propagate(sound);
        auto loudness = measureLoudness(*sound);
        if (!loudness) return propagate(loudness);
        return TakeSound{std::move(*sound), *loudness, {}};
    }
    auto voice = m_impl->loadVoice(recipe);
    if (!voice) return propagate(voice);
    Recipe chosen = recipe;
    if (chosen.decoder.empty()) chosen.decoder = defaultDecoder();
    auto free = m_impl->freeOf(*voice, chosen, cancel);
    if (!free) return propagate(free);
    auto take = renderTake(voice->voices(), chosen, cancel, {}, *free);
    if (!take) return propagate(take);
    return TakeSound{
        std::move(take->audio), take->loudness,
        take->steering ? outcomesOf(*take->steering, chosen.sliders) : std::vector<SliderOutcome>()};
}

Result<JobId> Workstation::exportTakes(const ExportRequest& request) {
    if (auto valid = request.settings.validate(); !valid) return propagate(valid);
    if (request.takes.empty())
        return failure(ErrorCode::invalidArgument, "There is no take to export: choose one.");
    JobSnapshot initial;
    initial.kind = JobKind::exportTake;
    initial.sentence = "Waiting for its turn";
    return m_impl->runner.submit(std::move(initial), [impl = m_impl.get(), request](JobContext& job) {
        return smidgen::exportTakes(*impl->library, request, job);
    });
}

Result<std::vector<fs::path>> Workstation::exportTargets(const ExportRequest& request,
                                                         std::size_t most) const {
    return smidgen::exportTargets(*m_impl->library, request, most);
}

Result<FoundItems> Workstation::find(const FindRequest& request, const CancelToken& cancel,
                                     const std::function<void(int, int)>& progress) const {
    Status heard;
    if (!request.like.empty()) heard = hearCodesNamed(*this, request.like, cancel);
    if (!heard && heard.error().code == ErrorCode::cancelled) return propagate(heard);
    auto found = smidgen::find(*m_impl->library, request, m_impl->threads, cancel, progress);
    // Something else may have that name; when nothing has, this is why.
    if (!found && !heard) return propagate(heard);
    return found;
}

// Round trips

Result<AudioBuffer> Workstation::reconstruct(const std::string& model, const AudioBuffer& input,
                                             const std::string& decoder, const CancelToken& cancel) {
    auto loaded = m_impl->loadModel(model);
    if (!loaded) return propagate(loaded);
    auto chosen = makeDecoder(decoder.empty() ? defaultDecoder() : decoder, {kEvaluationIterations});
    if (!chosen) return propagate(chosen);
    return smidgen::reconstruct(**loaded, **chosen, input, cancel);
}

Result<BlendFit> Workstation::measureBlend(const std::string& into, const std::string& from,
                                           const CancelToken& cancel) {
    auto first = m_impl->loadModel(into);
    if (!first) return propagate(first);
    auto other = m_impl->loadModel(from);
    if (!other) return propagate(other);
    return smidgen::measureBlend(**first, **other, cancel);
}

Result<TakeVoice> Workstation::Impl::loadVoice(const Recipe& recipe) {
    const auto voiceOf = [&](const std::string& id, bool withPrior, bool needsPrior)
        -> Result<std::pair<std::shared_ptr<const models::MelVae>, std::shared_ptr<const TakeJudge>>> {
        auto record = library->findModel(id);
        if (!record) return propagate(record);
        auto model = models.get((*record)->file, device);
        if (!model) return propagate(model);
        if (!withPrior || (!needsPrior && !(*record)->prior))
            return std::pair(*model, std::shared_ptr<const TakeJudge>());
        auto judge = priors.get((*record)->file, *model);
        if (!judge) return propagate(judge);
        return std::pair(*model, *judge);
    };
    auto first = voiceOf(recipe.modelId, recipe.prior.has_value(), true);
    if (!first) return propagate(first);
    TakeVoice voice{first->first, first->second};
    for (const BlendPart& part : recipe.blend) {
        auto other = voiceOf(part.modelId, recipe.prior.has_value(), false);
        if (!other) return propagate(other);
        voice.blend.push_back(
            {other->first.get(), other->second ? &other->second->prior() : nullptr, part.ratio});
        voice.others.push_back(other->first);
        voice.othersJudges.push_back(other->second);
    }
    return voice;
}

Result<Evaluation> Workstation::evaluate(const std::string& model, std::span<const fs::path> paths,
                                         const CancelToken& cancel) {
    auto loaded = m_impl->loadModel(model);
    if (!loaded) return propagate(loaded);
    return evaluateModel(**loaded, paths, cancel);
}

Result<TakeEvaluation> Workstation::evaluateTakes(const Recipe& recipe, int count, const CancelToken& cancel,
                                                  const std::function<void(int)>& done) {
    auto voice = m_impl->loadVoice(recipe);
    if (!voice) return propagate(voice);
    return smidgen::evaluateTakes(*voice, recipe, count, cancel, done);
}

Result<SliderMatrix> Workstation::evaluateSliders(const SliderEvaluation& evaluation,
                                                  const CancelToken& cancel,
                                                  const std::function<void(int, int)>& done) {
    auto voice = m_impl->loadVoice(evaluation.recipe);
    if (!voice) return propagate(voice);
    const int threads = m_impl->threads > 0
                            ? m_impl->threads
                            : static_cast<int>(std::max(1U, std::thread::hardware_concurrency()));
    return smidgen::evaluateSliders(*voice, evaluation, threads, cancel, done);
}

}  // namespace smidgen
