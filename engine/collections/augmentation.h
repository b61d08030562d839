// Widening a small collection: changes of known kind and amount.
#pragma once

#include <cstdint>
#include <span>
#include <vector>

#include "engine/foundation/random.h"
#include "engine/foundation/units.h"

namespace smidgen {

struct AmountRange {
    bool enabled = true;
    double low = 0;
    double high = 0;
};

/// Which changes may happen, how strong, and how often. Defaults are the ranges of the product's
/// specification.
struct AugmentationSettings {
    AmountRange pitchSemitones{true, -2, 2};
    AmountRange stretch{true, 0.9, 1.1};  ///< duration factor
    AmountRange noiseSnrDb{true, 15, 40};
    AmountRange gainDb{true, -12, 3};
    AmountRange polarity{true, 0, 1};        ///< flips at random; the range means nothing
    AmountRange allPassHz{true, 200, 4000};  ///< corner of a chain of four first-order all-passes
    AmountRange detuneCents{true, -20, 20};
    AmountRange roomSeconds{true, 0.1, 0.8};   ///< RT60 of a synthetic room
    AmountRange tiltDbPerOctave{true, -2, 2};  ///< around 1 kHz
    AmountRange mixupShare{true, 0.1, 0.4};    ///< share of the second sound
    double probability = 0.5;                  ///< of each kind, per draw

    /// Scaled to the amount of data: the less sound or the fewer files, the stronger and the more frequent
    /// the changes; full ranges up to two minutes or ten files, half of them from an hour and 500 files on.
    /// No mixup of a single file. In steps of an eighth, so that a sound more or less does not change them.
    [[nodiscard]] static AugmentationSettings forDuration(double totalSeconds, int files);
    /// How many augmented variants of every file the feature cache should hold: 24 up to 50 s of sound, none
    /// from 40 minutes on, about 20 minutes of features between; in coarse steps, as above.
    [[nodiscard]] static int variantsFor(double totalSeconds);
    [[nodiscard]] static AugmentationSettings none();
};

/// One drawn set of amounts; neutral values do nothing.
struct AugmentationAmounts {
    double pitchSemitones = 0;  ///< includes detune (cents / 100)
    double stretch = 1;
    double noiseSnrDb = 1e9;  ///< ≥ 200: no noise
    double gainDb = 0;
    bool flipPolarity = false;
    double allPassHz = 0;    ///< 0: off
    double roomSeconds = 0;  ///< 0: off
    double tiltDbPerOctave = 0;
    double mixupShare = 0;        ///< 0: off
    std::uint64_t noiseSeed = 0;  ///< noise and room are drawn from it
};
/// Every kind takes its own numbers from `random` whether it is enabled or not, so switching one kind leaves
/// the others as they were. Corner and room are uniform in their logarithm, the rest uniform.
[[nodiscard]] AugmentationAmounts drawAmounts(const AugmentationSettings& settings, Random& random);

/// Applies everything but stretch to one channel at 48 kHz; pitch by varispeed, so the result is shorter or
/// longer by 2^(−pitch/12). `featureHop()` then undoes that and applies the stretch when features are taken,
/// exactly and without a phase vocoder. `other` is the second sound for mixup (may be empty): the result is
/// √(1−share)·signal + √share·other, so that `share` is the share of power of equally loud, unrelated sounds.
/// Order: mixup, pitch, all-pass, tilt, room, noise, gain, polarity. The room decays in `roomSeconds` of the
/// features' time, that is after featureHop() has stretched it. The signal-to-noise ratio holds over the
/// whole result. Samples must be finite.
[[nodiscard]] std::vector<float> augmentSignal(std::span<const float> signal,
                                               const AugmentationAmounts& amounts,
                                               std::span<const float> other = {});

/// The STFT hop, in samples of the augmented signal, at which frames must be taken so that the features have
/// the duration `stretch` × original: 512 · 2^(−pitch/12) / stretch.
[[nodiscard]] double featureHop(const AugmentationAmounts& amounts, int hop = 512);

}  // namespace smidgen
