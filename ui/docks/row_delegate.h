// Paints a library row: mark, name, second line, small waveform.
#pragma once

#include <QStyledItemDelegate>

#include "ui/docks/row_model.h"
#include "ui/theme/theme.h"

namespace smidgen::ui {

/// Rows with a second line are 40 px high, without one 26 px.
class RowDelegate final : public QStyledItemDelegate {
    Q_OBJECT

 public:
    RowDelegate(const Theme& theme, const RowModel& model, QObject* parent);

    void setPlayingId(const QString& id) { m_playingId = id; }
    void paint(QPainter* painter, const QStyleOptionViewItem& option,
               const QModelIndex& index) const override;
    [[nodiscard]] QSize sizeHint(const QStyleOptionViewItem& option, const QModelIndex& index) const override;
    void updateEditorGeometry(QWidget* editor, const QStyleOptionViewItem& option,
                              const QModelIndex& index) const override;

 private:
    [[nodiscard]] const Row& rowOf(const QModelIndex& index) const;
    void paintMark(QPainter& painter, const QRectF& box, RowMark mark) const;

    const Theme& m_theme;
    const RowModel& m_model;
    QString m_playingId;
};

}  // namespace smidgen::ui
