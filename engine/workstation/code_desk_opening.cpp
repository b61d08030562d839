// How documents come to the desk.
#include <algorithm>
#include <utility>

#include "engine/audio/audio_reader.h"
#include "engine/codes/code_archive.h"
#include "engine/codes/code_edit_text.h"
#include "engine/foundation/atomic_file.h"
#include "engine/generation/decoder_shelf.h"
#include "engine/jobs/job_runner.h"
#include "engine/library/library.h"
#include "engine/workstation/code_desk_impl.h"
#include "engine/workstation/code_takes.h"

namespace smidgen {
namespace {

namespace fs = std::filesystem;

/// Edits are heard at once: the fastest decoder.
std::string editingDecoder() {
    auto draft = decoderIdentity("draft");
    return draft ? *draft : kGriffinLimDecoder;
}

double framesPerSecondOf(const models::MelVaeShape& shape) {
    return static_cast<double>(kSampleRate) / static_cast<double>(MelShape().stft.hop * shape.fold);
}

std::string sourceOfTake(const TakeId& take) {
    return "take:" + take;
}

}  // namespace

Result<std::shared_ptr<const ModelSnapshot>> CodeDesk::Impl::codesModel(const std::string& name) const {
    if (name.empty())
        return failure(ErrorCode::invalidArgument,
                       "Editing needs a model that speaks in codes. Train one of the kind 'Codes (RVQ)'.");
    auto model = workstation.findModel(name);
    if (!model) return model;
    if ((*model)->kind != "rvq")
        return failure(ErrorCode::invalidArgument,
                       "The model '" + (*model)->name +
                           "' is continuous and has no codes to edit. Choose one of the kind 'Codes (RVQ)', "
                           "or train one.");
    return model;
}

Result<std::shared_ptr<const CodeBrain>> CodeDesk::Impl::brainOf(const ModelSnapshot& model) {
    const std::scoped_lock lock(brainMutex);
    if (auto known = brains[model.file].lock()) return known;
    // On the CPU, whatever the workstation's device: the same sound has the same codes everywhere.
    auto loaded = models::MelVae::load(model.file, models::DeviceKind::cpu);
    if (!loaded) return propagate(loaded);
    CodeBrain brain;
    brain.model = std::make_shared<const models::MelVae>(std::move(*loaded));
    brain.space = std::make_shared<const CodeSpace>(*brain.model);
    if (models::hasPrior(brain.model->metadata()) || model.prior) {
        auto prior = models::CodePrior::load(model.file);
        if (!prior) return propagate(prior);
        brain.prior = std::make_shared<const models::CodePrior>(std::move(*prior));
    }
    auto shared = std::make_shared<const CodeBrain>(std::move(brain));
    brains[model.file] = shared;
    return shared;
}

void CodeDesk::Impl::place(const CodesId& id, std::shared_ptr<OpenCodes> laid) {
    CodeUsage usage(laid->brain->model->shape().levels, laid->brain->model->shape().codebookSize);
    for (const models::MelCodes& part : laid->edited.document()->original.parts) usage.add(part);
    if (laid->brain->prior)
        for (const models::CodedSound& sound : laid->brain->prior->sources()) usage.add(sound.grid);
    laid->usage = std::move(usage);
    {
        const std::scoped_lock lock(mutex);
        open[id] = std::move(laid);
        if (const auto before = find(focus)) before->renderer.reset();
        focus = id;
        renderWake.notify_all();
    }
    tell(CodeNews::opened, id);
}

Status CodeDesk::Impl::lay(const CodesRecord& record, CodeDocument document,
                           std::shared_ptr<const CodeBrain> brain) {
    auto id = addCodes(workstation.items(), record, toJson(document.original), editsToJson(document));
    if (!id) return propagate(id);
    auto laid = std::make_shared<OpenCodes>(record.name, std::move(document), std::move(brain));
    laid->saved = laid->saveTried = laid->revision;
    place(*id, std::move(laid));
    tell(CodeNews::listed, *id);
    return {};
}

Result<JobId> CodeDesk::Impl::openAs(const std::string& what, std::function<Status(JobContext&)> body) const {
    JobSnapshot initial;
    initial.kind = JobKind::codes;
    initial.sentence = what;
    const JobId job = workstation.submit(std::move(initial), std::move(body));
    const std::scoped_lock lock(mutex);
    jobs.push_back(job);
    return job;
}

Status CodeDesk::Impl::openSoundBody(const fs::path& file, CodesRecord record, const ModelSnapshot& model,
                                     JobContext& job) {
    job.say(0.05, "Loading the model");
    auto brain = brainOf(model);
    if (!brain) return propagate(brain);
    job.say(0.3, "Reading " + displayName(file.filename()));
    auto sound = readAudioAtInternalRate(file);
    if (!sound) return propagate(sound);
    if (sound->duration().value > kLongestTakeSeconds)
        return failure(ErrorCode::unusableInput, "'" + displayName(file.filename()) +
                                                     "' is longer than an hour. Cut it into shorter pieces.");
    if (job.cancel().cancelled()) return failure(ErrorCode::cancelled, "The sound was not opened.");
    job.say(0.5, "Turning " + displayName(file.filename()) + " into codes");
    auto codes = encodeToCodes(*(*brain)->model, model.id, *sound);
    if (!codes) return propagate(codes);
    if (job.cancel().cancelled()) return failure(ErrorCode::cancelled, "The sound was not opened.");
    CodeDocument document = makeCodeDocument(std::move(*codes), framesPerSecondOf((*brain)->model->shape()));
    document.name = record.name;
    document.modelName = model.name;
    document.source = record.source;
    document.decoder = editingDecoder();
    record.model = model.id;
    record.modelName = model.name;
    record.seconds = sound->duration().value;
    return lay(record, std::move(document), std::move(*brain));
}

Result<JobId> CodeDesk::openSound(const fs::path& file, const std::string& model) {
    auto found = m_impl->codesModel(model);
    if (!found) return propagate(found);
    CodesRecord record;
    record.name = displayName(file.stem());
    record.source = displayName(file);
    return m_impl->openAs("Opening " + displayName(file.filename()),
                          [impl = m_impl.get(), file, record, model = *found](JobContext& job) {
                              return impl->openSoundBody(file, record, *model, job);
                          });
}

Result<JobId> CodeDesk::openTake(const TakeId& take, const std::string& model) {
    const auto known = m_impl->workstation.take(take);
    if (known == nullptr) return failure(ErrorCode::notFound, "This take is no longer in the library.");
    auto found = m_impl->codesModel(model);
    if (!found) return propagate(found);
    // What was edited of it before is gone on with.
    auto kept = this->kept();
    if (!kept) return propagate(kept);
    for (const CodesRecord& record : *kept)
        if (record.source == sourceOfTake(take) && record.model == (*found)->id) return openKept(record.id);
    CodesRecord record;
    record.name = known->name;
    record.source = sourceOfTake(take);
    return m_impl->openAs(
        "Opening " + known->name,
        [impl = m_impl.get(), known, record, model = *found](JobContext& job) mutable -> Status {
            const CodesId& made = known->recipe.codes;
            if (made.empty() || known->recipe.modelId != model->id)
                return impl->openSoundBody(known->file, record, *model, job);
            // It is made of codes: these, not what its sound would be heard as.
            auto document = readCodeDocument(impl->workstation, made);
            if (!document) return propagate(document);
            auto brain = impl->brainOf(*model);
            if (!brain) return propagate(brain);
            document->original = document->edited;
            document->name = record.name;
            document->source = record.source;
            record.model = model->id;
            record.modelName = model->name;
            record.seconds = known->seconds;
            return impl->lay(record, std::move(*document), std::move(*brain));
        });
}

Result<JobId> CodeDesk::openFile(const fs::path& file, const std::string& model) {
    if (auto named = checkCodesName(file); !named) return propagate(named);
    return m_impl->openAs(
        "Opening " + displayName(file.filename()), [impl = m_impl.get(), file, model](JobContext&) -> Status {
            auto codes = readCodes(file);
            if (!codes) return propagate(codes);
            auto found = impl->codesModel(model.empty() ? codes->modelId : model);
            if (!found) return propagate(found);
            auto brain = impl->brainOf(**found);
            if (!brain) return propagate(brain);
            const models::MelVaeShape& shape = (*brain)->model->shape();
            if (codes->codebookSize != shape.codebookSize || codes->parts.front().levels != shape.levels)
                return failure(ErrorCode::unusableInput,
                               "These codes belong to another model than '" + (*found)->name + "'.");
            codes->modelId = (*found)->id;
            CodesRecord record;
            record.name = displayName(file.stem());
            record.source = displayName(file);
            record.model = (*found)->id;
            record.modelName = (*found)->name;
            record.seconds = toSeconds(codes->length).value;
            CodeDocument document = makeCodeDocument(std::move(*codes), framesPerSecondOf(shape));
            document.name = record.name;
            document.modelName = record.modelName;
            document.source = record.source;
            document.decoder = editingDecoder();
            return impl->lay(record, std::move(document), std::move(*brain));
        });
}

Status CodeDesk::Impl::openKeptBody(const CodesId& id) {
    {
        const std::scoped_lock lock(mutex);
        if (find(id) != nullptr) return {};
    }
    auto kept = keptCodes(workstation.items(), id);
    if (!kept) return propagate(kept);
    auto document = readCodeDocument(workstation, id);
    if (!document) return propagate(document);
    auto model = workstation.findModel(kept->record.model);
    if (!model)
        return failure(model.error().code, "The model '" + kept->record.modelName +
                                               "' that these codes belong to is not in the library. Bring it "
                                               "back from the trash, or import it.");
    auto brain = brainOf(**model);
    if (!brain) return propagate(brain);
    const models::MelVaeShape& shape = (*brain)->model->shape();
    if (document->edited.codebookSize != shape.codebookSize || document->levels() != shape.levels)
        return failure(ErrorCode::unusableInput,
                       "The model '" + (*model)->name + "' has other codes than these by now.");
    auto laid = std::make_shared<OpenCodes>(kept->record.name, std::move(*document), std::move(*brain));
    laid->saved = laid->saveTried = laid->revision;
    place(id, std::move(laid));
    return {};
}

Result<JobId> CodeDesk::openKept(const CodesId& id) {
    return m_impl->openAs("Opening codes", [this, id](JobContext&) -> Status {
        if (view(id) != nullptr) {
            focus(id);
            m_impl->tell(CodeNews::opened, id);
            return {};
        }
        return m_impl->openKeptBody(id);
    });
}

}  // namespace smidgen
