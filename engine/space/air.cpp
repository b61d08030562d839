#include "engine/space/air.h"

#include <cmath>

namespace smidgen {

double airAbsorption(double hertz) {
    constexpr double kKelvin = 293.15;  // the standard's reference temperature, so T / T0 is 1
    constexpr double kTriplePoint = 273.16;
    constexpr double kHumidity = 50;  // per cent, relative
    // Molar concentration of water vapour, per cent; pressure over saturation is 10^exponent.
    const double exponent = -6.8346 * std::pow(kTriplePoint / kKelvin, 1.261) + 4.6151;
    const double vapour = kHumidity * std::pow(10.0, exponent);
    const double oxygen = 24 + 4.04e4 * vapour * (0.02 + vapour) / (0.391 + vapour);
    const double nitrogen = 9 + 280 * vapour;
    const double square = hertz * hertz;
    const double relaxation = 0.01275 * std::exp(-2239.1 / kKelvin) / (oxygen + square / oxygen) +
                              0.1068 * std::exp(-3352.0 / kKelvin) / (nitrogen + square / nitrogen);
    return 8.686 * square * (1.84e-11 + relaxation);
}

}  // namespace smidgen
