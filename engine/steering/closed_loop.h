// Turning the tools until a sound measures as it should.
#pragma once

#include <array>

#include "engine/analysis/descriptor_ranges.h"
#include "engine/foundation/cancel_token.h"
#include "engine/foundation/result.h"
#include "engine/steering/tool_chain.h"

namespace smidgen {

/// What a sound should be like, and how much a miss in each attribute matters (1 what was asked for and what
/// is to stay, less for what may move along, 0 not at all), per σ.
struct SteeringAim {
    Attributes wanted;
    std::array<double, kAttributeCount> weight{};
    std::array<double, kAttributeCount> deviation{};
};

struct ClosedLoopResult {
    ToolAmounts amounts;
    Attributes before, reached;
    int measurements = 0;
};

/// Measures, corrects, measures again, `rounds` times at most: Gauss–Newton steps on the tools' amounts with
/// a ridge that keeps them small, on a table of how tools move attributes that Broyden's rule (1965) mends as
/// it goes; then what is still missed by more than a third of σ is looked for over its tool's whole way.
/// Where that leaves anything far off, all of it is done once more from another start. Keeps the best it has
/// heard, where peaks that stand out by more than 6 dB more than they did count as a miss, too. Tools of
/// attributes that miss by less than a tenth of σ at first take no steps. Deterministic. Errors: cancelled.
[[nodiscard]] Result<ClosedLoopResult> closeLoop(const ToolChain& chain, const SteeringAim& aim,
                                                 SoundDescriber& describer, int rounds,
                                                 const CancelToken& cancel = {});

}  // namespace smidgen
