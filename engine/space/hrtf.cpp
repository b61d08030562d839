#include "engine/space/hrtf.h"

#include <mysofa.h>

#include <algorithm>
#include <array>
#include <cmath>
#include <complex>
#include <cstdlib>
#include <new>
#include <numbers>
#include <optional>
#include <string>

#include "engine/analysis/real_fft.h"
#include "engine/foundation/atomic_file.h"
#include "engine/foundation/shipped_files.h"
#include "engine/foundation/units.h"

namespace smidgen {
namespace {

namespace fs = std::filesystem;

constexpr float kOnsetShare = 0.15F;  ///< of a response's peak: where it begins
constexpr int kTail = 16;             ///< samples: room for what a shift rings at the end
constexpr double kDegree = std::numbers::pi / 180;
constexpr int kEqualiserSize = 8192;
constexpr double kLowestEqualised = 60;  ///< Hz; beyond, what the equaliser does there
constexpr double kHighestEqualised = 18000;

struct SetDeleter {
    void operator()(MYSOFA_HRTF* set) const { mysofa_free(set); }
};
struct LookupDeleter {
    void operator()(MYSOFA_LOOKUP* lookup) const { mysofa_lookup_free(lookup); }
};
struct NeighborhoodDeleter {
    void operator()(MYSOFA_NEIGHBORHOOD* neighborhood) const { mysofa_neighborhood_free(neighborhood); }
};

tl::unexpected<Error> unusable(const fs::path& file, const std::string& reason, int code = 0) {
    return failure(ErrorCode::unusableInput,
                   "'" + displayName(file) + "' " + reason +
                       " Choose a SOFA file of the convention SimpleFreeFieldHRIR.",
                   std::to_string(code));
}

/// Where a response begins, in samples, between them by a straight line.
double onsetOf(std::span<const float> response) {
    float peak = 0;
    for (const float sample : response) peak = std::max(peak, std::abs(sample));
    const float limit = kOnsetShare * peak;
    for (std::size_t i = 0; i < response.size(); ++i) {
        const float level = std::abs(response[i]);
        if (level < limit || level == 0) continue;
        if (i == 0) return 0;
        const float before = std::abs(response[i - 1]);
        return static_cast<double>(i) - 1 + static_cast<double>((limit - before) / (level - before));
    }
    return 0;
}

/// Moves sounds by parts of a sample.
class Shifter {
 public:
    explicit Shifter(int length) {
        int size = 64;
        while (size < 2 * length) size *= 2;
        m_fft.emplace(size);
        m_size = size;
    }
    /// `output` is the input `by` samples later; what leaves it is lost.
    void shift(std::span<const float> input, double by, std::span<float> output) {
        const auto real = m_fft->real();
        std::ranges::fill(real, 0.0F);
        std::ranges::copy(input, real.begin());
        m_fft->forward();
        const auto bins = m_fft->bins();
        for (std::size_t k = 0; k < bins.size(); ++k) {
            const double angle = -2 * std::numbers::pi * static_cast<double>(k) * by / m_size;
            bins[k] *= std::complex<float>(std::polar(1.0, angle));
        }
        m_fft->inverse();
        const float scale = 2.0F / static_cast<float>(m_size);
        for (std::size_t i = 0; i < output.size(); ++i) output[i] = real[i] * scale;
    }

