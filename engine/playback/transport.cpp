#include "engine/playback/transport.h"

#include <algorithm>

namespace smidgen {
namespace {
constexpr int kRampsPerSecond = 200;  ///< 5 ms
}

void Transport::prepare(int rate) noexcept {
    m_rampLength = std::max(1, rate / kRampsPerSecond);
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

PlayPlan Transport::plan() const noexcept {
    return {m_jump.value_or(m_position), m_position, m_loop};
}

void Transport::render(float* left, float* right, int frames) noexcept {
    if (m_source) m_source->plan(plan());
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
        if (m_source) m_source->retired.store(true);
        m_source = m_nextSource;
        m_nextSource = nullptr;
        m_changing = false;
    }
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

    const bool late = count > 0 && m_source->read(m_position, left, right, count) > 0;
    if (late && !m_late) m_gaps.fetch_add(1);
    m_late = late;

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

void Transport::arrive(bool looping) noexcept {
    if (looping) {
        m_position = m_loop.start;
        return;
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
