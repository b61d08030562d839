#include "engine/playback/device_types.h"

#include <algorithm>
#include <iterator>

#include "engine/playback/jack_library.h"

namespace smidgen {
namespace {

juce::OwnedArray<juce::AudioIODeviceType> makeDeviceTypes() {
    static_cast<void>(jackLibrary());  // quiet before JUCE asks it
    juce::OwnedArray<juce::AudioIODeviceType> types;
    juce::AudioDeviceManager().createAudioDeviceTypes(types);
    return types;
}

std::string nothingFound(const AudioDevice& wanted, SoundDirection direction) {
    const bool in = direction == SoundDirection::in;
    if (wanted.name.empty() && wanted.type.empty())
        return in ? "No input to record from was found. Connect a microphone or an instrument, or start a "
                    "JACK "
                    "server, then try again."
                  : "No sound device was found. Connect one or start a JACK server, then try again.";
    if (wanted.name.empty()) return "No " + wanted.type + (in ? " input was found." : " device was found.");
    return (in ? "The input " : "The sound device ") +
           (wanted.type.empty() ? "'" + wanted.name + "'" : quotedName(wanted)) +
           " is not there. Connect it or choose another one.";
}

}  // namespace

juce::String toJuce(const std::string& text) {
    return juce::String::fromUTF8(text.c_str());
}

std::string quotedName(const AudioDevice& device) {
    return "'" + device.name + "' (" + device.type + ")";
}

void SingleTypeManager::createAudioDeviceTypes(juce::OwnedArray<juce::AudioIODeviceType>& list) {
    auto all = makeDeviceTypes();
    for (int i = all.size(); --i >= 0;)
        if (all[i]->getTypeName() == m_type) list.add(all.removeAndReturn(i));
}

std::vector<AudioDevice> scanDevices(SoundDirection direction) {
    const bool in = direction == SoundDirection::in;
    std::vector<AudioDevice> devices;
    std::vector<AudioDevice> defaults;
    const auto types = makeDeviceTypes();
    for (auto* type : types) {
        type->scanForDevices();
        const auto names = type->getDeviceNames(in);
        for (int i = 0; i < names.size(); ++i) {
            AudioDevice device{type->getTypeName().toStdString(), names[i].toStdString()};
            // A JACK server someone started is what they want to hear through; it also holds the card.
            if (device.type == "JACK" && device.name == "system")
                defaults.insert(defaults.begin(), std::move(device));
            else if (i == type->getDefaultDeviceIndex(in))
                defaults.push_back(std::move(device));
            else
                devices.push_back(std::move(device));
        }
    }
    devices.insert(devices.begin(), std::make_move_iterator(defaults.begin()),
                   std::make_move_iterator(defaults.end()));
    return devices;
}

Result<AudioDevice> findDevice(const AudioDevice& wanted, SoundDirection direction) {
    for (AudioDevice& device : scanDevices(direction))
        if ((wanted.type.empty() || wanted.type == device.type) &&
            (wanted.name.empty() || wanted.name == device.name))
            return std::move(device);
    return failure(ErrorCode::device, nothingFound(wanted, direction));
}

}  // namespace smidgen
