// Paints a row of the command palette: what it does, where it belongs, its keys.
#pragma once

#include <QStyledItemDelegate>

#include "ui/theme/theme.h"

namespace smidgen::ui {

class PaletteRowDelegate final : public QStyledItemDelegate {
    Q_OBJECT

 public:
    enum Role { detailRole = Qt::UserRole + 1, keysRole, headingRole, dimRole };

    PaletteRowDelegate(const Theme& theme, QObject* parent);
    void paint(QPainter* painter, const QStyleOptionViewItem& option,
               const QModelIndex& index) const override;
    [[nodiscard]] QSize sizeHint(const QStyleOptionViewItem& option, const QModelIndex& index) const override;

 private:
    const Theme& m_theme;
};

}  // namespace smidgen::ui
