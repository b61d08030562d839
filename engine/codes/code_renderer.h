// Codes under edit as sound: only what was touched is decoded again.
#pragma once

#include <memory>
#include <vector>

#include "engine/audio/audio_buffer.h"
#include "engine/codes/code_document.h"
#include "engine/codes/code_space.h"
#include "engine/foundation/cancel_token.h"
#include "engine/foundation/result.h"
#include "engine/generation/mel_decoder.h"
#include "models/mel_vae.h"

namespace smidgen {

/// Samples [start, end) of the sound.
struct SampleSpan {
    std::int64_t start = 0;
    std::int64_t end = 0;
    bool operator==(const SampleSpan&) const = default;
};

struct RenderedCodes {
    std::shared_ptr<const AudioBuffer> audio;  ///< 48 kHz, 1 or 2 channels, as long as the sound
    std::vector<SampleSpan> changed;  ///< ascending; all other samples are those of the rendering before
};

/// Remembers what it rendered last. A change of codes reaches as far as the two decoders see (about half a
/// second on each side); what is new there goes over into what was in kFadeSamples. Where a steady tone goes
/// on for longer than the decoder follows, only that fade hides that its phase is another. One thread at a
/// time.
class CodeRenderer {
 public:
    static constexpr std::int64_t kFadeSamples = 480;

    /// `model` quantises; `space` is its.
    CodeRenderer(std::shared_ptr<const models::MelVae> model, std::shared_ptr<const CodeSpace> space,
                 std::unique_ptr<MelDecoder> decoder);

    /// `heard`: one flag a level. The whole when it is another sound than before, or other levels are heard.
    /// Errors: unusableInput (codes that are not the model's), cancelled, outOfMemory; the next
    /// rendering is then of the whole.
    [[nodiscard]] Result<RenderedCodes> render(const SoundCodes& codes, const std::vector<bool>& heard,
                                               const CancelToken& cancel = {});

    /// One code of one level, held for half a second, by itself. Errors: as render().
    [[nodiscard]] Result<AudioBuffer> renderCode(int level, int code, std::span<const float> g);

 private:
    /// Latent frames [first, last).
    struct Stretch {
        std::int64_t first = 0, last = 0;
    };
    struct Channel {
        models::MelCodes codes;
        LogMel mel;
        std::vector<float> signal;
    };
    /// Latent frames on each side of one that its mel depends on.
    [[nodiscard]] std::int64_t seenByModel() const;
    [[nodiscard]] Status check(const SoundCodes& codes, const std::vector<bool>& heard) const;
    [[nodiscard]] std::vector<Stretch> changedStretches(const models::MelCodes& codes,
                                                        const Channel& before) const;
    [[nodiscard]] Status renderWhole(const models::MelCodes& codes, std::uint64_t seed,
                                     const CancelToken& cancel, Channel& channel);
    [[nodiscard]] Status renderStretch(const Stretch& stretch, std::uint64_t seed, const CancelToken& cancel,
                                       Channel& channel, std::vector<SampleSpan>& changed);
    [[nodiscard]] Result<std::vector<float>> melOf(const models::MelCodes& codes, std::int64_t first,
                                                   std::int64_t count) const;

    std::shared_ptr<const models::MelVae> m_model;
    std::shared_ptr<const CodeSpace> m_space;
    std::unique_ptr<MelDecoder> m_decoder;
    Samples m_length;
    std::vector<bool> m_heard;
    std::vector<Channel> m_channels;
    std::shared_ptr<const AudioBuffer> m_audio;
};

}  // namespace smidgen
