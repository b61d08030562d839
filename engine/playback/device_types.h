// What JUCE's device layer offers, and one device opened through it. Private to engine/playback, message
// thread.
#pragma once

#include <juce_audio_devices/juce_audio_devices.h>

#include <memory>
#include <string>
#include <vector>

#include "engine/foundation/result.h"
#include "engine/playback/audio_device.h"

namespace smidgen {

enum class SoundDirection { out, in };

/// What the system offers now. The first is the one an empty choice means.
[[nodiscard]] std::vector<AudioDevice> scanDevices(SoundDirection direction);

/// The first that `wanted` fits; empty names fit all. Errors: device, with a sentence.
[[nodiscard]] Result<AudioDevice> findDevice(const AudioDevice& wanted, SoundDirection direction);

/// JUCE's names are whatever the driver says; the ones we hand out can be matched exactly.
[[nodiscard]] std::string quotedName(const AudioDevice& device);

[[nodiscard]] juce::String toJuce(const std::string& text);

/// A manager of one device type. A new one for every opening: JUCE's ALSA type scans once in its life, and
/// changing types inside one manager opens that type's default device first and sleeps 1.5 s.
class SingleTypeManager final : public juce::AudioDeviceManager {
 public:
    explicit SingleTypeManager(const std::string& type) : m_type(toJuce(type)) {}
    void createAudioDeviceTypes(juce::OwnedArray<juce::AudioIODeviceType>& list) override;

 private:
    juce::String m_type;
};

/// The rate to ask a device for when nobody has chosen one.
inline constexpr int kPreferredRate = 48000;
/// Looks without a callback, a quarter of a second apart, after which a device that says nothing is gone.
inline constexpr int kSilentLooksUntilLost = 8;

}  // namespace smidgen
