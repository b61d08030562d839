// One reversible change of a code document, as a value.
#pragma once

#include <string>
#include <vector>

#include "engine/codes/code_document.h"
#include "engine/foundation/result.h"

namespace smidgen {

struct CellChange {
    CodeCell cell;
    std::uint16_t before = 0;
    std::uint16_t after = 0;
    bool operator==(const CellChange&) const = default;
};

struct LaneChange {
    int level = 0;
    CodeLane before;
    CodeLane after;
    bool operator==(const LaneChange&) const = default;
};

/// Each cell and each lane at most once, and changed.
struct CodeMutation {
    std::string what;  ///< for the history, without a count: "Brush", "Swap"
    std::vector<CellChange> cells;
    std::vector<LaneChange> lanes;
    [[nodiscard]] bool empty() const { return cells.empty() && lanes.empty(); }
    bool operator==(const CodeMutation&) const = default;
};

/// All of it or nothing. Errors: conflict when the document is not what the mutation was made for.
[[nodiscard]] Status apply(const CodeMutation& mutation, CodeDocument& document);

/// What takes it back.
[[nodiscard]] CodeMutation inverseOf(const CodeMutation& mutation);

/// Both as one, first `first`: a drag that grows. Changes that end where they began are left out.
[[nodiscard]] CodeMutation merged(const CodeMutation& first, const CodeMutation& second);

/// The same cells' ends from where `document` is now, but in locked lanes: for what took its time to be made.
[[nodiscard]] CodeMutation rebased(const CodeMutation& mutation, const CodeDocument& document);

/// "Brush, 9 cells"; "Mute Timbre".
[[nodiscard]] std::string describe(const CodeMutation& mutation);

}  // namespace smidgen
