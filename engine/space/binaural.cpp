#include "engine/space/binaural.h"

#include <algorithm>
#include <array>
#include <cmath>
#include <complex>
#include <numbers>
#include <optional>
#include <vector>

#include "engine/analysis/real_fft.h"
#include "engine/space/air.h"

namespace smidgen {
namespace {

constexpr std::size_t kHop = 128;
constexpr double kHeadRadius = 0.0875;  ///< metres
/// Samples before the earliest ear: as much as parallax can bring an ear forward.
constexpr double kEarliest = kHeadRadius / kSpeedOfSound * kSampleRate + 1;
constexpr double kMostDelay = 96;  ///< samples from the earliest ear to the latest of any head
constexpr double kDegree = std::numbers::pi / 180;
constexpr Ear kEars[] = {Ear::left, Ear::right};

using Spectrum = std::vector<std::complex<float>>;

struct Vector {
    double x = 0, y = 0, z = 0;
    Vector operator+(const Vector& o) const { return {x + o.x, y + o.y, z + o.z}; }
    Vector operator-(const Vector& o) const { return {x - o.x, y - o.y, z - o.z}; }
    Vector operator*(double k) const { return {x * k, y * k, z * k}; }
    [[nodiscard]] double dot(const Vector& o) const { return x * o.x + y * o.y + z * o.z; }
    [[nodiscard]] double length() const { return std::sqrt(dot(*this)); }
};

/// How one ear hears a source.
struct EarPath {
    double azimuth = 0, elevation = 0;  ///< of the measurement to use
    double gain = 1;
    double delay = 0;  ///< samples, besides the measurement's own
};

/// The ear's line through the source meets the sphere of measurements where its response is found.
EarPath earPath(const SourcePosition& source, Ear ear, double radius) {
    const double flat = std::cos(source.elevation * kDegree);
    const Vector direction{flat * std::cos(source.azimuth * kDegree),
                           flat * std::sin(source.azimuth * kDegree), std::sin(source.elevation * kDegree)};
    const Vector at{0, ear == Ear::left ? kHeadRadius : -kHeadRadius, 0};
    const Vector line = direction * source.distance - at;
    const double heard = line.length();
    const Vector unit = line * (1 / heard);
    const double along = at.dot(unit);
    const double measured = -along + std::sqrt(along * along + radius * radius - at.dot(at));
    const Vector meeting = at + unit * measured;
    EarPath path;
    path.azimuth = std::atan2(meeting.y, meeting.x) / kDegree;
    path.elevation = std::asin(std::clamp(meeting.z / radius, -1.0, 1.0)) / kDegree;
    path.gain = measured / heard / radius;
    path.delay = ((heard - source.distance) - (measured - radius)) / kSpeedOfSound * kSampleRate;
    return path;
}

int sizeFor(int responseLength) {
    int size = 512;
    while (size < static_cast<int>(2 * kHop + kMostDelay + 2 * kEarliest) + responseLength) size *= 2;
    return size;
}

/// Through a fixed filter, as long as it was.
std::vector<float> filtered(std::span<const float> signal, std::span<const float> response) {
    std::size_t size = 1024;
    while (size < 4 * response.size()) size *= 2;
    RealFft fft(static_cast<int>(size));
    const auto real = fft.real();
    std::ranges::fill(real, 0.0F);
    std::ranges::copy(response, real.begin());
    fft.forward();
    const Spectrum filter(fft.bins().begin(), fft.bins().end());
    const std::size_t block = size - response.size() + 1;
    const float scale = 2.0F / static_cast<float>(size);
    std::vector<float> output(signal.size());
    for (std::size_t start = 0; start < signal.size(); start += block) {
        std::ranges::fill(real, 0.0F);
        std::ranges::copy(signal.subspan(start, std::min(block, signal.size() - start)), real.begin());
        fft.forward();
        const auto bins = fft.bins();
        for (std::size_t k = 0; k < bins.size(); ++k) bins[k] *= filter[k];
        fft.inverse();
        for (std::size_t i = 0; i < size && start + i < output.size(); ++i)
            output[start + i] += real[i] * scale;
    }
    return output;
}

/// Stretches of a sound through filters, added up.
class BinauralRenderer {
 public:
    BinauralRenderer(std::span<const float> mono, std::span<const SourcePoint> path, const Hrtf& hrtf)
        : m_mono(mono),
          m_path(path),
          m_hrtf(hrtf),
          m_size(static_cast<std::size_t>(sizeFor(hrtf.responseLength()))),
          m_sound(static_cast<int>(m_size)),
          m_filter(static_cast<int>(m_size)),
          m_output(2, Samples(static_cast<std::int64_t>(mono.size()))) {
        m_air.reserve(m_size / 2 + 1);
        for (std::size_t k = 0; k <= m_size / 2; ++k)
            m_air.push_back(
                airAbsorption(static_cast<double>(k) * kSampleRate / static_cast<double>(m_size)));
        m_window.reserve(2 * kHop);
        for (std::size_t i = 0; i < 2 * kHop; ++i)
            m_window.push_back(static_cast<float>(
                0.5 - 0.5 * std::cos(std::numbers::pi * (static_cast<double>(i) + 0.5) / kHop)));
    }

