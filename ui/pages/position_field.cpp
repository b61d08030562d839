#include "ui/pages/position_field.h"

#include <QLocale>
#include <algorithm>
#include <cmath>

#include "engine/steering/slider_positions.h"

namespace smidgen::ui {

PositionField::PositionField(QWidget* parent) : QLineEdit(parent) {
    setAlignment(Qt::AlignRight);
    setPlaceholderText(tr("free"));
    connect(this, &QLineEdit::editingFinished, this, &PositionField::read);
}

void PositionField::setPosition(std::optional<double> position) {
    m_position = position;
    show();
}

void PositionField::show() {
    setText(m_position ? QLocale().toString(*m_position, 'f', 2) : QString());
}

void PositionField::read() {
    const QString written = text().trimmed();
    std::optional<double> position;
    if (!written.isEmpty()) {
        bool number = false;
        double value = QLocale().toDouble(written, &number);
        if (!number) value = QLocale::c().toDouble(written, &number);
        if (!number || !std::isfinite(value)) return show();
        position = std::clamp(value, kLowestPosition, kHighestPosition);
        // What is shown has two digits; leaving the field must not round what a slider holds.
        if (m_position && std::abs(*m_position - *position) < 0.005) return show();
    }
    if (position == m_position) return show();
    m_position = position;
    show();
    Q_EMIT typed(position);
}

}  // namespace smidgen::ui
