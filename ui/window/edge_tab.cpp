#include "ui/window/edge_tab.h"

#include <QDockWidget>
#include <QPainter>

#include "ui/commands/shortcuts.h"

namespace smidgen::ui {

namespace {

constexpr int kThickness = 26;

/// The words of a tab, read upwards at the sides of the window.
class TabButton final : public QAbstractButton {
 public:
    TabButton(const Theme& theme, QAction& action, Qt::Orientation orientation)
        : m_theme(theme), m_orientation(orientation) {
        setText(action.text());
        setAccessibleName(action.text());
        explainBy(action, *this);
        setFocusPolicy(Qt::TabFocus);
        connect(this, &QAbstractButton::clicked, &action, &QAction::trigger);
    }
    [[nodiscard]] QSize sizeHint() const override {
        const int length = fontMetrics().horizontalAdvance(text()) + 28;
        return m_orientation == Qt::Vertical ? QSize(kThickness, length) : QSize(length, kThickness);
    }

 protected:
    void paintEvent(QPaintEvent*) override {
        QPainter painter(this);
        painter.setRenderHint(QPainter::Antialiasing);
        if (underMouse() || hasFocus()) {
            painter.setPen(Qt::NoPen);
            painter.setBrush(m_theme.colour(Token::raised));
            painter.drawRoundedRect(rect().adjusted(2, 2, -2, -2), 6, 6);
        }
        painter.setPen(m_theme.colour(hasFocus() || underMouse() ? Token::text : Token::dim));
        painter.setFont(Theme::font(TextRole::body));
        QRect box = rect();
        if (m_orientation == Qt::Vertical) {
            painter.translate(0, height());
            painter.rotate(-90);
            box = QRect(0, 0, height(), width());
        }
        painter.drawText(box, Qt::AlignCenter, text());
    }

 private:
    const Theme& m_theme;
    Qt::Orientation m_orientation;
};

}  // namespace

EdgeTab::EdgeTab(const Theme& theme, QDockWidget& dock, QAction& toggle, Qt::Orientation orientation,
                 QWidget* parent)
    : QToolBar(parent) {
    setObjectName(dock.objectName() + QStringLiteral("Edge"));
    setWindowTitle(toggle.text());
    setMovable(false);
    setFloatable(false);
    toggleViewAction()->setEnabled(false);
    addWidget(new TabButton(theme, toggle, orientation));
    connect(&dock, &QDockWidget::visibilityChanged, this, [this, &dock] { setVisible(dock.isHidden()); });
    setVisible(false);
}

}  // namespace smidgen::ui
