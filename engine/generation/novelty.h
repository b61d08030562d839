// How new takes are: distances between short windows of log-mel spectrogram.
#pragma once

#include <cstdint>
#include <span>
#include <string>
#include <vector>

#include "engine/analysis/mel.h"

namespace smidgen {

/// A window is half a second of spectrogram, seen coarsely: 24 columns (of two frames each) × 32 bands (of
/// four each), log10 of mel magnitude held to the top 80 dB of its sound, so that what nobody hears does not
/// count. Windows follow each other every eighth of a second in what is searched, and every quarter in what
/// is asked for. Windows that are silent throughout are left out. A sound shorter than a window is filled up
/// with silence.
///
/// Distance of two windows: the mean over their cells of |difference|, in units of log10 (1 = 20 dB).
struct NoveltyWindows {
    static constexpr int kColumns = 24;
    static constexpr int kBands = 32;
    static constexpr std::size_t kValues = static_cast<std::size_t>(kColumns) * kBands;
    std::vector<float> values;         ///< windows × kValues
    std::vector<std::int64_t> starts;  ///< in frames of the spectrogram
    [[nodiscard]] std::size_t count() const { return starts.size(); }
};
[[nodiscard]] NoveltyWindows windowsOf(const LogMel& mel, int hopFrames);
inline constexpr int kSearchedHop = 12;
inline constexpr int kAskedHop = 24;

/// What windows of a sound are nearest to.
struct NearestSound {
    std::vector<double> distances;  ///< of every window to its nearest
    double mean = 0;                ///< of them
    std::string source;         ///< whose windows are nearest most often, by the sum of 1 / (distance + ε)
    double sourceDistance = 0;  ///< mean over the windows that are nearest to it
};

/// The windows of all training sounds. Immutable after it is built.
class NoveltyIndex {
 public:
    void add(const std::string& name, const LogMel& mel);
    [[nodiscard]] bool empty() const { return m_sounds.empty(); }
    /// Without the sound named `except`. A sound without a window that sounds gives no distances.
    [[nodiscard]] NearestSound nearest(const LogMel& mel, const std::string& except = {}) const;
    /// Mean distance over pairs of windows from different sounds, at most 64 windows each.
    [[nodiscard]] double spread() const;

 private:
    struct Sound {
        std::string name;
        NoveltyWindows windows;
    };
    std::vector<Sound> m_sounds;
};

/// What distances are measured against: those of sounds to all others, as if each had been kept out of the
/// training.
struct NoveltyScale {
    double heldOutMean = 0;  ///< mean distance of a sound's windows to those of the others
    double copyBelow = 0;    ///< their 1st percentile: nearer than unheard sounds ever come
    bool operator==(const NoveltyScale&) const = default;
};
/// Errors of having nothing: both 0.
[[nodiscard]] NoveltyScale noveltyScaleOf(std::span<const double> heldOutDistances);

struct NoveltyReport {
    double novelty = 0;   ///< mean distance to the training / that of held-out sounds: 1 is as new as unheard
    std::string closest;  ///< training sound
    double closestDistance = 0;
    double nearShare = 0;  ///< of windows nearer than copyBelow
    /// One window in a hundred of another sound is that near. Of takes of a prior that knew three sounds by
    /// heart, 86 to 100 in a hundred were; of one that had learned from forty and stopped in time, none in
    /// two takes of three.
    [[nodiscard]] bool copied() const { return nearShare >= 0.5; }
};
[[nodiscard]] NoveltyReport noveltyOf(const LogMel& mel, const NoveltyIndex& training,
                                      const NoveltyScale& scale);

/// spread() of some takes / spread() of the training: 1 is as varied as the collection. 0 for fewer than two.
[[nodiscard]] double diversityOf(const NoveltyIndex& takes, const NoveltyIndex& training);

}  // namespace smidgen
