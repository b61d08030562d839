#include "engine/playback/stream_source.h"

#include <algorithm>
#include <utility>

namespace smidgen {
namespace {
/// Blocks that must be there before playing begins.
constexpr int kReadyBlocks = 2;
}  // namespace

StreamSource::StreamSource(std::unique_ptr<SampleFeed> feed)
    : m_feed(std::move(feed)), m_blocks(kBlocks), m_length(m_feed->length()) {
    m_spare.reserve(kBlocks);
    m_present.reserve(kBlocks);
    for (auto& block : m_blocks) m_spare.push_back(&block);
    m_wake.release();
    m_thread = std::jthread([this] { readAhead(); });
}

StreamSource::~StreamSource() {
    m_stop.store(true);
    m_wake.release();
}

int StreamSource::blocksAhead(const PlayPlan& plan, std::int64_t length, Ahead& indices) noexcept {
    const auto loopEnd = std::min(plan.loop.end, length);
    auto frame = plan.next;
    int count = 0;
    while (count < kAhead && frame < length) {
        const auto index = frame / kBlockFrames;
        indices[static_cast<std::size_t>(count++)] = index;
        const auto following = (index + 1) * kBlockFrames;
        const bool wraps = plan.loop.start < loopEnd && frame < loopEnd && following >= loopEnd;
        frame = wraps ? plan.loop.start : following;
    }
    return count;
}

// Audio thread.

void StreamSource::plan(const PlayPlan& plan) noexcept {
    const bool moved = plan.next / kBlockFrames != m_plan.next / kBlockFrames ||
                       plan.playhead / kBlockFrames != m_plan.playhead / kBlockFrames ||
                       plan.loop.start != m_plan.loop.start || plan.loop.end != m_plan.loop.end;
    m_plan = plan;
    Block* block = nullptr;
    while (m_filled.try_dequeue(block)) m_held[static_cast<std::size_t>(m_heldCount++)] = block;
    if (!moved) return;
    m_wantedNext.store(plan.next, std::memory_order_relaxed);
    m_wantedLoopStart.store(plan.loop.start, std::memory_order_relaxed);
    m_wantedLoopEnd.store(plan.loop.end, std::memory_order_relaxed);
    giveBackUnneeded();
    m_wake.release();
}

void StreamSource::giveBackUnneeded() noexcept {
    Ahead ahead{};
    const auto aheadEnd = ahead.begin() + blocksAhead(m_plan, length(), ahead);
    const auto playing = m_plan.playhead / kBlockFrames;
    int kept = 0;
    for (int i = 0; i < m_heldCount; ++i) {
        auto* block = m_held[static_cast<std::size_t>(i)];
        const bool needed = block->index == playing || block->index == playing + 1 ||
                            std::find(ahead.begin(), aheadEnd, block->index) != aheadEnd;
        if (needed || !m_empty.try_enqueue(block)) m_held[static_cast<std::size_t>(kept++)] = block;
    }
    m_heldCount = kept;
}

const StreamSource::Block* StreamSource::held(std::int64_t index) const noexcept {
    for (int i = 0; i < m_heldCount; ++i)
        if (m_held[static_cast<std::size_t>(i)]->index == index) return m_held[static_cast<std::size_t>(i)];
    return nullptr;
}

bool StreamSource::ready() const noexcept {
    Ahead ahead{};
    const int count = std::min(kReadyBlocks, blocksAhead(m_plan, length(), ahead));
    return std::all_of(ahead.begin(), ahead.begin() + count, [this](auto index) { return held(index); });
}

int StreamSource::read(std::int64_t start, float* left, float* right, int frames) noexcept {
    int late = 0;
    for (int done = 0; done < frames;) {
        const auto frame = start + done;
        const auto offset = static_cast<int>(frame % kBlockFrames);
        const int count = std::min(frames - done, kBlockFrames - offset);
        if (const auto* block = held(frame / kBlockFrames)) {
            std::copy_n(block->left.data() + offset, count, left + done);
            std::copy_n(block->right.data() + offset, count, right + done);
        } else {
            std::fill_n(left + done, count, 0.0F);
            std::fill_n(right + done, count, 0.0F);
            late += count;
        }
        done += count;
    }
    return late;
}

// Reader thread.

void StreamSource::readAhead() {
    while (!m_stop.load()) {
        m_wake.acquire();
        while (m_wake.try_acquire()) {
        }
        while (!m_stop.load() && fillOne()) {
        }
    }
}

bool StreamSource::fillOne() {
    Block* returned = nullptr;
    while (m_empty.try_dequeue(returned)) {
        std::erase(m_present, returned->index);
        m_spare.push_back(returned);
    }
    if (m_spare.empty()) return false;

    const auto next = m_wantedNext.load(std::memory_order_relaxed);
    const PlayLoop loop{m_wantedLoopStart.load(std::memory_order_relaxed),
                        m_wantedLoopEnd.load(std::memory_order_relaxed)};
    Ahead ahead{};
    const auto aheadEnd = ahead.begin() + blocksAhead({next, next, loop}, length(), ahead);
    const auto missing = std::find_if(ahead.begin(), aheadEnd, [this](auto index) {
        return std::find(m_present.begin(), m_present.end(), index) == m_present.end();
    });
    if (missing == aheadEnd) return false;

    auto* block = m_spare.back();
    block->index = *missing;
    if (!fill(*block)) return true;
    m_spare.pop_back();
    m_present.push_back(block->index);
    return m_filled.try_enqueue(block);
}

bool StreamSource::fill(Block& block) {
    const auto start = block.index * kBlockFrames;
    const auto wanted = static_cast<int>(std::min<std::int64_t>(kBlockFrames, length() - start));
    const auto count = m_feed->read(start, block.left.data(), block.right.data(), wanted);
    if (count && *count == wanted) return true;
    {
        const std::lock_guard lock(m_problemMutex);
        m_problem = count ? "The sound is shorter than its header says; it ends where the samples do."
                          : count.error().sentence;
    }
    m_length.store(std::min(length(), start + (count ? *count : 0)));
    return count && *count > 0;
}

std::string StreamSource::problem() const {
    const std::lock_guard lock(m_problemMutex);
    return m_problem;
}

}  // namespace smidgen
