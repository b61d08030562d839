#include "engine/workstation/code_takes.h"

#include <memory>
#include <string_view>
#include <utility>

#include "engine/audio/loudness.h"
#include "engine/codes/code_edit_text.h"
#include "engine/codes/code_renderer.h"
#include "engine/generation/decoder_shelf.h"
#include "engine/jobs/evaluation.h"
#include "engine/library/library.h"

namespace smidgen {
namespace {

constexpr const char* kCodesReference = "codes:";
constexpr const char* kTakeReference = "take:";

}  // namespace

std::optional<CodesId> codesOf(const Recipe& recipe) {
    if (!recipe.modelId.starts_with(kCodesReference)) return std::nullopt;
    return recipe.modelId.substr(std::string_view(kCodesReference).size());
}

std::string sourceOfTake(const TakeId& take) {
    return kTakeReference + take;
}

std::optional<TakeId> takeOfSource(const std::string& source) {
    if (!source.starts_with(kTakeReference)) return std::nullopt;
    return source.substr(std::string_view(kTakeReference).size());
}

Result<CodeDocument> readCodeDocument(const Workstation& workstation, const CodesId& id) {
    auto kept = keptCodes(workstation.items(), id);
    if (!kept) return propagate(kept);
    auto original = soundCodesFromJson(kept->original);
    if (!original) return propagate(original);
    return documentFromEdits(std::move(*original), kept->edits);
}

Result<TakeSound> soundOf(const Workstation& workstation, const CodeDocument& document,
                          const CancelToken& cancel, int griffinLimRounds) {
    auto model = workstation.loadModel(document.edited.modelId);
    if (!model) return propagate(model);
    if (!(*model)->shape().quantised())
        return failure(ErrorCode::unusableInput, "These codes belong to another model.");
    auto decoder = makeDecoder(document.decoder, {kEvaluationIterations, griffinLimRounds});
    if (!decoder) return propagate(decoder);
    CodeRenderer renderer(*model, std::make_shared<const CodeSpace>(**model), std::move(*decoder));
    auto rendered = renderer.render(document.edited, document.audibleLevels(), cancel);
    if (!rendered) return propagate(rendered);
    auto loudness = measureLoudness(*rendered->audio);
    if (!loudness) return propagate(loudness);
    return TakeSound{*rendered->audio, *loudness, {}};
}

Result<TakeSound> soundOfCodes(const Workstation& workstation, const CodesId& id, const CancelToken& cancel) {
    auto document = readCodeDocument(workstation, id);
    if (!document) return propagate(document);
    return soundOf(workstation, *document, cancel);
}

Result<TakeId> makeTakeOf(const Workstation& workstation, const CodeDocument& document,
                          const std::string& name, const CancelToken& cancel) {
    auto sound = soundOf(workstation, document, cancel);
    if (!sound) return propagate(sound);
    const AudioBuffer& audio = sound->audio;
    Library& library = workstation.items();
    CodesRecord record;
    record.name = name;
    record.model = document.edited.modelId;
    record.modelName = document.modelName;
    record.source = document.source;
    record.seconds = audio.duration().value;
    record.ofTake = true;
    auto codes = addCodes(library, record, toJson(document.original), editsToJson(document));
    if (!codes) return propagate(codes);
    Recipe recipe;
    recipe.modelId = kCodesReference + *codes;
    recipe.modelName = document.modelName;
    recipe.seconds = audio.duration().value;
    recipe.space = audio.channelCount() > 1 ? OutputSpace::stereo : OutputSpace::mono;
    recipe.decoder = document.decoder;
    auto take = library.addTake(audio, sound->loudness, recipe);
    if (!take) {
        // Nobody else would ever ask for them.
        static_cast<void>(purgeCodes(library, *codes));
        return propagate(take);
    }
    const TakeId id = (*take)->id;
    if (auto linked = linkTakeToCodes(library, id, *codes); !linked) return propagate(linked);
    if (auto named = library.changeTake(id, [&](TakeRecord& made) { made.name = name; }); !named)
        return propagate(named);
    workstation.tell({Topic::takes, id, 0});
    return id;
}

}  // namespace smidgen
