// A single cycle playable at any pitch without aliasing: one table an octave, each without the harmonics that
// would lie above half the sampling rate.
#pragma once

#include <span>
#include <vector>

#include "engine/foundation/result.h"

namespace smidgen::storage {

/// Immutable; reading neither allocates nor locks. Tables hold 16 values for a period of their highest
/// harmonic and are read by six-point Lagrange interpolation, which leaves images of it below −90 dB.
class OctaveTables {
 public:
    /// `cycle`: 3 … 4096 finite values, one period. Errors: invalidArgument.
    [[nodiscard]] static Result<OctaveTables> build(std::span<const float> cycle);

    /// The value at `phase` (in cycles; any finite number) for a pitch of `cyclesPerSample` (frequency over
    /// sampling rate; its sign does not matter). Near the change from one octave's table to the next the two
    /// are blended, so that a glide has no steps. From half the sampling rate on only the mean is left.
    [[nodiscard]] float at(double phase, double cyclesPerSample) const noexcept;

    /// Fills `out` at one pitch from `phase` on; returns the phase that follows, in [0, 1).
    double render(std::span<float> out, double phase, double cyclesPerSample) const noexcept;

    /// Of the table for the lowest pitches.
    [[nodiscard]] std::size_t harmonics() const { return m_harmonics; }
    [[nodiscard]] std::size_t bytes() const { return m_values.size() * sizeof(float); }

 private:
    struct Table {
        std::size_t first = 0;   ///< of m_values: its values, two before them and three behind them
        std::size_t length = 0;  ///< values of one period
    };
    struct Choice {
        const Table* fuller = nullptr;
        const Table* darker = nullptr;
        float share = 0;  ///< of the fuller
    };
    [[nodiscard]] Choice choose(double cyclesPerSample) const noexcept;
    [[nodiscard]] float read(const Table& table, double phase) const noexcept;

    std::size_t m_harmonics = 0;
    std::vector<Table>
        m_tables;  ///< a power of two of harmonics, halved from one to the next; the last holds the mean only
    std::vector<float> m_values;
};

}  // namespace smidgen::storage
