// Every take as a row of a table.
#pragma once

#include <QAbstractTableModel>
#include <memory>
#include <optional>
#include <vector>

#include "engine/workstation/take_filter.h"

namespace smidgen::ui {

/// Takes by columns; sorted by any of them, narrowed by a filter. Thousands are no matter.
class HistoryModel final : public QAbstractTableModel {
    Q_OBJECT

 public:
    using Take = std::shared_ptr<const TakeSnapshot>;
    enum Column {
        soundColumn,
        nameColumn,
        starColumn,
        modelColumn,
        lengthColumn,
        loudnessColumn,
        settingsColumn,
        madeColumn,
        kColumns
    };
    using QAbstractTableModel::QAbstractTableModel;

    void setTakes(std::vector<Take> takes);
    void setFilter(TakeFilter filter);
    [[nodiscard]] const Take& take(int row) const { return m_rows[static_cast<std::size_t>(row)]; }
    /// −1: not shown.
    [[nodiscard]] int rowOf(const TakeId& id) const;
    [[nodiscard]] std::size_t total() const { return m_all.size(); }

    [[nodiscard]] int rowCount(const QModelIndex& parent = {}) const override;
    [[nodiscard]] int columnCount(const QModelIndex& parent = {}) const override;
    [[nodiscard]] QVariant data(const QModelIndex& index, int role) const override;
    [[nodiscard]] QVariant headerData(int section, Qt::Orientation orientation, int role) const override;
    [[nodiscard]] Qt::ItemFlags flags(const QModelIndex& index) const override;
    /// Names, by F2.
    bool setData(const QModelIndex& index, const QVariant& value, int role) override;
    void sort(int column, Qt::SortOrder order) override;

 Q_SIGNALS:
    void renamed(const smidgen::TakeId& take, const QString& name);

 private:
    void arrange();

    std::vector<Take> m_all, m_rows;
    std::optional<TakeFilter> m_filter;
    int m_column = madeColumn;
    Qt::SortOrder m_order = Qt::DescendingOrder;
};

/// "brightness 0.80, stereo, blend": what a take's recipe asks beside model and seed.
[[nodiscard]] QString settingsText(const Recipe& recipe);

}  // namespace smidgen::ui
