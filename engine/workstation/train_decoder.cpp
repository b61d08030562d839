#include "engine/workstation/workstation.h"

namespace smidgen {

Result<DecoderTrainingResult> Workstation::trainDecoder(
    const DecoderTrainingRequest& request, models::DeviceChoice device, const CancelToken& cancel,
    const std::function<void(const DecoderTrainingProgress&)>& progress) {
    auto kind = models::chooseDevice(device);
    if (!kind) return propagate(kind);
    return smidgen::trainDecoder(request, *kind, cancel, progress);
}

}  // namespace smidgen
