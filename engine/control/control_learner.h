// Learn: the next control that is moved on purpose is bound.
#pragma once

#include <map>
#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "engine/control/control_mapping.h"

namespace smidgen {

/// A control counts as moved when it went through a sixteenth of its range (a slider) or half of it (a
/// button); an endless encoder when it sent the same step three times. So a worn potentiometer that jitters
/// is not taken, nor is the release of a key, nor the touch of a fader that also sends a note. A fine half
/// alone is taken for the pair it belongs to. One thread.
class ControlLearner {
 public:
    void begin(const ControlTarget& target);
    void cancel();
    [[nodiscard]] const std::optional<ControlTarget>& target() const { return m_target; }

    /// The new mapping when this movement settles it, and learning ends; its range is the collection's own.
    [[nodiscard]] std::optional<ControlMapping> hear(const std::string& port, const MidiMove& move);
    /// What to do now, in a sentence.
    [[nodiscard]] std::string hint() const;

 private:
    struct Seen {
        int lowest = 0;
        int highest = 0;
        int last = 0;
        int repeats = 0;  ///< how often in a row `last` came
        int count = 0;
    };
    using Key = std::pair<std::string, ControlSource>;

    [[nodiscard]] bool settles(const ControlSource& source, const Seen& seen) const;
    [[nodiscard]] ControlSource wholeOf(const Key& key) const;

    std::optional<ControlTarget> m_target;
    std::map<Key, Seen> m_seen;
    std::optional<Key> m_latest;
};

}  // namespace smidgen
