// A field under its heading.
#pragma once

#include <QString>

class QLabel;
class QLayout;
class QVBoxLayout;
class QWidget;

namespace smidgen::ui {

/// `heading` in small capitals above `field`, which it names for screen readers.
[[nodiscard]] QVBoxLayout* fieldColumn(const QString& heading, QWidget* field);
[[nodiscard]] QVBoxLayout* fieldColumn(const QString& heading, QLayout* fields, QWidget* buddy);

}  // namespace smidgen::ui
