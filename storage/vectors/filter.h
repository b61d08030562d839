// Which rows a search may return.
#pragma once

#include <algorithm>
#include <cstdint>
#include <functional>
#include <span>
#include <utility>
#include <vector>

namespace smidgen::storage {

/// A filter is exact: it never lets another key through, nor keeps one back. How large a part of the rows it
/// lets through is needed to choose the cheaper way of searching; a wrong estimate costs time only.
class Filter {
 public:
    /// Everything.
    Filter() = default;
    /// Keys for which `allows` is true; called from any thread, at once. `selectivity` in (0, 1].
    [[nodiscard]] static Filter matching(std::function<bool(std::uint64_t)> allows, double selectivity) {
        Filter filter;
        filter.m_kind = Kind::predicate;
        filter.m_allows = std::move(allows);
        filter.m_selectivity = selectivity;
        return filter;
    }
    /// Keys whose bit is set: bit k % 64 of word k / 64. The words must outlive the searches.
    [[nodiscard]] static Filter bits(std::span<const std::uint64_t> words, double selectivity) {
        Filter filter;
        filter.m_kind = Kind::bitmap;
        filter.m_words = words;
        filter.m_selectivity = selectivity;
        return filter;
    }
    /// Exactly these keys.
    [[nodiscard]] static Filter among(std::vector<std::uint64_t> keys) {
        Filter filter;
        filter.m_kind = Kind::list;
        filter.m_keys = std::move(keys);
        std::sort(filter.m_keys.begin(), filter.m_keys.end());
        filter.m_keys.erase(std::unique(filter.m_keys.begin(), filter.m_keys.end()), filter.m_keys.end());
        return filter;
    }

    [[nodiscard]] bool everything() const { return m_kind == Kind::none; }
    [[nodiscard]] bool isList() const { return m_kind == Kind::list; }
    /// Of a list: sorted, each once.
    [[nodiscard]] const std::vector<std::uint64_t>& keys() const { return m_keys; }
    /// The part of `rows` that it lets through, as far as is known.
    [[nodiscard]] double selectivity(std::size_t rows) const {
        if (everything()) return 1.0;
        const double known = isList() ? static_cast<double>(m_keys.size()) /
                                            static_cast<double>(std::max<std::size_t>(rows, 1))
                                      : m_selectivity;
        return std::clamp(known, 1e-9, 1.0);
    }
    [[nodiscard]] bool allows(std::uint64_t key) const {
        switch (m_kind) {
            case Kind::none:
                return true;
            case Kind::predicate:
                return m_allows(key);
            case Kind::bitmap:
                return key / 64 < m_words.size() && ((m_words[key / 64] >> (key % 64)) & 1U) != 0;
            case Kind::list:
                break;
        }
        return std::binary_search(m_keys.begin(), m_keys.end(), key);
    }

 private:
    enum class Kind { none, predicate, bitmap, list };
    Kind m_kind = Kind::none;
    double m_selectivity = 1.0;
    std::function<bool(std::uint64_t)> m_allows;
    std::span<const std::uint64_t> m_words;
    std::vector<std::uint64_t> m_keys;
};

}  // namespace smidgen::storage
