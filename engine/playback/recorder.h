// Records what comes in through JUCE's device layer into a sound file.
#pragma once

#include <filesystem>
#include <functional>
#include <memory>
#include <string>
#include <vector>

#include "engine/foundation/result.h"
#include "engine/foundation/units.h"
#include "engine/playback/audio_device.h"
#include "engine/playback/meters.h"

namespace smidgen {

struct RecordingSetup {
    AudioDevice device;  ///< empty names: the system's default input, a type alone that type's default
    int channels = 2;    ///< 1: the device's first input; 2: its first two
    std::filesystem::path file;  ///< a .wav that is not there yet
};

/// A recording that has ended.
struct Recording {
    std::filesystem::path file;
    Samples length;  ///< of each channel
    int rate = 0;
    int channels = 0;
    Samples lost;         ///< of `length`, that could not be written in time and are silence
    std::string problem;  ///< sentence when it ended by itself: device gone, disk full
};

/// All calls on the thread that owns MessageLoop. Its device is one of its own: what plays goes on. The audio
/// callback is noexcept and neither allocates, locks, logs nor does I/O; a writer thread brings what it hands
/// over to the disk, at least once a second, so that a crash costs a second. Samples are kept as the driver
/// gives them, 32-bit float. Destroy before the MessageLoop; a recording that goes on is ended and kept.
class Recorder {
 public:
    Recorder();
    ~Recorder();

    /// Inputs the system offers, after a rescan.
    [[nodiscard]] static std::vector<AudioDevice> devices();
    /// Errors: device (no input, in use), io (the file), invalidArgument (already recording).
    [[nodiscard]] Status start(const RecordingSetup& setup);
    /// True until stop(), also when the recording has already ended by itself.
    [[nodiscard]] bool recording() const;
    /// Ends the recording; its file is complete then. Errors: invalidArgument when nothing was being
    /// recorded.
    [[nodiscard]] Result<Recording> stop();

    [[nodiscard]] AudioDevice device() const;  ///< that is recorded from
    [[nodiscard]] Seconds length() const;      ///< so far
    [[nodiscard]] Meters meters();
    void resetClip();
    /// Called on the owning thread when a recording has ended by itself: call stop() for what there is.
    void onEnded(std::function<void()> listener);

 private:
    struct Impl;
    std::unique_ptr<Impl> m_impl;
};

}  // namespace smidgen
