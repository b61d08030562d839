// Drives a Renderer as a device would, and keeps what it puts out.
#pragma once

#include <memory>
#include <vector>

#include "engine/playback/clip_source.h"
#include "engine/playback/renderer.h"
#include "sounds.h"

namespace smidgen::testing {

constexpr int kRamp = 240;  ///< 5 ms at 48 kHz

class RendererRig {
 public:
    explicit RendererRig(int block = 256) : m_block(block) { renderer.prepare(48000); }

    ClipSource& load(std::shared_ptr<const AudioBuffer> sound) {
        sources.push_back(std::make_unique<ClipSource>(std::move(sound)));
        renderer.change(sources.back().get());
        return static_cast<ClipSource&>(*sources.back());
    }

    /// Renders `frames` more frames in blocks as a device asks for them.
    void run(int frames) {
        const auto start = left.size();
        left.resize(start + static_cast<std::size_t>(frames));
        right.resize(left.size());
        for (int done = 0; done < frames; done += m_block) {
            float* outputs[2] = {left.data() + start + done, right.data() + start + done};
            renderer.render(outputs, 2, std::min(m_block, frames - done));
        }
    }
    void forget() {
        left.clear();
        right.clear();
    }

    Renderer renderer;
    std::vector<std::unique_ptr<Source>> sources;
    std::vector<float> left, right;

 private:
    int m_block;
};

/// Frames [start, end) of a channel.
inline std::vector<float> slice(const std::vector<float>& samples, std::size_t start, std::size_t end) {
    return {samples.begin() + static_cast<std::ptrdiff_t>(start),
            samples.begin() + static_cast<std::ptrdiff_t>(end)};
}

/// The largest difference of two neighbours.
inline float largestStep(const std::vector<float>& samples) {
    float step = 0;
    for (std::size_t i = 1; i < samples.size(); ++i)
        step = std::max(step, std::abs(samples[i] - samples[i - 1]));
    return step;
}

}  // namespace smidgen::testing
