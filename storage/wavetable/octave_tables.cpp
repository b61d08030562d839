#include "storage/wavetable/octave_tables.h"

#include <algorithm>
#include <bit>
#include <cmath>

#include "storage/wavetable/error_limit.h"
#include "storage/wavetable/node.h"
#include "storage/wavetable/row_spectrum.h"

namespace smidgen::storage {
namespace {

constexpr std::size_t kValuesPerPeriod = 16;  ///< of the highest harmonic
constexpr std::size_t kShortestTable = 16;
constexpr std::size_t kBefore = 2;  ///< values the interpolation needs ahead of a place
constexpr std::size_t kBehind = 4;

double wrapped(double phase) noexcept {
    const double rest = phase - std::floor(phase);
    return rest < 1.0 ? rest : 0.0;
}

}  // namespace

Result<OctaveTables> OctaveTables::build(std::span<const float> cycle) {
    if (cycle.size() < 3 || cycle.size() > kLongestSide)
        return failure(ErrorCode::invalidArgument, "A cycle to be played has 3 to 4096 values.");
    if (!allFinite(cycle))
        return failure(ErrorCode::invalidArgument,
                       "The cycle to be played holds values that are not numbers.");
    RowSpectrum analysis(cycle.size());
    const std::vector<double> values(cycle.begin(), cycle.end());
    std::vector<double> spectrum(cycle.size());
    analysis.forward(values, spectrum);

    OctaveTables tables;
    // At an even length the highest harmonic has no phase, and is left out.
    tables.m_harmonics = (cycle.size() - 1) / 2;
    for (std::size_t most = std::bit_ceil(tables.m_harmonics);; most /= 2) {
        const std::size_t harmonics = std::min(most, tables.m_harmonics);
        const std::size_t length = std::bit_ceil(std::max(kShortestTable, kValuesPerPeriod * harmonics));
        RowSpectrum synthesis(length);
        std::vector<double> kept(length, 0.0);
        std::vector<double> period(length);
        const double scale = std::sqrt(static_cast<double>(length) / static_cast<double>(cycle.size()));
        for (std::size_t k = 0; k <= 2 * harmonics; ++k) kept[k] = spectrum[k] * scale;
        synthesis.inverse(kept, period);
        tables.m_tables.push_back({tables.m_values.size(), length});
        for (std::size_t i = 0; i < length + kBefore + kBehind; ++i)
            tables.m_values.push_back(static_cast<float>(period[(i + length - kBefore) % length]));
        if (most == 0) return tables;
    }
}

OctaveTables::Choice OctaveTables::choose(double cyclesPerSample) const noexcept {
    const double fastest = 2 * std::abs(cyclesPerSample) * static_cast<double>(std::bit_ceil(m_harmonics));
    const auto last = static_cast<double>(m_tables.size() - 1);
    // How many octaves must go until the highest harmonic lies below half the sampling rate.
    const double octaves = fastest > 1 ? std::min(std::log2(fastest), last) : 0.0;
    const auto whole = static_cast<std::size_t>(std::ceil(octaves));
    if (whole + 1 >= m_tables.size()) return {&m_tables.back(), &m_tables.back(), 1.0F};
    if (octaves == 0.0) return {&m_tables[0], &m_tables[0], 1.0F};
    return {&m_tables[whole], &m_tables[whole + 1], static_cast<float>(static_cast<double>(whole) - octaves)};
}

float OctaveTables::read(const Table& table, double phase) const noexcept {
    const double place = wrapped(phase) * static_cast<double>(table.length);
    const auto index = std::min(static_cast<std::size_t>(place), table.length - 1);
    const auto t = static_cast<float>(place - static_cast<double>(index));
    const float* v = m_values.data() + table.first + index;  // v[2] lies at t = 0
    // Lagrange's polynomial through −2 … 3.
    const float a = t + 2;
    const float b = t + 1;
    const float c = t - 1;
    const float d = t - 2;
    const float e = t - 3;
    const float left = b * t * c * d * e * (-1.0F / 120) * v[0] + a * t * c * d * e * (1.0F / 24) * v[1];
    const float middle = a * b * c * d * e * (-1.0F / 12) * v[2] + a * b * t * d * e * (1.0F / 12) * v[3];
    const float right = a * b * t * c * e * (-1.0F / 24) * v[4] + a * b * t * c * d * (1.0F / 120) * v[5];
    return left + middle + right;
}

float OctaveTables::at(double phase, double cyclesPerSample) const noexcept {
    const Choice choice = choose(cyclesPerSample);
    const float fuller = read(*choice.fuller, phase);
    if (choice.share == 1.0F) return fuller;
    return choice.share * fuller + (1.0F - choice.share) * read(*choice.darker, phase);
}

double OctaveTables::render(std::span<float> out, double phase, double cyclesPerSample) const noexcept {
    const Choice choice = choose(cyclesPerSample);
    for (float& value : out) {
        value = choice.share * read(*choice.fuller, phase);
        if (choice.share != 1.0F) value += (1.0F - choice.share) * read(*choice.darker, phase);
        phase = wrapped(phase + cyclesPerSample);
    }
    return phase;
}

}  // namespace smidgen::storage
