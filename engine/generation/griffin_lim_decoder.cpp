#include <algorithm>
#include <exception>

#include "engine/analysis/mel_correction.h"
#include "engine/analysis/mel_synthesis.h"
#include "engine/foundation/random.h"
#include "engine/generation/mel_decoder.h"

namespace smidgen {
namespace {

/// A piece is 10.9 s long. Its last frames, which do not hear what follows, are dropped; the next piece
/// starts far enough before them to take over a settled stretch, whose signal it keeps and whose phase it
/// continues.
constexpr std::int64_t kPieceFrames = 1024;
constexpr std::int64_t kDroppedFrames = 16;
constexpr std::int64_t kSharedFrames = 16;
/// More updates than after a network: Griffin-Lim knows nothing but the mel.
constexpr int kCorrectionUpdates = 8;

Error cancelled() {
    return {ErrorCode::cancelled, "The sound was not finished: it was cancelled.", {}};
}

/// Frames [start, start + count), linear. Beyond the end the last one is held for one frame (a signal of n
/// hops has n + 1 frames), then there is silence.
std::vector<float> linearMel(const LogMel& mel, std::int64_t start, std::int64_t count) {
    const std::int64_t given = mel.frames().value;
    std::vector<float> values;
    values.reserve(static_cast<std::size_t>(count * mel.bands));
    for (std::int64_t t = start; t < start + count; ++t) {
        if (t > given || given == 0) break;
        const std::span<const float> frame = mel.frame(std::min(t, given - 1));
        values.insert(values.end(), frame.begin(), frame.end());
    }
    values.resize(static_cast<std::size_t>(count * mel.bands), kLogMelFloor);
    return fromLogMel(values);
}

class GriffinLimDecoder final : public MelDecoder {
 public:
    explicit GriffinLimDecoder(const GriffinLimDecoding& decoding)
        : m_correction(m_bank), m_decoding(decoding) {}

    Result<std::vector<float>> decode(const DecodeRequest& request) override {
        try {
            return request.first == 0 && request.count < 0 ? decodePieces(request) : decodePart(request);
        } catch (const std::exception&) {  // bad_alloc or length_error: nothing else is thrown here
            return failure(
                ErrorCode::outOfMemory,
                "There is not enough memory for a sound of this length. Choose a shorter duration.");
        }
    }

    /// What corrections depend on lies within what the phases are settled by, so one stretch serves both.
    [[nodiscard]] std::int64_t reach() const override {
        return std::max<std::int64_t>(kSharedFrames, correctionReach(m_decoding.rounds));
    }

 private:
    Result<std::vector<float>> decodePart(const DecodeRequest& request) {
        const std::int64_t hop = m_bank.shape().stft.hop;
        const std::int64_t length = std::max<std::int64_t>(0, request.length.value);
        const std::int64_t frames = 1 + length / hop;
        const std::int64_t first = std::clamp<std::int64_t>(request.first, 0, frames);
        const std::int64_t stop = request.count < 0 ? frames : std::min(frames, first + request.count);
        const std::int64_t from = std::max<std::int64_t>(0, first - reach());
        const std::int64_t to = std::min(frames, stop + reach());
        LogMel part{request.mel->bands, {}};
        for (std::int64_t t = from; t < std::min(to, request.mel->frames().value); ++t)
            part.values.insert(part.values.end(), request.mel->frame(t).begin(), request.mel->frame(t).end());
        DecodeRequest whole = request;
        whole.mel = &part;
        whole.first = 0;
        whole.count = -1;
        whole.length = Samples(to == frames ? length - from * hop : (to - from - 1) * hop);
        auto signal = decodePieces(whole);
        if (!signal) return signal;
        const std::int64_t end = stop == frames ? length - from * hop : (stop - from) * hop;
        return std::vector<float>(signal->begin() + (first - from) * hop, signal->begin() + end);
    }

    Result<std::vector<float>> decodePieces(const DecodeRequest& request) {
        const std::int64_t length = std::max<std::int64_t>(0, request.length.value);
        const std::int64_t hop = m_bank.shape().stft.hop;
        const std::int64_t frames = 1 + length / hop;
        std::vector<float> result;
        result.reserve(static_cast<std::size_t>(length));
        for (std::int64_t start = 0; static_cast<std::int64_t>(result.size()) < length;) {
            const bool last = start + kPieceFrames >= frames;
            const std::int64_t count = last ? frames - start : kPieceFrames;
            const std::int64_t samples = last ? length - start * hop : (count - 1) * hop;
            const std::span<const float> head =
                std::span(result).subspan(static_cast<std::size_t>(start * hop));
            const std::vector<float> piece =
                synthesizeFromMel(m_bank, linearMel(*request.mel, start, count), Samples(samples),
                                  {.iterations = m_decoding.iterations,
                                   .seed = mixSeed(request.seed, static_cast<std::uint64_t>(start))},
                                  head, request.cancel);
            if (request.cancel.cancelled()) return tl::unexpected(cancelled());
            const std::int64_t kept = last ? samples : samples - kDroppedFrames * hop;
            result.resize(static_cast<std::size_t>(start * hop));
            result.insert(result.end(), piece.begin(), piece.begin() + kept);
            start += kPieceFrames - 1 - kDroppedFrames - kSharedFrames;
        }
        return m_decoding.rounds > 0 ? corrected(request, result) : result;
    }

    /// Piece by piece as well, but with so much of the joined signal around each that nobody can tell where
    /// they meet.
    Result<std::vector<float>> corrected(const DecodeRequest& request, const std::vector<float>& signal) {
        const std::int64_t hop = m_bank.shape().stft.hop;
        const auto length = static_cast<std::int64_t>(signal.size());
        const std::int64_t frames = 1 + length / hop, reach = correctionReach(m_decoding.rounds);
        std::vector<float> result;
        result.reserve(signal.size());
        for (std::int64_t start = 0; start < frames; start += kPieceFrames) {
            if (request.cancel.cancelled()) return tl::unexpected(cancelled());
            const std::int64_t from = std::max<std::int64_t>(0, start - reach);
            const std::int64_t end = std::min(frames, start + kPieceFrames);
            const std::int64_t to = std::min(frames, end + reach);
            std::vector<float> piece(signal.begin() + from * hop,
                                     to == frames ? signal.end() : signal.begin() + to * hop);
            m_correction.applyLimited(linearMel(*request.mel, from, to - from), m_decoding.rounds,
                                      kCorrectionUpdates, piece);
            result.insert(result.end(), piece.begin() + (start - from) * hop,
                          end == frames ? piece.end() : piece.begin() + (end - from) * hop);
        }
        return result;
    }

    MelBank m_bank;
    MelCorrection m_correction;
    GriffinLimDecoding m_decoding;
};

}  // namespace

std::unique_ptr<MelDecoder> makeGriffinLimDecoder(const GriffinLimDecoding& decoding) {
    return std::make_unique<GriffinLimDecoder>(decoding);
}

}  // namespace smidgen
