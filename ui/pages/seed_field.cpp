#include "ui/pages/seed_field.h"

#include <QRegularExpressionValidator>

namespace smidgen::ui {

SeedField::SeedField(QWidget* parent) : QLineEdit(QStringLiteral("1"), parent) {
    setValidator(
        new QRegularExpressionValidator(QRegularExpression(QStringLiteral("\\s*[0-9]{1,20}\\s*")), this));
    setAccessibleName(tr("Seed"));
    setAcceptDrops(false);
    connect(this, &QLineEdit::textEdited, this, [this](const QString& text) {
        bool fits = false;
        const qulonglong seed = text.trimmed().toULongLong(&fits);
        if (!fits || seed == m_value) return;
        m_value = seed;
        Q_EMIT valueChanged();
    });
}

std::uint64_t SeedField::value() const {
    return m_value;
}

void SeedField::setValue(std::uint64_t seed) {
    const bool changed = std::exchange(m_value, seed) != seed;
    setText(QString::number(seed));
    setCursorPosition(0);
    if (changed) Q_EMIT valueChanged();
}

void SeedField::focusOutEvent(QFocusEvent* event) {
    setText(QString::number(m_value));
    QLineEdit::focusOutEvent(event);
}

}  // namespace smidgen::ui
