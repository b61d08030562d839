#include "engine/collections/natural_order.h"

#include <algorithm>

namespace smidgen {
namespace {

bool isDigit(char c) {
    return c >= '0' && c <= '9';
}
unsigned char folded(char c) {
    return static_cast<unsigned char>(c >= 'A' && c <= 'Z' ? c - 'A' + 'a' : c);
}

/// The run of digits at `at`, without leading zeros; moves `at` behind it.
std::string_view number(std::string_view text, std::size_t& at) {
    while (at < text.size() && text[at] == '0') ++at;
    const std::size_t start = at;
    while (at < text.size() && isDigit(text[at])) ++at;
    return text.substr(start, at - start);
}

/// < 0, 0, > 0; 0 also for names that differ in case or leading zeros only.
int compare(std::string_view a, std::string_view b) {
    std::size_t i = 0, j = 0;
    while (i < a.size() && j < b.size()) {
        if (isDigit(a[i]) && isDigit(b[j])) {
            const std::string_view left = number(a, i), right = number(b, j);
            if (left.size() != right.size()) return left.size() < right.size() ? -1 : 1;
            if (const int order = left.compare(right); order != 0) return order;
        } else {
            const unsigned char left = folded(a[i++]), right = folded(b[j++]);
            if (left != right) return left < right ? -1 : 1;
        }
    }
    return static_cast<int>(i < a.size()) - static_cast<int>(j < b.size());
}

}  // namespace

bool naturallyLess(std::string_view a, std::string_view b) {
    const int order = compare(a, b);
    return order != 0 ? order < 0 : a < b;
}

bool naturallyLess(const std::filesystem::path& a, const std::filesystem::path& b) {
    const auto [left, right] = std::mismatch(a.begin(), a.end(), b.begin(), b.end());
    if (left == a.end() || right == b.end()) return left == a.end() && right != b.end();
    return naturallyLess(std::string_view(left->native()), std::string_view(right->native()));
}

}  // namespace smidgen
