#include "models/wave_network.h"

#include <gtest/gtest.h>

#include <ATen/ATen.h>

#include <cmath>
#include <complex>
#include <numbers>

#include "engine/foundation/random.h"

namespace smidgen::models {
namespace {

at::Tensor noise(std::int64_t sounds, std::int64_t samples, std::uint64_t seed) {
    at::Tensor values = at::empty({sounds, samples}, at::kFloat);
    Random random(seed);
    for (std::int64_t i = 0; i < values.numel(); ++i)
        values.data_ptr<float>()[i] = static_cast<float>(random.normal());
    return values;
}

TEST(WaveNetwork, TheInverseGivesBackTheSignalOfItsSpectra) {
    const WaveDecoderShape shape;
    const std::int64_t hop = shape.hop(), window = 4 * hop, frames = 12;
    const at::Tensor signal = noise(2, (frames - 1) * hop, 3);
    // Frame t is centred on sample t · hop.
    const at::Tensor padded = at::constant_pad_nd(signal, {window, window});
    const at::Tensor angle =
        at::arange(window, at::kFloat) * (2 * std::numbers::pi / static_cast<double>(window));
    const at::Tensor hann = 0.5 - 0.5 * angle.cos();
    std::vector<at::Tensor> spectra;
    for (std::int64_t t = 0; t < frames; ++t)
        spectra.push_back(
            at::view_as_real(at::fft_rfft(padded.narrow(1, t * hop + window / 2, window) * hann)));
    const at::Tensor rebuilt = waveOf(shape, at::stack(spectra, 1));
    ASSERT_EQ(rebuilt.sizes(), signal.sizes());
    EXPECT_LT((rebuilt - signal).abs().max().item<double>(), 2e-3);
}

TEST(WaveNetwork, TurnsAreWholeCircles) {
    const at::Tensor spectra = noise(1, 2 * 3 * 4 * 2, 5).view({2, 3, 4, 2});
    const at::Tensor turns = at::full({2, 3, 4}, 0.25F, at::kFloat);
    const at::Tensor quarter = turned(spectra, turns);
    EXPECT_LT((quarter.select(3, 0) + spectra.select(3, 1)).abs().max().item<double>(), 1e-5);
    EXPECT_LT((quarter.select(3, 1) - spectra.select(3, 0)).abs().max().item<double>(), 1e-5);
    EXPECT_LT((turned(quarter, 3 * turns) - spectra).abs().max().item<double>(), 1e-5);
}

TEST(WaveNetwork, TheLossIsTheLogSpectralDistanceWrittenOutByHand) {
    const at::Tensor a = noise(1, 8192, 1), b = 0.3 * noise(1, 8192, 2);
    const at::Tensor bank = at::ones({1025, 4}, at::kFloat);
    const WaveLoss loss = waveLoss(a, b, bank, 1024, 0.0);
    ASSERT_EQ(loss.distances.size(), 5U);
    const int window = 512, hop = 128;
    double sum = 0;
    int frames = 0;
    for (int start = 1024; start + window <= 8192 - 1024; start += hop, ++frames) {
        double squares = 0;
        for (int k = 0; k <= window / 2; ++k) {
            std::complex<double> x, y;
            for (int n = 0; n < window; ++n) {
                const double w = 0.5 - 0.5 * std::cos(2 * std::numbers::pi * n / window);
                const auto turn = std::polar(w, -2 * std::numbers::pi * k * n / window);
                x += turn * static_cast<double>(a.data_ptr<float>()[start + n]);
                y += turn * static_cast<double>(b.data_ptr<float>()[start + n]);
            }
            const double difference = std::log10(std::abs(x)) - std::log10(std::abs(y));
            squares += difference * difference;
        }
        sum += std::sqrt(squares / (window / 2 + 1));
    }
    EXPECT_NEAR(loss.distances[2].item<double>(), sum / frames, 1e-4);
    EXPECT_NEAR(waveLoss(a, a, bank, 1024, 1.0).total.item<double>(), 0.0, 1e-3);
}

TEST(WaveNetwork, ListenersHearWhatWasTrained) {
    WaveDecoderShape shape;
    shape.bands = 8;
    shape.noise = 2;
    shape.width = 40;
    shape.blocks = 2;
    shape.window = 256;
    WaveWeights weights;
    const ParameterSlots slots = parameterSlots(shape, weights);
    const at::Tensor flat = noise(1, flatLength(slots), 3).view(-1) * 0.3;
    viewFlat(slots, flat);
    const WaveInference inference(shape, valuesOf(weights));
    for (const std::int64_t frames : {1, 7, 96, 203}) {
        const at::Tensor x = noise(1, frames * shape.inputs(), 5).view({1, frames, shape.inputs()});
        const at::Tensor skeleton = noise(1, frames * shape.bins(), 6).view({1, frames, shape.bins()});
        const at::Tensor trained = runWaveNetwork(shape, weights, x, skeleton);
        at::Tensor heard = at::empty_like(trained);
        inference.run(frames, x.data_ptr<float>(), skeleton.data_ptr<float>(), heard.data_ptr<float>());
        const double size = trained.abs().mean().item<double>();
        EXPECT_LT((heard - trained).abs().max().item<double>(), 1e-3 * size) << frames;
        EXPECT_LT((heard - trained).abs().mean().item<double>(), 1e-5 * size) << frames;
    }
}

TEST(WaveNetwork, GradientsReachEveryWeight) {
    WaveDecoderShape shape;
    shape.bands = 8;
    shape.noise = 2;
    shape.width = 16;
    shape.blocks = 2;
    WaveWeights weights;
    const ParameterSlots slots = parameterSlots(shape, weights);
    const at::Tensor flat = at::zeros({flatLength(slots)}, at::kFloat);
    viewFlat(slots, flat);
    initialise(slots, {}, 4);
    weights.outputGain.fill_(1.0);
    const std::vector<at::Tensor> leaves = gradientLeaves(slots, flat);
    const std::int64_t frames = 20;
    const at::Tensor x = noise(2, frames * shape.inputs(), 8).view({2, frames, shape.inputs()});
    const at::Tensor skeleton = at::zeros({2, frames, shape.bins()}, at::kFloat);
    const at::Tensor told = waveOf(shape, runWaveNetwork(shape, weights, x, skeleton));
    const at::Tensor bank = at::ones({1025, 8}, at::kFloat);
    waveLoss(told, noise(2, told.size(1), 9), bank, 1024, 1.0).total.backward();
    for (std::size_t i = 0; i < leaves.size(); ++i) {
        ASSERT_TRUE(leaves[i].grad().defined()) << slots[i].name;
        const double largest = leaves[i].grad().abs().max().item<double>();
        EXPECT_TRUE(std::isfinite(largest) && largest > 0) << slots[i].name;
    }
}

}  // namespace
}  // namespace smidgen::models
