#include "engine/analysis/fft_plans.h"

#include <complex>
#include <map>
#include <mutex>

namespace smidgen {
namespace {

class PlanCache {
 public:
    PlanCache() = default;
    PlanCache(const PlanCache&) = delete;
    PlanCache& operator=(const PlanCache&) = delete;
    ~PlanCache() {
        for (auto& [size, plans] : m_plans) {
            fftwf_destroy_plan(plans.forward);
            fftwf_destroy_plan(plans.inverse);
        }
    }

    const FftPlans& get(int size) {
        const std::lock_guard lock(m_mutex);
        const auto found = m_plans.find(size);
        if (found != m_plans.end()) return found->second;
        FftwArray<float> real(static_cast<std::size_t>(size));
        FftwArray<std::complex<float>> half(static_cast<std::size_t>(size / 2 + 1));
        auto* const complexData = reinterpret_cast<fftwf_complex*>(half.data());
        FftPlans plans;
        plans.forward = fftwf_plan_dft_r2c_1d(size, real.data(), complexData, FFTW_ESTIMATE);
        plans.inverse =
            fftwf_plan_dft_c2r_1d(size, complexData, real.data(), FFTW_ESTIMATE | FFTW_DESTROY_INPUT);
        return m_plans.emplace(size, plans).first->second;
    }

 private:
    std::mutex m_mutex;
    std::map<int, FftPlans> m_plans;
};

}  // namespace

const FftPlans& fftPlans(int size) {
    static PlanCache cache;
    return cache.get(size);
}

}  // namespace smidgen
