// One open output device that runs a Renderer. Private to engine/playback.
#pragma once

#include <memory>

#include "engine/foundation/result.h"
#include "engine/playback/playback.h"

namespace smidgen {

class Renderer;

/// Every call on the message thread.
class AudioOutput {
 public:
    /// Opens the device silently; start() makes it run `renderer`, prepared for rate(). Errors: device, with
    /// a sentence.
    [[nodiscard]] static Result<std::unique_ptr<AudioOutput>> open(const OutputSetup& setup);
    ~AudioOutput();

    void start(Renderer& renderer);
    /// Afterwards the renderer is not called any more.
    void halt();
    /// open, device, rate, buffer, latency and what the device offers; xruns since it was opened.
    [[nodiscard]] OutputState state() const;
    /// Ask a few times a second while started: true once the device has stopped asking for samples.
    [[nodiscard]] bool looksLost();

 private:
    struct Impl;
    explicit AudioOutput(std::unique_ptr<Impl> impl);
    std::unique_ptr<Impl> m_impl;
};

}  // namespace smidgen
