#include "ui/theme/even_colour.h"

#include <algorithm>
#include <array>
#include <cmath>
#include <numbers>

namespace smidgen {
namespace {

constexpr double kLeastStep = 1e-4;  ///< of chroma, in the search for what the screen can show

double toScreen(double linear) {
    return linear <= 0.0031308 ? 12.92 * linear : 1.055 * std::pow(linear, 1 / 2.4) - 0.055;
}

double fromScreen(double value) {
    return value <= 0.04045 ? value / 12.92 : std::pow((value + 0.055) / 1.055, 2.4);
}

/// Linear red, green and blue.
std::array<double, 3> linearOf(const EvenPlace& place) {
    const double l = std::pow(place.lightness + 0.3963377774 * place.a + 0.2158037573 * place.b, 3);
    const double m = std::pow(place.lightness - 0.1055613458 * place.a - 0.0638541728 * place.b, 3);
    const double s = std::pow(place.lightness - 0.0894841775 * place.a - 1.2914855480 * place.b, 3);
    return {4.0767416621 * l - 3.3077115913 * m + 0.2309699292 * s,
            -1.2684380046 * l + 2.6097574011 * m - 0.3413193965 * s,
            -0.0041960863 * l - 0.7034186147 * m + 1.7076147010 * s};
}

bool canBeShown(const std::array<double, 3>& linear) {
    return std::ranges::all_of(linear, [](double value) { return value >= -1e-9 && value <= 1 + 1e-9; });
}

}  // namespace

QRgb evenColour(double lightness, double chroma, double hue) {
    const double angle = 2 * std::numbers::pi * hue;
    const auto at = [&](double c) { return linearOf({lightness, c * std::cos(angle), c * std::sin(angle)}); };
    std::array<double, 3> linear = at(chroma);
    if (!canBeShown(linear)) {
        double shown = 0, tooMuch = chroma;
        while (tooMuch - shown > kLeastStep) {
            const double middle = (shown + tooMuch) / 2;
            (canBeShown(at(middle)) ? shown : tooMuch) = middle;
        }
        linear = at(shown);
    }
    const auto byte = [](double value) {
        return static_cast<int>(std::lround(255 * std::clamp(toScreen(value), 0.0, 1.0)));
    };
    return qRgb(byte(linear[0]), byte(linear[1]), byte(linear[2]));
}

EvenPlace evenPlaceOf(QRgb colour) {
    const double r = fromScreen(qRed(colour) / 255.0), g = fromScreen(qGreen(colour) / 255.0),
                 b = fromScreen(qBlue(colour) / 255.0);
    const double l = std::cbrt(0.4122214708 * r + 0.5363325363 * g + 0.0514459929 * b);
    const double m = std::cbrt(0.2119034982 * r + 0.6806995451 * g + 0.1073969566 * b);
    const double s = std::cbrt(0.0883024619 * r + 0.2817188376 * g + 0.6299787005 * b);
    return {0.2104542553 * l + 0.7936177850 * m - 0.0040720468 * s,
            1.9779984951 * l - 2.4285922050 * m + 0.4505937099 * s,
            0.0259040371 * l + 0.7827717662 * m - 0.8086757660 * s};
}

}  // namespace smidgen
