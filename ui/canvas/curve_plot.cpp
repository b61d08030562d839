#include "ui/canvas/curve_plot.h"

#include <QKeyEvent>
#include <QLocale>
#include <QMouseEvent>
#include <QPainter>
#include <QPainterPath>
#include <algorithm>
#include <array>
#include <cmath>

#include "ui/canvas/time_axis.h"
#include "ui/theme/metrics.h"

namespace smidgen {
namespace {

constexpr double kLeft = 44;
constexpr double kRight = 112;  ///< room for the names of the curves
constexpr double kTop = 22;
constexpr double kBottom = 34;
constexpr double kLabelDistance = 26;  ///< least, between labels of the error axis
constexpr double kNameHeight = 16;
constexpr std::array kErrorMarks = {1.0, 1.5, 2.0, 3.0, 5.0, 7.0};

/// The round number of steps between two labels, 1, 2 or 5 · 10^k.
double roundSteps(double least) {
    const double power = std::pow(10.0, std::floor(std::log10(std::max(1.0, least))));
    for (const double factor : {1.0, 2.0, 5.0, 10.0})
        if (factor * power >= least) return factor * power;
    return 10 * power;
}

QString errorText(double error) {
    return QLocale().toString(error, 'f', error < 0.0995 ? 3 : 2);
}

const CurvePoint* lastHeldOut(const std::vector<CurvePoint>& curve) {
    const auto found =
        std::find_if(curve.rbegin(), curve.rend(), [](const CurvePoint& p) { return p.heldOut; });
    return found == curve.rend() ? nullptr : &*found;
}

}  // namespace

CurvePlot::CurvePlot(const Theme& theme, QWidget* parent) : Canvas(theme, parent) {
    setFocusPolicy(Qt::StrongFocus);
    setMouseTracking(true);
    setSizePolicy(QSizePolicy::Expanding, QSizePolicy::Expanding);
    setMeasure(tr("mel error (log10, lower is better)"));
    setAccessibleName(tr("Learning curves: error over training steps, lower is better"));
}

void CurvePlot::setCurve(std::vector<CurvePoint> curve) {
    std::erase_if(curve, [](const CurvePoint& p) { return !(p.training > 0) || !std::isfinite(p.training); });
    for (CurvePoint& point : curve)
        if (point.heldOut && (!(*point.heldOut > 0) || !std::isfinite(*point.heldOut))) point.heldOut.reset();
    m_curve = std::move(curve);
    if (m_readout && *m_readout >= m_curve.size()) m_readout.reset();
    m_lastStep = 1;
    m_low = 0.1;
    m_high = 1;
    if (!m_curve.empty()) {
        m_lastStep = std::max(1.0, static_cast<double>(m_curve.back().step));
        m_low = m_high = m_curve.front().training;
        for (const CurvePoint& point : m_curve)
            for (const double value : {point.training, point.heldOut.value_or(point.training)}) {
                m_low = std::min(m_low, value);
                m_high = std::max(m_high, value);
            }
        m_low /= 1.12;
        m_high *= 1.08;
    }
    dropCaches();
    update();
    announce();
}

void CurvePlot::setMeasure(const QString& measure) {
    if (measure == m_measure) return;
    m_measure = measure;
    dropCaches();
    update();
}

QRectF CurvePlot::plotRect() const {
    return QRectF(rect()).adjusted(kLeft, kTop, -kRight, -kBottom);
}

QPointF CurvePlot::position(double step, double error) const {
    const QRectF plot = plotRect();
    const double height = std::log(error / m_low) / std::log(m_high / m_low);
    return {plot.left() + step / m_lastStep * plot.width(), plot.bottom() - height * plot.height()};
}

QString CurvePlot::readoutText(const CurvePoint& point) const {
    QString text = tr("step %1 · %2 · training %3")
                       .arg(point.step)
                       .arg(formatDuration(point.cpuSeconds), errorText(point.training));
    if (point.heldOut) text += tr(" · held out %1").arg(errorText(*point.heldOut));
    return text;
}

QString CurvePlot::spokenValue() const {
    if (m_curve.empty()) return tr("nothing learned yet");
    return readoutText(m_curve[m_readout.value_or(m_curve.size() - 1)]);
}

void CurvePlot::dropCaches() {
    m_cache = QPixmap();
}

void CurvePlot::resizeEvent(QResizeEvent* event) {
    Canvas::resizeEvent(event);
    dropCaches();
}

void CurvePlot::paintEvent(QPaintEvent*) {
    const qreal scale = devicePixelRatioF();
    if (m_cache.isNull() || m_cache.devicePixelRatio() != scale) {
        m_cache = QPixmap(size() * scale);
        m_cache.setDevicePixelRatio(scale);
        m_cache.fill(Qt::transparent);
        QPainter painter(&m_cache);
        painter.setRenderHint(QPainter::Antialiasing);
        paintAxes(painter);
        paintCurves(painter);
    }
    QPainter painter(this);
    painter.setRenderHint(QPainter::Antialiasing);
    painter.drawPixmap(0, 0, m_cache);
    paintReadout(painter);
    if (showsFocus()) paintFocusRing(painter, rect(), metrics::kRadius);
}

void CurvePlot::paintAxes(QPainter& painter) const {
    const QRectF plot = plotRect();
    painter.setFont(Theme::font(TextRole::small));
    const QColor line = theme().colour(Token::line);
    const QColor words = theme().colour(Token::dim);

    double lastLabel = plot.bottom() + 2 * kLabelDistance;
    const auto label = [&](double error) {
        const double y = std::round(position(0, error).y()) + 0.5;
        painter.setPen(QPen(line, 1));
        painter.drawLine(QPointF(plot.left(), y), QPointF(plot.right(), y));
        painter.setPen(words);
        painter.drawText(QRectF(0, y - 8, kLeft - 8, 16), Qt::AlignRight | Qt::AlignVCenter,
                         errorText(error));
    };
    bool any = false;
    for (int power = -4; power <= 2; ++power) {
        for (const double mark : kErrorMarks) {
            const double error = mark * std::pow(10.0, power);
            if (error < m_low || error > m_high) continue;
            const double y = std::round(position(0, error).y()) + 0.5;
            if (lastLabel - y < kLabelDistance) continue;
            lastLabel = y;
            label(error);
            any = true;
        }
    }
    // Between two round numbers the last value says where one is.
    if (!any && !m_curve.empty()) label(m_curve.back().training);
    painter.setPen(QPen(line, 1));
    painter.drawLine(QPointF(plot.left(), std::round(plot.bottom()) + 0.5),
                     QPointF(plot.right(), std::round(plot.bottom()) + 0.5));
    painter.setPen(words);
    if (!m_curve.empty()) {
        const double every = roundSteps(m_lastStep * 90 / std::max(90.0, plot.width()));
        for (double step = 0; step <= m_lastStep; step += every) {
            const double x = position(step, m_high).x();
            painter.drawText(QRectF(x - 45, plot.bottom() + 5, 90, 14), Qt::AlignHCenter | Qt::AlignTop,
                             locale().toString(step, 'f', 0));
        }
    }
    painter.drawText(QRectF(plot.left(), plot.bottom() + 18, plot.width(), 14), Qt::AlignRight | Qt::AlignTop,
                     tr("training steps"));
    painter.drawText(QRectF(4, 2, width() - 8.0, 16), Qt::AlignLeft | Qt::AlignVCenter, m_measure);
}

void CurvePlot::paintCurves(QPainter& painter) const {
    if (m_curve.empty()) {
        painter.setFont(Theme::font(TextRole::body));
        painter.setPen(theme().colour(Token::dim));
        painter.drawText(plotRect(), Qt::AlignCenter, tr("The curve begins with the first steps."));
        return;
    }
    QPolygonF training;
    QPolygonF heldOut;
    for (const CurvePoint& point : m_curve) {
        const auto step = static_cast<double>(point.step);
        training << position(step, point.training);
        if (point.heldOut) heldOut << position(step, *point.heldOut);
    }
    painter.setBrush(Qt::NoBrush);
    painter.setPen(QPen(theme().colour(Token::dim), 1.2));
    painter.drawPolyline(training);
    // A line needs two.
    if (training.size() == 1) {
        painter.setBrush(theme().colour(Token::dim));
        painter.drawEllipse(training.front(), 3, 3);
        painter.setBrush(Qt::NoBrush);
    }
    painter.setPen(QPen(theme().colour(Token::model), 2, Qt::SolidLine, Qt::RoundCap, Qt::RoundJoin));
    painter.drawPolyline(heldOut);
    painter.setPen(Qt::NoPen);
    painter.setBrush(theme().colour(Token::model));
    for (const QPointF& dot : heldOut) painter.drawEllipse(dot, 3, 3);

    // The names stand at the ends of the curves, moved apart when they would meet.
    const CurvePoint* held = lastHeldOut(m_curve);
    double trainingY = training.back().y();
    double heldY = held ? heldOut.back().y() : trainingY;
    if (held && std::abs(trainingY - heldY) < kNameHeight) {
        const double middle = (trainingY + heldY) / 2;
        const double sign = trainingY < heldY ? -1 : 1;
        trainingY = middle + sign * kNameHeight / 2;
        heldY = middle - sign * kNameHeight / 2;
    }
    const auto name = [&](double y, const QString& text, Token token) {
        const double inside = std::clamp(y, kTop + 2, height() - kBottom);
        painter.setPen(theme().colour(token));
        painter.drawText(QRectF(plotRect().right() + 8, inside - 8, kRight - 8, 16),
                         Qt::AlignLeft | Qt::AlignVCenter, text);
    };
    painter.setFont(Theme::font(TextRole::small));
    name(trainingY, tr("training %1").arg(errorText(m_curve.back().training)), Token::dim);
    if (held) name(heldY, tr("held out %1").arg(errorText(*held->heldOut)), Token::model);
}

void CurvePlot::paintReadout(QPainter& painter) const {
    if (!m_readout) return;
    const CurvePoint& point = m_curve[*m_readout];
    const auto step = static_cast<double>(point.step);
    const QRectF plot = plotRect();
    const double x = std::round(position(step, point.training).x()) + 0.5;
    painter.setPen(QPen(theme().translucent(Token::text, 0.35), 1));
    painter.drawLine(QPointF(x, plot.top()), QPointF(x, plot.bottom()));
    painter.setPen(QPen(theme().colour(Token::panel), 1.5));
    painter.setBrush(theme().colour(Token::text));
    painter.drawEllipse(position(step, point.training), 3.5, 3.5);
    if (point.heldOut) painter.drawEllipse(position(step, *point.heldOut), 4, 4);

    painter.setFont(Theme::font(TextRole::small));
    const QString text = readoutText(point);
    const double wide = painter.fontMetrics().horizontalAdvance(text) + 16;
    const QRectF box(std::clamp(x - wide / 2, 2.0, std::max(2.0, width() - wide - 2)), 0, wide, 20);
    painter.setPen(QPen(theme().colour(Token::line), 1));
    painter.setBrush(theme().colour(Token::raised));
    painter.drawRoundedRect(box.adjusted(0.5, 0.5, -0.5, -0.5), metrics::kRadius, metrics::kRadius);
    painter.setPen(theme().colour(Token::text));
    painter.drawText(box, Qt::AlignCenter, text);
}

void CurvePlot::setReadout(std::optional<std::size_t> index) {
    if (index == m_readout) return;
    m_readout = index;
    update();
    announce();
}

void CurvePlot::mouseMoveEvent(QMouseEvent* event) {
    if (m_curve.empty() || !plotRect().adjusted(-8, 0, 8, kBottom).contains(event->position())) {
        setReadout(std::nullopt);
        return;
    }
    const double step = (event->position().x() - plotRect().left()) / plotRect().width() * m_lastStep;
    const auto nearest =
        std::min_element(m_curve.begin(), m_curve.end(), [step](const auto& a, const auto& b) {
            return std::abs(static_cast<double>(a.step) - step) <
                   std::abs(static_cast<double>(b.step) - step);
        });
    setReadout(static_cast<std::size_t>(nearest - m_curve.begin()));
}

void CurvePlot::leaveEvent(QEvent*) {
    if (!hasFocus()) setReadout(std::nullopt);
}

void CurvePlot::keyPressEvent(QKeyEvent* event) {
    const std::size_t last = m_curve.empty() ? 0 : m_curve.size() - 1;
    const std::size_t now = m_readout.value_or(last);
    const bool moves = event->key() == Qt::Key_Left || event->key() == Qt::Key_Right ||
                       event->key() == Qt::Key_Home || event->key() == Qt::Key_End;
    if (m_curve.empty() || !moves) {
        if (event->key() == Qt::Key_Escape && m_readout) {
            setReadout(std::nullopt);
            return;
        }
        Canvas::keyPressEvent(event);
        return;
    }
    switch (event->key()) {
        case Qt::Key_Left:
            setReadout(now > 0 ? now - 1 : 0);
            break;
        case Qt::Key_Right:
            setReadout(std::min(last, now + 1));
            break;
        case Qt::Key_Home:
            setReadout(0);
            break;
        default:
            setReadout(last);
    }
}

}  // namespace smidgen
