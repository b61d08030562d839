// The transport: plays sounds through JUCE's device layer.
#pragma once

#include <filesystem>
#include <functional>
#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "engine/audio/audio_buffer.h"
#include "engine/foundation/result.h"
#include "engine/playback/audio_device.h"
#include "engine/playback/meters.h"

namespace smidgen {

/// What the person chose; empty names mean the system's default (a running JACK server's "system", else the
/// default of ALSA), a type alone that type's default.
struct OutputSetup {
    AudioDevice device;
    int rate = 0;        ///< 0: device default, preferring 48000
    int bufferSize = 0;  ///< samples; 0: device default
};

struct OutputState {
    bool open = false;
    AudioDevice device;
    int rate = 0;
    int bufferSize = 0;
    int channels = 0;
    double latencyMs = 0;    ///< output latency the driver reports plus one buffer
    int xruns = 0;           ///< buffers the device missed since it was opened
    int gaps = 0;            ///< times a file could not be read in time and a gap was heard
    std::string problem;     ///< sentence for the user when not open ("The device 'X' was unplugged …")
    std::vector<int> rates;  ///< offered by the open device
    std::vector<int> bufferSizes;
};

enum class TransportState { stopped, playing, paused };

/// Something to play: samples in memory (any rate and channel count), or a file that is streamed by a reader
/// thread (a one-hour file costs a few hundred kilobytes).
struct PlayItem {
    std::shared_ptr<const AudioBuffer> buffer;
    std::filesystem::path file;  ///< used when buffer is null
};

/// All calls on the thread that owns MessageLoop, except where said. The audio callback is noexcept and
/// neither allocates, locks, logs nor does I/O. At equal rates and gain 1 the output is the item sample for
/// sample; starting at the item's first sample and ending at its last add no fade. Pausing, stopping, seeking
/// or starting inside ramps over 5 ms. Mono goes to both channels; of more than two channels the first two
/// are heard.
///
/// When the device is lost, playing pauses where it is, state().problem says so, and the device is looked for
/// about once a second and opened again. Destroy before the MessageLoop.
class Playback {
 public:
    Playback();
    ~Playback();

    /// Device types and names the system offers, after a rescan.
    [[nodiscard]] std::vector<AudioDevice> devices();
    /// Errors: device, with a sentence; the former device is reopened when it can be.
    [[nodiscard]] Status open(const OutputSetup& setup = {});
    void close();
    [[nodiscard]] OutputState state() const;

    /// Replaces what is loaded and turns the loop off; playing stops with a ramp first. An empty item
    /// unloads. Errors: as AudioReader::open, invalidArgument for a buffer without samples; what was loaded
    /// then stays.
    [[nodiscard]] Status load(PlayItem item);
    /// The same place of another sound, such as the take after a slider moved: what plays goes over into it
    /// within 30 ms and without a click; loop and transport stay. With nothing loaded, as load(). Errors: as
    /// load().
    [[nodiscard]] Status exchange(PlayItem item);
    /// The sentence when the loaded file could not be read to its end: playing ends where it broke off. Empty
    /// when all is well.
    [[nodiscard]] std::string itemProblem() const;
    /// Without an open device: ErrorCode::device; with nothing loaded: invalidArgument. At the end of the
    /// item it starts again from the loop start or zero.
    [[nodiscard]] Status play();
    void pause();
    void stop();  ///< and back to the start
    void seek(Seconds position);
    /// A loop inside [start, end); nullopt: off. Sample-accurate; the seam is played as it is. From before
    /// the loop playing runs into it, from behind it on to the end.
    void setLoop(std::optional<std::pair<Seconds, Seconds>> range);
    void setGain(float linear);                      ///< 0 … 16, ramped over 5 ms
    [[nodiscard]] TransportState transport() const;  ///< any thread
    [[nodiscard]] Seconds position() const;          ///< any thread; of the sample now leaving the program
    [[nodiscard]] Seconds length() const;

    [[nodiscard]] Meters meters();  ///< any one thread
    void resetClip();
    /// One second of a 1 kHz sine at −20 dBFS, alternating left and right, ramped; over whatever plays.
    [[nodiscard]] Status testTone();

    /// Called on the owning thread: device lost or found again, transport ended by itself.
    enum class Event { deviceChanged, finished };
    void onEvent(std::function<void(Event)> listener);

 private:
    struct Impl;
    std::unique_ptr<Impl> m_impl;
};

}  // namespace smidgen
