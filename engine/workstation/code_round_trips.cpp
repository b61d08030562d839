#include "engine/workstation/code_round_trips.h"

#include "engine/generation/decoder_shelf.h"
#include "engine/jobs/evaluation.h"

namespace smidgen {
namespace {

struct Found {
    std::string id;
    models::MelVae model;
};

Result<Found> open(const Workstation& workstation, const std::string& name) {
    auto record = workstation.findModel(name);
    if (!record) return propagate(record);
    auto model = models::MelVae::load((*record)->file, models::DeviceKind::cpu);
    if (!model) return propagate(model);
    return Found{(*record)->id, std::move(*model)};
}

}  // namespace

Result<SoundCodes> encodeToCodes(const Workstation& workstation, const std::string& model,
                                 const AudioBuffer& sound) {
    auto found = open(workstation, model);
    if (!found) return propagate(found);
    return encodeToCodes(found->model, found->id, sound);
}

Result<AudioBuffer> decodeFromCodes(const Workstation& workstation, const std::string& model,
                                    const SoundCodes& codes, int levels, const CancelToken& cancel) {
    auto found = open(workstation, model.empty() ? codes.modelId : model);
    if (!found) return propagate(found);
    auto decoder = makeDecoder(defaultDecoder(), {kEvaluationIterations});
    if (!decoder) return propagate(decoder);
    return decodeFromCodes(found->model, codes, levels, **decoder, cancel);
}

}  // namespace smidgen
