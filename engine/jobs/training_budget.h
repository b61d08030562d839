// How far a training is: by steps when they are given (then everything repeats exactly), else by time.
#pragma once

#include <algorithm>
#include <cstdint>
#include <ctime>
#include <optional>

#include "engine/jobs/training.h"

namespace smidgen {

/// What all threads of this process have worked so far.
inline double processCpuSeconds() {
    timespec time{};
    ::clock_gettime(CLOCK_PROCESS_CPUTIME_ID, &time);
    return static_cast<double>(time.tv_sec) + 1e-9 * static_cast<double>(time.tv_nsec);
}

class TrainingBudget {
 public:
    explicit TrainingBudget(const TrainingRequest& request) : m_steps(request.steps) {
        if (request.steps) return;
        if (request.cpuSeconds) {
            m_cpuSeconds = request.cpuSeconds;
        } else {
            m_seconds = 60 * request.minutes.value_or(defaultMinutes(request.mode));
        }
    }

    /// Draft stays under three minutes with everything around it.
    [[nodiscard]] static double defaultMinutes(TrainingMode mode) {
        switch (mode) {
            case TrainingMode::draft:
                return 2.5;
            case TrainingMode::standard:
                return 10;
            case TrainingMode::studio:
                return 60;
        }
        return 2.5;
    }

    /// 0…1 after `step` steps, `elapsed` seconds of wall clock and `cpu` seconds of processor time.
    [[nodiscard]] double progress(std::int64_t step, double elapsed, double cpu) const {
        double share = 0;
        if (m_steps) {
            share = static_cast<double>(step) / static_cast<double>(std::max<std::int64_t>(*m_steps, 1));
        } else if (m_cpuSeconds) {
            share = cpu / *m_cpuSeconds;
        } else {
            share = elapsed / m_seconds.value_or(1);
        }
        return std::clamp(share, 0.0, 1.0);
    }

    /// Evaluations fall on fixed steps when steps are given, so that which weights are kept repeats as well.
    [[nodiscard]] bool evaluationDue(std::int64_t step, double progress, double lastProgress) const {
        if (m_steps) return step % std::max<std::int64_t>(*m_steps / kEvaluations, 1) == 0;
        return progress - lastProgress >= 1.0 / kEvaluations;
    }

    /// How often a training is judged, its beginning and end included.
    [[nodiscard]] static int evaluations() { return kEvaluations + 1; }
    [[nodiscard]] std::optional<double> wallSeconds() const { return m_seconds; }
    [[nodiscard]] std::optional<std::int64_t> steps() const { return m_steps; }

 private:
    static constexpr int kEvaluations = 16;
    std::optional<std::int64_t> m_steps;
    std::optional<double> m_cpuSeconds;
    std::optional<double> m_seconds;
};

}  // namespace smidgen
