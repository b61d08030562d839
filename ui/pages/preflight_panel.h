// The pre-flight table with its totals: what will be used, what not, and why.
#pragma once

#include <QWidget>

#include "ui/commands/studio.h"

class QLabel;
class QSortFilterProxyModel;
class QTableView;

namespace smidgen::ui {

class PreflightModel;

class PreflightPanel final : public QWidget {
    Q_OBJECT

 public:
    explicit PreflightPanel(const Studio& studio, QWidget* parent = nullptr);

    void setCollection(const std::shared_ptr<const CollectionSnapshot>& collection);
    [[nodiscard]] QTableView& table() { return *m_table; }

 private:
    void menu(const QPoint& position);
    void audition();

    Studio m_studio;
    std::shared_ptr<const CollectionSnapshot> m_collection;
    PreflightModel* m_model;
    QSortFilterProxyModel* m_sorted;
    QLabel* m_name;
    QLabel* m_totals;
    QTableView* m_table;
};

}  // namespace smidgen::ui
