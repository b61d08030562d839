// What the processes of one training tell each other about a step. Internal: includes LibTorch.
#pragma once

#include <cstddef>
#include <exception>
#include <stdexcept>
#include <vector>

#include "engine/foundation/result.h"
#include "models/process_group.h"
#include "models/trainer_core.h"

namespace smidgen::models {

/// Carries an Error through code that throws.
class GroupFailure : public std::runtime_error {
 public:
    explicit GroupFailure(Error error) : std::runtime_error(error.sentence), m_error(std::move(error)) {}
    [[nodiscard]] const Error& error() const { return m_error; }

 private:
    Error m_error;
};

/// Adds `count` things in pairs, then pairs of pairs, into the first: add(into, from). Halves that were added
/// elsewhere give the same bits, when their sizes are powers of two.
template <typename Add>
void addInPairs(std::size_t count, Add&& add) {
    for (std::size_t stride = 1; stride < count; stride *= 2)
        for (std::size_t i = 0; i + stride < count; i += 2 * stride) add(i, i + stride);
}

/// `ownFailure`: what the own shards threw, or null. → the losses of the whole batch. Throws that failure, or
/// GroupFailure when another process had one (outOfMemory if that was the cause) or holds other weights.
[[nodiscard]] BatchLoss lossOfAll(const TrainerCore& core, const BatchLoss& own,
                                  const std::exception_ptr& ownFailure);
/// The gradient of the whole batch in place of the own. Throws GroupFailure.
void addGradients(ProcessGroup& group, at::Tensor& gradient);
/// Throws GroupFailure.
[[nodiscard]] std::vector<LevelTally> talliesOfAll(const TrainerCore& core,
                                                   const std::vector<LevelTally>& own);
/// Rank 0's number. Throws GroupFailure.
[[nodiscard]] double leadersValue(ProcessGroup& group, double value);

/// Gives all others this core, to call while they call receiveCore().
[[nodiscard]] Status sendCore(const TrainerCore& core, ProcessGroup& group);
[[nodiscard]] Result<std::unique_ptr<TrainerCore>> receiveCore(ProcessGroup& group, DeviceKind device);

}  // namespace smidgen::models
