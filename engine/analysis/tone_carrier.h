// How the phases of steady tones go on from frame to frame, read from a mel alone.
#pragma once

#include <array>
#include <complex>
#include <cstdint>
#include <span>
#include <vector>

#include "engine/analysis/mel.h"

namespace smidgen {

/// A steady tone with nothing else near it: it says of itself all there is to say.
struct PureTone {
    float hz = 0;
    float amplitude = 0;             ///< of its largest bin if that lay on it
    float turns = 0;                 ///< at the frame's middle
    int firstBin = 0, lastBin = -1;  ///< bins that are its own, inclusive
};

struct CarriedTones {
    std::vector<float> turns;  ///< frames × bands, 0 ≤ x < 1: by how much each band's bins are advanced
    std::vector<std::vector<PureTone>> pure;  ///< of each frame
};

/// A network that sees a few frames at a time gives a steady tone the same spectrum in every frame, and
/// frames that repeat make a sound that repeats: every tone would be drawn to a multiple of 48000 / hop
/// = 93.75 Hz. A ToneCarrier follows the peaks of a mel and turns the bins around each by as much as its
/// frequency advances, as a phase vocoder does (Laroche & Dolson 1999); what a network then adds is how a
/// tone begins.
///
/// Immutable; thread-safe.
class ToneCarrier {
 public:
    explicit ToneCarrier(const MelBank& bank);

    /// logMel: frames × bands. A peak whose frequency and level go on evenly for some frames carries its
    /// turns on by hop · f / rate (f: the mean of both frames'); one that begins, or rises by more than 6 dB
    /// in a frame, starts at 0. Bands between two peaks go with the one on their side of the least; where
    /// nothing is steady the turns are 0. `restart`: when given, what sounds in the first frame already
    /// starts at turns drawn from this seed instead of 0.
    [[nodiscard]] CarriedTones trace(std::span<const float> logMel,
                                     const std::uint64_t* restart = nullptr) const;

    /// Frame t's bins: multiplied by e^(2πi · turns of their band), and those of pure tones replaced by the
    /// transform of the tone. bins: in time from the frame's beginning.
    void advance(const CarriedTones& tones, std::size_t t, std::span<std::complex<float>> bins) const;

    /// The band whose centre is nearest, for each bin.
    [[nodiscard]] std::span<const int> bandOfBin() const { return m_bandOfBin; }

 private:
    /// Bands on each side of a tone's that are looked at to see whether it is alone.
    static constexpr int kBeside = 4;
    /// What the bands from kBeside below to kBeside above give of a sine whose largest bin is 1.
    using Response = std::array<float, 2 * kBeside + 1>;
    struct Peak {
        int band = 0;
        int first = 0, last = 0;  ///< bands that go with it, inclusive
        double place = 0;         ///< in bands
        double hz = 0;
        float level = 0;               ///< ln
        int previous = -1, next = -1;  ///< the same tone's peak in the frames beside
        bool carried = false;
        double turns = 0;
    };
    using Track = std::vector<std::vector<Peak>>;  ///< peaks of every frame
    void findPeaks(std::span<const float> frame, std::vector<Peak>& peaks) const;
    /// Sets place and frequency from the bands around `band`.
    void locate(std::span<const float> frame, Peak& peak) const;
    [[nodiscard]] Track follow(std::span<const float> logMel) const;
    [[nodiscard]] static bool steady(const Track& track, std::size_t t, std::size_t index);
    /// 0 amplitude unless nothing else is near.
    [[nodiscard]] PureTone pureTone(std::span<const float> frame, const Peak& peak) const;

    MelShape m_shape;
    std::vector<int> m_bandOfBin;
    std::vector<double> m_centreHz;
    /// Per band, for sines that lie evenly from half a band below the centre to half a band above: the
    /// response, and (above − below) / (below + here + above) of the three middle bands, which rises.
    std::vector<std::vector<Response>> m_responses;
    std::vector<std::vector<float>> m_slants;
};

}  // namespace smidgen
