#include "engine/playback/renderer.h"

#include <algorithm>
#include <cmath>
#include <numbers>

namespace smidgen {
namespace {

constexpr double kToneHertz = 1000;
constexpr float kToneAmplitude = 0.1F;  ///< −20 dBFS
constexpr int kToneBursts = 4;          ///< left, right, left, right in one second

float finiteOrZero(float x) noexcept {
    return std::isfinite(x) ? x : 0.0F;
}

}  // namespace

void Renderer::prepare(int rate) {
    m_rate = rate;
    m_rampLength = std::max(1, rate / 200);
    m_transport.prepare(rate);
    m_meters.prepare(rate);
}

void Renderer::settle() noexcept {
    runCommands();
    m_transport.settle();
    m_gain = m_gainTarget;
    m_gainFramesLeft = 0;
    m_toneFrame = -1;
}

// Owner.

std::uint64_t Renderer::intend(TransportState state) {
    const auto generation = m_intent.load() / 4 + 1;
    m_intent.store(generation * 4 + static_cast<std::uint64_t>(state));
    return generation;
}

void Renderer::play() {
    Command command{.kind = Command::Kind::play};
    command.generation = intend(TransportState::playing);
    m_commands.enqueue(command);
}

void Renderer::pause() {
    Command command{.kind = Command::Kind::pause};
    command.generation = intend(TransportState::paused);
    m_commands.enqueue(command);
}

void Renderer::stop() {
    Command command{.kind = Command::Kind::stop};
    command.generation = intend(TransportState::stopped);
    m_transport.announceJump(0);
    m_commands.enqueue(command);
}

void Renderer::seek(std::int64_t frame) {
    m_transport.announceJump(frame);
    m_commands.enqueue(Command{.kind = Command::Kind::seek, .first = frame});
}

void Renderer::setLoop(PlayLoop loop) {
    m_commands.enqueue(Command{.kind = Command::Kind::loop, .first = loop.start, .second = loop.end});
}

void Renderer::setGain(float linear) {
    m_commands.enqueue(Command{.kind = Command::Kind::gain, .gain = linear});
}

void Renderer::startTone() {
    m_commands.enqueue(Command{.kind = Command::Kind::tone});
}

void Renderer::change(Source* next) {
    Command command{.kind = Command::Kind::change, .source = next};
    command.generation = intend(TransportState::stopped);
    m_transport.announceJump(0);
    m_commands.enqueue(command);
}

void Renderer::exchange(Source* next) {
    m_commands.enqueue(Command{.kind = Command::Kind::exchange, .source = next});
}

bool Renderer::takeFinished() {
    const auto finished = m_transport.finishedGeneration();
    if (finished == m_reportedGeneration || finished != m_intent.load() / 4) return false;
    m_reportedGeneration = finished;
    return true;
}

TransportState Renderer::state() const noexcept {
    const auto intent = m_intent.load();
    if (intent / 4 == m_transport.finishedGeneration()) return TransportState::stopped;
    return static_cast<TransportState>(intent % 4);
}

// Audio thread.

void Renderer::runCommands() noexcept {
    Command command;
    while (m_commands.try_dequeue(command)) run(command);
}

void Renderer::run(const Command& command) noexcept {
    using Kind = Command::Kind;
    switch (command.kind) {
        case Kind::play:
            m_transport.play(command.generation);
            break;
        case Kind::pause:
            m_transport.pause(command.generation);
            break;
        case Kind::stop:
            m_transport.pause(command.generation);
            m_transport.jump(0);
            break;
        case Kind::seek:
            m_transport.jump(command.first);
            break;
        case Kind::loop:
            m_transport.setLoop({command.first, command.second});
            break;
        case Kind::gain:
            m_gainTarget = command.gain;
            m_gainFramesLeft = m_rampLength;
            break;
        case Kind::tone:
            m_toneFrame = 0;
            break;
        case Kind::change:
            m_transport.pause(command.generation);
            m_transport.change(command.source);
            break;
        case Kind::exchange:
            m_transport.exchange(command.source);
            break;
    }
}

void Renderer::render(float* const* outputs, int channels, int frames) noexcept {
    m_callbacks.fetch_add(1, std::memory_order_relaxed);
    runCommands();
    for (int done = 0; done < frames; done += kChunk) {
        const int count = std::min(kChunk, frames - done);
        renderChunk(count);
        if (channels == 1) {
            for (int i = 0; i < count; ++i) {
                const auto k = static_cast<std::size_t>(i);
                outputs[0][done + i] = 0.5F * (m_left[k] + m_right[k]);
            }
            continue;
        }
        for (int c = 0; c < channels; ++c) {
            if (c == 0)
                std::copy_n(m_left.data(), count, outputs[c] + done);
            else if (c == 1)
                std::copy_n(m_right.data(), count, outputs[c] + done);
            else
                std::fill_n(outputs[c] + done, count, 0.0F);
        }
    }
}

void Renderer::renderChunk(int frames) noexcept {
    m_transport.render(m_left.data(), m_right.data(), frames);
    for (int i = 0; i < frames; ++i) {
        const auto k = static_cast<std::size_t>(i);
        m_left[k] = finiteOrZero(m_left[k]);
        m_right[k] = finiteOrZero(m_right[k]);
    }
    applyGain(frames);
    if (m_toneFrame >= 0) addTone(frames);
    m_meters.process(m_left.data(), m_right.data(), frames);
}

void Renderer::applyGain(int frames) noexcept {
    if (m_gainFramesLeft == 0 && m_gain == 1.0F) return;
    for (int i = 0; i < frames; ++i) {
        if (m_gainFramesLeft > 0) {
            m_gain += (m_gainTarget - m_gain) / static_cast<float>(m_gainFramesLeft);
            if (--m_gainFramesLeft == 0) m_gain = m_gainTarget;
        }
        const auto k = static_cast<std::size_t>(i);
        m_left[k] *= m_gain;
        m_right[k] *= m_gain;
    }
}

void Renderer::addTone(int frames) noexcept {
    const int burst = m_rate / kToneBursts;
    for (int i = 0; i < frames && m_toneFrame >= 0; ++i) {
        const auto inBurst = static_cast<int>(m_toneFrame % burst);
        const int ramp = std::min({inBurst, burst - 1 - inBurst, m_rampLength});
        const double phase = 2.0 * std::numbers::pi * kToneHertz * static_cast<double>(m_toneFrame) / m_rate;
        const float sample = kToneAmplitude * static_cast<float>(std::sin(phase)) * static_cast<float>(ramp) /
                             static_cast<float>(m_rampLength);
        auto& side = (m_toneFrame / burst) % 2 == 0 ? m_left : m_right;
        side[static_cast<std::size_t>(i)] += sample;
        if (++m_toneFrame == static_cast<std::int64_t>(burst) * kToneBursts) m_toneFrame = -1;
    }
}

}  // namespace smidgen
