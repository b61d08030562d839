#include "engine/steering/tool_chain.h"

#include <utility>

#include "engine/analysis/mel.h"
#include "engine/steering/spectral_tools.h"
#include "engine/steering/texture_tools.h"
#include "engine/steering/time_tools.h"

namespace smidgen {

ToolChain::ToolChain(AudioBuffer sound)
    : m_channels(sound.channelCount()), m_parts(toMidSide(sound)), m_events(findEvents(m_parts.mid)) {}
ToolChain::ToolChain(ToolChain&&) noexcept = default;
ToolChain& ToolChain::operator=(ToolChain&&) noexcept = default;
ToolChain::~ToolChain() = default;

MidSide ToolChain::run(const ToolAmounts& amounts, bool withSide) const {
    MidSide parts{m_parts.mid, withSide ? m_parts.side : std::vector<float>()};
    if (amounts.areZero()) return parts;
    const auto both = [&](const auto& change) {
        change(parts.mid, 0);
        if (!parts.side.empty()) change(parts.side, 1);
    };
    if (amounts[Attribute::pulse] < 0 && !m_unrestDrawn) {
        drawUnrest(m_events, m_parts.mid);
        m_unrestDrawn = true;
    }
    // Events first: everything else then hears them where they are.
    if (const auto slices =
            planSlices(m_events, parts.mid.size(), amounts[Attribute::density], amounts[Attribute::pulse]);
        !slices.empty())
        both([&](std::vector<float>& signal, int) { signal = playSlices(signal, slices); });
    both([&](std::vector<float>& signal, int) {
        layerCopies(signal, m_events.tempo, amounts[Attribute::density]);
    });
    const double tension = amounts[Attribute::tension], roughness = amounts[Attribute::roughness];
    if (tension > 0) both([&](std::vector<float>& signal, int) { detune(signal, tension); });
    if (tension < 0) both([&](std::vector<float>& signal, int) { signal = consonate(signal, -tension); });
    if (wantsSpectralGains(amounts)) {
        LogMel mel;
        if (wantsBandGains(amounts)) {
            MelAnalyzer analyzer;
            mel = analyzer.analyze(parts.mid);
        }
        const SpectralGains gains = spectralGains(amounts, mel.values);
        both([&](std::vector<float>& signal, int) { signal = applyGains(signal, gains); });
    }
    if (roughness < 0)
        both([&](std::vector<float>& signal, int) { signal = smoothBeating(signal, -roughness); });
    const auto phase = m_events.events.empty() ? std::size_t{0} : m_events.events.front().start;
    const auto gains =
        levelGains(parts.mid, amounts[Attribute::rhythm], amounts[Attribute::pulse], m_events.tempo, phase);
    if (!gains.empty())
        both([&](std::vector<float>& signal, int) {
            for (std::size_t i = 0; i < signal.size(); ++i) signal[i] *= gains[i];
        });
    both([&](std::vector<float>& signal, int channel) {
        addRoom(signal, amounts[Attribute::space], channel);
    });
    // Last: a room would even its beating out.
    if (roughness > 0) both([&](std::vector<float>& signal, int) { roughen(signal, roughness); });
    return parts;
}

AudioBuffer ToolChain::apply(const ToolAmounts& amounts) const {
    MidSide parts = run(amounts, true);
    if (m_channels >= 2) return fromMidSide(parts.mid, parts.side);
    AudioBuffer mono(0, Samples(0));
    mono.channels.push_back(std::move(parts.mid));
    return mono;
}

std::vector<float> ToolChain::applyToMid(const ToolAmounts& amounts) const {
    return run(amounts, false).mid;
}

}  // namespace smidgen
