// Small priors and made-up languages of codes that tests share.
#pragma once

#include <gtest/gtest.h>

#include <cmath>
#include <stdexcept>
#include <string>
#include <vector>

#include "engine/foundation/random.h"
#include "models/code_prior.h"
#include "models/code_prior_trainer.h"

namespace smidgen::models {

inline CodePriorShape smallPriorShape() {
    CodePriorShape shape;
    shape.levels = 3;
    shape.codebookSize = 12;
    shape.width = 40;
    shape.layers = 2;
    shape.heads = 2;
    shape.window = 16;
    shape.globalDims = 4;
    shape.framesPerSecond = 20;
    return shape;
}

inline CodePriorTraining smallPriorTraining() {
    CodePriorTraining training;
    training.shape = smallPriorShape();
    training.cropFrames = 40;
    training.batchSize = 6;
    training.shards = 2;
    training.warmUpSteps = 10;
    training.learningRate = 4e-3;
    training.weightDecay = 0.01;
    training.dropout = 0;
    training.inputNoise = 0;
    training.emaDecay = 0.98;
    training.seed = 5;
    return training;
}

/// A Markov chain on level 0 (from c: c + 1, c + 2 or c + 5 with these shares); finer levels follow from it
/// and from the sound's first descriptor (`sign`, which shifts level 1).
inline constexpr double kMarkovShares[] = {0.6, 0.3, 0.1};
inline constexpr int kMarkovSteps[] = {1, 2, 5};

/// Nats per code of a sound made this way, when everything can be known: one level of three is drawn.
inline double markovEntropy() {
    double entropy = 0;
    for (const double share : kMarkovShares) entropy -= share * std::log(share);
    return entropy / 3;
}

inline CodedSound markovSound(std::uint64_t seed, int frames, float sign = 1) {
    Random random(seed);
    const int size = smallPriorShape().codebookSize;
    CodedSound sound;
    sound.name = "markov " + std::to_string(seed);
    sound.grid.levels = 3;
    auto code = static_cast<int>(random.below(static_cast<std::uint64_t>(size)));
    for (int t = 0; t < frames; ++t) {
        const double draw = random.uniform();
        const int step = draw < kMarkovShares[0] ? 0 : draw < kMarkovShares[0] + kMarkovShares[1] ? 1 : 2;
        code = (code + kMarkovSteps[step]) % size;
        sound.grid.codes.push_back(static_cast<std::uint16_t>(code));
        sound.grid.codes.push_back(static_cast<std::uint16_t>((code + (sign > 0 ? 3 : 7)) % size));
        sound.grid.codes.push_back(static_cast<std::uint16_t>((2 * code) % size));
    }
    sound.conditions.descriptors.assign(kDescriptors, 0.0F);
    sound.conditions.descriptors[0] = sign;
    sound.conditions.global = {sign, 0.5F, 0.0F, static_cast<float>(random.uniform())};
    return sound;
}

inline std::vector<CodedSound> markovSounds(int count, int frames, std::uint64_t seed = 100) {
    std::vector<CodedSound> sounds;
    for (int i = 0; i < count; ++i)
        sounds.push_back(
            markovSound(seed + static_cast<std::uint64_t>(i), frames, i % 2 == 0 ? 1.0F : -1.0F));
    return sounds;
}

inline CodePriorTrainer priorTrainer(const CodePriorTraining& training, const std::vector<CodedSound>& sounds,
                                     int threads = 1) {
    auto trainer = CodePriorTrainer::create(training, DeviceKind::cpu, sounds);
    if (!trainer) throw std::runtime_error(trainer.error().sentence);
    trainer->setThreads(threads);
    return std::move(*trainer);
}

inline void trainSteps(CodePriorTrainer& trainer, int steps) {
    for (int step = 0; step < steps; ++step) {
        const auto report = trainer.trainStep(static_cast<double>(step) / steps);
        ASSERT_TRUE(report) << report.error().sentence << report.error().detail;
        ASSERT_TRUE(report->finite);
    }
}

/// A prior with every weight in use, hardly trained: for what does not depend on what it says.
inline CodePrior rawPrior(CodePriorTraining training = smallPriorTraining()) {
    CodePriorTrainer trainer = priorTrainer(training, markovSounds(4, 60));
    trainSteps(trainer, 12);
    auto prior = trainer.prior();
    if (!prior) throw std::runtime_error(prior.error().sentence);
    return std::move(*prior);
}

/// One section over all of a sound.
inline std::vector<PriorSection> wholeSection(const CodedSound& sound) {
    return {{sound.grid.frames().value, sound.conditions}};
}

}  // namespace smidgen::models
