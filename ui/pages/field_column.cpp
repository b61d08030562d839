#include "ui/pages/field_column.h"

#include <QLabel>
#include <QVBoxLayout>

#include "ui/theme/metrics.h"
#include "ui/theme/theme.h"

namespace smidgen::ui {

namespace {

QVBoxLayout* columnWith(const QString& heading, QWidget* buddy) {
    auto* label = new QLabel(heading.toUpper());
    setLook(*label, Look::heading);
    label->setBuddy(buddy);
    if (buddy->accessibleName().isEmpty()) buddy->setAccessibleName(heading);
    auto* column = new QVBoxLayout;
    column->setSpacing(metrics::kSpaceXs);
    column->setAlignment(Qt::AlignBottom);
    column->addWidget(label);
    return column;
}

}  // namespace

QVBoxLayout* fieldColumn(const QString& heading, QWidget* field) {
    QVBoxLayout* column = columnWith(heading, field);
    column->addWidget(field);
    return column;
}

QVBoxLayout* fieldColumn(const QString& heading, QLayout* fields, QWidget* buddy) {
    QVBoxLayout* column = columnWith(heading, buddy);
    column->addLayout(fields);
    return column;
}

}  // namespace smidgen::ui
