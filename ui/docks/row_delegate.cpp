#include "ui/docks/row_delegate.h"

#include <QPainter>
#include <QSortFilterProxyModel>

#include "ui/canvas/wave_painter.h"
#include "ui/theme/metrics.h"

namespace smidgen::ui {

namespace {
constexpr int kTallRow = 42;
constexpr int kFlatRow = 28;
constexpr int kMarkSize = 18;
constexpr int kIndent = 12;
constexpr double kWave = 0.34;                         ///< of a row's width; the name comes first
constexpr double kCalmWave = 0.1, kAbsentWave = 0.35;  ///< how far waves go over into their surface

bool hasMark(const Row& row) {
    return row.mark != RowMark::none && row.mark != RowMark::missing && row.mark != RowMark::skipped;
}

}  // namespace

RowDelegate::RowDelegate(const Theme& theme, const RowModel& model, QObject* parent)
    : QStyledItemDelegate(parent), m_theme(theme), m_model(model) {}

const Row& RowDelegate::rowOf(const QModelIndex& index) const {
    const auto* proxy = qobject_cast<const QSortFilterProxyModel*>(index.model());
    return m_model.row(proxy != nullptr ? proxy->mapToSource(index).row() : index.row());
}

QSize RowDelegate::sizeHint(const QStyleOptionViewItem&, const QModelIndex& index) const {
    return {120, rowOf(index).subtitle.isEmpty() ? kFlatRow : kTallRow};
}

void RowDelegate::paintMark(QPainter& painter, const QRectF& box, RowMark mark) const {
    const QRectF square(box.center().x() - kMarkSize / 2.0, box.center().y() - kMarkSize / 2.0, kMarkSize,
                        kMarkSize);
    painter.setPen(Qt::NoPen);
    switch (mark) {
        case RowMark::collection:
            painter.setBrush(m_theme.colour(Token::sound));
            painter.drawRoundedRect(square, 4, 4);
            break;
        case RowMark::model:
        case RowMark::modelWarn:
            painter.setBrush(Qt::NoBrush);
            painter.setPen(QPen(m_theme.colour(Token::model), 2));
            painter.drawEllipse(square.adjusted(1, 1, -1, -1));
            painter.setPen(Qt::NoPen);
            painter.setBrush(m_theme.colour(mark == RowMark::model ? Token::model : Token::warn));
            painter.drawEllipse(square.center(), 4, 4);
            break;
        case RowMark::library:
        case RowMark::libraryGone: {
            // Two books on a shelf.
            const QColor colour = m_theme.colour(mark == RowMark::library ? Token::text : Token::warn);
            painter.setPen(QPen(colour, 1.5));
            painter.setBrush(Qt::NoBrush);
            painter.drawRoundedRect(square.adjusted(2, 2, -9.5, -2), 1, 1);
            painter.drawRoundedRect(square.adjusted(9.5, 2, -2, -2), 1, 1);
            break;
        }
        default:
            break;
    }
}

void RowDelegate::paint(QPainter* painter, const QStyleOptionViewItem& option,
                        const QModelIndex& index) const {
    const Row& row = rowOf(index);
    painter->save();
    painter->setRenderHint(QPainter::Antialiasing);
    const QRectF box = QRectF(option.rect).adjusted(4, 1, -4, -1);
    if (option.state & QStyle::State_Selected) {
        if (m_theme.marksColours())
            painter->setPen(m_theme.colour(Token::text));
        else
            painter->setPen(Qt::NoPen);
        painter->setBrush(m_theme.colour(Token::selection));
        painter->drawRoundedRect(box, metrics::kRadius, metrics::kRadius);
    } else if (option.state & QStyle::State_MouseOver) {
        painter->setPen(Qt::NoPen);
        painter->setBrush(m_theme.colour(Token::raised));
        painter->drawRoundedRect(box, metrics::kRadius, metrics::kRadius);
    }
    QRectF content = box.adjusted(8 + kIndent * row.indent, 0, -8, 0);
    if (hasMark(row)) {
        paintMark(*painter, QRectF(content.left(), content.top(), kMarkSize, content.height()), row.mark);
        content.setLeft(content.left() + kMarkSize + 10);
    }
    if (row.thumbnail) {
        const double width = kWave * content.width();
        const QRectF wave(content.right() - width, content.top() + 3, width, content.height() - 6);
        WaveStyle style;
        const bool lively =
            option.state & QStyle::State_Selected || (!m_playingId.isEmpty() && row.id == m_playingId);
        style.colour = row.mark == RowMark::skipped || row.mark == RowMark::missing
                           ? m_theme.mixed(Token::dim, Token::panel, kAbsentWave)
                           : m_theme.mixed(Token::sound, Token::panel, lively ? 0.0 : kCalmWave);
        style.normalise = true;
        paintWave(*painter, wave, *row.thumbnail, style);
        content.setRight(wave.left() - 8);
    }
    const bool gone = row.mark == RowMark::missing || row.mark == RowMark::libraryGone;
    const bool faded = gone || row.mark == RowMark::skipped;
    painter->setFont(Theme::font(TextRole::body));
    painter->setPen(m_theme.colour(faded ? Token::dim : Token::text));
    QRectF nameBox = content;
    if (!row.subtitle.isEmpty()) nameBox.setBottom(content.center().y() + 1);
    painter->drawText(nameBox, (row.subtitle.isEmpty() ? Qt::AlignVCenter : Qt::AlignBottom) | Qt::AlignLeft,
                      painter->fontMetrics().elidedText(row.title, Qt::ElideMiddle, int(nameBox.width())));
    if (!row.subtitle.isEmpty()) {
        painter->setFont(Theme::font(TextRole::small));
        painter->setPen(m_theme.colour(gone || row.mark == RowMark::modelWarn ? Token::warn : Token::dim));
        QRectF second = content;
        second.setTop(content.center().y() + 2);
        painter->drawText(
            second, Qt::AlignTop | Qt::AlignLeft,
            painter->fontMetrics().elidedText(row.subtitle, Qt::ElideRight, int(second.width())));
    }
    if (option.state & QStyle::State_HasFocus && option.state & QStyle::State_KeyboardFocusChange) {
        painter->setBrush(Qt::NoBrush);
        painter->setPen(QPen(m_theme.colour(Token::model), metrics::kFocusWidth));
        painter->drawRoundedRect(box.adjusted(1, 1, -1, -1), metrics::kRadius, metrics::kRadius);
    }
    painter->restore();
}

void RowDelegate::updateEditorGeometry(QWidget* editor, const QStyleOptionViewItem& option,
                                       const QModelIndex& index) const {
    const Row& row = rowOf(index);
    const int left = row.mark == RowMark::none ? 8 : kMarkSize + 18;
    editor->setGeometry(option.rect.adjusted(left, 4, -8, -4));
}

}  // namespace smidgen::ui
