// Whatever is done to a sound's codes can be taken back, and done again.
#include "engine/codes/edited_codes.h"

#include <gtest/gtest.h>

#include "engine/codes/code_edits.h"
#include "tests/codes/made_up_codes.h"

namespace smidgen {
namespace {

using namespace testing;

CodeSelection drawnSelection(const CodeDocument& document, const CodeSpace& space, Random& random) {
    CodeSelection selection(document, static_cast<int>(random.below(2)));
    const auto cell = [&] {
        return CodeCell{
            selection.channel(), static_cast<int>(random.below(kLevels)),
            static_cast<std::int64_t>(random.below(static_cast<std::uint64_t>(document.frames().value)))};
    };
    switch (random.below(5)) {
        case 0:
            selection.set(cell(), true);
            break;
        case 1:
            selection.add(regionBetween(cell(), cell()));
            break;
        case 2:
            selection.addLane(cell().level);
            break;
        case 3:
            selection.addColumn(cell().frame);
            break;
        default:
            selection.addAlike(document, space, cell(), 0.8);
    }
    return selection;
}

CodeMutation drawnMutation(const CodeDocument& document, const CodeSpace& space, CodeClip& clip,
                           Random& random) {
    const CodeSelection selection = drawnSelection(document, space, random);
    const std::vector<CodeCell> cells = selection.cells();
    const auto code = static_cast<std::uint16_t>(random.below(kCodes));
    const CodeCell& at = cells.front();
    switch (random.below(11)) {
        case 0:
            return setCells(document, cells, code, "Brush");
        case 1:
            return eraseCells(document, cells);
        case 2:
            return holdCells(document, cells);
        case 3:
            return shuffleCells(document, cells, random.bits());
        case 4:
            return stepToNearest(document, space, cells, random.below(2) == 0 ? 1 : -1);
        case 5:
            clip = copyCells(document, selection);
            return {};
        case 6:
            return clip.empty() ? CodeMutation() : *pasteClip(document, clip, at, "Paste");
        case 7: {
            if (clip.empty()) return {};
            const auto swap = swapRegions(document, at, document, clip.region);
            return swap ? swap->here : CodeMutation();
        }
        case 8:
            if (clip.empty()) return {};
            return blendClip(document, document.edited, space, clip, at, random.uniform())->mutation;
        case 9: {
            CodeLane lane = document.lanes[static_cast<std::size_t>(at.level)];
            bool* const flags[] = {&lane.muted, &lane.soloed, &lane.locked};
            bool& flag = *flags[random.below(3)];
            flag = !flag;
            return *changeLane(document, at.level, lane);
        }
        default: {
            std::vector<std::uint16_t> grid = document.edited.parts[0].codes;
            for (std::uint16_t& value : grid)
                if (random.below(4) == 0) value = static_cast<std::uint16_t>(random.below(kCodes));
            return takeOver(document, 0, grid, "In-fill");
        }
    }
}

TEST(EditedCodes, AnythingDoneIsUndoneFullyAndRedoneExactly) {
    const CodeSpace space = circleSpace();
    std::size_t steps = 0;
    for (std::uint64_t seed = 1; seed <= 200; ++seed) {
        Random random(seed);
        const CodeDocument original = madeUpDocument(seed);
        EditedCodes edited(original);
        CodeClip clip;
        std::vector<CodeDocument> after{original};
        for (int i = 0; i < 60; ++i) {
            const std::uint64_t gesture = random.below(3);  // 0: each for itself
            const auto grown = edited.perform(drawnMutation(*edited.document(), space, clip, random),
                                              gesture == 0 ? 0 : gesture);
            ASSERT_TRUE(grown) << grown.error().sentence;
            after.resize(edited.position());
            after.push_back(*edited.document());
            if (random.below(8) == 0) {  // now and then a step back and on, or somewhere else from there
                ASSERT_TRUE(edited.undo());
                ASSERT_EQ(*edited.document(), after[edited.position()]);
                if (random.below(2) == 0) {
                    ASSERT_TRUE(edited.redo());
                }
            }
        }
        const CodeDocument last = *edited.document();
        const std::size_t count = edited.position();
        steps += count;
        while (edited.position() > 0) {
            ASSERT_TRUE(edited.undo());
            ASSERT_EQ(*edited.document(), after[edited.position()]) << "seed " << seed;
        }
        EXPECT_EQ(*edited.document(), original) << "seed " << seed;
        EXPECT_FALSE(*edited.undo());
        while (edited.position() < count) {
            ASSERT_TRUE(edited.redo());
        }
        EXPECT_EQ(*edited.document(), last) << "seed " << seed;
    }
    EXPECT_GT(steps, 4000U);
}

TEST(EditedCodes, ADragIsOneStep) {
    const CodeDocument original = madeUpDocument(3);
    EditedCodes edited(original);
    std::size_t grown = 0;
    for (std::int64_t frame = 0; frame < 10; ++frame) {
        const std::vector<CodeCell> cells{{0, 1, frame}};
        const auto code = static_cast<std::uint16_t>((original.code(cells[0]) + 1) % kCodes);
        const auto done = edited.perform(setCells(*edited.document(), cells, code, "Brush"), 7);
        ASSERT_TRUE(done);
        grown += *done ? 1 : 0;
    }
    EXPECT_EQ(grown, 1U);
    ASSERT_EQ(edited.steps().size(), 1U);
    EXPECT_EQ(describe(edited.steps()[0]), "Brush, 10 cells");
    ASSERT_TRUE(edited.undo());
    EXPECT_EQ(*edited.document(), original);
}

TEST(EditedCodes, AMutationOfAnotherDocumentChangesNothing) {
    const CodeDocument document = madeUpDocument(3);
    CodeDocument other = document;
    const std::vector<CodeCell> two{{0, 0, 0}, {0, 0, 1}};
    const CodeMutation mutation =
        setCells(document, two, static_cast<std::uint16_t>((document.code(two[0]) + 1) % kCodes), "Brush");
    other.setCode(two.back(), static_cast<std::uint16_t>((other.code(two.back()) + 3) % kCodes));
    const CodeDocument before = other;
    const Status applied = apply(mutation, other);
    ASSERT_FALSE(applied);
    EXPECT_EQ(applied.error().code, ErrorCode::conflict);
    EXPECT_EQ(other, before);
}

}  // namespace
}  // namespace smidgen
