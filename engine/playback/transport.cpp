#include "engine/playback/transport.h"

#include <algorithm>
#include <cmath>
#include <numbers>

namespace smidgen {
namespace {
constexpr int kRampsPerSecond = 200;  ///< 5 ms
constexpr double kFadeSeconds = 0.03;
}  // namespace

void Transport::prepare(int rate) noexcept {
    m_rampLength = std::max(1, rate / kRampsPerSecond);
    m_fadeLength = std::max(1, static_cast<int>(rate * kFadeSeconds));
}

void Transport::play(std::uint64_t generation) noexcept {
    m_wanted = true;
    m_generation = generation;
}

void Transport::pause(std::uint64_t generation) noexcept {
    m_wanted = false;
    m_generation = generation;
}

void Transport::change(Source* next) noexcept {
    if (m_changing && m_nextSource) m_nextSource->retired.store(true);
    m_nextSource = next;
    m_changing = true;
    m_jump = 0;
    m_loop = {};
}

void Transport::exchange(Source* next) noexcept {
    if (m_changing) {
        if (m_nextSource) m_nextSource->retired.store(true);
        m_nextSource = next;
        return;
    }
    Source*& place = m_fade > 0 ? m_following : m_incoming;
    if (place) place->retired.store(true);
    place = next;
}

/// The incoming sound is the sound.
void Transport::takeOver() noexcept {
    if (m_source) m_source->retired.store(true);
    m_source = m_incoming;
    m_incoming = m_following;
    m_following = nullptr;
    m_fade = 0;
}

void Transport::dropIncoming() noexcept {
    for (Source* source : {m_incoming, m_following})
        if (source) source->retired.store(true);
    m_incoming = m_following = nullptr;
    m_fade = 0;
}

PlayPlan Transport::plan() const noexcept {
    return {m_jump.value_or(m_position), m_position, m_loop};
}

void Transport::render(float* left, float* right, int frames) noexcept {
    if (m_source) m_source->plan(plan());
    if (m_incoming) m_incoming->plan(plan());
    int done = 0;
    while (done < frames) {
        if (!m_running && !begin()) break;
        if (m_ramp == 0 && leaving())
            m_running = false;
        else
            done += advance(left + done, right + done, frames - done);
    }
    std::fill(left + done, left + frames, 0.0F);
    std::fill(right + done, right + frames, 0.0F);
    m_published.store(m_position);
    m_sounding.store(m_running);
}

void Transport::settle() noexcept {
    m_running = false;
    applyChanges();
    if (m_source) m_source->plan(plan());
    m_published.store(m_position);
    m_sounding.store(false);
}

void Transport::applyChanges() noexcept {
    if (m_changing) {
        dropIncoming();
        if (m_source) m_source->retired.store(true);
        m_source = m_nextSource;
        m_nextSource = nullptr;
        m_changing = false;
    }
    while (m_incoming) takeOver();
    if (m_jump) {
        m_position = *m_jump;
        m_jump.reset();
        m_published.store(m_position);
        auto announced = m_position;
        m_announced.compare_exchange_strong(announced, -1);
    }
}

bool Transport::begin() noexcept {
    applyChanges();
    if (!m_wanted || !m_source) return false;
    if (m_position >= m_source->length()) {
        m_wanted = false;
        m_finished.store(m_generation);
        return false;
    }
    m_source->plan(plan());
    if (!m_source->ready()) return false;
    m_running = true;
    m_ramp = m_position == 0 ? m_rampLength : 0;
    return true;
}

int Transport::advance(float* left, float* right, int frames) noexcept {
    const auto length = m_source->length();
    const auto loopEnd = std::min(m_loop.end, length);
    const bool looping = m_loop.start < loopEnd && m_position < loopEnd;
    const auto end = looping ? loopEnd : length;
    const bool fadingOut = leaving();
    auto count = static_cast<int>(std::clamp<std::int64_t>(end - m_position, 0, frames));
    if (fadingOut)
        count = std::min(count, m_ramp);
    else if (m_ramp < m_rampLength)
        count = std::min(count, m_rampLength - m_ramp);

    int late = 0;
    if (m_incoming && count > 0 && (m_fade > 0 || (!fadingOut && m_incoming->ready())))
        count = crossFade(left, right, count, late);
    else if (count > 0)
        late = m_source->read(m_position, left, right, count);
    if (late > 0 && !m_late) m_gaps.fetch_add(1);
    m_late = late > 0;

    if (fadingOut || m_ramp < m_rampLength) {
        for (int i = 0; i < count; ++i) {
            m_ramp += fadingOut ? -1 : 1;
            const float gain = static_cast<float>(m_ramp) / static_cast<float>(m_rampLength);
            left[i] *= gain;
            right[i] *= gain;
        }
    }
    m_position += count;
    if (m_position >= end) arrive(looping);
    return count;
}

/// Both sounds from where playing is, the incoming one ever louder (a raised cosine, gains adding up to one).
/// How many frames it made, up to `frames`; `late` as Source::read().
int Transport::crossFade(float* left, float* right, int frames, int& late) noexcept {
    // Where the incoming sound is over sooner, it takes over at once, and ends there.
    const auto rest = m_incoming->length() - m_position;
    if (rest < 1) {
        takeOver();
        return 0;
    }
    const int count =
        static_cast<int>(std::min<std::int64_t>({frames, kFadeChunk, m_fadeLength - m_fade, rest}));
    late = m_source->read(m_position, left, right, count) +
           m_incoming->read(m_position, m_fadeLeft.data(), m_fadeRight.data(), count);
    for (int i = 0; i < count; ++i) {
        const auto k = static_cast<std::size_t>(i);
        const double way = static_cast<double>(++m_fade) / m_fadeLength;
        const auto share = static_cast<float>(0.5 - 0.5 * std::cos(std::numbers::pi * way));
        left[i] += share * (m_fadeLeft[k] - left[i]);
        right[i] += share * (m_fadeRight[k] - right[i]);
    }
    if (m_fade >= m_fadeLength) takeOver();
    return count;
}

void Transport::arrive(bool looping) noexcept {
    if (looping) {
        m_position = m_loop.start;
        return;
    }
    if (m_fade > 0) {
        takeOver();
        if (m_position < m_source->length()) return;
    }
    m_running = false;
    if (leaving()) return;
    m_wanted = false;
    m_finished.store(m_generation);
}

std::int64_t Transport::position() const noexcept {
    const auto announced = m_announced.load();
    return announced >= 0 ? announced : m_published.load();
}

}  // namespace smidgen