    [[nodiscard]] std::size_t stretches() const { return m_mono.size() / kHop + 2; }

    /// The stretch around sample `index` × kHop.
    void add(std::size_t index) {
        const auto centre = static_cast<std::ptrdiff_t>(index * kHop);
        const std::ptrdiff_t start = centre - static_cast<std::ptrdiff_t>(kHop);
        const auto real = m_sound.real();
        std::ranges::fill(real, 0.0F);
        for (std::size_t i = 0; i < 2 * kHop; ++i) {
            const std::ptrdiff_t at = start + static_cast<std::ptrdiff_t>(i);
            if (at >= 0 && at < static_cast<std::ptrdiff_t>(m_mono.size()))
                real[i] = m_mono[static_cast<std::size_t>(at)] * m_window[i];
        }
        m_sound.forward();
        m_spectrum.assign(m_sound.bins().begin(), m_sound.bins().end());
        follow(positionAt(m_path, static_cast<double>(centre) / kSampleRate));
        for (const Ear ear : kEars) addEar(ear, start);
    }
    AudioBuffer take() { return std::move(m_output); }

 private:
    void follow(const SourcePosition& position) {
        if (m_at == position) return;
        m_at = position;
        for (const Ear ear : kEars) {
            const EarPath path = earPath(position, ear, m_hrtf.radius());
            const EarFilter found = m_hrtf.filter(ear, path.azimuth, path.elevation);
            const auto real = m_filter.real();
            std::ranges::fill(real, 0.0F);
            std::ranges::copy(found.response, real.begin());
            m_filter.forward();
            const double delay =
                std::min(found.delay, kMostDelay) + path.delay + kEarliest - static_cast<double>(kHrtfOnset);
            const double scale = 2.0 / static_cast<double>(m_size) * path.gain;
            Spectrum& spectrum = m_filters[static_cast<std::size_t>(ear)];
            spectrum.assign(m_filter.bins().begin(), m_filter.bins().end());
            for (std::size_t k = 0; k < spectrum.size(); ++k) {
                const double angle =
                    -2 * std::numbers::pi * static_cast<double>(k) * delay / static_cast<double>(m_size);
                const double gain = scale * std::pow(10.0, -m_air[k] * position.distance / 20);
                spectrum[k] *= std::complex<float>(std::polar(gain, angle));
            }
        }
    }

    void addEar(Ear ear, std::ptrdiff_t start) {
        const auto which = static_cast<std::size_t>(ear);
        const auto bins = m_sound.bins();
        for (std::size_t k = 0; k < bins.size(); ++k) bins[k] = m_spectrum[k] * m_filters[which][k];
        m_sound.inverse();
        const auto real = m_sound.real();
        std::vector<float>& output = m_output.channels[which];
        // Responses begin kHrtfOnset after their place, of which a delay takes away at most all: what a shift
        // rings before the start lies at the end of the circle.
        const auto size = static_cast<std::ptrdiff_t>(m_size);
        for (std::ptrdiff_t i = 0; i < size; ++i) {
            const std::ptrdiff_t at = start + (i < size - kHrtfOnset ? i : i - size);
            if (at >= 0 && at < static_cast<std::ptrdiff_t>(output.size()))
                output[static_cast<std::size_t>(at)] += real[static_cast<std::size_t>(i)];
        }
    }

    std::span<const float> m_mono;
    std::span<const SourcePoint> m_path;
    const Hrtf& m_hrtf;
    std::size_t m_size;
    RealFft m_sound;
    RealFft m_filter;
    std::vector<double> m_air;  ///< dB a metre, of each bin
    std::vector<float> m_window;
    Spectrum m_spectrum;
    std::optional<SourcePosition> m_at;
    std::array<Spectrum, 2> m_filters;
    AudioBuffer m_output;
};

}  // namespace

Result<AudioBuffer> renderBinaural(std::span<const float> mono, std::span<const SourcePoint> path,
                                   const Hrtf& hrtf, const CancelToken& cancel,
                                   const std::function<void(double)>& progress) {
    if (path.empty()) return failure(ErrorCode::invalidArgument, "A sound has to be somewhere.");
    if (auto valid = validate(path); !valid) return propagate(valid);
    const std::vector<float> equalised = filtered(mono, hrtf.equaliser());
    BinauralRenderer renderer(equalised, path, hrtf);
    const std::size_t count = renderer.stretches();
    for (std::size_t i = 0; i < count; ++i) {
        if (i % 512 == 0) {
            if (cancel.cancelled())
                return failure(ErrorCode::cancelled, "Placing the sound in space was stopped.");
            if (progress) progress(static_cast<double>(i) / static_cast<double>(count));
        }
        renderer.add(i);
    }
    return renderer.take();
}

}  // namespace smidgen
