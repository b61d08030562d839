#include "engine/audio/levelled_writer.h"

#include <algorithm>
#include <cmath>
#include <optional>
#include <string>
#include <utility>

#include "engine/audio/resampler.h"
#include "engine/audio/sound_draft.h"
#include "engine/audio/sound_encoding.h"

namespace smidgen {
namespace {

constexpr int kMostTries = 8;
constexpr double kMargin = 0.1;  ///< dB below the ceiling: another meter finds other peaks
constexpr double kMissed = 0.3;  ///< LU off the target
constexpr double kStep = 0.02;   ///< dB of head-room beyond what was missing

/// What to aim at so that the decoded file comes out right.
struct Aim {
    double loudnessOffset = 0;  ///< LU added to the target
    double headRoom = kMargin;  ///< dB below the ceiling
};

LevelTarget aimed(const LevelTarget& level, const Aim& aim) {
    LevelTarget goal = level;
    if (goal.lufs) goal.lufs = std::clamp(*goal.lufs + aim.loudnessOffset, -60.0, 0.0);
    if (goal.ceilingDb) goal.ceilingDb = std::max(-20.0, *goal.ceilingDb - aim.headRoom);
    return goal;
}

LevelOutcome outcomeOf(const LevelTarget& level, const LevelTarget& goal, const Loudness& prepared) {
    if (!std::isfinite(prepared.truePeakDb)) return LevelOutcome::silent;
    if (level.lufs && std::abs(prepared.integratedLufs - *goal.lufs) > kMissed) return LevelOutcome::missed;
    if (level.peakDb && *level.peakDb - prepared.samplePeakDb > 0.05) return LevelOutcome::heldDown;
    return LevelOutcome::reached;
}

Result<LevelledFile> placed(SoundDraft& draft, LevelOutcome outcome, const CancelToken& cancel) {
    auto file = draft.commit(cancel);
    if (!file) return propagate(file);
    return LevelledFile{std::move(*file), outcome};
}

}  // namespace

Result<LevelledFile> writeLevelled(const AudioBuffer& buffer, const std::filesystem::path& target,
                                   const LevelTarget& level, const WriteOptions& options,
                                   const CancelToken& cancel) {
    if (auto valid = level.validate(); !valid) return propagate(valid);
    if (auto valid = options.profile.validate(); !valid) return propagate(valid);
    WriteOptions measured = options;
    measured.measure = true;
    if (level.asItIs()) {
        auto draft = SoundDraft::write(buffer, target, measured, cancel);
        if (!draft) return propagate(draft);
        return placed(*draft, LevelOutcome::reached, cancel);
    }
    auto source = resample(buffer, options.profile.rate);
    if (!source) return propagate(source);
    Aim aim;
    for (int attempt = 0; attempt < kMostTries; ++attempt) {
        if (cancel.cancelled()) return stoppedWriting(target);
        const LevelTarget goal = aimed(level, aim);
        AudioBuffer levelled = *source;
        auto prepared = setLevel(levelled, goal, cancel);
        if (!prepared && prepared.error().code == ErrorCode::cancelled) return stoppedWriting(target);
        if (!prepared) return propagate(prepared);
        const LevelOutcome outcome = outcomeOf(level, goal, *prepared);
        auto draft = SoundDraft::write(levelled, target, measured, cancel);
        if (!draft) return propagate(draft);
        const Loudness& found = *draft->file().loudness;
        const double over = level.ceilingDb ? found.truePeakDb - (*level.ceilingDb - kMargin / 2) : 0;
        const double off =
            level.lufs && outcome == LevelOutcome::reached ? *level.lufs - found.integratedLufs : 0;
        const bool near = std::abs(off) <= kLoudnessTolerance;
        const bool last = attempt + 1 == kMostTries;
        if (over <= 0 && (near || last))
            return placed(*draft, std::abs(off) > kMissed ? LevelOutcome::missed : outcome, cancel);
        if (over > 0) aim.headRoom += over + kStep;
        if (!near) aim.loudnessOffset += off;
    }
    return failure(ErrorCode::internal,
                   "After " + std::to_string(kMostTries) + " tries '" + displayName(target) +
                       "' still has peaks above the ceiling once it is decoded, so it was not kept. Choose a "
                       "higher quality, or a lossless format.");
}

}  // namespace smidgen
