// What can be done to cells: each function says what would change, and changes nothing.
//
// Cells in locked lanes, and cells outside of the document, are left alone. A mutation is empty when nothing
// would change.
#pragma once

#include <cstdint>
#include <span>
#include <string>
#include <vector>

#include "engine/codes/code_mutation.h"
#include "engine/codes/code_selection.h"
#include "engine/codes/code_space.h"

namespace smidgen {

/// Cells taken from a document, with where they were taken from.
struct CodeClip {
    std::string modelId;
    int codebookSize = 0;
    CodeRegion region;
    std::vector<std::uint16_t> codes;  ///< region.frames × region.levels
    std::vector<std::uint8_t> filled;  ///< the same: 0 where the selection had a hole
    [[nodiscard]] bool empty() const { return codes.empty(); }
    bool operator==(const CodeClip&) const = default;
};

/// One code a cell. Codes beyond the codebook change nothing.
[[nodiscard]] CodeMutation setCells(const CodeDocument& document, std::span<const CodeCell> cells,
                                    std::uint16_t code, std::string what);
/// Back to the original.
[[nodiscard]] CodeMutation eraseCells(const CodeDocument& document, std::span<const CodeCell> cells);
/// Each lane's first chosen code goes on to the end of the choice.
[[nodiscard]] CodeMutation holdCells(const CodeDocument& document, std::span<const CodeCell> cells);
/// Columns change places where every chosen column has the same levels, else cells within their lanes.
[[nodiscard]] CodeMutation shuffleCells(const CodeDocument& document, std::span<const CodeCell> cells,
                                        std::uint64_t seed);
/// `steps` further in the order of codes around the cell's original one, nearest first: +1 from the original
/// gives its nearest neighbour, −1 from there the original. Stops at both ends.
[[nodiscard]] CodeMutation stepToNearest(const CodeDocument& document, const CodeSpace& space,
                                         std::span<const CodeCell> cells, int steps);

[[nodiscard]] CodeClip copyCells(const CodeDocument& document, const CodeSelection& selection);
/// `clip` with its first cell at `at`; levels and frames beyond the document fall off. Errors:
/// invalidArgument (codes of another model).
[[nodiscard]] Result<CodeMutation> pasteClip(const CodeDocument& document, const CodeClip& clip,
                                             const CodeCell& at, std::string what);

struct CodeSwap {
    CodeMutation here, there;
};
/// Exchanges the region at `at` with the place the clip was taken from, in `there`; of the clip it takes the
/// size alone. Where both are one document, `there` must be the same object, and all is in `here`. Errors:
/// invalidArgument (another model, regions of one sound that overlap).
[[nodiscard]] Result<CodeSwap> swapRegions(const CodeDocument& here, const CodeCell& at,
                                           const CodeDocument& there, const CodeRegion& region);

struct CodeBlend {
    CodeMutation mutation;
    double distance = 0;  ///< mean, from the points between to the codes they snapped to
    std::int64_t cells = 0;
};
/// Each cell of `base` moves by `amount` (0 … 1) from its code there toward the clip's, laid at `at`, in the
/// space of codewords. `base`: the codes before a drag began, of the document's size. Errors: invalidArgument
/// (another model).
[[nodiscard]] Result<CodeBlend> blendClip(const CodeDocument& document, const SoundCodes& base,
                                          const CodeSpace& space, const CodeClip& clip, const CodeCell& at,
                                          double amount);

/// Another grid of the document's size, as a mutation.
[[nodiscard]] CodeMutation takeOver(const CodeDocument& document, int channel,
                                    std::span<const std::uint16_t> codes, std::string what);

/// Of a lane's name, in characters.
inline constexpr int kLongestLaneName = 40;
/// Errors: invalidArgument (no such level, a name that is empty or too long).
[[nodiscard]] Result<CodeMutation> changeLane(const CodeDocument& document, int level, CodeLane lane);

}  // namespace smidgen
