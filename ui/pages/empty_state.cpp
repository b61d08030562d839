#include "ui/pages/empty_state.h"

#include <QHBoxLayout>
#include <QLabel>
#include <QPainter>
#include <QPushButton>

#include "ui/theme/metrics.h"

namespace smidgen::ui {

EmptyState::EmptyState(const Theme& theme, const QString& icon, const QString& title, const QString& sentence,
                       QWidget* parent)
    : QFrame(parent), m_theme(theme) {
    auto* picture = new QLabel;
    picture->setAlignment(Qt::AlignCenter);
    const auto drawPicture = [picture, icon, &theme] {
        picture->setPixmap(theme.iconPixmap(icon, Token::sound, 48, picture->devicePixelRatioF()));
    };
    drawPicture();
    connect(&theme, &Theme::changed, picture, drawPicture);
    auto* heading = new QLabel(title);
    heading->setAlignment(Qt::AlignCenter);
    setLook(*heading, Look::title);
    auto* text = new QLabel(sentence);
    text->setAlignment(Qt::AlignCenter);
    text->setWordWrap(true);
    text->setMaximumWidth(520);
    setLook(*text, Look::dim);
    auto* textRow = new QHBoxLayout;
    textRow->addStretch(1);
    textRow->addWidget(text, 20);
    textRow->addStretch(1);
    m_buttons = new QHBoxLayout;
    m_buttons->setSpacing(metrics::kSpaceS);
    m_buttons->addStretch(1);
    m_buttons->addStretch(1);
    auto* layout = new QVBoxLayout(this);
    layout->setSpacing(metrics::kSpaceM);
    layout->addStretch(1);
    layout->addWidget(picture);
    layout->addWidget(heading);
    layout->addLayout(textRow);
    layout->addSpacing(metrics::kSpaceXs);
    layout->addLayout(m_buttons);
    layout->addStretch(1);
}

QPushButton* EmptyState::addButton(const QString& text, const QString& hint) {
    auto* button = new QPushButton(text);
    button->setToolTip(hint);
    button->setStatusTip(hint);
    if (m_buttons->count() == 2) setLook(*button, Look::primary);
    m_buttons->insertWidget(m_buttons->count() - 1, button);
    return button;
}

void EmptyState::paintEvent(QPaintEvent*) {
    QPainter painter(this);
    painter.setRenderHint(QPainter::Antialiasing);
    QPen pen(m_theme.mixed(Token::line, Token::dim, 0.3), 1.5, Qt::DashLine);
    painter.setPen(pen);
    painter.setBrush(Qt::NoBrush);
    painter.drawRoundedRect(QRectF(rect()).adjusted(1, 1, -1, -1), 12, 12);
}

}  // namespace smidgen::ui
