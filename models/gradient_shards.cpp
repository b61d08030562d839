#include "models/gradient_shards.h"

#include <torch/csrc/autograd/autograd.h>

#include <algorithm>
#include <exception>
#include <thread>

#include "models/torch_support.h"

namespace smidgen::models {
namespace {

void shardGradient(const at::Tensor& loss, double share, const std::vector<at::Tensor>& leaves,
                   const at::Tensor& flat) {
    const auto gradients =
        torch::autograd::grad({loss * share}, leaves, {}, {}, false, /*allow_unused=*/true);
    const at::NoGradGuard noGradients;
    std::int64_t offset = 0;
    for (std::size_t i = 0; i < gradients.size(); ++i) {
        const std::int64_t length = leaves[i].numel();
        at::Tensor part = flat.narrow(0, offset, length);
        if (gradients[i].defined())
            part.copy_(gradients[i].reshape(-1));
        else
            part.zero_();
        offset += length;
    }
}

}  // namespace

void sumGradients(std::int64_t sounds, int threads, const std::vector<std::vector<at::Tensor>>& leaves,
                  std::vector<at::Tensor>& gradients,
                  const std::function<at::Tensor(const ShardRange&)>& loss) {
    const std::size_t count = leaves.size();
    const bool onHost = gradients.front().device().is_cpu();
    const std::size_t workers =
        onHost ? std::clamp<std::size_t>(static_cast<std::size_t>(std::max(threads, 1)), 1, count) : 1;
    std::vector<std::exception_ptr> failures(count);
    const auto runShard = [&](std::size_t index) {
        const auto part = [&](std::size_t i) {
            return sounds * static_cast<std::int64_t>(i) / static_cast<std::int64_t>(count);
        };
        const ShardRange range{index, part(index), part(index + 1),
                               static_cast<double>(part(index + 1) - part(index)) /
                                   static_cast<double>(std::max<std::int64_t>(sounds, 1))};
        if (range.first == range.last) {
            const at::NoGradGuard noGradients;
            gradients[index].zero_();
        } else {
            shardGradient(loss(range), range.share, leaves[index], gradients[index]);
        }
    };
    const auto work = [&](std::size_t worker) {
        useOneThreadHere();
        for (std::size_t index = worker; index < count; index += workers) {
            try {
                runShard(index);
            } catch (...) {
                failures[index] = std::current_exception();
            }
        }
    };
    std::vector<std::thread> helpers;
    for (std::size_t worker = 1; worker < workers; ++worker) helpers.emplace_back(work, worker);
    work(0);
    for (std::thread& helper : helpers) helper.join();
    for (const std::exception_ptr& failure : failures)
        if (failure) std::rethrow_exception(failure);
    const at::NoGradGuard noGradients;
    for (std::size_t i = 1; i < count; ++i) gradients.front().add_(gradients[i]);
}

}  // namespace smidgen::models
