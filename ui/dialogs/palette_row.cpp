#include "ui/dialogs/palette_row.h"

#include <QPainter>

#include "ui/theme/metrics.h"

namespace smidgen::ui {

namespace {
constexpr int kRowHeight = 30;
constexpr int kHeadingHeight = 26;
}  // namespace

PaletteRowDelegate::PaletteRowDelegate(const Theme& theme, QObject* parent)
    : QStyledItemDelegate(parent), m_theme(theme) {}

QSize PaletteRowDelegate::sizeHint(const QStyleOptionViewItem&, const QModelIndex& index) const {
    return {200, index.data(headingRole).toBool() ? kHeadingHeight : kRowHeight};
}

void PaletteRowDelegate::paint(QPainter* painter, const QStyleOptionViewItem& option,
                               const QModelIndex& index) const {
    painter->save();
    painter->setRenderHint(QPainter::Antialiasing);
    const QRect box = option.rect.adjusted(metrics::kSpaceXs, 0, -metrics::kSpaceXs, 0);
    const QRect content = box.adjusted(metrics::kSpaceS, 0, -metrics::kSpaceS, 0);
    const QString text = index.data(Qt::DisplayRole).toString();
    if (index.data(headingRole).toBool()) {
        painter->setFont(Theme::font(TextRole::heading));
        painter->setPen(m_theme.colour(Token::dim));
        painter->drawText(content, Qt::AlignLeft | Qt::AlignVCenter, text.toUpper());
        painter->restore();
        return;
    }
    if (option.state & QStyle::State_Selected) {
        painter->setPen(Qt::NoPen);
        painter->setBrush(m_theme.colour(Token::selection));
        painter->drawRoundedRect(box, metrics::kRadius, metrics::kRadius);
    }
    QRect left = content;
    const QString keys = index.data(keysRole).toString();
    if (!keys.isEmpty()) {
        painter->setFont(Theme::font(TextRole::small));
        const int width = painter->fontMetrics().horizontalAdvance(keys) + 2 * metrics::kSpaceS;
        const QRect chip(content.right() - width + 1, content.center().y() - 9, width, 19);
        painter->setPen(m_theme.colour(Token::line));
        painter->setBrush(m_theme.colour(Token::panel));
        painter->drawRoundedRect(QRectF(chip).adjusted(0.5, 0.5, -0.5, -0.5), 4, 4);
        painter->setPen(m_theme.colour(Token::dim));
        painter->drawText(chip, Qt::AlignCenter, keys);
        left.setRight(chip.left() - metrics::kSpaceS);
    }
    const bool dim = index.data(dimRole).toBool();
    painter->setFont(Theme::font(TextRole::body));
    painter->setPen(m_theme.colour(dim ? Token::dim : Token::text));
    const QFontMetrics name = painter->fontMetrics();
    const QString shown = name.elidedText(text, Qt::ElideRight, left.width());
    painter->drawText(left, Qt::AlignLeft | Qt::AlignVCenter, shown);
    left.setLeft(left.left() + name.horizontalAdvance(shown) + metrics::kSpaceM);
    painter->setFont(Theme::font(TextRole::small));
    painter->setPen(m_theme.colour(Token::dim));
    const QString detail = index.data(detailRole).toString();
    painter->drawText(left, Qt::AlignLeft | Qt::AlignVCenter,
                      painter->fontMetrics().elidedText(detail, Qt::ElideRight, left.width()));
    painter->restore();
}

}  // namespace smidgen::ui
