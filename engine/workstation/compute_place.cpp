#include "engine/workstation/compute_place.h"

#include "models/device.h"

namespace smidgen {

std::string computePlace() {
    const auto chosen = models::chooseDevice(models::DeviceChoice::automatic);
    if (!chosen) return "none: " + chosen.error().sentence;
    for (const models::DeviceReport& device : models::probeDevices()) {
        if (device.kind != *chosen) continue;
        return device.kind == models::DeviceKind::cpu ? device.name : "GPU: " + device.name;
    }
    return models::nameOf(*chosen);
}

}  // namespace smidgen
