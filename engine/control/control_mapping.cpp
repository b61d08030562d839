#include "engine/control/control_mapping.h"

#include <algorithm>
#include <cmath>

#include "engine/steering/slider_positions.h"

namespace smidgen {
namespace {

double bent(Curve curve, double fraction) {
    switch (curve) {
        case Curve::slowStart:
            return fraction * fraction;
        case Curve::fastStart:
            return std::sqrt(fraction);
        case Curve::linear:
            break;
    }
    return fraction;
}

double straightened(Curve curve, double fraction) {
    switch (curve) {
        case Curve::slowStart:
            return std::sqrt(fraction);
        case Curve::fastStart:
            return fraction * fraction;
        case Curve::linear:
            break;
    }
    return fraction;
}

std::string nameOf(const std::string& id, const std::vector<ControlTarget>& targets) {
    const ControlTarget* target = findTarget(targets, id);
    return target != nullptr ? target->name : id;
}

std::string portOf(const ControlMapping& mapping) {
    return mapping.port.empty() ? std::string() : " of " + mapping.port;
}

}  // namespace

Status checkMapping(const ControlMapping& mapping, const std::vector<ControlTarget>& targets) {
    const auto refuse = [](std::string sentence) {
        return failure(ErrorCode::invalidArgument, std::move(sentence));
    };
    const ControlTarget* target = findTarget(targets, mapping.target);
    if (target == nullptr) return refuse("There is nothing called '" + mapping.target + "' to control.");
    const ControlSource& source = mapping.source;
    if (source.channel < 0 || source.channel > 16)
        return refuse("MIDI channels are 1 to 16 (0 means any), not " + std::to_string(source.channel) + ".");
    if (source.number < 0 || source.number > largestNumber(source.kind))
        return refuse("There is no " + describe(source) + "; the largest number is " +
                      std::to_string(largestNumber(source.kind)) + ".");
    if (!std::isfinite(mapping.low) || !std::isfinite(mapping.high) ||
        std::min(mapping.low, mapping.high) < kLowestPosition ||
        std::max(mapping.low, mapping.high) > kHighestPosition)
        return refuse("The range of " + target->name + " lies between -0.25 and 1.25.");
    if (mapping.low >= mapping.high)
        return refuse("The range of " + target->name +
                      " ends where it begins or before; choose the lower end first.");
    if (!std::isfinite(mapping.step) || mapping.step <= 0 || mapping.step > 1)
        return refuse("A step of an encoder is more than 0 and at most 1 of the range.");
    if (mapping.encoding != Encoding::absolute &&
        (target->kind != TargetKind::slider || source.kind != SourceKind::controller))
        return refuse("Only a plain controller that moves a slider can be an endless encoder.");
    return {};
}

double positionOf(const ControlMapping& mapping, int value) {
    const int largest = largestValue(mapping.source.kind);
    double fraction = static_cast<double>(std::clamp(value, 0, largest)) / largest;
    if (mapping.inverted) fraction = 1 - fraction;
    return mapping.low + (mapping.high - mapping.low) * bent(mapping.curve, fraction);
}

int valueAt(const ControlMapping& mapping, double position) {
    double fraction = std::clamp((position - mapping.low) / (mapping.high - mapping.low), 0.0, 1.0);
    fraction = straightened(mapping.curve, fraction);
    if (mapping.inverted) fraction = 1 - fraction;
    return static_cast<int>(std::lround(fraction * largestValue(mapping.source.kind)));
}

int stepsOf(Encoding encoding, int value) {
    switch (encoding) {
        case Encoding::twosComplement:
            return value < 64 ? value : value - 128;
        case Encoding::binaryOffset:
            return value - 64;
        case Encoding::signMagnitude:
            return value < 64 ? value : 64 - value;
        case Encoding::absolute:
            break;
    }
    return 0;
}

std::vector<std::string> conflictsOf(const ControlMapping& mapping,
                                     const std::vector<ControlMapping>& mappings,
                                     const std::vector<ControlTarget>& targets,
                                     std::optional<std::size_t> except) {
    std::vector<std::string> found;
    for (std::size_t i = 0; i < mappings.size(); ++i) {
        const ControlMapping& other = mappings[i];
        const bool samePort = mapping.port.empty() || other.port.empty() || mapping.port == other.port;
        if (except == i || !samePort || !overlap(mapping.source, other.source)) continue;
        std::string control = describe(mapping.source) + portOf(mapping);
        control[0] = static_cast<char>(std::toupper(static_cast<unsigned char>(control[0])));
        const std::string what = nameOf(other.target, targets);
        if (other.target == mapping.target)
            found.push_back(control + " moves " + what + " already.");
        else if (other.source == mapping.source)
            found.push_back(control + " moves " + what + " too.");
        else
            found.push_back(control + " shares messages with " + describe(other.source) + ", which moves " +
                            what + ".");
    }
    return found;
}

}  // namespace smidgen
