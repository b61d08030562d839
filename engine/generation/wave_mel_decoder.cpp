#include <algorithm>
#include <complex>
#include <exception>

#include "engine/analysis/mel_correction.h"
#include "engine/analysis/mel_skeleton.h"
#include "engine/analysis/tone_carrier.h"
#include "engine/generation/mel_decoder.h"

namespace smidgen {
namespace {

constexpr int kCorrectionUpdates = 3;
/// Frames that one window covers to each side.
constexpr std::int64_t kWindowReach = 4;

class NeuralDecoder final : public MelDecoder {
 public:
    NeuralDecoder(std::shared_ptr<const models::WaveDecoder> weights, const WaveDecoding& decoding)
        : m_weights(std::move(weights)),
          m_shape(m_weights->shape()),
          m_skeleton(m_bank, {1}),
          m_carrier(m_bank),
          m_stft({m_shape.window, m_shape.hop()}),
          m_correction(m_bank),
          m_decoding(decoding) {}

    Result<std::vector<float>> decode(const DecodeRequest& request) override {
        try {
            return decodePieces(request);
        } catch (const std::exception&) {  // bad_alloc or length_error: nothing else is thrown here
            return failure(
                ErrorCode::outOfMemory,
                "There is not enough memory for a sound of this length. Choose a shorter duration.");
        }
    }

    [[nodiscard]] std::int64_t reach() const override {
        return m_weights->reach() + kLevelReach + kWindowReach + correctionReach(m_decoding.rounds);
    }

 private:
    Result<std::vector<float>> decodePieces(const DecodeRequest& request) {
        const std::int64_t length = std::max<std::int64_t>(0, request.length.value);
        const std::int64_t hop = m_bank.shape().stft.hop;
        const std::int64_t frames = 1 + length / hop;
        const std::int64_t first = std::clamp<std::int64_t>(request.first, 0, frames);
        const std::int64_t stop = request.count < 0 ? frames : std::min(frames, first + request.count);
        m_tracedFrom = std::max<std::int64_t>(0, first - kTonesHeard);
        m_tones = m_carrier.trace(
            this->frames(*request.mel, m_tracedFrom, std::min(frames, stop + reach()) - m_tracedFrom));
        std::vector<float> result;
        const std::int64_t samplesWanted = (stop == frames ? length : stop * hop) - first * hop;
        for (std::int64_t start = first; static_cast<std::int64_t>(result.size()) < samplesWanted;
             start += m_decoding.pieceFrames) {
            if (request.cancel.cancelled())
                return failure(ErrorCode::cancelled, "The sound was not finished: it was cancelled.");
            const std::int64_t end = std::min(stop, start + m_decoding.pieceFrames);
            const std::int64_t from = std::max<std::int64_t>(0, start - reach());
            const std::int64_t to = std::min(frames, end + reach());
            const std::int64_t samples = to == frames ? length - from * hop : (to - from - 1) * hop;
            auto piece = decodePiece(*request.mel, from, to - from, samples, request.seed);
            if (!piece) return piece;
            const std::int64_t keepTo = end == frames ? length - from * hop : (end - from) * hop;
            result.insert(result.end(), piece->begin() + (start - from) * hop, piece->begin() + keepTo);
        }
        return result;
    }

    /// Frames [start, start + count): beyond the end the last one is held for one frame, then there is
    /// silence.
    [[nodiscard]] std::vector<float> frames(const LogMel& mel, std::int64_t start, std::int64_t count) const {
        const std::int64_t given = mel.frames().value;
        std::vector<float> values;
        values.reserve(static_cast<std::size_t>(count * mel.bands));
        for (std::int64_t t = start; t < start + count && t <= given && given > 0; ++t) {
            const std::span<const float> frame = mel.frame(std::min(t, given - 1));
            values.insert(values.end(), frame.begin(), frame.end());
        }
        values.resize(static_cast<std::size_t>(count * mel.bands), kLogMelFloor);
        for (float& value : values) value = value > kLogMelFloor ? std::min(value, kLoudest) : kLogMelFloor;
        return values;
    }

    Result<std::vector<float>> decodePiece(const LogMel& mel, std::int64_t start, std::int64_t count,
                                           std::int64_t samples, std::uint64_t seed) {
        const std::vector<float> logMel = frames(mel, start, count);
        describeForDecoder(m_skeleton, logMel, m_shape.noise, seed, m_inputs, start);
        m_skeleton.interpolate(logMel, m_ground);
        if (auto told = m_weights->spectra(m_inputs, m_ground, m_spectrum); !told) return propagate(told);
        const auto bins = static_cast<std::size_t>(m_shape.bins());
        for (std::size_t t = 0; t < m_spectrum.size() / bins; ++t)
            m_carrier.advance(m_tones, static_cast<std::size_t>(start - m_tracedFrom) + t,
                              std::span(m_spectrum).subspan(t * bins, bins));
        std::vector<float> signal;
        m_stft.inverse(m_spectrum, signal, Samples(samples));
        if (m_decoding.rounds > 0)
            m_correction.applyLimited(fromLogMel(logMel), m_decoding.rounds, kCorrectionUpdates, signal);
        return signal;
    }

    static constexpr float kLoudest = 16.0F;

    std::shared_ptr<const models::WaveDecoder> m_weights;
    models::WaveDecoderShape m_shape;
    MelBank m_bank;
    MelSkeleton m_skeleton;
    ToneCarrier m_carrier;
    CarriedTones m_tones;           ///< of the frames from m_tracedFrom on
    std::int64_t m_tracedFrom = 0;  ///< 0 when all is wanted
    Stft m_stft;
    MelCorrection m_correction;
    WaveDecoding m_decoding;
    std::vector<float> m_inputs, m_ground;
    std::vector<std::complex<float>> m_spectrum;
};

}  // namespace

std::unique_ptr<MelDecoder> makeWaveDecoder(std::shared_ptr<const models::WaveDecoder> weights,
                                            const WaveDecoding& decoding) {
    return std::make_unique<NeuralDecoder>(std::move(weights), decoding);
}

}  // namespace smidgen
