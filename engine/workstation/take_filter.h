// Which takes a person wants to see.
#pragma once

#include <memory>
#include <string>
#include <vector>

#include "engine/foundation/result.h"
#include "engine/library/find_query.h"
#include "engine/workstation/snapshots.h"

namespace smidgen {

/// Takes of a list by words and filters (find_query.h), without the library being asked: for lists that
/// narrow while somebody types. Every word has to stand somewhere in name, tags or model, whatever the case
/// of ASCII letters. Safe on any thread.
class TakeFilter {
 public:
    /// Errors: invalidArgument naming the filter.
    [[nodiscard]] static Result<TakeFilter> parse(const std::string& text);
    [[nodiscard]] bool matches(const TakeSnapshot& take) const;
    [[nodiscard]] bool wantsAll() const;

 private:
    FindQuery m_query;
    std::vector<std::string> m_words;
    std::string m_model;
};

}  // namespace smidgen
