#include "models/wave_network.h"

#include <algorithm>
#include <cmath>
#include <nlohmann/json.hpp>
#include <numbers>

#include "models/convnext_block.h"
#include "models/wave_limits.h"

namespace smidgen::models {
namespace {

constexpr double kNormEpsilon = 1e-5;
/// Keeps roots' slopes finite where a frame is exact or silent.
constexpr double kTinySquare = 1e-6;
constexpr double kTinyPower = 1e-12;
constexpr double kTinyDirection = 1e-6;
/// The metrics' floor of magnitudes, approached smoothly.
constexpr double kFloor = 1e-5;
constexpr double kFloorPower = kFloor * kFloor;
constexpr double kLeastWindowSum = 1e-3;

/// Periodic.
at::Tensor hann(std::int64_t length, const at::TensorOptions& options) {
    const at::Tensor angle =
        at::arange(length, options) * (2 * std::numbers::pi / static_cast<double>(length));
    return 0.5 - 0.5 * angle.cos();
}

/// signal: B × N → B × frames × bins; the frames that lie wholly inside.
at::Tensor powerSpectra(const at::Tensor& signal, int window) {
    const std::int64_t hop = window / 4;
    const std::int64_t quarters = signal.size(1) / hop;
    const at::Tensor parts = signal.narrow(1, 0, quarters * hop).reshape({signal.size(0), quarters, hop});
    std::vector<at::Tensor> shifted;
    for (std::int64_t q = 0; q < 4; ++q) shifted.push_back(parts.narrow(1, q, quarters - 3));
    const at::Tensor frames = at::cat(shifted, 2) * hann(window, signal.options());
    return at::view_as_real(at::fft_rfft(frames)).square().sum(3);
}

}  // namespace

ParameterSlots parameterSlots(const WaveDecoderShape& shape, WaveWeights& weights) {
    const std::int64_t width = shape.width;
    weights.blocks.resize(static_cast<std::size_t>(shape.blocks));
    ParameterSlots slots;
    slots.push_back({"input.weight", &weights.inputWeight, {shape.inputs(), width}, true});
    slots.push_back({"input.bias", &weights.inputBias, {width}, false});
    for (std::size_t i = 0; i < weights.blocks.size(); ++i)
        addBlock(slots, "block." + std::to_string(i), weights.blocks[i], width);
    slots.push_back({"output.norm.gain", &weights.outputGain, {width}, false});
    slots.push_back({"output.norm.bias", &weights.outputShift, {width}, false});
    const std::int64_t values = shape.bins();
    slots.push_back({"magnitude.weight", &weights.magnitudeWeight, {width, values}, true});
    slots.push_back({"magnitude.bias", &weights.magnitudeBias, {values}, false});
    slots.push_back({"phase.weight", &weights.phaseWeight, {width, 2 * values}, true});
    slots.push_back({"phase.bias", &weights.phaseBias, {2 * values}, false});
    decayingFirst(slots);
    return slots;
}

WaveValues valuesOf(const WaveWeights& weights) {
    const auto at = [](const at::Tensor& tensor) { return tensor.data_ptr<float>(); };
    WaveValues values{at(weights.inputWeight),   at(weights.inputBias),   {},
                      at(weights.outputGain),    at(weights.outputShift), at(weights.magnitudeWeight),
                      at(weights.magnitudeBias), at(weights.phaseWeight), at(weights.phaseBias)};
    for (const BlockWeights& block : weights.blocks)
        values.blocks.push_back({at(block.depthwise), at(block.depthwiseBias), at(block.normGain),
                                 at(block.normBias), at(block.upWeight), at(block.upBias),
                                 at(block.downWeight), at(block.downBias), at(block.scale)});
    return values;
}

Status validate(const WaveDecoderShape& shape) {
    const auto refuse = [](const std::string& what) {
        return failure(ErrorCode::invalidArgument, "The decoder size '" + what + "' is out of range.");
    };
    const auto powerOfTwo = [](int value) { return value > 0 && (value & (value - 1)) == 0; };
    if (shape.bands < 8 || shape.bands > 1024) return refuse("bands");
    if (shape.noise < 0 || shape.noise > 256) return refuse("noise");
    if (shape.width < 8 || shape.width > 4096) return refuse("width");
    if (shape.blocks < 0 || shape.blocks > 64) return refuse("blocks");
    if (!powerOfTwo(shape.window) || shape.window < 64 || shape.window > 16384) return refuse("window");
    return {};
}

std::string toJson(const WaveDecoderShape& shape) {
    return nlohmann::json{{"bands", shape.bands},
                          {"noise", shape.noise},
                          {"width", shape.width},
                          {"blocks", shape.blocks},
                          {"window", shape.window}}
        .dump();
}

Result<WaveDecoderShape> waveShapeFromJson(const std::string& text, const std::string& name) {
    WaveDecoderShape shape;
    try {
        const auto json = nlohmann::json::parse(text);
        json.at("bands").get_to(shape.bands);
        json.at("noise").get_to(shape.noise);
        json.at("width").get_to(shape.width);
        json.at("blocks").get_to(shape.blocks);
        json.at("window").get_to(shape.window);
        // Once there were decoders with several short frames to one of the mel's.
        if (json.value("ratio", 1) != 1)
            return failure(ErrorCode::unusableInput,
                           "'" + name + "' holds a decoder of an early kind that is no longer read.");
    } catch (const nlohmann::json::exception& error) {
        return failure(ErrorCode::unusableInput, "'" + name + "' does not say what size its decoder has.",
                       error.what());
    }
    if (auto valid = validate(shape); !valid)
        return failure(ErrorCode::unusableInput, "'" + name + "' holds a decoder of an impossible size.",
                       valid.error().sentence);
    return shape;
}

at::Tensor runWaveNetwork(const WaveDecoderShape& shape, const WaveWeights& weights, const at::Tensor& x,
                          const at::Tensor& skeleton) {
    const std::int64_t sounds = x.size(0), frames = x.size(1), bins = shape.bins();
    const auto rows = [](const at::Tensor& t) { return t.reshape({-1, t.size(2)}); };
    at::Tensor h =
        at::addmm(weights.inputBias, rows(x), weights.inputWeight).view({sounds, frames, shape.width});
    for (const BlockWeights& block : weights.blocks) h = convNextBlock(h, block, {});
    h = rows(at::layer_norm(h, {shape.width}, weights.outputGain, weights.outputShift, kNormEpsilon));
    const std::vector<std::int64_t> size{sounds, frames, bins, 1};
    const at::Tensor magnitude =
        (at::addmm(weights.magnitudeBias, h, weights.magnitudeWeight) + rows(skeleton))
            .clamp(kLeastLogMagnitude, kMostLogMagnitude)
            .exp()
            .view(size);
    const at::Tensor direction =
        at::addmm(weights.phaseBias, h, weights.phaseWeight).view({sounds, frames, bins, 2});
    const at::Tensor length = (direction.square().sum(3, true) + kTinyDirection).rsqrt();
    // Phases are told about the frame's middle; a time that begins with the frame turns every other bin
    // around.
    const at::Tensor signs =
        (1 - 2 * at::arange(bins, x.options().dtype(at::kLong)).remainder(2)).to(at::kFloat).unsqueeze(1);
    return direction * (magnitude * length * signs);
}

at::Tensor turned(const at::Tensor& spectra, const at::Tensor& turns) {
    const at::Tensor angle = turns * (2 * std::numbers::pi);
    const at::Tensor cosine = angle.cos(), sine = angle.sin();
    const at::Tensor real = spectra.select(3, 0), imaginary = spectra.select(3, 1);
    return at::stack({real * cosine - imaginary * sine, real * sine + imaginary * cosine}, 3);
}

at::Tensor waveOf(const WaveDecoderShape& shape, const at::Tensor& spectra) {
    const std::int64_t sounds = spectra.size(0), count = spectra.size(1), hop = shape.hop();
    const at::Tensor window = hann(4 * hop, spectra.options());
    // Time goes in quarters of a window: quarter q of frame i lies in block i + q.
    const at::Tensor pieces = (at::fft_irfft(at::view_as_complex(spectra.contiguous()), 4 * hop, 2) * window)
                                  .view({sounds, count, 4, hop});
    const at::Tensor squares = window.square().view({4, hop});
    at::Tensor sum = at::zeros({sounds, count + 3, hop}, spectra.options());
    at::Tensor weight = at::zeros({count + 3, hop}, spectra.options());
    for (std::int64_t q = 0; q < 4; ++q) {
        const at::Tensor piece = pieces.select(2, q);
        sum = sum + at::constant_pad_nd(piece, {0, 0, q, 3 - q});
        weight.narrow(0, q, count).add_(squares[q]);
    }
    sum = (sum / weight.clamp_min(kLeastWindowSum)).view({sounds, (count + 3) * hop});
    // The middle of the first frame is sample 0.
    return sum.narrow(1, 2 * hop, (count - 1) * hop);
}

WaveLoss waveLoss(const at::Tensor& told, const at::Tensor& wanted, const at::Tensor& bank,
                  std::int64_t margin, double melWeight) {
    WaveLoss loss;
    const std::int64_t judged = told.size(1) - 2 * margin;
    const at::Tensor a = told.narrow(1, margin, judged), b = wanted.narrow(1, margin, judged);
    for (const int window : kLossWindows) {
        const at::Tensor powerA = powerSpectra(a, window), powerB = powerSpectra(b, window);
        const at::Tensor difference = 0.5 * ((powerA + kFloorPower).log() - (powerB + kFloorPower).log());
        const at::Tensor distance =
            (difference.square().mean(2) + kTinySquare).sqrt().mean() / std::numbers::ln10;
        loss.distances.push_back(distance);
        loss.total = loss.total.defined() ? loss.total + distance : distance;
        if (window != kLossWindows[0]) continue;
        const auto mel = [&](const at::Tensor& power) {
            return (at::matmul((power + kTinyPower).sqrt(), bank) + kFloor).log();
        };
        loss.melL1 = (mel(powerA) - mel(powerB)).abs().mean() / std::numbers::ln10;
    }
    loss.total = loss.total / static_cast<double>(loss.distances.size()) + melWeight * loss.melL1;
    return loss;
}

}  // namespace smidgen::models
