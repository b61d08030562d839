#include "engine/codes/code_infill.h"

#include <algorithm>
#include <utility>

#include "engine/codes/code_edits.h"

namespace smidgen {

Result<CodeMutation> infillCells(const CodeDocument& document, const models::CodePrior& prior,
                                 std::span<const CodeCell> cells, const models::SamplingSettings& sampling,
                                 const CancelToken& cancel, const std::function<void(double)>& progress) {
    if (auto valid = sampling.validate(); !valid) return propagate(valid);
    const models::CodePriorShape& shape = prior.shape();
    if (shape.levels != document.levels() || shape.codebookSize != document.edited.codebookSize)
        return failure(ErrorCode::unusableInput,
                       "The model's prior belongs to other codes. Train the prior anew on the Train page.");
    std::vector<CodeCell> open;
    for (const CodeCell& cell : cells)
        if (document.contains(cell) && cell.channel == cells.front().channel &&
            !document.lanes[static_cast<std::size_t>(cell.level)].locked)
            open.push_back(cell);
    if (open.empty())
        return failure(ErrorCode::invalidArgument,
                       "Choose cells to draw anew first, in a lane that is not locked.");
    const auto [least, most] = std::ranges::minmax_element(open, {}, &CodeCell::frame);
    const std::int64_t seen = shape.window + shape.levels;
    const std::int64_t first = std::max<std::int64_t>(0, least->frame - seen);
    const std::int64_t last = std::min(document.frames().value, most->frame + 1 + seen);

    const models::MelCodes& whole = document.edited.parts[static_cast<std::size_t>(open.front().channel)];
    const std::int64_t levels = whole.levels;
    models::PriorRequest request;
    request.given = {
        whole.levels, {whole.codes.begin() + first * levels, whole.codes.begin() + last * levels}, whole.g};
    request.open.assign(request.given.codes.size(), 0);
    for (const CodeCell& cell : open)
        request.open[static_cast<std::size_t>((cell.frame - first) * levels + cell.level)] = 1;
    request.sections = {{last - first, {{}, whole.g}}};
    request.sampling = sampling;
    auto drawn = prior.sample(request, cancel, progress);
    if (!drawn) return propagate(drawn);
    std::vector<std::uint16_t> codes = whole.codes;
    std::copy(drawn->codes.begin(), drawn->codes.end(), codes.begin() + first * levels);
    return takeOver(document, open.front().channel, codes, "In-fill");
}

}  // namespace smidgen
