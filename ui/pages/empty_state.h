// What a page says when there is nothing yet: what to do next, with buttons that do it.
#pragma once

#include <QFrame>

#include "ui/theme/theme.h"

class QHBoxLayout;
class QPushButton;

namespace smidgen::ui {

class EmptyState final : public QFrame {
    Q_OBJECT

 public:
    EmptyState(const Theme& theme, const QString& icon, const QString& title, const QString& sentence,
               QWidget* parent = nullptr);
    /// The first one added stands out.
    QPushButton* addButton(const QString& text, const QString& hint);

 protected:
    void paintEvent(QPaintEvent* event) override;

 private:
    const Theme& m_theme;
    QHBoxLayout* m_buttons;
};

}  // namespace smidgen::ui
