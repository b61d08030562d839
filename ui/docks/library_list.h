// A list of the library: filtered, renamed in place, dragged out, dropped on.
#pragma once

#include <QListView>
#include <QUrl>

#include "ui/docks/row_model.h"
#include "ui/theme/theme.h"

class QSortFilterProxyModel;

namespace smidgen::ui {

class RowDelegate;

class LibraryList final : public QListView {
    Q_OBJECT

 public:
    LibraryList(const Theme& theme, const QString& accessibleName, QWidget* parent = nullptr);

    /// The chosen row stays chosen when its id is still there.
    void setRows(std::vector<Row> rows);
    void setFilter(const QString& words);
    void setAcceptsDrops(bool on);
    void setPlayingId(const QString& id);
    /// Chooses a row without telling.
    void choose(const QString& id);
    /// Chooses exactly these of several, without telling.
    void chooseAll(const std::vector<QString>& ids);
    [[nodiscard]] QString chosenId() const;
    [[nodiscard]] std::vector<QString> selectedIds() const;
    void renameChosen();
    [[nodiscard]] int visibleRows() const;

    /// As high as its rows, up to `mostRows` of them; the list never claims more.
    void setMostRows(int mostRows);
    [[nodiscard]] QSize sizeHint() const override;
    [[nodiscard]] QSize minimumSizeHint() const override;

 Q_SIGNALS:
    void chosen(const QString& id);       ///< by pointer or arrow keys
    void selectedChanged();               ///< of several: by pointer or keys
    void activatedId(const QString& id);  ///< Enter, or a click when already chosen
    void renamed(const QString& id, const QString& name);
    void dropped(const QString& id, const QList<QUrl>& urls);
    void menuRequested(const QString& id, const QPoint& globalPosition);

 protected:
    void keyPressEvent(QKeyEvent* event) override;
    void contextMenuEvent(QContextMenuEvent* event) override;

 private:
    void updateHeight();

    RowModel* m_rows;
    QSortFilterProxyModel* m_filtered;
    RowDelegate* m_delegate;
    int m_mostRows = 0;  ///< 0: takes what the layout gives
    bool m_quiet = false;
};

}  // namespace smidgen::ui
