// Payload: two bytes, the rung of the ladder; then the planes of the quantised spectra, one coefficient after
// the other from low to high, each over all rows and channels. Coefficients below a threshold are dropped.
#include <algorithm>

#include "storage/wavetable/codec_loops.h"
#include "storage/wavetable/integer_planes.h"
#include "storage/wavetable/ladder.h"
#include "storage/wavetable/payload.h"
#include "storage/wavetable/row_spectrum.h"

namespace smidgen::storage {
namespace {

/// In steps.
constexpr float kThreshold = 0.6F;

/// Line n is channel n % channels of row n / channels.
class Lines {
 public:
    explicit Lines(const NodeShape& shape)
        : m_shape(shape), m_spectrum(shape.columns), m_values(shape.columns) {}

    [[nodiscard]] std::size_t count() const { return std::size_t{m_shape.rows} * m_shape.channels; }
    [[nodiscard]] std::size_t length() const { return m_shape.columns; }

    void analyse(const float* values, std::size_t line, std::span<float> coefficients) {
        const float* from = values + line / m_shape.channels * m_shape.rowCount() + line % m_shape.channels;
        for (std::size_t i = 0; i < length(); ++i) m_values[i] = from[i * m_shape.channels];
        m_wide.resize(length());
        m_spectrum.forward(m_values, m_wide);
        for (std::size_t i = 0; i < length(); ++i) coefficients[i] = static_cast<float>(m_wide[i]);
    }
    /// `decoded` as one line of length() values.
    void synthesise(std::span<const float> coefficients, std::span<float> decoded) {
        m_wide.assign(coefficients.begin(), coefficients.end());
        m_spectrum.inverse(m_wide, m_values);
        for (std::size_t i = 0; i < length(); ++i) decoded[i] = static_cast<float>(m_values[i]);
    }
    void place(std::span<const float> decoded, std::size_t line, float* values) const {
        float* to = values + line / m_shape.channels * m_shape.rowCount() + line % m_shape.channels;
        for (std::size_t i = 0; i < length(); ++i) to[i * m_shape.channels] = decoded[i];
    }
    void take(const float* values, std::size_t line, std::span<float> taken) const {
        const float* from = values + line / m_shape.channels * m_shape.rowCount() + line % m_shape.channels;
        for (std::size_t i = 0; i < length(); ++i) taken[i] = from[i * m_shape.channels];
    }

 private:
    NodeShape m_shape;
    RowSpectrum m_spectrum;
    std::vector<double> m_values;
    std::vector<double> m_wide;
};

class Trial {
 public:
    Trial(const Node& node, Lines& lines, const std::vector<float>& coefficients)
        : m_node(node),
          m_lines(lines),
          m_coefficients(coefficients),
          m_steps(lines.length()),
          m_restored(lines.length()),
          m_decoded(lines.length()),
          m_original(lines.length()) {}

    [[nodiscard]] bool keepsTo(float step, const ErrorLimit& limit) {
        if (isHopeless(step, limit)) return false;
        const std::size_t length = m_lines.length();
        ErrorMeter meter;
        for (std::size_t line = 0; line < m_lines.count(); ++line) {
            quantiseDeadZone(m_coefficients.data() + line * length, step, kThreshold, m_steps.data(), length);
            restore(m_steps.data(), step, m_restored.data(), length);
            m_lines.synthesise(m_restored, m_decoded);
            m_lines.take(m_node.values.get(), line, m_original);
            meter.add(m_original.data(), m_decoded.data(), length);
            if (meter.exceeds(limit, m_node.shape.count())) return false;
        }
        return true;
    }

 private:
    /// Whether the coefficients' own error, which an orthonormal transform keeps, is already too large.
    [[nodiscard]] bool isHopeless(float step, const ErrorLimit& limit) {
        constexpr double kRounding = 1.001;
        const ErrorLimit loose{.rms = std::min(limit.rms, limit.largest) * kRounding};
        const std::size_t length = m_lines.length();
        ErrorMeter meter;
        for (std::size_t at = 0; at < m_coefficients.size(); at += length) {
            quantiseDeadZone(m_coefficients.data() + at, step, kThreshold, m_steps.data(), length);
            restore(m_steps.data(), step, m_restored.data(), length);
            meter.add(m_coefficients.data() + at, m_restored.data(), length);
            if (meter.exceeds(loose, m_coefficients.size())) return true;
        }
        return false;
    }

    const Node& m_node;
    Lines& m_lines;
    const std::vector<float>& m_coefficients;
    std::vector<std::int32_t> m_steps;
    std::vector<float> m_restored;
    std::vector<float> m_decoded;
    std::vector<float> m_original;
};

}  // namespace

std::optional<Bytes> encodeFft(const Node& node, const ErrorLimit& limit) {
    Lines lines(node.shape);
    const std::size_t length = lines.length();
    std::vector<float> coefficients(node.shape.count());
    for (std::size_t line = 0; line < lines.count(); ++line)
        lines.analyse(node.values.get(), line, std::span(coefficients).subspan(line * length, length));
    const float largest = largestMagnitude(coefficients.data(), coefficients.size());
    Trial trial(node, lines, coefficients);
    const auto found = coarsestRung(largest, [&](float step) { return trial.keepsTo(step, limit); });
    if (!found) return std::nullopt;
    const int rung = *found;

    std::vector<std::int32_t> steps(length);
    std::vector<std::uint32_t> coded(length);
    std::vector<std::uint32_t> numbers(coefficients.size());
    for (std::size_t line = 0; line < lines.count(); ++line) {
        quantiseDeadZone(coefficients.data() + line * length, stepOfRung(rung), kThreshold, steps.data(),
                         length);
        zigzag(steps.data(), coded.data(), length);
        for (std::size_t k = 0; k < length; ++k) numbers[k * lines.count() + line] = coded[k];
    }
    Bytes payload;
    NodeWriter(payload).integer(static_cast<std::int16_t>(rung));
    writePlanes(numbers, payload);
    return payload;
}

bool decodeFft(std::span<const std::byte> payload, const NodeShape& shape, float* out) {
    NodeReader reader(payload);
    std::int16_t rung = 0;
    if (!reader.integer(rung) || !isRung(rung)) return false;
    std::vector<std::uint32_t> numbers(shape.count());
    if (!readPlanes(reader, numbers) || !reader.atEnd()) return false;
    Lines lines(shape);
    const std::size_t length = lines.length();
    std::vector<std::uint32_t> coded(length);
    std::vector<std::int32_t> steps(length);
    std::vector<float> coefficients(length);
    std::vector<float> decoded(length);
    for (std::size_t line = 0; line < lines.count(); ++line) {
        for (std::size_t k = 0; k < length; ++k) coded[k] = numbers[k * lines.count() + line];
        unzigzag(coded.data(), steps.data(), length);
        restore(steps.data(), stepOfRung(rung), coefficients.data(), length);
        lines.synthesise(coefficients, decoded);
        lines.place(decoded, line, out);
    }
    return true;
}

}  // namespace smidgen::storage
