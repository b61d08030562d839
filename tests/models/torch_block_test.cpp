// The one test unit with LibTorch in it: the fused block against the same made of LibTorch's own operations.
#include <ATen/core/grad_mode.h>
#include <gtest/gtest.h>
#include <torch/csrc/autograd/autograd.h>

#include "models/convnext_block.h"
#include "models/torch_support.h"

namespace smidgen::models {
namespace {

class FusedBlockTest : public ::testing::Test {
 protected:
    static constexpr std::int64_t kWidth = 40, kSounds = 5, kFrames = 31;

    void SetUp() override {
        useOneThreadHere();
        at::manual_seed(5);
        const auto leaf = [](std::vector<std::int64_t> shape, double spread, double middle = 0) {
            return (at::randn(shape) * spread + middle).requires_grad_();
        };
        m_block = {leaf({kBlockKernel, kWidth}, 0.3),
                   leaf({kWidth}, 0.3),
                   leaf({kWidth}, 0.3, 1),
                   leaf({kWidth}, 0.3),
                   leaf({kWidth, 3 * kWidth}, 0.2),
                   leaf({3 * kWidth}, 0.2),
                   leaf({3 * kWidth, kWidth}, 0.2),
                   leaf({kWidth}, 0.2),
                   leaf({kWidth}, 0.5)};
        m_x = leaf({kSounds, kFrames, kWidth}, 1);
        m_film = leaf({kSounds, 1, 2 * kWidth}, 0.4);
    }

    void compare(const at::Tensor& film) {
        std::vector<at::Tensor> leaves{m_x,
                                       m_block.depthwise,
                                       m_block.depthwiseBias,
                                       m_block.normGain,
                                       m_block.normBias,
                                       m_block.upWeight,
                                       m_block.upBias,
                                       m_block.downWeight,
                                       m_block.downBias,
                                       m_block.scale};
        if (film.defined()) leaves.push_back(film);
        const at::Tensor weights = at::randn_like(m_x);
        const at::Tensor fused = convNextBlock(m_x, m_block, film);
        const at::Tensor composed = composedConvNextBlock(m_x, m_block, film);
        EXPECT_LT((fused - composed).abs().max().item<double>(), 2e-5);
        const auto fusedGradients = torch::autograd::grad({(fused * weights).sum()}, leaves);
        const auto composedGradients = torch::autograd::grad({(composed * weights).sum()}, leaves);
        for (std::size_t i = 0; i < leaves.size(); ++i) {
            const double size = composedGradients[i].abs().max().item<double>();
            EXPECT_LT((fusedGradients[i] - composedGradients[i]).abs().max().item<double>(),
                      2e-5 * (1 + size))
                << i;
        }
        const at::NoGradGuard noGradients;
        EXPECT_LT((convNextBlock(m_x, m_block, film) - composed).abs().max().item<double>(), 2e-5);
    }

    BlockWeights m_block;
    at::Tensor m_x, m_film;
};

TEST_F(FusedBlockTest, EqualsTheComposedOneWithItsGradients) {
    compare({});
}

TEST_F(FusedBlockTest, EqualsTheComposedOneWithAFilmForEachSound) {
    compare(m_film);
}

TEST_F(FusedBlockTest, EqualsTheComposedOneWithAFilmForEachFrame) {
    compare(m_film.detach().expand({kSounds, kFrames, 2 * kWidth}).clone().requires_grad_());
}

}  // namespace
}  // namespace smidgen::models
