// How far a node may differ once it was encoded, and how far it does.
#pragma once

#include <cmath>
#include <cstddef>
#include <limits>
#include <span>

#include "storage/wavetable/node.h"

namespace smidgen::storage {

/// What every codec keeps to, in the node's own units (dB for spectra). Both hold at once; the default is no
/// limit at all; 0 asks for the values themselves.
struct ErrorLimit {
    double largest = std::numeric_limits<double>::infinity();  ///< of any single value
    double rms = std::numeric_limits<double>::infinity();      ///< root of the mean square over the node
};

struct MeasuredError {
    double largest = 0;
    double rms = 0;

    [[nodiscard]] bool within(const ErrorLimit& limit) const {
        return largest <= limit.largest && rms <= limit.rms;
    }
};

/// The same scale for every codec: `quality` 0 … 1 allows span/4 · 2^(−14 · quality) at any value, span being
/// the node's largest value less its smallest; 1 allows nothing. Finite values only. Errors: invalidArgument.
[[nodiscard]] Result<ErrorLimit> limitForQuality(const Node& node, double quality);

/// A running measure over pieces of a node.
class ErrorMeter {
 public:
    /// Two pieces of equal length.
    void add(const float* original, const float* decoded, std::size_t count);
    [[nodiscard]] MeasuredError error() const;
    /// Whether the node of `total` values cannot keep to `limit` any more, whatever follows.
    [[nodiscard]] bool exceeds(const ErrorLimit& limit, std::size_t total) const;

 private:
    double m_largest = 0;
    double m_squares = 0;
    std::size_t m_count = 0;
};

/// Infinite when a value is not finite on one side only, or differs in kind.
[[nodiscard]] MeasuredError measureError(std::span<const float> original, std::span<const float> decoded);

/// Whether a stream may give `value` as an error that was measured: 0 or more, and 0 in one way only.
[[nodiscard]] inline bool isErrorValue(float value) {
    return value >= 0 && !std::signbit(value);
}

[[nodiscard]] bool allFinite(std::span<const float> values);

}  // namespace smidgen::storage
