// How documents come to the desk.
#include <algorithm>
#include <utility>

#include "engine/audio/audio_reader.h"
#include "engine/codes/code_archive.h"
#include "engine/codes/code_edit_text.h"
#include "engine/foundation/atomic_file.h"
#include "engine/generation/codes_length.h"
#include "engine/generation/decoder_shelf.h"
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

bool fits(const SoundCodes& codes, const models::MelVaeShape& shape) {
    return codes.codebookSize == shape.codebookSize &&
           std::ranges::all_of(codes.parts, [&](const models::MelCodes& part) {
               return part.levels == shape.levels &&
                      part.g.size() == static_cast<std::size_t>(shape.globalDims);
           });
}

CodeUsage usageOf(const CodeBrain& brain, const SoundCodes& original) {
    CodeUsage usage(brain.model->shape().levels, brain.model->shape().codebookSize);
    for (const models::MelCodes& part : original.parts) usage.add(part);
    if (brain.prior)
        for (const models::CodedSound& sound : brain.prior->sources()) usage.add(sound.grid);
    return usage;
}

}  // namespace

Result<std::shared_ptr<const ModelSnapshot>> CodesAtWork::codesModel(const std::string& name) const {
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

Result<std::shared_ptr<const CodeBrain>> CodesAtWork::brainOf(const ModelSnapshot& model) {
    const std::scoped_lock lock(brainMutex);
    std::error_code ignored;
    const auto changed = fs::last_write_time(model.file, ignored);
    KnownBrain& known = brains[model.file];
    if (auto brain = known.brain.lock(); brain && known.changed == changed) return brain;
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
    known = {changed, shared};
    return shared;
}

void CodesAtWork::refreshBrain(const CodesId& id) {
    std::shared_ptr<const CodeDocument> document;
    {
        const std::scoped_lock lock(mutex);
        if (const auto found = find(id)) document = found->edited.document();
    }
    if (document == nullptr) return;
    const auto model = workstation.findModel(document->edited.modelId);
    if (!model) return;
    auto brain = brainOf(**model);
    if (!brain || !fits(document->edited, (*brain)->model->shape())) return;
    CodeUsage usage = usageOf(**brain, document->original);
    {
        const std::scoped_lock lock(mutex);
        const auto found = find(id);
        if (found == nullptr || found->brain == *brain) return;
        found->brain = std::move(*brain);
        found->usage = std::move(usage);
        found->view.reset();
    }
    tell(CodeNews::changed, id);
}

void CodesAtWork::place(const CodesId& id, std::shared_ptr<OpenCodes> laid) {
    laid->usage = usageOf(*laid->brain, laid->edited.document()->original);
    {
        const std::scoped_lock lock(mutex);
        open[id] = std::move(laid);
        if (const auto before = find(focus); before && focus != id) before->silence();
        focus = id;
        renderWake.notify_all();
    }
    tell(CodeNews::opened, id);
}

Result<CodesId> CodesAtWork::lay(const CodesRecord& record, CodeDocument document,
                                 std::shared_ptr<const CodeBrain> brain) {
    auto id = addCodes(workstation.items(), record, toJson(document.original), editsToJson(document));
    if (!id) return propagate(id);
    auto laid = std::make_shared<OpenCodes>(record.name, std::move(document), std::move(brain));
    laid->saved = laid->saveTried = laid->revision;
    place(*id, std::move(laid));
    tell(CodeNews::listed, *id);
    return id;
}

Result<CodesId> CodesAtWork::encodeSound(const fs::path& file, CodesRecord record, const ModelSnapshot& model,
                                         const CancelToken& cancel, const CodeProgress& progress) {
    const auto say = [&](double share, const std::string& what) {
        if (progress) progress(share, what);
    };
    const std::string shown = displayName(file.filename());
    const auto stopped = [&] { return failure(ErrorCode::cancelled, "'" + shown + "' was not opened."); };
    say(0.05, "Loading the model");
    auto brain = brainOf(model);
    if (!brain) return propagate(brain);
    say(0.3, "Reading " + shown);
    auto sound = readAudioAtInternalRate(file);
    if (!sound) return propagate(sound);
    if (sound->duration().value > kLongestTakeSeconds)
        return failure(ErrorCode::unusableInput,
                       "'" + shown + "' is longer than an hour. Cut it into shorter pieces.");
    if (cancel.cancelled()) return stopped();
    say(0.5, "Turning " + shown + " into codes");
    auto codes = encodeToCodes(*(*brain)->model, model.id, *sound);
    if (!codes) return propagate(codes);
    if (cancel.cancelled()) return stopped();
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

Result<CodesId> CodeDesk::openSound(const fs::path& file, const std::string& model, const CancelToken& cancel,
                                    const CodeProgress& progress) {
    auto found = m_impl->codesModel(model);
    if (!found) return propagate(found);
    CodesRecord record;
    record.name = displayName(file.stem());
    record.source = displayName(file);
    return m_impl->encodeSound(file, std::move(record), **found, cancel, progress);
}

Result<CodesId> CodeDesk::openTake(const TakeId& take, const std::string& model, const CancelToken& cancel,
                                   const CodeProgress& progress) {
    const auto known = m_impl->workstation.take(take);
    if (known == nullptr) return failure(ErrorCode::notFound, "This take is no longer in the library.");
    const auto made = codesOf(known->recipe);
    std::string wanted = model;
    if (made)
        if (const auto codes = keptCodes(m_impl->workstation.items(), *made)) wanted = codes->record.model;
    auto found = m_impl->codesModel(wanted);
    if (!found) return propagate(found);
    // What was edited of it before is gone on with.
    auto kept = this->kept();
    if (!kept) return propagate(kept);
    for (const CodesRecord& record : *kept)
        if (record.source == sourceOfTake(take) && record.model == (*found)->id) return openKept(record.id);
    CodesRecord record;
    record.name = known->name;
    record.source = sourceOfTake(take);
    if (made) return m_impl->layCodesOf(*known, *made, std::move(record), **found);
    return m_impl->encodeSound(known->file, std::move(record), **found, cancel, progress);
}

/// A take that is made of codes: these, not what its sound would be heard as.
Result<CodesId> CodesAtWork::layCodesOf(const TakeSnapshot& take, const CodesId& codes, CodesRecord record,
                                        const ModelSnapshot& model) {
    auto document = readCodeDocument(workstation, codes);
    if (!document) return propagate(document);
    auto brain = brainOf(model);
    if (!brain) return propagate(brain);
    document->original = document->edited;
    document->name = record.name;
    document->source = record.source;
    record.model = model.id;
    record.modelName = model.name;
    record.seconds = take.seconds;
    return lay(record, std::move(*document), std::move(*brain));
}

Result<CodesId> CodeDesk::openFile(const fs::path& file, const std::string& model) {
    auto codes = readCodes(file);
    if (!codes) return propagate(codes);
    auto found = m_impl->codesModel(model.empty() ? codes->modelId : model);
    if (!found) return propagate(found);
    auto brain = m_impl->brainOf(**found);
    if (!brain) return propagate(brain);
    const models::MelVaeShape& shape = (*brain)->model->shape();
    if (!fits(*codes, shape))
        return failure(ErrorCode::unusableInput,
                       "These codes belong to another model than '" + (*found)->name + "'.");
    codes->modelId = (*found)->id;
    codes->length = lengthOf(*codes, shape.fold);
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
    return m_impl->lay(record, std::move(document), std::move(*brain));
}

Result<CodesId> CodeDesk::openKept(const CodesId& id) {
    if (view(id) != nullptr) {
        m_impl->refreshBrain(id);
        focus(id);
        m_impl->tell(CodeNews::opened, id);
        return id;
    }
    auto kept = keptCodes(m_impl->workstation.items(), id);
    if (!kept) return propagate(kept);
    {
        const std::scoped_lock lock(m_impl->mutex);
        if (m_impl->trashed.contains(id))
            return failure(ErrorCode::notFound,
                           "'" + kept->record.name + "' is in the trash. Bring it back first.");
    }
    auto document = readCodeDocument(m_impl->workstation, id);
    if (!document) return propagate(document);
    auto model = m_impl->workstation.findModel(kept->record.model);
    if (!model)
        return failure(model.error().code, "The model '" + kept->record.modelName +
                                               "' that these codes belong to is not in the library. Bring it "
                                               "back from the trash, or import it.");
    auto brain = m_impl->brainOf(**model);
    if (!brain) return propagate(brain);
    const models::MelVaeShape& shape = (*brain)->model->shape();
    if (!fits(document->edited, shape) || !fits(document->original, shape))
        return failure(ErrorCode::unusableInput,
                       "The model '" + (*model)->name + "' has other codes than these by now.");
    for (SoundCodes* codes : {&document->original, &document->edited})
        codes->length = lengthOf(*codes, shape.fold);
    auto laid = std::make_shared<OpenCodes>(kept->record.name, std::move(*document), std::move(*brain));
    laid->saved = laid->saveTried = laid->revision;
    m_impl->place(id, std::move(laid));
    return id;
}

}  // namespace smidgen
