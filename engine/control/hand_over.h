// The queue between the threads of MIDI and OSC and the one that receives.
#pragma once

#include <atomic>
#include <utility>

namespace smidgen {

/// Any threads put in, one takes out; nobody waits and nothing is lost. Unbounded: a linked list whose newest
/// end is exchanged atomically (D. Vyukov's many-producer queue, 2010). What one thread puts in comes out in
/// its order.
template <typename T>
class HandOverQueue {
 public:
    HandOverQueue() : m_newest(new Node), m_oldest(m_newest.load()) {}
    ~HandOverQueue() {
        while (m_oldest != nullptr) delete std::exchange(m_oldest, m_oldest->next.load());
    }
    HandOverQueue(const HandOverQueue&) = delete;
    HandOverQueue& operator=(const HandOverQueue&) = delete;

    /// Any thread; allocates.
    void put(T value) {
        Node* node = new Node;
        node->value = std::move(value);
        Node* before = m_newest.exchange(node, std::memory_order_acq_rel);
        before->next.store(node, std::memory_order_release);
    }

    /// The receiving thread. False when it is empty, or when the oldest is just being put in: its thread then
    /// still has its wake-up to give.
    [[nodiscard]] bool take(T& value) {
        Node* next = m_oldest->next.load(std::memory_order_acquire);
        if (next == nullptr) return false;
        value = std::move(next->value);
        next->value = T();
        delete std::exchange(m_oldest, next);
        return true;
    }

 private:
    struct Node {
        std::atomic<Node*> next{nullptr};
        T value{};  ///< empty in the node that was taken last
    };
    std::atomic<Node*> m_newest;
    Node* m_oldest;
};

}  // namespace smidgen
