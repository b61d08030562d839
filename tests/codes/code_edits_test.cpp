// What each edit does to which cells, worked out by hand.
#include "engine/codes/code_edits.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <set>

#include "tests/codes/made_up_codes.h"

namespace smidgen {
namespace {

using namespace testing;

CodeDocument changed(const CodeDocument& document, const CodeMutation& mutation) {
    CodeDocument result = document;
    EXPECT_TRUE(apply(mutation, result));
    return result;
}

std::vector<int> lane(const CodeDocument& document, int level, std::int64_t first, std::int64_t count) {
    std::vector<int> codes;
    for (std::int64_t frame = first; frame < first + count; ++frame)
        codes.push_back(document.code({0, level, frame}));
    return codes;
}

CodeDocument counting() {
    CodeDocument document = madeUpDocument(1, 12, 1);
    for (int level = 0; level < kLevels; ++level)
        for (std::int64_t frame = 0; frame < 12; ++frame)
            document.setCode({0, level, frame}, static_cast<std::uint16_t>((frame + level) % kCodes));
    document.original = document.edited;
    return document;
}

TEST(CodeEdits, TheBrushSetsCellsAndTheEraserBringsTheOriginalBack) {
    const CodeDocument document = counting();
    const auto cells = cellsOf(document, {0, 1, 1, 2, 4});
    const CodeDocument brushed = changed(document, setCells(document, cells, 7, "Brush"));
    EXPECT_EQ(lane(brushed, 1, 0, 8), (std::vector{1, 2, 7, 7, 7, 7, 7, 0}));
    EXPECT_EQ(lane(brushed, 0, 0, 8), lane(document, 0, 0, 8));
    EXPECT_EQ(changed(brushed, eraseCells(brushed, cells)), document);
    EXPECT_TRUE(setCells(document, cells, kCodes, "Brush").empty()) << "a code beyond the codebook";
}

TEST(CodeEdits, HoldRepeatsTheFirstChosenCodeOfEachLane) {
    const CodeDocument document = counting();
    const CodeDocument held = changed(document, holdCells(document, cellsOf(document, {0, 0, 2, 3, 3})));
    EXPECT_EQ(lane(held, 0, 2, 5), (std::vector{2, 3, 3, 3, 6}));
    EXPECT_EQ(lane(held, 1, 2, 5), (std::vector{3, 4, 4, 4, 7}));
    EXPECT_EQ(lane(held, 2, 0, 12), lane(document, 2, 0, 12));
}

TEST(CodeEdits, ShuffleMovesWholeColumnsAndLosesNothing) {
    const CodeDocument document = counting();
    const auto cells = cellsOf(document, {0, 0, 3, 2, 8});
    const CodeDocument shuffled = changed(document, shuffleCells(document, cells, 5));
    EXPECT_NE(shuffled, document);
    for (std::int64_t frame = 2; frame < 10; ++frame)
        EXPECT_EQ(shuffled.code({0, 1, frame}), (shuffled.code({0, 0, frame}) + 1) % kCodes)
            << "a column stays together";
    auto before = lane(document, 0, 2, 8), after = lane(shuffled, 0, 2, 8);
    std::ranges::sort(before);
    std::ranges::sort(after);
    EXPECT_EQ(before, after);
    EXPECT_EQ(changed(document, shuffleCells(document, cells, 5)), shuffled);
}

TEST(CodeEdits, NearestStepsThroughTheNeighboursOfTheOriginalAndBack) {
    const CodeSpace space = circleSpace();
    const CodeDocument document = counting();
    const std::vector<CodeCell> cell{{0, 0, 4}};
    // On a circle of eight, the neighbours of 4 are 3 and 5, then 2 and 6, 1 and 7, and 0 at last.
    CodeDocument now = document;
    std::vector<int> seen;
    for (int i = 0; i < 9; ++i) {
        seen.push_back(now.code(cell[0]));
        now = changed(now, stepToNearest(now, space, cell, 1));
    }
    EXPECT_EQ(seen[0], 4);
    EXPECT_EQ((std::set{seen[1], seen[2]}), (std::set{3, 5}));
    EXPECT_EQ((std::set{seen[3], seen[4]}), (std::set{2, 6}));
    EXPECT_EQ((std::set{seen[5], seen[6]}), (std::set{1, 7}));
    EXPECT_EQ(seen[7], 0);
    EXPECT_EQ(seen[8], 0) << "the furthest is the end";
    for (int i = 0; i < 7; ++i) now = changed(now, stepToNearest(now, space, cell, -1));
    EXPECT_EQ(now, document);
    EXPECT_TRUE(stepToNearest(document, space, cell, -1).empty()) << "nothing is nearer than the original";
}

TEST(CodeEdits, AClipIsPastedWithItsHolesAndFallsOffAtTheEnd) {
    const CodeDocument document = counting();
    CodeSelection selection(document);
    selection.set({0, 0, 0}, true);
    selection.set({0, 1, 1}, true);
    const CodeClip clip = copyCells(document, selection);
    EXPECT_EQ(clip.region, (CodeRegion{0, 0, 2, 0, 2}));
    const auto pasted = pasteClip(document, clip, {0, 0, 4}, "Paste");
    ASSERT_TRUE(pasted);
    const CodeDocument after = changed(document, *pasted);
    EXPECT_EQ(lane(after, 0, 4, 2), (std::vector{0, 5}));
    EXPECT_EQ(lane(after, 1, 4, 2), (std::vector{5, 2}));
    EXPECT_EQ(pasteClip(document, clip, {0, 0, 11}, "Paste")->cells.size(), 1U);
    CodeClip foreign = clip;
    foreign.modelId = "another";
    const auto refused = pasteClip(document, foreign, {0, 0, 0}, "Paste");
    ASSERT_FALSE(refused);
    EXPECT_EQ(refused.error().code, ErrorCode::invalidArgument);
}

TEST(CodeEdits, ASwapExchangesTwoSoundsRegionsAndIsItsOwnWayBack) {
    const CodeDocument here = counting();
    CodeDocument there = madeUpDocument(9, 30, 1);
    const CodeRegion region{0, 1, 2, 20, 3};
    const auto swap = swapRegions(here, {0, 1, 5}, there, region);
    ASSERT_TRUE(swap);
    const CodeDocument ours = changed(here, swap->here), theirs = changed(there, swap->there);
    for (int level = 1; level <= 2; ++level) {
        EXPECT_EQ(lane(ours, level, 5, 3), lane(there, level, 20, 3));
        EXPECT_EQ(lane(theirs, level, 20, 3), lane(here, level, 5, 3));
    }
    EXPECT_EQ(lane(ours, 0, 0, 12), lane(here, 0, 0, 12));
    const auto back = swapRegions(ours, {0, 1, 5}, theirs, region);
    EXPECT_EQ(changed(ours, back->here), here);
    EXPECT_EQ(changed(theirs, back->there), there);
}

TEST(CodeEdits, ASwapWithinOneSoundNeedsTwoPlaces) {
    const CodeDocument document = counting();
    const auto swap = swapRegions(document, {0, 0, 0}, document, {0, 0, 3, 8, 2});
    ASSERT_TRUE(swap);
    EXPECT_TRUE(swap->there.empty());
    const CodeDocument after = changed(document, swap->here);
    EXPECT_EQ(lane(after, 0, 0, 2), (std::vector{0, 1}));  // 8 and 9 are 0 and 1 again
    EXPECT_EQ(lane(after, 0, 8, 2), (std::vector{0, 1}));
    EXPECT_FALSE(swapRegions(document, {0, 0, 1}, document, {0, 0, 3, 2, 2})) << "they overlap";
}

TEST(CodeEdits, ABlendGoesAroundTheCircleAndSaysHowFarItSnapped) {
    const CodeSpace space = circleSpace();
    CodeDocument document = counting();
    CodeSelection source(document);
    source.set({0, 0, 2}, true);
    const CodeClip clip = copyCells(document, source);  // code 2
    const CodeCell at{0, 0, 0};                         // code 0
    const auto blend = [&](double amount) {
        auto made = blendClip(document, document.edited, space, clip, at, amount);
        EXPECT_TRUE(made);
        return *made;
    };
    EXPECT_TRUE(blend(0).mutation.empty());
    EXPECT_NEAR(blend(0).distance, 0, 1e-6);
    ASSERT_EQ(blend(1).mutation.cells.size(), 1U);
    EXPECT_EQ(blend(1).mutation.cells[0].after, 2);
    // Between 0° and 90° at the middle lies 45°, which is code 1 itself.
    EXPECT_EQ(blend(0.5).mutation.cells[0].after, 1);
    EXPECT_NEAR(blend(0.5).distance, 0, 1e-6);
    // At 0.2 the straight way points to atan(0.2 / 0.8) = 14.04°, a chord of 2 sin(7.02°) from code 0.
    EXPECT_TRUE(blend(0.2).mutation.empty());
    EXPECT_NEAR(blend(0.2).distance, 2 * std::sin(std::atan2(0.2, 0.8) / 2), 1e-6);
    // A drag blends from where it began, not from where it is.
    const SoundCodes base = document.edited;
    document = changed(document, blend(1).mutation);
    EXPECT_EQ(blendClip(document, base, space, clip, at, 0)->mutation.cells[0].after, 0);
}

TEST(CodeEdits, LockedLanesAndOtherPlacesStay) {
    CodeDocument document = counting();
    document = changed(document, *changeLane(document, 1, {"Timbre", false, false, true}));
    const CodeSpace space = circleSpace();
    std::vector<CodeCell> cells = cellsOf(document, {0, 1, 1, 0, 12});
    cells.push_back({0, 0, 99});
    cells.push_back({3, 0, 0});
    EXPECT_TRUE(setCells(document, cells, 3, "Brush").empty());
    EXPECT_TRUE(holdCells(document, cells).empty());
    EXPECT_TRUE(shuffleCells(document, cells, 1).empty());
    EXPECT_TRUE(stepToNearest(document, space, cells, 1).empty());
    std::vector<std::uint16_t> grid(36, 6);
    for (const CellChange& change : takeOver(document, 0, grid, "In-fill").cells)
        EXPECT_NE(change.cell.level, 1);
}

TEST(CodeEdits, LanesAreNamedMutedSoloedAndHeardAccordingly) {
    CodeDocument document = counting();
    EXPECT_EQ(document.lanes[0].name, "Structure");
    EXPECT_EQ(document.lanes[1].name, "Timbre");
    document = changed(document, *changeLane(document, 0, {"Structure", true, false, false}));
    EXPECT_EQ(document.audibleLevels(), (std::vector{false, true, true}));
    document = changed(document, *changeLane(document, 2, {"Texture", false, true, false}));
    EXPECT_EQ(document.audibleLevels(), (std::vector{false, false, true})) << "solo wins";
    EXPECT_EQ(changeLane(document, 1, {"Colour", false, false, false})->what, "Rename Timbre");
    EXPECT_FALSE(changeLane(document, 1, {"", false, false, false}));
    std::string longest;
    for (int i = 0; i < kLongestLaneName; ++i) longest += "音";
    EXPECT_TRUE(changeLane(document, 1, {longest, false, false, false})) << "characters, not bytes";
    EXPECT_FALSE(changeLane(document, 1, {longest + "a", false, false, false}));
    EXPECT_FALSE(changeLane(document, 7, {"x", false, false, false}));
}

TEST(CodeSelection, IsCellsRangesLanesColumnsAndLikeness) {
    const CodeDocument document = counting();
    const CodeSpace space = circleSpace();
    CodeSelection selection(document);
    selection.add(regionBetween({0, 2, 5}, {0, 1, 3}));
    EXPECT_EQ(selection.count(), 6);
    EXPECT_EQ(selection.bounds(), (CodeRegion{0, 1, 2, 3, 3}));
    selection.addColumn(0);
    EXPECT_EQ(selection.count(), 9);
    selection.set({0, 0, 0}, false);
    selection.set({0, 0, 77}, true);  // nowhere
    EXPECT_EQ(selection.count(), 8);
    CodeSelection alike(document);
    // Codes 0 to 7 and 0 to 3; one eighth of a turn is a chord of 0.765.
    alike.addAlike(document, space, {0, 0, 2}, 0.8);
    std::vector<std::int64_t> frames;
    for (const CodeCell& cell : alike.cells()) frames.push_back(cell.frame);
    EXPECT_EQ(frames, (std::vector<std::int64_t>{1, 2, 3, 9, 10, 11}));
}

}  // namespace
}  // namespace smidgen
