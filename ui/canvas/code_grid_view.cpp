#include "ui/canvas/code_grid_view.h"

#include <QLineEdit>
#include <algorithm>
#include <cmath>

#include "ui/canvas/code_words.h"
#include "ui/theme/code_colours.h"

namespace smidgen {
namespace {

constexpr int kLaneGap = 4;
constexpr int kGhostHeight = 12;
constexpr int kGhostGap = 6;
constexpr int kEditorWidth = 64;
constexpr int kEditorHeight = 26;

}  // namespace

CodeGridView::CodeGridView(const Theme& theme, QWidget* parent) : Canvas(theme, parent) {
    setFocusPolicy(Qt::StrongFocus);
    setMouseTracking(true);
    setSizePolicy(QSizePolicy::Expanding, QSizePolicy::Expanding);
    setAttribute(Qt::WA_OpaquePaintEvent);
    setAccessibleName(tr("Code grid"));
    m_editor = new QLineEdit(this);
    m_editor->setObjectName(QStringLiteral("codeEditor"));
    m_editor->setAccessibleName(tr("Code of the cell"));
    m_editor->setAlignment(Qt::AlignCenter);
    m_editor->hide();
    m_editor->installEventFilter(this);
    connect(m_editor, &QLineEdit::editingFinished, m_editor, &QWidget::hide);
}

void CodeGridView::setDocument(std::shared_ptr<const CodeDocument> document,
                               std::shared_ptr<const CodeSpace> space) {
    const bool another = (m_document == nullptr) != (document == nullptr) ||
                         (document && (document->frames() != m_document->frames() ||
                                       document->levels() != m_document->levels()));
    const bool colours = space != m_space;
    m_document = std::move(document);
    m_space = std::move(space);
    if (colours) readColours();
    if (m_document && m_channel >= m_document->channels()) m_channel = 0;
    if (another) {
        m_drag = Drag::none;
        m_cursor = m_anchor = CodeCell{m_channel, 0, 0};
        m_selection = m_document ? CodeSelection(*m_document, m_channel) : CodeSelection();
        Q_EMIT selectionChanged();
        Q_EMIT cursorMoved();
    }
    stale();
    announce();
}

void CodeGridView::readColours() {
    m_colours.clear();
    if (!m_space) return;
    const CodeColours palette(theme().scheme());
    for (int level = 0; level < m_space->levels(); ++level) {
        std::vector<QRgb> colours;
        for (int code = 0; code < m_space->codebookSize(); ++code) {
            const CodeTint tint = m_space->tint(level, code);
            colours.push_back(palette.of(tint.hue, tint.lightness));
        }
        m_colours.push_back(std::move(colours));
    }
}

QRgb CodeGridView::colourOf(int level, int code) const {
    return m_colours[static_cast<std::size_t>(level)][static_cast<std::size_t>(code)];
}

void CodeGridView::dropCaches() {
    readColours();
    m_pictureStale = true;
}

void CodeGridView::stale() {
    m_pictureStale = true;
    update();
}

void CodeGridView::setChannel(int channel) {
    if (!m_document || channel == m_channel || channel < 0 || channel >= m_document->channels()) return;
    m_channel = channel;
    m_cursor.channel = m_anchor.channel = channel;
    m_selection = CodeSelection(*m_document, channel);
    stale();
    announce();
    Q_EMIT selectionChanged();
    Q_EMIT cursorMoved();
}

void CodeGridView::setAxis(const TimeAxis& axis, int margin) {
    m_axis = axis;
    m_margin = margin;
    m_editor->hide();
    stale();
}

void CodeGridView::setBrush(std::vector<std::optional<int>> codes) {
    m_brush = std::move(codes);
    announce();
}

void CodeGridView::setTool(CodeTool tool) {
    endStroke();
    m_tool = tool;
    setCursor(tool == CodeTool::select ? Qt::ArrowCursor : Qt::CrossCursor);
    announce();
}

void CodeGridView::setPlayhead(std::optional<double> seconds) {
    if (seconds == m_playhead) return;
    const auto strip = [this](double at) {
        const double x = m_axis.x(at) + m_margin;
        if (x > -4 && x < width() + 4) update(static_cast<int>(x) - 3, 0, 7, height());
    };
    if (m_playhead) strip(*m_playhead);
    m_playhead = seconds;
    if (m_playhead) strip(*m_playhead);
}

void CodeGridView::setOriginalShown(bool shown) {
    if (shown == m_originalShown) return;
    m_originalShown = shown;
    stale();
    announce();
}

void CodeGridView::setCursorCell(const CodeCell& cell) {
    if (!m_document || !m_document->contains(cell)) return;
    m_anchor = cell;
    if (cell == m_cursor) return;
    m_cursor = cell;
    update();
    announce();
    Q_EMIT cursorMoved();
}

void CodeGridView::setSelection(CodeSelection selection) {
    if (selection == m_selection) return;
    m_selection = std::move(selection);
    update();
    announce();
    Q_EMIT selectionChanged();
}

// Places

QRect CodeGridView::ghostRect() const {
    return {m_margin, height() - kGhostHeight, std::max(1, width() - 2 * m_margin), kGhostHeight};
}

QRect CodeGridView::laneRect(int level) const {
    const int levels = m_document ? m_document->levels() : 1;
    const int room = height() - kGhostHeight - kGhostGap;
    const int top = level * room / levels, bottom = (level + 1) * room / levels - kLaneGap;
    return {m_margin, top, std::max(1, width() - 2 * m_margin), std::max(1, bottom - top)};
}

double CodeGridView::secondsOf(std::int64_t frame) const {
    return m_document ? static_cast<double>(frame) / m_document->framesPerSecond : 0;
}

double CodeGridView::xOf(double frame) const {
    return m_axis.x(frame / m_document->framesPerSecond) + m_margin;
}

double CodeGridView::frameAt(double x) const {
    return m_axis.seconds(x - m_margin) * m_document->framesPerSecond;
}

QRectF CodeGridView::cellRect(const CodeCell& cell) const {
    if (!m_document) return {};
    const QRect lane = laneRect(cell.level);
    const double left = xOf(static_cast<double>(cell.frame)),
                 right = xOf(static_cast<double>(cell.frame + 1));
    return {left, static_cast<double>(lane.top()), right - left, static_cast<double>(lane.height())};
}

CodeCell CodeGridView::nearestCell(const QPointF& place) const {
    const double room = height() - kGhostHeight - kGhostGap;
    const int levels = m_document->levels();
    const int level = std::clamp(static_cast<int>(std::floor(place.y() / room * levels)), 0, levels - 1);
    const auto frame = static_cast<std::int64_t>(std::floor(frameAt(place.x())));
    return {m_channel, level, std::clamp<std::int64_t>(frame, 0, m_document->frames().value - 1)};
}

std::optional<CodeCell> CodeGridView::cellAt(const QPointF& place) const {
    if (!m_document || place.y() < 0 || place.y() >= height() - kGhostHeight - kGhostGap) return std::nullopt;
    const double frame = std::floor(frameAt(place.x()));
    if (frame < 0 || frame >= static_cast<double>(m_document->frames().value)) return std::nullopt;
    return nearestCell(place);
}

// Words

QString CodeGridView::wordsFor(const CodeCell& cell) const {
    const CodeLane& lane = m_document->lanes[static_cast<std::size_t>(cell.level)];
    const int code = m_document->code(cell), original = m_document->originalCode(cell);
    QStringList words;
    words << tr("cell level %1, %2").arg(cell.level + 1).arg(laneText(lane.name))
          << tr("frame %1 of %2").arg(cell.frame + 1).arg(m_document->frames().value)
          << tr("code %1").arg(code);
    if (code != original) words << tr("original %1").arg(original);
    words << formatTime(secondsOf(cell.frame));
    return words.join(QStringLiteral(", "));
}

QString CodeGridView::toolWords() const {
    const auto level = static_cast<std::size_t>(m_cursor.level);
    switch (m_tool) {
        case CodeTool::select:
            return {};
        case CodeTool::brush:
            return level < m_brush.size() && m_brush[level] ? tr("brush with code %1").arg(*m_brush[level])
                                                            : tr("brush with the first code of a stroke");
        case CodeTool::erase:
            return tr("eraser");
        case CodeTool::stamp:
            return tr("stamp");
    }
    return {};
}

QString CodeGridView::spokenValue() const {
    if (!m_document) return tr("no codes");
    QStringList words{wordsFor(m_cursor)};
    const CodeLane& lane = m_document->lanes[static_cast<std::size_t>(m_cursor.level)];
    if (!m_document->audible(m_cursor.level)) words << tr("not heard");
    if (lane.locked) words << tr("locked");
    if (m_document->channels() > 1) words << (m_channel == 0 ? tr("mid") : tr("side"));
    if (m_originalShown) words << tr("showing the original");
    if (!m_selection.empty())
        words << (m_selection.count() == 1 ? tr("1 cell selected")
                                           : tr("%1 cells selected").arg(m_selection.count()));
    if (const QString tool = toolWords(); !tool.isEmpty()) words << tool;
    return words.join(QStringLiteral(", "));
}

void CodeGridView::openEditor(const QString& text) {
    if (!m_document || !m_space) return;
    const QPointF middle = cellRect(m_cursor).center();
    const int x =
        std::clamp(static_cast<int>(middle.x()) - kEditorWidth / 2, 0, std::max(0, width() - kEditorWidth));
    const int y = std::clamp(static_cast<int>(middle.y()) - kEditorHeight / 2, 0,
                             std::max(0, height() - kEditorHeight));
    m_editor->setGeometry(x, y, kEditorWidth, kEditorHeight);
    m_editor->setPlaceholderText(QStringLiteral("0–%1").arg(m_space->codebookSize() - 1));
    m_editor->setText(text);
    m_editor->show();
    m_editor->setFocus(Qt::OtherFocusReason);
    if (text.isEmpty()) {
        m_editor->setText(QString::number(m_document->code(m_cursor)));
        m_editor->selectAll();
    }
}

}  // namespace smidgen
