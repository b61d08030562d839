// Keeps the most recently used values within a budget of bytes.
#pragma once

#include <list>
#include <map>
#include <memory>

namespace smidgen {

/// Not thread-safe. A value that alone exceeds the budget is kept until the next one comes.
template <typename Key, typename Value>
class RecentCache {
 public:
    explicit RecentCache(std::size_t budget) : m_budget(budget) {}

    /// Marks it as used; nullptr when it is not there.
    [[nodiscard]] std::shared_ptr<const Value> find(const Key& key) {
        const auto found = m_entries.find(key);
        if (found == m_entries.end()) return nullptr;
        m_order.splice(m_order.begin(), m_order, found->second.place);
        return found->second.value;
    }

    void insert(const Key& key, std::shared_ptr<const Value> value, std::size_t bytes) {
        erase(key);
        m_order.push_front(key);
        m_entries.emplace(key, Entry{std::move(value), bytes, m_order.begin()});
        m_bytes += bytes;
        while (m_bytes > m_budget && m_order.size() > 1) erase(Key(m_order.back()));
    }

    [[nodiscard]] std::size_t bytes() const { return m_bytes; }

 private:
    struct Entry {
        std::shared_ptr<const Value> value;
        std::size_t bytes = 0;
        typename std::list<Key>::iterator place;
    };

    void erase(const Key& key) {
        const auto found = m_entries.find(key);
        if (found == m_entries.end()) return;
        m_bytes -= found->second.bytes;
        m_order.erase(found->second.place);
        m_entries.erase(found);
    }

    std::size_t m_budget;
    std::size_t m_bytes = 0;
    std::list<Key> m_order;  ///< most recent first
    std::map<Key, Entry> m_entries;
};

}  // namespace smidgen
