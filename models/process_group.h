// Several processes, on one machine or many, that train one model together: c10d with Gloo. Torch-free
// header.
#pragma once

#include <chrono>
#include <cstddef>
#include <memory>
#include <span>
#include <vector>

#include "engine/foundation/cancel_token.h"
#include "engine/foundation/result.h"
#include "models/process_place.h"

namespace smidgen::models {

struct GroupPatience {
    std::chrono::milliseconds join{std::chrono::seconds(120)};   ///< until all have come together
    std::chrono::milliseconds answer{std::chrono::minutes(30)};  ///< for one answer of the others
};

/// Every call is made by all processes of the group in the same order, and returns when the others have made
/// theirs. Used by one thread. Nothing is encrypted or authenticated: for networks whose members are trusted.
/// Errors of the calls: io when another process has stopped or does not answer; the group is then of no
/// further use.
class ProcessGroup {
 public:
    /// Blocks until all processes are there; polls `cancel`. Errors: io (nobody answers, the port is taken),
    /// invalidArgument (the places do not fit each other), cancelled, device when this build has no Gloo.
    [[nodiscard]] static Result<std::shared_ptr<ProcessGroup>> join(const ProcessPlace& place,
                                                                    const GroupPatience& patience,
                                                                    const CancelToken& cancel);
    ~ProcessGroup();
    ProcessGroup(const ProcessGroup&) = delete;
    ProcessGroup& operator=(const ProcessGroup&) = delete;

    [[nodiscard]] int rank() const;
    [[nodiscard]] int size() const;
    [[nodiscard]] bool leads() const { return rank() == 0; }
    /// A call has failed.
    [[nodiscard]] bool lost() const;

    /// Element by element over all processes; the same bits everywhere. The order of the additions is fixed
    /// for a size of the group.
    [[nodiscard]] Status sum(std::span<float> values);
    /// The values of all processes in the order of ranks; as many from each.
    [[nodiscard]] Result<std::vector<float>> gather(std::span<const float> values);
    [[nodiscard]] Result<std::vector<double>> gather(std::span<const double> values);
    /// Rank 0's bytes, in all processes; the others' argument is not looked at.
    [[nodiscard]] Result<std::vector<std::byte>> broadcast(std::vector<std::byte> bytes);
    /// The same for one number.
    [[nodiscard]] Result<double> broadcast(double value);

 private:
    struct Impl;
    explicit ProcessGroup(std::unique_ptr<Impl> impl);
    std::unique_ptr<Impl> m_impl;
};

}  // namespace smidgen::models