 private:
    std::optional<RealFft> m_fft;
    int m_size = 0;
};

/// Both ears' power in each bin of an FFT of kEqualiserSize, averaged over the sphere.
std::vector<double> diffuseField(const MYSOFA_HRTF& set) {
    RealFft fft(kEqualiserSize);
    std::vector<double> power(fft.bins().size());
    double weights = 0;
    for (unsigned m = 0; m < set.M; ++m) {
        // Measured directions lie the closer the higher they are.
        const float* at = set.SourcePosition.values + std::size_t{m} * set.C;
        const double distance = std::hypot(at[0], at[1], at[2]);
        const double weight = distance > 0 ? std::hypot(at[0], at[1]) / distance : 0;
        weights += weight;
        for (unsigned ear = 0; ear < set.R; ++ear) {
            const float* from = set.DataIR.values + (std::size_t{m} * set.R + ear) * set.N;
            const auto real = fft.real();
            std::ranges::fill(real, 0.0F);
            std::copy_n(from, std::min<std::size_t>(set.N, real.size()), real.begin());
            fft.forward();
            for (std::size_t k = 0; k < power.size(); ++k)
                power[k] += weight * static_cast<double>(std::norm(fft.bins()[k]));
        }
    }
    for (double& bin : power) bin /= std::max(weights, 1e-9);
    return power;
}

/// A minimum-phase response with these magnitudes (natural logarithms): its cepstrum folded to one side
/// (Oppenheim & Schafer, "Discrete-Time Signal Processing", ch. 12).
std::vector<float> minimumPhase(std::span<const double> logMagnitudes) {
    RealFft fft(kEqualiserSize);
    const float scale = 2.0F / kEqualiserSize;
    for (std::size_t k = 0; k < logMagnitudes.size(); ++k)
        fft.bins()[k] = static_cast<float>(logMagnitudes[k]);
    fft.inverse();
    const auto real = fft.real();
    constexpr std::size_t kHalf = kEqualiserSize / 2;
    for (std::size_t i = 0; i < real.size(); ++i)
        real[i] *= scale * (i == 0 || i == kHalf ? 1.0F : i < kHalf ? 2.0F : 0.0F);
    fft.forward();
    for (std::complex<float>& bin : fft.bins()) bin = std::exp(bin);
    fft.inverse();
    std::vector<float> response(real.begin(), real.begin() + kHalf);
    for (float& sample : response) sample *= scale;
    return response;
}

std::vector<float> equaliserOf(const MYSOFA_HRTF& set) {
    const std::vector<double> power = diffuseField(set);
    const auto binOf = [](double hertz) {
        return static_cast<std::size_t>(std::lround(hertz * kEqualiserSize / kSampleRate));
    };
    const double most = kMostEqualising * std::numbers::ln10 / 20;
    std::vector<double> logs(power.size());
    for (std::size_t k = 0; k < logs.size(); ++k) {
        const double bin = power[std::clamp(k, binOf(kLowestEqualised), binOf(kHighestEqualised))];
        logs[k] = std::clamp(-0.5 * std::log(std::max(bin, 1e-12)), -most, most);
    }
    return minimumPhase(logs);
}

/// Scales the set to the mean of its own field, so that the equaliser's limits mean the same for all.
void normalise(MYSOFA_HRTF& set) {
    double sum = 0;
    const std::size_t count = set.DataIR.elements;
    for (std::size_t i = 0; i < count; ++i)
        sum += static_cast<double>(set.DataIR.values[i]) * set.DataIR.values[i];
    if (sum <= 0) return;
    const auto gain = static_cast<float>(std::sqrt(set.M / sum));
    for (std::size_t i = 0; i < count; ++i) set.DataIR.values[i] *= gain;
}

/// Takes the delays out of the responses and keeps them in DataDelay, one a response. False: no memory.
bool separateDelays(MYSOFA_HRTF& set) {
    const std::size_t responses = std::size_t{set.M} * set.R;
    const std::size_t length = set.N + static_cast<std::size_t>(kHrtfOnset) + kTail;
    auto* values = static_cast<float*>(std::calloc(responses * length, sizeof(float)));
    auto* delays = static_cast<float*>(std::calloc(responses, sizeof(float)));
    if (values == nullptr || delays == nullptr) {
        std::free(values);
        std::free(delays);
        return false;
    }
    Shifter shifter(static_cast<int>(length));
    const bool each = set.DataDelay.elements == responses;
    for (std::size_t i = 0; i < responses; ++i) {
        const std::span<const float> response(set.DataIR.values + i * set.N, set.N);
        const double onset = onsetOf(response);
        shifter.shift(response, kHrtfOnset - onset, std::span(values + i * length, length));
        const float given =
            set.DataDelay.elements == 0 ? 0.0F : set.DataDelay.values[each ? i : i % set.DataDelay.elements];
        delays[i] = static_cast<float>(onset) + given;
    }
    const float earliest = *std::min_element(delays, delays + responses);
    for (std::size_t i = 0; i < responses; ++i) delays[i] -= earliest;
    std::free(set.DataIR.values);
    std::free(set.DataDelay.values);
    set.DataIR.values = values;
    set.DataIR.elements = static_cast<unsigned>(responses * length);
    set.DataDelay.values = delays;
    set.DataDelay.elements = static_cast<unsigned>(responses);
    set.N = static_cast<unsigned>(length);
    return true;
}

}  // namespace

struct Hrtf::Impl {
    std::unique_ptr<MYSOFA_HRTF, SetDeleter> set;
    std::unique_ptr<MYSOFA_LOOKUP, LookupDeleter> lookup;
    std::unique_ptr<MYSOFA_NEIGHBORHOOD, NeighborhoodDeleter> neighborhood;
    double radius = 1;
    std::vector<float> responses;  ///< both ears', of the direction asked for last
    std::vector<float> equaliser;
};

Hrtf::Hrtf(std::unique_ptr<Impl> impl) : m_impl(std::move(impl)) {}
Hrtf::Hrtf(Hrtf&&) noexcept = default;
Hrtf& Hrtf::operator=(Hrtf&&) noexcept = default;
Hrtf::~Hrtf() = default;

Result<fs::path> Hrtf::defaultFile() {
    if (auto shipped = shippedFile("hrtf/default.sofa")) return *shipped;
    for (const char* place :
         {"/usr/share/libmysofa/default.sofa", "/usr/local/share/libmysofa/default.sofa"}) {
        std::error_code ignored;
        if (fs::is_regular_file(place, ignored)) return fs::path(place);
    }
    return failure(ErrorCode::notFound,
                   "The set of ears that comes with libmysofa (default.sofa) is not on this system. Install "
                   "libmysofa's data (Debian: libmysofa1), or name a SOFA file.");
}

Result<Hrtf> Hrtf::load(const fs::path& file) try {
    std::error_code ignored;
    if (!fs::exists(file, ignored))
        return failure(ErrorCode::notFound, "There is no file '" + displayName(file) + "'.");
    if (!fs::is_regular_file(file, ignored)) return unusable(file, "is no file that could hold ears.");
    int code = MYSOFA_OK;
    auto impl = std::make_unique<Impl>();
    impl->set.reset(mysofa_load(file.c_str(), &code));
    if (impl->set == nullptr || code != MYSOFA_OK)
        return unusable(file, "cannot be read as SOFA: it is damaged or something else.", code);
    MYSOFA_HRTF& set = *impl->set;
    if (code = mysofa_check(&set); code != MYSOFA_OK)
        return unusable(file, "holds no head-related impulse responses of two ears.", code);
    const double rate = set.DataSamplingRate.values[0];
    const std::size_t samples = std::size_t{set.M} * set.R * set.N;
    const bool whole = set.C == 3 && set.SourcePosition.elements >= std::size_t{set.M} * set.C &&
                       set.DataIR.elements == samples;
    if (!whole || set.R != 2 || set.M < 1 || set.N < 1 || !(rate >= 8000 && rate <= 768000) || set.N > rate)
        return unusable(file, "holds no head-related impulse responses of two ears.");
    if (!std::all_of(set.DataIR.values, set.DataIR.values + set.DataIR.elements,
                     [](float sample) { return std::isfinite(sample); }))
        return unusable(file, "holds numbers that are none.");
    if (mysofa_resample(&set, kSampleRate) != MYSOFA_OK || !separateDelays(set))
        return failure(ErrorCode::outOfMemory,
                       "There is not enough memory for the HRTFs of '" + displayName(file) + "'.");
    mysofa_tocartesian(&set);
    normalise(set);
    impl->equaliser = equaliserOf(set);
    impl->lookup.reset(mysofa_lookup_init(&set));
    if (impl->lookup != nullptr) impl->neighborhood.reset(mysofa_neighborhood_init(&set, impl->lookup.get()));
    if (impl->neighborhood == nullptr) return unusable(file, "has no directions that can be looked up.");
    impl->radius = impl->lookup->radius_max;
    if (!(impl->radius > 0.1)) return unusable(file, "was measured at no distance.");
    impl->responses.resize(std::size_t{2} * set.N);
    return Hrtf(std::move(impl));
} catch (const std::bad_alloc&) {
    return failure(ErrorCode::outOfMemory,
                   "There is not enough memory for the HRTFs of '" + displayName(file) + "'.");
}

EarFilter Hrtf::filter(Ear ear, double azimuth, double elevation) const {
    MYSOFA_HRTF& set = *m_impl->set;
    const double flat = m_impl->radius * std::cos(elevation * kDegree);
    std::array<float, 3> place{static_cast<float>(flat * std::cos(azimuth * kDegree)),
                               static_cast<float>(flat * std::sin(azimuth * kDegree)),
                               static_cast<float>(m_impl->radius * std::sin(elevation * kDegree))};
    std::array<float, 3> wanted = place;
    const int nearest = mysofa_lookup(m_impl->lookup.get(), place.data());
    std::array<float, 2> delays{};
    const float* responses = mysofa_interpolate(&set, wanted.data(), nearest,
                                                mysofa_neighborhood(m_impl->neighborhood.get(), nearest),
                                                m_impl->responses.data(), delays.data());
    const std::size_t which = ear == Ear::left ? 0 : 1;
    const float* from = responses + which * set.N;
    return {{from, from + set.N}, std::max(0.0, static_cast<double>(delays.at(which)))};
}

std::span<const float> Hrtf::equaliser() const {
    return m_impl->equaliser;
}

int Hrtf::responseLength() const {
    return static_cast<int>(m_impl->set->N);
}

double Hrtf::radius() const {
    return m_impl->radius;
}

int Hrtf::directions() const {
    return static_cast<int>(m_impl->set->M);
}

}  // namespace smidgen
