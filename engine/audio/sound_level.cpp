#include "engine/audio/sound_level.h"

#include <algorithm>
#include <cmath>
#include <string>

#include "engine/audio/limiter.h"

namespace smidgen {
namespace {

Status requireRange(const char* what, const std::optional<double>& value, double low, const char* unit) {
    if (!value || (*value >= low && *value <= 0)) return {};
    return failure(ErrorCode::invalidArgument, std::string("The ") + what + " must be between " +
                                                   std::to_string(static_cast<int>(low)) + " and 0 " + unit +
                                                   ".");
}

Result<Loudness> scale(AudioBuffer& buffer, double decibels) {
    const auto factor = static_cast<float>(std::pow(10.0, decibels / 20));
    for (auto& channel : buffer.channels)
        for (float& sample : channel) sample *= factor;
    return measureLoudness(buffer);
}

}  // namespace

Status LevelTarget::validate() const {
    if (lufs && peakDb)
        return failure(ErrorCode::invalidArgument,
                       "A sound is brought to a loudness or to a peak, not to both. Leave one out.");
    if (auto valid = requireRange("target loudness", lufs, -60, "LUFS"); !valid) return valid;
    if (auto valid = requireRange("target peak", peakDb, -60, "dBFS"); !valid) return valid;
    return requireRange("true-peak ceiling", ceilingDb, -20, "dBTP");
}

Result<Loudness> setLevel(AudioBuffer& buffer, const LevelTarget& target, const CancelToken& cancel) {
    if (auto valid = target.validate(); !valid) return propagate(valid);
    if (target.lufs && target.ceilingDb)
        return bringToLoudness(buffer, {*target.lufs, *target.ceilingDb}, cancel);
    auto measured = measureLoudness(buffer);
    if (!measured || !std::isfinite(measured->truePeakDb)) return measured;
    double gain = 0;
    if (target.lufs && std::isfinite(measured->integratedLufs))
        gain = *target.lufs - measured->integratedLufs;
    if (target.peakDb) gain = *target.peakDb - measured->samplePeakDb;
    if (target.ceilingDb) gain = std::min(gain, *target.ceilingDb - measured->truePeakDb);
    if (gain == 0) return measured;
    return scale(buffer, gain);
}

}  // namespace smidgen
