// Codes on the desk: opened, edited, heard, kept — and there again after the power was cut.
#include "engine/workstation/code_desk.h"

#include <gtest/gtest.h>
#include <signal.h>
#include <sys/wait.h>
#include <unistd.h>

#include <algorithm>
#include <array>
#include <chrono>
#include <condition_variable>
#include <cstdio>
#include <ctime>
#include <set>

#include "engine/audio/audio_reader.h"
#include "engine/foundation/atomic_file.h"
#include "engine/foundation/random.h"
#include "engine/generation/decoder_shelf.h"
#include "engine/workstation/code_takes.h"
#include "engine/workstation/provenance.h"
#include "tests/workstation/desk_of_codes.h"

namespace smidgen {
namespace {

using testing::CodeDeskTest;
using testing::kSamples;
using testing::News;
namespace fs = std::filesystem;
using Clock = std::chrono::steady_clock;

/// Edits until it is killed; tells the pipe how many edits are on the disk for certain.
std::uint32_t sumOf(const std::vector<std::uint16_t>& codes) {
    std::uint32_t sum = 0;
    for (const std::uint16_t code : codes) sum = sum * 31 + code;
    return sum;
}

/// The `edit`-th edit of the process that is killed.
std::pair<std::size_t, std::uint16_t> editOf(const CodeView& view, std::uint32_t edit) {
    const auto frame = static_cast<std::int64_t>(edit) % view.document->frames().value;
    const auto code = static_cast<std::uint16_t>((view.document->code({0, 0, frame}) + edit) %
                                                 static_cast<std::uint32_t>(view.space->codebookSize()));
    return {static_cast<std::size_t>(frame), code};
}

[[noreturn]] void editForEver(const fs::path& library, const fs::path& base, int pipe) {
    Workstation::Options options;
    options.library = library;
    options.device = models::DeviceChoice::cpu;
    auto station = Workstation::open(options);
    if (!station) ::_exit(1);
    auto model = (*station)->importModel(base);
    if (!model) ::_exit(2);
    CodeDesk desk(**station);
    const auto opened = desk.openSound(kSamples / "drum_cowbell.flac", (*model)->id);
    if (!opened) ::_exit(3);
    const CodesId id = *opened;
    for (std::uint32_t edit = 1;; ++edit) {
        const auto view = desk.view(id);
        const auto [frame, other] = editOf(*view, edit);
        const std::vector<CodeCell> cell{{0, 0, static_cast<std::int64_t>(frame)}};
        if (!desk.perform(id, setCells(*view->document, cell, other, "Brush"))) ::_exit(4);
        if (!desk.flush()) ::_exit(5);
        // Acknowledged: the sum of all codes says which state it is.
        const std::uint32_t sum = sumOf(desk.view(id)->document->edited.parts[0].codes);
        if (::write(pipe, &sum, sizeof sum) != sizeof sum) ::_exit(6);
    }
}

TEST_F(CodeDeskTest, WhatWasAcknowledgedIsThereAfterAKill) {
    for (const int edits : {1, 7, 23}) {
        fs::remove_all(m_folder / "library");
        std::array<int, 2> ends{};
        ASSERT_EQ(::pipe(ends.data()), 0);
        const auto base = Workstation::shippedBase(ModelKind::rvq);
        ASSERT_TRUE(base);
        const pid_t process = ::fork();
        ASSERT_GE(process, 0);
        if (process == 0) {
            ::close(ends[0]);
            editForEver(m_folder / "library", *base, ends[1]);
        }
        ::close(ends[1]);
        std::vector<std::uint32_t> told;
        std::uint32_t sum = 0;
        while (static_cast<int>(told.size()) < edits && ::read(ends[0], &sum, sizeof sum) == sizeof sum)
            told.push_back(sum);
        ASSERT_EQ(static_cast<int>(told.size()), edits) << "the process ended by itself";
        ::kill(process, SIGKILL);
        ::waitpid(process, nullptr, 0);
        while (::read(ends[0], &sum, sizeof sum) == sizeof sum) told.push_back(sum);
        ::close(ends[0]);

        const auto station = open();
        CodeDesk desk(*station);
        News news(desk);
        const auto kept = desk.kept();
        ASSERT_TRUE(kept);
        ASSERT_EQ(kept->size(), 1U);
        ASSERT_TRUE(desk.openKept(kept->front().id));
        const auto view = desk.view(kept->front().id);
        const std::uint32_t now = sumOf(view->document->edited.parts[0].codes);
        // One more may have been written that the process could not tell of; none that it told is missing.
        // Its codes are those of the edits done again, so many as were told or one more.
        std::vector<std::uint32_t> sums;
        CodeDocument again = *view->document;
        again.edited = again.original;
        for (std::uint32_t edit = 1; edit <= told.size() + 1; ++edit) {
            CodeView at = *view;
            at.document = std::make_shared<const CodeDocument>(again);
            const auto [frame, code] = editOf(at, edit);
            again.setCode({0, 0, static_cast<std::int64_t>(frame)}, code);
            sums.push_back(sumOf(again.edited.parts[0].codes));
        }
        EXPECT_TRUE(std::equal(told.begin(), told.end(), sums.begin()));
        EXPECT_TRUE(now == told.back() || now == sums.back());
    }
}

TEST_F(CodeDeskTest, EditsAreUndoneRenderedSavedAndThereAgain) {
    CodesId id;
    CodeDocument last;
    {
        const auto station = open();
        const ModelId model = withBase(*station);
        CodeDesk desk(*station);
        News news(desk);
        id = opened(desk, news, "drum_snare_hard", model);
        ASSERT_FALSE(id.empty());
        EXPECT_EQ(news.wait(CodeNews::rendered), id);
        const auto before = desk.view(id);
        ASSERT_TRUE(before->rendered.audio);
        EXPECT_EQ(before->name, "drum_snare_hard");
        change(desk, id, {0, 0, 3});
        change(desk, id, {0, 1, 4});
        EXPECT_EQ(desk.view(id)->steps, (std::vector<std::string>{"Brush, 1 cell", "Brush, 1 cell"}));
        last = *desk.view(id)->document;
        ASSERT_TRUE(*desk.undo(id));
        ASSERT_TRUE(*desk.undo(id));
        EXPECT_EQ(*desk.view(id)->document, *before->document);
        EXPECT_FALSE(*desk.undo(id));
        ASSERT_TRUE(*desk.redo(id));
        ASSERT_TRUE(*desk.redo(id));
        EXPECT_EQ(*desk.view(id)->document, last);
        ASSERT_TRUE(desk.rename(id, "Crack"));
    }
    const auto station = open();
    CodeDesk desk(*station);
    News news(desk);
    const auto kept = desk.kept();
    ASSERT_TRUE(kept);
    ASSERT_EQ(kept->size(), 1U);
    EXPECT_EQ(kept->front().name, "Crack");
    ASSERT_TRUE(desk.openKept(id));
    EXPECT_EQ(*desk.view(id)->document, last);
    EXPECT_EQ(news.wait(CodeNews::rendered), id);
    change(desk, id, {0, 1, 6});
    const CodeDocument changed = *desk.view(id)->document;
    ASSERT_TRUE(desk.trash(id));
    EXPECT_TRUE(desk.kept()->empty());
    EXPECT_EQ(desk.view(id), nullptr);
    EXPECT_FALSE(desk.openKept(id)) << "not while it lies in the trash";
    ASSERT_TRUE(desk.restore(id));
    EXPECT_EQ(desk.kept()->size(), 1U);
    ASSERT_NE(desk.view(id), nullptr);
    EXPECT_EQ(*desk.view(id)->document, changed);
    EXPECT_EQ(desk.view(id)->position, 1U) << "its steps came back with it";
    // A step is taken back in the trash as well.
    ASSERT_TRUE(desk.trash(id));
    ASSERT_TRUE(*desk.undo(id));
    ASSERT_TRUE(desk.restore(id));
    EXPECT_EQ(*desk.view(id)->document, last);
    ASSERT_TRUE(desk.flush());
    EXPECT_TRUE(desk.view(id)->saved);
}

TEST_F(CodeDeskTest, AnEditIsHeardWithinATenthOfASecond) {
    const auto station = open();
    const ModelId model = withBase(*station);
    CodeDesk desk(*station);
    News news(desk);
    const CodesId id = opened(desk, news, "loop_garzul", model);
    ASSERT_EQ(news.wait(CodeNews::rendered), id);
    std::vector<double> milliseconds, processor;
    for (std::int64_t frame = 40; frame < 240; frame += 20) {
        const auto before = desk.view(id)->rendered.audio;
        news.forget();
        const auto start = Clock::now();
        const std::clock_t used = std::clock();
        change(desk, id, {0, 0, frame});
        ASSERT_EQ(news.wait(CodeNews::rendered), id);
        processor.push_back(1e3 * static_cast<double>(std::clock() - used) / CLOCKS_PER_SEC);
        milliseconds.push_back(std::chrono::duration<double, std::milli>(Clock::now() - start).count());
        const auto view = desk.view(id);
        ASSERT_EQ(view->rendered.changed.size(), 1U);
        const auto [first, last] = view->rendered.changed[0];
        for (int c = 0; c < before->channelCount(); ++c) {
            const auto was = before->channel(c), is = view->rendered.audio->channel(c);
            EXPECT_TRUE(std::equal(was.begin(), was.begin() + first, is.begin()));
            EXPECT_TRUE(std::equal(was.begin() + last, was.end(), is.begin() + last));
        }
    }
    std::ranges::sort(milliseconds);
    std::ranges::sort(processor);
    std::printf(
        "from an edit to its samples (8 s, stereo): median %.1f ms, worst %.1f ms; of the processor %.1f "
        "ms\n",
        milliseconds[milliseconds.size() / 2], milliseconds.back(), processor[processor.size() / 2]);
    // By the processor's clock: a machine busy with other work takes longer for everything.
    EXPECT_LT(processor[processor.size() / 2], 100);
}

TEST_F(CodeDeskTest, AKeptTakeNamesItsCodesAndIsMadeAgainFromThem) {
    const auto station = open();
    const ModelId model = withBase(*station);
    CodeDesk desk(*station);
    News news(desk);
    const CodesId id = opened(desk, news, "drum_cowbell", model);
    change(desk, id, {0, 0, 2});
    const auto made = desk.keepAsTake(id);
    ASSERT_TRUE(made) << made.error().sentence;
    const auto take = station->take(*made);
    ASSERT_TRUE(take);
    EXPECT_EQ(take->name, "drum_cowbell edited");
    ASSERT_TRUE(codesOf(take->recipe));
    EXPECT_EQ(desk.kept()->size(), 1U) << "what a take is made of is not a document to edit";

    // Edited on, the take stays what it was.
    change(desk, id, {0, 0, 5});
    const auto again = station->render(take->recipe);
    ASSERT_TRUE(again) << again.error().sentence;
    const auto file = readAudioAtInternalRate(take->file);
    ASSERT_TRUE(file);
    EXPECT_EQ(again->audio.channels, file->channels);
    // Of Griffin-Lim, its recipe says whether corrections follow; in earlier ones they do not.
    auto document = readCodeDocument(*station, *codesOf(take->recipe));
    ASSERT_TRUE(document) << document.error().sentence;
    document->decoder = kGriffinLimDecoder;
    const auto with = soundOf(*station, *document), without = soundOf(*station, *document, {}, 0);
    ASSERT_TRUE(with && without);
    EXPECT_NE(with->audio.channels, without->audio.channels);
    const auto refused = station->generate({take->recipe, 1});
    EXPECT_FALSE(refused) << "a take of codes is not drawn from a seed";

    // Opened for editing, it is its codes, not what its sound is heard as.
    const auto reopened = desk.openTake(take->id, model);
    ASSERT_TRUE(reopened) << reopened.error().sentence;
    const auto codes = readCodeDocument(*station, *codesOf(take->recipe));
    ASSERT_TRUE(codes);
    EXPECT_EQ(desk.view(*reopened)->document->original, codes->edited);
    // And once more: what was edited of it is gone on with.
    ASSERT_TRUE(desk.flush());
    const std::size_t count = desk.kept()->size();
    EXPECT_EQ(*desk.openTake(take->id, model), *reopened);
    EXPECT_EQ(desk.kept()->size(), count);

    // A take made on from there comes from the first one.
    const auto second = desk.keepAsTake(*reopened);
    ASSERT_TRUE(second) << second.error().sentence;
    const Provenance from = provenanceOf(*station, *station->take(*second));
    EXPECT_EQ(std::ranges::count(from.nodes, "take", &ProvenanceNode::kind), 2);
    EXPECT_TRUE(std::ranges::any_of(from.nodes, [&](const auto& node) { return node.id == take->id; }));
}

TEST_F(CodeDeskTest, WhatCannotBeEditedIsRefusedWithASentence) {
    const auto station = open();
    CodeDesk desk(*station);
    News news(desk);
    const auto continuous =
        desk.openSound(kSamples / "drum_cowbell.flac", withBase(*station, ModelKind::vae));
    ASSERT_FALSE(continuous);
    EXPECT_NE(continuous.error().sentence.find("no codes to edit"), std::string::npos)
        << continuous.error().sentence;
    EXPECT_EQ(desk.openSound(kSamples / "drum_cowbell.flac", "").error().code, ErrorCode::invalidArgument);
    EXPECT_EQ(desk.openTake("nothing", "x").error().code, ErrorCode::notFound);
    EXPECT_EQ(desk.openFile(m_folder / "codes.txt").error().code, ErrorCode::invalidArgument);
    EXPECT_EQ(desk.perform("nothing", {}).error().code, ErrorCode::notFound);
    const ModelId model = withBase(*station);
    EXPECT_EQ(desk.openSound(m_folder / "missing.wav", model).error().code, ErrorCode::notFound);
    const CancelToken stopped;
    stopped.cancel();
    EXPECT_EQ(desk.openSound(kSamples / "drum_cowbell.flac", model, stopped).error().code,
              ErrorCode::cancelled);
    EXPECT_TRUE(desk.kept()->empty()) << "nothing that failed is kept";
    const CodesId id = opened(desk, news, "drum_cowbell", model);
    const auto infill = desk.infill(id, std::vector<CodeCell>{{0, 0, 1}}, {});
    ASSERT_FALSE(infill);
    EXPECT_NE(infill.error().sentence.find("no prior"), std::string::npos);
}

TEST_F(CodeDeskTest, CodesWithRowsPutInAreAsLongAsTheirRows) {
    const auto station = open();
    const ModelId model = withBase(*station);
    CodeDesk desk(*station);
    News news(desk);
    const CodesId id = opened(desk, news, "drum_cowbell", model);
    ASSERT_EQ(news.wait(CodeNews::rendered), id);
    SoundCodes codes = desk.view(id)->document->edited;
    const std::int64_t before = codes.length.value;
    for (models::MelCodes& part : codes.parts) {
        const auto once = part.codes;
        part.codes.insert(part.codes.end(), once.begin(), once.end());
    }
    ASSERT_TRUE(writeFileAtomically(m_folder / "twice.json", toJson(codes)));
    news.forget();
    const auto twice = desk.openFile(m_folder / "twice.json", model);
    ASSERT_TRUE(twice) << twice.error().sentence;
    EXPECT_NEAR(static_cast<double>(desk.view(*twice)->document->edited.length.value),
                2.0 * static_cast<double>(before), 8192);
    ASSERT_EQ(news.wait(CodeNews::rendered), *twice);
    EXPECT_EQ(desk.view(*twice)->rendered.audio->length(), desk.view(*twice)->document->edited.length);

    codes.parts.front().g.push_back(0);
    ASSERT_TRUE(writeFileAtomically(m_folder / "other.json", toJson(codes)));
    const std::size_t count = desk.kept()->size();
    EXPECT_EQ(desk.openFile(m_folder / "other.json", model).error().code, ErrorCode::unusableInput);
    EXPECT_EQ(desk.kept()->size(), count) << "what can never be heard is not kept";
}

TEST_F(CodeDeskTest, OnlyTheDocumentInFocusHoldsSound) {
    const auto station = open();
    const ModelId model = withBase(*station);
    CodeDesk desk(*station);
    News news(desk);
    const CodesId first = opened(desk, news, "drum_cowbell", model);
    ASSERT_EQ(news.wait(CodeNews::rendered), first);
    news.forget();
    change(desk, first, {0, 0, 2});
    ASSERT_EQ(news.wait(CodeNews::rendered), first);
    const CodesId second = opened(desk, news, "drum_snare_hard", model);
    ASSERT_EQ(news.wait(CodeNews::rendered), second);
    EXPECT_FALSE(desk.view(first)->rendered.audio);
    EXPECT_FALSE(desk.view(first)->original);
    EXPECT_FALSE(desk.view(first)->current);
    EXPECT_EQ(desk.view(first)->steps.size(), 1U);
    news.forget();
    desk.focus(first);
    ASSERT_EQ(news.wait(CodeNews::rendered), first);
    EXPECT_TRUE(desk.view(first)->current && desk.view(first)->original);
    EXPECT_FALSE(desk.view(second)->rendered.audio);
}

TEST_F(CodeDeskTest, APriorTrainedMeanwhileFillsCellsOfAnOpenDocument) {
    const auto station = open();
    const ModelId model = withBase(*station);
    CodeDesk desk(*station);
    News news(desk);
    const CodesId id = opened(desk, news, "drum_snare_hard", model);
    EXPECT_FALSE(desk.view(id)->hasPrior);
    const std::vector<CodeCell> cells{{0, 0, 2}, {0, 0, 3}, {0, 0, 4}, {0, 1, 3}};
    EXPECT_FALSE(desk.infill(id, cells, {}));
    ASSERT_NO_FATAL_FAILURE(trainPriorOf(*station, model));
    ASSERT_TRUE(desk.openKept(id));
    EXPECT_TRUE(desk.view(id)->hasPrior) << "opened again, although it is open";
    const auto filled = desk.infill(id, cells, {});
    EXPECT_TRUE(filled) << filled.error().sentence;
}

TEST_F(CodeDeskTest, ThePriorDrawsCellsAnewAndLeavesTheOthers) {
    const auto station = open();
    const ModelId model = withBase(*station);
    ASSERT_NO_FATAL_FAILURE(trainPriorOf(*station, model));
    CodeDesk desk(*station);
    News news(desk);
    const CodesId id = opened(desk, news, "drum_snare_hard", model);
    const auto before = desk.view(id);
    EXPECT_TRUE(before->hasPrior);
    EXPECT_GT(before->usage.frames, before->document->frames().value);
    std::vector<CodeCell> cells;
    for (std::int64_t frame = 2; frame < 8; ++frame)
        for (int level = 0; level < 2; ++level) cells.push_back({0, level, frame});
    for (const std::uint64_t seed : {1, 2}) {
        models::SamplingSettings sampling;
        sampling.seed = seed;
        const auto grown = desk.infill(id, cells, sampling);
        ASSERT_TRUE(grown) << grown.error().sentence;
        EXPECT_TRUE(*grown);
    }
    const auto after = desk.view(id);
    EXPECT_EQ(after->position, 2U);
    EXPECT_NE(after->document->edited, before->document->edited);
    const std::set<CodeCell> open(cells.begin(), cells.end());
    for (std::int64_t frame = 0; frame < before->document->frames().value; ++frame)
        for (int level = 0; level < before->document->levels(); ++level) {
            const CodeCell cell{0, level, frame};
            if (!open.contains(cell)) {
                ASSERT_EQ(after->document->code(cell), before->document->code(cell));
            }
        }
    ASSERT_TRUE(*desk.undo(id));
    ASSERT_TRUE(*desk.undo(id));
    EXPECT_EQ(desk.view(id)->document->edited, before->document->edited);
}

}  // namespace
}  // namespace smidgen
