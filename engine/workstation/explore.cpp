#include "engine/workstation/explore.h"

#include "engine/generation/decoder_shelf.h"
#include "engine/generation/take_steering.h"
#include "engine/workstation/workstation.h"

namespace smidgen {

namespace {
constexpr int kFallBackIterations = 32;  ///< of Griffin-Lim, where no decoder came with the program
}

Result<std::vector<DirectionMeaning>> directionsOf(Workstation& workstation, const ModelId& model,
                                                   const CancelToken& cancel) {
    auto loaded = workstation.loadModel(model);
    if (!loaded) return propagate(loaded);
    auto card = steeringCardOf(**loaded, cancel);
    if (!card) return propagate(card);
    auto decoder = makeDecoder(defaultDecoder(), {kFallBackIterations});
    if (!decoder) return propagate(decoder);
    return measureDirections(**loaded, **decoder, (*card)->ranges, cancel);
}

}  // namespace smidgen
