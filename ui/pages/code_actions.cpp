#include "ui/pages/code_actions.h"

#include <QCoreApplication>
#include <QStatusTipEvent>
#include <algorithm>

#include "ui/bridge/text.h"
#include "ui/canvas/code_words.h"
#include "ui/commands/code_command.h"

namespace smidgen::ui {

CodeActions::CodeActions(const Studio& studio, CodeBridge& codes, CodeGridView& grid, CodeWork& work,
                         QObject* parent)
    : QObject(parent), m_studio(studio), m_codes(codes), m_grid(grid), m_work(work) {
    connect(&grid, &CodeGridView::strokeBegan, this, &CodeActions::beginStroke);
    connect(&grid, &CodeGridView::strokeCrossed, this, &CodeActions::crossCells);
    connect(&grid, &CodeGridView::picked, this, &CodeActions::pick);
    connect(&grid, &CodeGridView::typed, this, [this](const CodeCell& cell, int code) {
        const auto seen = view();
        if (!seen) return;
        if (code < 0 || code >= seen->space->codebookSize()) {
            m_studio.notices.tell({Tone::warn,
                                   tr("There is no code %1: this model's go from 0 to %2.")
                                       .arg(code)
                                       .arg(seen->space->codebookSize() - 1),
                                   {},
                                   {}});
            return;
        }
        const std::vector<CodeCell> one{cell};
        perform(setCells(*seen->document, one, static_cast<std::uint16_t>(code), "Type"),
                tr("typing a code"));
    });
}

void CodeActions::setDocument(const CodesId& id) {
    if (id == m_id) return;
    m_id = id;
    m_picked.clear();
    m_grid.setBrush({});
    m_blending.reset();
    Q_EMIT brushChanged();
}

std::shared_ptr<const CodeView> CodeActions::view() const {
    return m_id.empty() ? nullptr : m_codes.desk().view(m_id);
}

std::vector<CodeCell> CodeActions::targets() const {
    if (!m_grid.selection().empty()) return m_grid.selection().cells();
    return {m_grid.cursor()};
}

CodeCell CodeActions::place() const {
    if (m_grid.selection().empty()) return m_grid.cursor();
    const CodeRegion bounds = m_grid.selection().bounds();
    return {bounds.channel, bounds.level, bounds.frame};
}

void CodeActions::refuse(const Error& error) {
    m_studio.notices.fail(error);
}

void CodeActions::push(const QString& text, std::vector<CodesId> documents) {
    m_studio.library.undoStack().push(
        new CodeCommand(m_codes, text, std::move(documents),
                        [&notices = m_studio.notices](const QString& sentence) { notices.fail(sentence); }));
}

bool CodeActions::perform(CodeMutation mutation, const QString& text, std::uint64_t gesture) {
    const Result<bool> grown = m_codes.desk().perform(m_id, std::move(mutation), gesture);
    if (!grown) {
        refuse(grown.error());
        return false;
    }
    if (*grown) push(text, {m_id});
    return true;
}

void CodeActions::sayWhyNothing(const std::vector<CodeCell>& cells) {
    const auto seen = view();
    const bool locked = seen && !cells.empty() && std::ranges::all_of(cells, [&](const CodeCell& cell) {
                            return seen->document->contains(cell) &&
                                   seen->document->lanes[static_cast<std::size_t>(cell.level)].locked;
                        });
    if (locked)
        m_studio.notices.tell(
            {Tone::calm, tr("Nothing was changed: the lane is locked. Press its L to unlock it."), {}, {}});
}

// Strokes

int CodeActions::brushCode(int level) const {
    const auto i = static_cast<std::size_t>(level);
    if (i < m_picked.size() && m_picked[i]) return *m_picked[i];
    const auto seen = view();
    if (!seen || !seen->document->contains(m_grid.cursor())) return 0;
    CodeCell cell = m_grid.cursor();
    cell.level = level;
    return seen->document->code(cell);
}

void CodeActions::pick(const CodeCell& cell) {
    const auto seen = view();
    if (!seen || !seen->document->contains(cell)) return;
    m_picked.resize(static_cast<std::size_t>(seen->document->levels()));
    m_picked[static_cast<std::size_t>(cell.level)] = seen->document->code(cell);
    m_grid.setBrush(m_picked);
    // Not above the page, which would move the grid under the pointer.
    QStatusTipEvent said(
        tr("The brush sets code %1 in the lane “%2”.")
            .arg(seen->document->code(cell))
            .arg(laneText(seen->document->lanes[static_cast<std::size_t>(cell.level)].name)));
    QCoreApplication::sendEvent(&m_grid, &said);
    Q_EMIT brushChanged();
}

void CodeActions::pickAtCursor() {
    pick(m_grid.cursor());
}

void CodeActions::beginStroke(const CodeCell& first) {
    ++m_gesture;
    m_strokeFirst = first;
    m_strokeCode = brushCode(first.level);
    if (m_grid.tool() == CodeTool::stamp && m_clip.empty())
        m_studio.notices.tell(
            {Tone::calm, tr("There is nothing to stamp yet: choose cells and copy them first."), {}, {}});
}

void CodeActions::crossCells(const std::vector<CodeCell>& crossed) {
    const auto seen = view();
    if (!seen) return;
    const CodeDocument& document = *seen->document;
    switch (m_grid.tool()) {
        case CodeTool::select:
            return;
        case CodeTool::brush: {
            // A code means another sound in another lane: the stroke stays in the one it began in.
            std::vector<CodeCell> cells = crossed;
            for (CodeCell& cell : cells) cell.level = m_strokeFirst.level;
            auto mutation = setCells(document, cells, static_cast<std::uint16_t>(m_strokeCode), "Brush");
            if (mutation.empty()) sayWhyNothing(cells);
            perform(std::move(mutation), tr("brushing"), m_gesture);
            return;
        }
        case CodeTool::erase:
            perform(eraseCells(document, crossed), tr("erasing"), m_gesture);
            return;
        case CodeTool::stamp:
            break;
    }
    if (m_clip.empty()) return;
    // Copies lie side by side along the stroke.
    for (const CodeCell& cell : crossed) {
        if ((cell.frame - m_strokeFirst.frame) % m_clip.region.frames != 0) continue;
        const auto now = view();
        auto mutation = pasteClip(*now->document, m_clip, {m_grid.channel(), 0, cell.frame}, "Stamp");
        if (!mutation) return refuse(mutation.error());
        perform(std::move(*mutation), tr("stamping"), m_gesture);
    }
}

// Edits

void CodeActions::fill() {
    const auto seen = view();
    if (!seen) return;
    CodeMutation all;
    all.what = "Fill";
    for (const CodeCell& cell : targets()) {
        const std::vector<CodeCell> one{cell};
        auto mutation =
            setCells(*seen->document, one, static_cast<std::uint16_t>(brushCode(cell.level)), "Fill");
        all.cells.insert(all.cells.end(), mutation.cells.begin(), mutation.cells.end());
    }
    if (all.empty()) sayWhyNothing(targets());
    perform(std::move(all), tr("filling"));
}

void CodeActions::erase() {
    if (const auto seen = view())
        perform(eraseCells(*seen->document, targets()), tr("going back to the original"));
}

void CodeActions::hold() {
    if (const auto seen = view()) perform(holdCells(*seen->document, targets()), tr("holding"));
}

void CodeActions::shuffle() {
    if (const auto seen = view())
        perform(shuffleCells(*seen->document, targets(), ++m_draws), tr("shuffling"));
}

void CodeActions::nearest(int steps) {
    const auto seen = view();
    if (!seen) return;
    auto mutation = stepToNearest(*seen->document, *seen->space, targets(), steps);
    if (mutation.empty()) sayWhyNothing(targets());
    perform(std::move(mutation), steps > 0 ? tr("the next nearest code") : tr("the nearer code"));
}

void CodeActions::setCode(int code) {
    const auto seen = view();
    if (!seen) return;
    std::vector<CodeCell> cells = targets();
    // The code is one of the cursor's level.
    std::erase_if(cells, [&](const CodeCell& cell) { return cell.level != m_grid.cursor().level; });
    if (cells.empty()) cells = {m_grid.cursor()};
    auto mutation = setCells(*seen->document, cells, static_cast<std::uint16_t>(code), "Choose a code");
    if (mutation.empty()) sayWhyNothing(cells);
    perform(std::move(mutation), tr("choosing a code"));
}

void CodeActions::copy() {
    const auto seen = view();
    if (!seen) return;
    CodeSelection chosen = m_grid.selection();
    if (chosen.empty()) {
        chosen = CodeSelection(*seen->document, m_grid.channel());
        chosen.set(m_grid.cursor(), true);
    }
    m_clip = copyCells(*seen->document, chosen);
    m_clipOf = m_id;
    m_clipName = toText(seen->name);
    m_clipFramesPerSecond = seen->document->framesPerSecond;
    m_blending.reset();
    Q_EMIT clipChanged();
    m_studio.notices.tell({Tone::calm,
                           tr("Copied %1. Paste it, stamp it, swap it or blend with it.")
                               .arg(countText(static_cast<int>(chosen.count()), tr("cell"), tr("cells"))),
                           {},
                           {}});
}

QString CodeActions::clipText() const {
    if (m_clip.empty()) return {};
    const double start = static_cast<double>(m_clip.region.frame) / m_clipFramesPerSecond;
    const double end =
        static_cast<double>(m_clip.region.frame + m_clip.region.frames) / m_clipFramesPerSecond;
    return tr("%1 · %2–%3 s").arg(m_clipName, numberText(start, 2), numberText(end, 2));
}

void CodeActions::paste() {
    const auto seen = view();
    if (!seen) return;
    if (m_clip.empty()) {
        m_studio.notices.tell(
            {Tone::calm, tr("There is nothing to paste yet: choose cells and copy them."), {}, {}});
        return;
    }
    auto mutation = pasteClip(*seen->document, m_clip, place(), "Paste");
    if (!mutation) return refuse(mutation.error());
    perform(std::move(*mutation), tr("pasting"));
}

void CodeActions::swap() {
    const auto seen = view();
    if (!seen) return;
    if (m_clip.empty()) {
        m_studio.notices.tell(
            {Tone::calm,
             tr("Copy a region first, here or in another sound; then choose the place to swap it with."),
             {},
             {}});
        return;
    }
    // Of one document, both places are of the same moment.
    const auto other = m_clipOf == m_id ? seen : m_codes.desk().view(m_clipOf);
    if (!other) {
        m_studio.notices.tell(
            {Tone::warn,
             tr("The sound that was copied from is not open any more. Open it, and copy again."),
             {},
             {}});
        return;
    }
    auto swap = swapRegions(*seen->document, place(), *other->document, m_clip.region);
    if (!swap) return refuse(swap.error());
    const Result<bool> here = m_codes.desk().perform(m_id, swap->here);
    if (!here) return refuse(here.error());
    std::vector<CodesId> documents;
    if (*here) documents.push_back(m_id);
    if (m_clipOf != m_id) {
        const Result<bool> there = m_codes.desk().perform(m_clipOf, swap->there);
        if (!there) {
            if (*here) static_cast<void>(m_codes.desk().undo(m_id));
            return refuse(there.error());
        }
        if (*there) documents.push_back(m_clipOf);
    }
    if (documents.empty()) return sayWhyNothing(targets());
    push(tr("swapping with %1").arg(m_clipName), std::move(documents));
}

void CodeActions::infill() {
    const auto seen = view();
    if (!seen) return;
    models::SamplingSettings sampling;
    sampling.temperature = m_temperature;
    sampling.seed = ++m_draws;
    m_work.run<bool>(
        tr("Drawing cells anew"),
        [desk = m_codes.sharedDesk(), id = m_id, cells = targets(), sampling](const CodeWork::Task& task) {
            return desk->infill(id, cells, sampling, task.cancel, task.progress);
        },
        [this, id = m_id](const bool& grown) {
            if (grown) push(tr("in-filling"), {id});
        });
}

void CodeActions::blend(double amount) {
    const auto seen = view();
    if (!seen || m_clip.empty()) return Q_EMIT blended(std::nullopt);
    if (!m_blending || m_blending->last != seen->document || m_blending->at != place())
        m_blending = Blending{seen->document->edited, place(), ++m_gesture, nullptr};
    auto made = blendClip(*seen->document, m_blending->base, *seen->space, m_clip, m_blending->at, amount);
    if (!made) return refuse(made.error());
    perform(std::move(made->mutation), tr("blending with %1").arg(m_clipName), m_blending->gesture);
    m_blending->last = view()->document;
    Q_EMIT blended(made->cells > 0 ? std::optional(made->distance) : std::nullopt);
}

// Lanes

void CodeActions::changeLane(int level, const CodeLane& lane) {
    const auto seen = view();
    if (!seen) return;
    auto mutation = smidgen::changeLane(*seen->document, level, lane);
    if (!mutation) return refuse(mutation.error());
    const QString text = toText(mutation->what).toLower();
    perform(std::move(*mutation), text);
}

void CodeActions::toggleMute() {
    const auto seen = view();
    if (!seen) return;
    CodeLane lane = seen->document->lanes[static_cast<std::size_t>(m_grid.cursor().level)];
    lane.muted = !lane.muted;
    changeLane(m_grid.cursor().level, lane);
}

void CodeActions::toggleSolo() {
    const auto seen = view();
    if (!seen) return;
    CodeLane lane = seen->document->lanes[static_cast<std::size_t>(m_grid.cursor().level)];
    lane.soloed = !lane.soloed;
    changeLane(m_grid.cursor().level, lane);
}

// Choosing

void CodeActions::selectAll() {
    if (!m_grid.document()) return;
    CodeSelection chosen(*m_grid.document(), m_grid.channel());
    chosen.addAll();
    m_grid.setSelection(std::move(chosen));
}

void CodeActions::selectLane(int level, bool adding) {
    if (!m_grid.document()) return;
    CodeSelection chosen = adding ? m_grid.selection() : CodeSelection(*m_grid.document(), m_grid.channel());
    chosen.addLane(level);
    m_grid.setCursorCell({m_grid.channel(), level, m_grid.cursor().frame});
    m_grid.setSelection(std::move(chosen));
}

void CodeActions::selectColumn() {
    if (!m_grid.document()) return;
    CodeSelection chosen(*m_grid.document(), m_grid.channel());
    chosen.addColumn(m_grid.cursor().frame);
    m_grid.setSelection(std::move(chosen));
}

void CodeActions::selectAlike(double distance) {
    const auto seen = view();
    if (!seen) return;
    CodeSelection chosen(*seen->document, m_grid.channel());
    chosen.addAlike(*seen->document, *seen->space, m_grid.cursor(), distance);
    m_grid.setSelection(std::move(chosen));
}

}  // namespace smidgen::ui
