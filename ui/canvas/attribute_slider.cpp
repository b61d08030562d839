#include "ui/canvas/attribute_slider.h"

#include <QKeyEvent>
#include <QLocale>
#include <QMouseEvent>
#include <QPainter>
#include <QWheelEvent>
#include <algorithm>
#include <cmath>

#include "ui/theme/metrics.h"

namespace smidgen {
namespace {

constexpr double kStep = 0.02, kFineStep = 0.005, kPage = 0.1;
constexpr double kFine = 0.1;  ///< of the pointer's way, with Shift
constexpr double kGrain = 0.001;
constexpr double kHandle = 6.5;  ///< radius
constexpr double kTrackHeight = 6;
constexpr double kTrackMiddle = 9;
constexpr int kHeight = 29;

}  // namespace

AttributeSlider::AttributeSlider(const Theme& theme, Attribute attribute, const QString& low,
                                 const QString& high, QWidget* parent)
    : Canvas(theme, parent), m_attribute(attribute), m_low(low), m_high(high) {
    setSizePolicy(QSizePolicy::Expanding, QSizePolicy::Fixed);
    setFocusPolicy(Qt::StrongFocus);
    setCursor(Qt::PointingHandCursor);
}

void AttributeSlider::setPosition(std::optional<double> position) {
    if (position) position = std::clamp(*position, kLowestPosition, kHighestPosition);
    if (position == m_position) return;
    m_position = position;
    update();
    announce();
}

void AttributeSlider::setOutcome(const std::optional<SliderOutcome>& outcome) {
    if (outcome == m_outcome) return;
    m_outcome = outcome;
    update();
}

void AttributeSlider::setLocked(bool locked) {
    m_locked = locked;
    update();
    announce();
}

void AttributeSlider::setMapped(bool mapped) {
    m_mapped = mapped;
    update();
    announce();
}

QString AttributeSlider::spokenValue() const {
    QStringList words;
    if (!m_position) {
        words << tr("as it comes");
    } else {
        words << tr("%1, from %2 to %3").arg(QLocale().toString(*m_position, 'f', 2), m_low, m_high);
        if (*m_position < 0 || *m_position > 1) words << tr("beyond most sounds of the collection");
    }
    if (m_outcome) words << tr("the take came to %1").arg(QLocale().toString(m_outcome->reached, 'f', 2));
    if (m_locked) words << tr("locked");
    if (m_mapped) words << tr("moved by a controller");
    return words.join(QStringLiteral(", "));
}

QSize AttributeSlider::sizeHint() const {
    return {240, kHeight};
}

QSize AttributeSlider::minimumSizeHint() const {
    return {110, kHeight};
}

QRectF AttributeSlider::track() const {
    return {kHandle + 1, kTrackMiddle - kTrackHeight / 2, width() - 2 * (kHandle + 1), kTrackHeight};
}

double AttributeSlider::xOf(double position) const {
    const QRectF whole = track();
    return whole.left() + whole.width() * (position - kLowestPosition) / (kHighestPosition - kLowestPosition);
}

/// Where the handle stands while no position is set.
double AttributeSlider::resting() const {
    return m_outcome ? std::clamp(m_outcome->reached, kLowestPosition, kHighestPosition) : 0.5;
}

void AttributeSlider::moveTo(std::optional<double> position, bool dragging) {
    if (position)
        position = std::clamp(std::round(*position / kGrain) * kGrain, kLowestPosition, kHighestPosition);
    const bool changed = position != m_position;
    setPosition(position);
    if (changed) Q_EMIT moved(m_position, dragging);
}

void AttributeSlider::step(double by) {
    moveTo(m_position.value_or(resting()) + by, false);
}

void AttributeSlider::mousePressEvent(QMouseEvent* event) {
    if (event->button() != Qt::LeftButton) return Canvas::mousePressEvent(event);
    m_dragging = true;
    m_dragX = event->position().x();
    const double handle = m_position.value_or(resting());
    // On the handle it is taken hold of where it is; elsewhere it comes to the pointer.
    const QRectF whole = track();
    const double there =
        kLowestPosition + (m_dragX - whole.left()) / whole.width() * (kHighestPosition - kLowestPosition);
    const bool onHandle = std::abs(m_dragX - xOf(handle)) <= kHandle;
    m_dragPosition = onHandle || event->modifiers().testFlag(Qt::ShiftModifier) ? handle : there;
    moveTo(m_dragPosition, true);
}

void AttributeSlider::mouseMoveEvent(QMouseEvent* event) {
    if (!m_dragging) return Canvas::mouseMoveEvent(event);
    const double way = (event->position().x() - m_dragX) / track().width();
    m_dragX = event->position().x();
    const double fine = event->modifiers().testFlag(Qt::ShiftModifier) ? kFine : 1.0;
    m_dragPosition += way * fine * (kHighestPosition - kLowestPosition);
    moveTo(m_dragPosition, true);
}

void AttributeSlider::mouseReleaseEvent(QMouseEvent* event) {
    if (event->button() != Qt::LeftButton || !m_dragging) return Canvas::mouseReleaseEvent(event);
    m_dragging = false;
    Q_EMIT dragEnded();
}

void AttributeSlider::mouseDoubleClickEvent(QMouseEvent* event) {
    if (event->button() != Qt::LeftButton) return;
    m_dragging = false;
    moveTo(std::nullopt, false);
    Q_EMIT dragEnded();
}

void AttributeSlider::wheelEvent(QWheelEvent* event) {
    // Shift turns the wheel sideways on some systems.
    const int turned = event->angleDelta().y() != 0 ? event->angleDelta().y() : event->angleDelta().x();
    if (turned == 0) return;
    const double size = event->modifiers().testFlag(Qt::ShiftModifier) ? kFineStep : kStep;
    step(size * turned / 120.0);
    event->accept();
}

bool AttributeSlider::event(QEvent* event) {
    if (event->type() == QEvent::ShortcutOverride) {
        const int key = static_cast<QKeyEvent*>(event)->key();
        for (const int mine :
             {Qt::Key_Left, Qt::Key_Right, Qt::Key_Up, Qt::Key_Down, Qt::Key_PageUp, Qt::Key_PageDown,
              Qt::Key_Home, Qt::Key_End, Qt::Key_Delete, Qt::Key_Backspace})
            if (key == mine) event->accept();
        if (event->isAccepted()) return true;
    }
    return Canvas::event(event);
}

void AttributeSlider::keyPressEvent(QKeyEvent* event) {
    const double size = event->modifiers().testFlag(Qt::ShiftModifier) ? kFineStep : kStep;
    switch (event->key()) {
        case Qt::Key_Left:
        case Qt::Key_Down:
            return step(-size);
        case Qt::Key_Right:
        case Qt::Key_Up:
            return step(size);
        case Qt::Key_PageDown:
            return step(-kPage);
        case Qt::Key_PageUp:
            return step(kPage);
        case Qt::Key_Home:
            return moveTo(0.0, false);
        case Qt::Key_End:
            return moveTo(1.0, false);
        case Qt::Key_Delete:
        case Qt::Key_Backspace:
            return moveTo(std::nullopt, false);
        default:
            Canvas::keyPressEvent(event);
    }
}

void AttributeSlider::paintEvent(QPaintEvent*) {
    QPainter painter(this);
    painter.setRenderHint(QPainter::Antialiasing);
    const QRectF whole = track();
    const double radius = kTrackHeight / 2;
    painter.setPen(theme().marksColours() ? QPen(theme().colour(Token::line), 1) : QPen(Qt::NoPen));
    painter.setBrush(theme().colour(Token::raised));
    painter.drawRoundedRect(whole, radius, radius);
    painter.setPen(Qt::NoPen);
    painter.setBrush(theme().colour(Token::selection));
    painter.drawRect(QRectF(QPointF(xOf(0), whole.top()), QPointF(xOf(1), whole.bottom())));
    painter.setBrush(theme().colour(Token::dim));
    painter.drawRect(QRectF(xOf(0.5) - 0.5, whole.top() - 2, 1, whole.height() + 4));

    const bool beyond = m_position && (*m_position < 0 || *m_position > 1);
    const QColor accent = theme().colour(beyond ? Token::warn : Token::model);
    if (m_position) {
        const double from = xOf(0.5), to = xOf(*m_position);
        painter.setBrush(accent);
        painter.drawRect(QRectF(std::min(from, to), whole.top(), std::abs(to - from), whole.height()));
    }
    paintOutcome(painter);
    const QPointF handle(xOf(m_position.value_or(resting())), kTrackMiddle);
    if (m_position) {
        painter.setPen(QPen(accent, 1.5));
        painter.setBrush(theme().colour(Token::text));
        painter.drawEllipse(handle, kHandle - 0.75, kHandle - 0.75);
    } else {
        painter.setPen(QPen(theme().colour(Token::dim), 1.5));
        painter.setBrush(theme().colour(Token::panel));
        painter.drawEllipse(handle, kHandle - 2, kHandle - 2);
    }

    painter.setFont(Theme::font(TextRole::small));
    painter.setPen(theme().colour(beyond ? Token::warn : Token::dim));
    const QRectF words(whole.left(), kTrackMiddle + kHandle, whole.width(), kHeight - kTrackMiddle - kHandle);
    painter.drawText(words, Qt::AlignLeft | Qt::AlignVCenter, m_low);
    painter.drawText(words, Qt::AlignRight | Qt::AlignVCenter, m_high);
    if (beyond && width() > 200)
        painter.drawText(words, Qt::AlignHCenter | Qt::AlignVCenter, tr("beyond most of your sounds"));
    if (m_mapped) {
        painter.setPen(Qt::NoPen);
        painter.setBrush(theme().colour(Token::code));
        painter.drawEllipse(QPointF(width() - 3, kTrackMiddle), 2.5, 2.5);
    }
    if (showsFocus())
        paintFocusRing(painter, QRectF(rect()).adjusted(0.5, 0.5, -0.5, -0.5), metrics::kRadius);
}

/// A hairline where the model came to, and a diamond where the take is.
void AttributeSlider::paintOutcome(QPainter& painter) const {
    if (!m_outcome || !m_position) return;
    const auto x = [&](double position) {
        return xOf(std::clamp(position, kLowestPosition, kHighestPosition));
    };
    painter.setPen(QPen(theme().colour(Token::text), 1));
    const double model = x(m_outcome->model);
    painter.drawLine(QPointF(model, kTrackMiddle - 5), QPointF(model, kTrackMiddle + 5));
    const double reached = x(m_outcome->reached);
    painter.setPen(Qt::NoPen);
    painter.setBrush(theme().colour(Token::sound));
    const double size = 3.5, middle = kTrackMiddle + kHandle + 3;
    const QPointF diamond[] = {{reached, middle - size},
                               {reached + size, middle},
                               {reached, middle + size},
                               {reached - size, middle}};
    painter.drawPolygon(diamond, 4);
}

}  // namespace smidgen
