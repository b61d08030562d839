#include "ui/canvas/take_card.h"

#include <QApplication>
#include <QContextMenuEvent>
#include <QMouseEvent>
#include <QPainter>

#include "ui/canvas/wave_painter.h"
#include "ui/theme/metrics.h"

namespace smidgen {
namespace {

constexpr int kPadding = 10;
constexpr int kNameHeight = 18;
constexpr int kMetaHeight = 16;
constexpr int kStar = 14;
constexpr int kPlay = 28;
constexpr double kCalmWave = 0.1;  ///< how far the wave of a card nobody looks at goes over into it

}  // namespace

TakeCard::TakeCard(const Theme& theme, QWidget* parent) : Canvas(theme, parent) {
    setFocusPolicy(Qt::StrongFocus);
    setSizePolicy(QSizePolicy::Preferred, QSizePolicy::Preferred);
    setMouseTracking(true);
    setAttribute(Qt::WA_Hover);
}

void TakeCard::setContent(Content content) {
    m_content = std::move(content);
    setAccessibleName(m_content.name);
    update();
    announce();
}

void TakeCard::setSelected(bool selected) {
    if (selected == m_selected) return;
    m_selected = selected;
    update();
    announce();
}

void TakeCard::setPlayed(std::optional<double> share) {
    if (share == m_played) return;
    m_played = share;
    update();
}

void TakeCard::setProgress(std::optional<double> fraction) {
    if (fraction == m_progress) return;
    m_progress = fraction;
    update();
}

QPixmap TakeCard::dragPixmap() {
    QPixmap picture(size() * devicePixelRatioF());
    picture.setDevicePixelRatio(devicePixelRatioF());
    picture.fill(Qt::transparent);
    QPainter painter(&picture);
    painter.setOpacity(0.85);
    painter.drawPixmap(0, 0, grab());
    return picture;
}

QString TakeCard::spokenValue() const {
    QStringList words;
    if (m_progress) words << tr("being made, %1 percent").arg(qRound(*m_progress * 100));
    if (!m_content.meta.isEmpty()) words << m_content.meta;
    if (!m_content.note.isEmpty()) words << m_content.note;
    if (m_content.starred) words << tr("starred");
    if (m_selected) words << tr("selected");
    if (m_played) words << tr("playing");
    return words.join(QStringLiteral(", "));
}

int TakeCard::textHeight() const {
    return kNameHeight + kMetaHeight * (m_content.note.isEmpty() ? 1 : 2);
}

QRectF TakeCard::waveRect() const {
    return QRectF(rect()).adjusted(kPadding, kPadding, -kPadding, -(textHeight() + kPadding + 4));
}

QRectF TakeCard::starRect() const {
    return {width() - kPadding - kStar + 1.0, height() - kPadding - textHeight() + 2.0, kStar, kStar};
}

QRectF TakeCard::playRect() const {
    QRectF mark(0, 0, kPlay, kPlay);
    mark.moveCenter(waveRect().center());
    return mark;
}

void TakeCard::paintEvent(QPaintEvent*) {
    QPainter painter(this);
    painter.setRenderHint(QPainter::Antialiasing);
    const QColor surface =
        m_hovered ? theme().mixed(Token::raised, Token::text, 0.05) : theme().colour(Token::raised);
    painter.setBrush(surface);
    // The chosen card is told by the width of its edge, not by its colour alone.
    const double edge = m_selected ? 2 : 1;
    painter.setPen(QPen(theme().colour(m_selected ? Token::sound : Token::line), edge));
    painter.drawRoundedRect(QRectF(rect()).adjusted(edge / 2, edge / 2, -edge / 2, -edge / 2),
                            metrics::kCardRadius, metrics::kCardRadius);

    if (m_progress) {
        const QRectF wave = waveRect();
        const QRectF track(wave.left(), wave.center().y() - 2, wave.width(), 4);
        painter.setPen(Qt::NoPen);
        painter.setBrush(theme().colour(Token::line));
        painter.drawRoundedRect(track, 2, 2);
        painter.setBrush(theme().colour(Token::model));
        painter.drawRoundedRect(
            QRectF(track.topLeft(), QSizeF(track.width() * qBound(0.0, *m_progress, 1.0), 4)), 2, 2);
    } else {
        WaveStyle style;
        style.colour = m_selected || m_hovered || m_played
                           ? theme().colour(Token::sound)
                           : theme().mixed(Token::sound, Token::raised, kCalmWave);
        if (m_played) {
            style.played = style.colour;
            style.playedShare = *m_played;
            style.colour = theme().mixed(Token::sound, Token::raised, 0.6);
        }
        paintWave(painter, waveRect(), m_content.peaks, style);
    }

    const QRectF text =
        QRectF(rect()).adjusted(kPadding, height() - kPadding - textHeight(), -kPadding, -kPadding);
    const QRectF nameRect(text.left(), text.top(), text.width() - kStar - 4, kNameHeight);
    painter.setFont(Theme::font(TextRole::strong));
    painter.setPen(theme().colour(Token::text));
    painter.drawText(
        nameRect, Qt::AlignLeft | Qt::AlignVCenter,
        painter.fontMetrics().elidedText(m_content.name, Qt::ElideMiddle, qFloor(nameRect.width())));
    const QRectF metaRect(text.left(), text.top() + kNameHeight, text.width(), kMetaHeight);
    painter.setFont(Theme::font(TextRole::small));
    painter.setPen(theme().colour(Token::dim));
    painter.drawText(
        metaRect, Qt::AlignLeft | Qt::AlignVCenter,
        painter.fontMetrics().elidedText(m_content.meta, Qt::ElideRight, qFloor(metaRect.width())));
    painter.setPen(theme().colour(m_content.noteWarns ? Token::warn : Token::dim));
    painter.drawText(
        metaRect.translated(0, kMetaHeight), Qt::AlignLeft | Qt::AlignVCenter,
        painter.fontMetrics().elidedText(m_content.note, Qt::ElideMiddle, qFloor(metaRect.width())));

    if (m_content.starred || m_hovered || hasFocus()) {
        const QPixmap star =
            theme().iconPixmap(m_content.starred ? QStringLiteral("star-filled") : QStringLiteral("star"),
                               m_content.starred ? Token::sound : Token::dim, kStar, devicePixelRatioF());
        painter.drawPixmap(starRect().topLeft(), star);
    }
    if (m_hovered && !m_progress && !m_content.peaks.empty()) {
        painter.setPen(Qt::NoPen);
        painter.setBrush(theme().colour(Token::sound));
        painter.drawEllipse(playRect());
        const QPixmap mark = theme().iconPixmap(m_played ? QStringLiteral("stop") : QStringLiteral("play"),
                                                Token::onSound, 14, devicePixelRatioF());
        painter.drawPixmap(playRect().center() - QPointF(7, 7), mark);
    }
    if (showsFocus()) paintFocusRing(painter, rect(), metrics::kCardRadius);
}

void TakeCard::mousePressEvent(QMouseEvent* event) {
    if (event->button() == Qt::LeftButton) m_pressed = event->position().toPoint();
}

void TakeCard::mouseMoveEvent(QMouseEvent* event) {
    if (!m_pressed || !(event->buttons() & Qt::LeftButton)) return;
    const QPoint moved = event->position().toPoint() - *m_pressed;
    if (moved.manhattanLength() < QApplication::startDragDistance()) return;
    const QPoint hotSpot = *m_pressed;
    m_pressed.reset();
    Q_EMIT dragRequested(hotSpot);
}

void TakeCard::mouseReleaseEvent(QMouseEvent* event) {
    if (event->button() != Qt::LeftButton || !m_pressed) return;
    const QPointF pressed = *m_pressed;
    m_pressed.reset();
    if (!rect().contains(event->position().toPoint())) return;
    constexpr int kSlack = 4;
    if (starRect().adjusted(-kSlack, -kSlack, kSlack, kSlack).contains(pressed)) {
        Q_EMIT starToggled(!m_content.starred);
    } else if (playRect().contains(pressed) && !m_content.peaks.empty()) {
        Q_EMIT clicked(event->modifiers());
        Q_EMIT playRequested();
    } else {
        Q_EMIT clicked(event->modifiers());
    }
}

void TakeCard::mouseDoubleClickEvent(QMouseEvent* event) {
    if (event->button() == Qt::LeftButton && !playRect().contains(event->position())) Q_EMIT playRequested();
}

void TakeCard::contextMenuEvent(QContextMenuEvent* event) {
    const bool byKey = event->reason() == QContextMenuEvent::Keyboard;
    Q_EMIT menuRequested(byKey ? mapToGlobal(rect().center()) : event->globalPos());
}

void TakeCard::keyPressEvent(QKeyEvent* event) {
    switch (event->key()) {
        case Qt::Key_Return:
        case Qt::Key_Enter:
            Q_EMIT playRequested();
            return;
        case Qt::Key_S:
            if (event->modifiers() == Qt::NoModifier) {
                Q_EMIT starToggled(!m_content.starred);
                return;
            }
            break;
        case Qt::Key_F2:
            Q_EMIT renameRequested();
            return;
        case Qt::Key_Delete:
            Q_EMIT trashRequested();
            return;
        case Qt::Key_Left:
        case Qt::Key_Up:
            Q_EMIT neighbourRequested(-1, event->modifiers());
            return;
        case Qt::Key_Right:
        case Qt::Key_Down:
            Q_EMIT neighbourRequested(1, event->modifiers());
            return;
        case Qt::Key_Space:
            if (event->modifiers() == Qt::ControlModifier) {
                Q_EMIT clicked(Qt::ControlModifier);
                return;
            }
            break;
        default:
            break;
    }
    Canvas::keyPressEvent(event);
}

void TakeCard::enterEvent(QEnterEvent*) {
    m_hovered = true;
    update();
    Q_EMIT hoverChanged(true);
}

void TakeCard::leaveEvent(QEvent*) {
    m_hovered = false;
    update();
    Q_EMIT hoverChanged(false);
}

}  // namespace smidgen
