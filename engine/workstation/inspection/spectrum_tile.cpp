#include "engine/workstation/inspection/spectrum_tile.h"

#include <cmath>

namespace smidgen {
namespace {

double melOf(double hertz) {
    return 2595.0 * std::log10(1.0 + hertz / 700.0);
}

}  // namespace

double spectrumPosition(double hertz, int rate) {
    return melOf(hertz) / melOf(rate / 2.0);
}

double spectrumFrequency(double position, int rate) {
    return 700.0 * (std::pow(10.0, position * melOf(rate / 2.0) / 2595.0) - 1.0);
}

}  // namespace smidgen
