#include "models/trainer_processes.h"

#include <algorithm>
#include <array>
#include <cstring>
#include <utility>

#include "models/torch_support.h"
#include "models/weights_bytes.h"

namespace smidgen::models {
namespace {

/// Every so many steps the processes compare their weights.
constexpr std::int64_t kCompareEvery = 32;

enum class Trouble { none, memory, other };

/// One row a process: what it says of its step.
struct StepRow {
    static constexpr std::size_t kLength = 8;
    BatchLoss loss;
    double trouble = 0, step = 0;
    std::uint64_t fingerprint = 0;

    [[nodiscard]] std::array<double, kLength> numbers() const {
        // Halves of 32 bits are whole numbers in doubles.
        return {loss.total,
                loss.reconstruction,
                loss.divergence,
                loss.commitment,
                trouble,
                step,
                static_cast<double>(fingerprint >> 32U),
                static_cast<double>(fingerprint & 0xffffffffU)};
    }
};

template <typename Value>
Value valueOrThrow(Result<Value> result) {
    if (!result) throw GroupFailure(result.error());
    return std::move(*result);
}

void mix(const at::Tensor& tensor, std::uint64_t& hash) {
    const at::Tensor values = tensor.to(at::kCPU).contiguous();
    const float* data = values.data_ptr<float>();
    for (std::int64_t i = 0; i < values.numel(); ++i) {
        std::uint32_t bits = 0;
        std::memcpy(&bits, data + i, sizeof bits);
        hash = (hash ^ bits) * 0x100000001b3ULL;
    }
}

/// FNV-1a over the bits of weights and codes.
std::uint64_t fingerprintOf(const TrainerCore& core) {
    std::uint64_t hash = 0xcbf29ce484222325ULL;
    mix(core.state.weights.flat, hash);
    if (!core.codebooks.empty()) mix(core.state.codebooks, hash);
    return hash;
}

Trouble troubleOf(const std::exception_ptr& failure) {
    if (!failure) return Trouble::none;
    try {
        std::rethrow_exception(failure);
    } catch (const std::exception& exception) {
        return errorOf(exception, "A training step").code == ErrorCode::outOfMemory ? Trouble::memory
                                                                                    : Trouble::other;
    } catch (...) {
        return Trouble::other;
    }
}

BatchLoss lossOfRow(std::span<const double> row) {
    return {row[0], row[1], row[2], row[3]};
}

}  // namespace

BatchLoss lossOfAll(const TrainerCore& core, const BatchLoss& own, const std::exception_ptr& ownFailure) {
    StepRow row;
    row.loss = own;
    row.trouble = static_cast<double>(troubleOf(ownFailure));
    row.step = static_cast<double>(core.step);
    if (core.step % kCompareEvery == 0) row.fingerprint = fingerprintOf(core);
    const auto numbers = row.numbers();
    const auto all = valueOrThrow(core.group->gather(std::span<const double>(numbers)));
    if (ownFailure) std::rethrow_exception(ownFailure);
    std::vector<BatchLoss> losses;
    Trouble trouble = Trouble::none;
    for (std::size_t at = 0; at < all.size(); at += StepRow::kLength) {
        const auto theirs = std::span(all).subspan(at, StepRow::kLength);
        losses.push_back(lossOfRow(theirs));
        if (theirs[4] == static_cast<double>(Trouble::memory)) trouble = Trouble::memory;
        if (theirs[4] == static_cast<double>(Trouble::other) && trouble == Trouble::none)
            trouble = Trouble::other;
        if (!std::equal(theirs.begin() + 5, theirs.end(), all.begin() + 5))
            throw GroupFailure(
                {ErrorCode::internal,
                 "The processes of this training no longer hold the same weights. Start them all "
                 "again with --resume, with the same program on every machine.",
                 ""});
    }
    if (trouble == Trouble::memory)
        throw GroupFailure(
            {ErrorCode::outOfMemory, "Memory ran out in another process of this training.", ""});
    if (trouble == Trouble::other)
        throw GroupFailure({ErrorCode::internal, "A step failed in another process of this training.", ""});
    addInPairs(losses.size(), [&](std::size_t into, std::size_t from) { losses[into].add(losses[from]); });
    return losses.front();
}

void addGradients(ProcessGroup& group, at::Tensor& gradient) {
    const at::Tensor host = gradient.to(at::kCPU).contiguous();
    auto summed = group.sum({host.data_ptr<float>(), static_cast<std::size_t>(host.numel())});
    if (!summed) throw GroupFailure(summed.error());
    if (!gradient.device().is_cpu()) gradient.copy_(host);
}

std::vector<LevelTally> talliesOfAll(const TrainerCore& core, const std::vector<LevelTally>& own) {
    const MelVaeShape& shape = core.training.shape;
    const auto counts = static_cast<std::size_t>(shape.codebookSize);
    const auto sums = counts * static_cast<std::size_t>(shape.codeDims);
    const std::size_t picked =
        kPickedPerShard * core.shards.size() * static_cast<std::size_t>(shape.codeDims);
    // Per level: sums, counts, room for what was picked, how much of it is used.
    std::vector<float> row;
    for (const LevelTally& level : own) {
        row.insert(row.end(), level.sums.begin(), level.sums.end());
        row.insert(row.end(), level.counts.begin(), level.counts.end());
        row.insert(row.end(), level.picked.begin(), level.picked.end());
        row.resize(row.size() + picked - level.picked.size());
        row.push_back(static_cast<float>(level.picked.size()));
    }
    const auto all = valueOrThrow(core.group->gather(std::span<const float>(row)));
    std::vector<LevelTally> tallies;
    for (std::size_t level = 0; level < own.size(); ++level) {
        std::vector<LevelTally> ranks;
        for (int rank = 0; rank < core.group->size(); ++rank) {
            auto at = all.begin() + static_cast<std::ptrdiff_t>(static_cast<std::size_t>(rank) * row.size() +
                                                                level * (sums + counts + picked + 1));
            const auto take = [&](std::size_t length) {
                const auto begin = at;
                at += static_cast<std::ptrdiff_t>(length);
                return std::vector<float>(begin, at);
            };
            LevelTally one{take(sums), take(counts), take(picked)};
            one.picked.resize(std::min(picked, static_cast<std::size_t>(*at)));
            ranks.push_back(std::move(one));
        }
        tallies.push_back(sumOfTallies(ranks));
    }
    return tallies;
}

double leadersValue(ProcessGroup& group, double value) {
    return valueOrThrow(group.broadcast(value));
}

Status sendCore(const TrainerCore& core, ProcessGroup& group) {
    auto file = coreFile(core, {});
    if (!file) return propagate(file);
    auto bytes = packWeights(*file);
    if (!bytes) return propagate(bytes);
    auto sent = group.broadcast(std::move(*bytes));
    if (!sent) return propagate(sent);
    return {};
}

Result<std::unique_ptr<TrainerCore>> receiveCore(ProcessGroup& group, DeviceKind device) {
    constexpr const char* kName = "the training that the first process sent";
    auto bytes = group.broadcast(std::vector<std::byte>());
    if (!bytes) return propagate(bytes);
    auto file = unpackWeights(*bytes, kName);
    if (!file) return propagate(file);
    return coreFromFile(*file, kName, device);
}

}  // namespace smidgen::models
