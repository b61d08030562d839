// The items of another library, and ours beside them, as rows of a table.
#pragma once

#include <QAbstractTableModel>
#include <map>
#include <memory>
#include <optional>
#include <vector>

#include "engine/workstation/other_library_items.h"

namespace smidgen::ui {

/// "take", "model" …
[[nodiscard]] QString otherKindText(ItemKind kind);
/// "only there", "changed on both sides" …
[[nodiscard]] QString standingText(Standing standing);
/// "name, content": what two versions differ in.
[[nodiscard]] QString differencesText(const Differences& differences);
/// Whether it comes when it is chosen, as things stand.
[[nodiscard]] bool canCome(const OtherItem& item, Settling settling);
/// Whether it can be sent there.
[[nodiscard]] bool canGo(const OtherItem& item);

class OtherItemsModel final : public QAbstractTableModel {
    Q_OBJECT

 public:
    enum Column {
        soundColumn,
        nameColumn,
        kindColumn,
        standingColumn,
        thenColumn,
        lengthColumn,
        changedColumn,
        kColumns
    };
    /// What is shown besides what the words say.
    enum class Shown { different, coming, conflicts, going, everything };
    using QAbstractTableModel::QAbstractTableModel;

    /// Choices that were made stay with the items that are still there. Null: nothing.
    void setLibrary(std::shared_ptr<const OtherLibrary> library);
    [[nodiscard]] const std::shared_ptr<const OtherLibrary>& library() const { return m_library; }
    void setFilter(OtherItemFilter filter);
    void setKind(std::optional<ItemKind> kind);
    void setShown(Shown shown);

    [[nodiscard]] const OtherItem& item(int row) const;
    [[nodiscard]] int rowOf(const std::string& block) const;  ///< −1: not shown
    [[nodiscard]] const std::vector<OtherItem>& all() const;
    [[nodiscard]] Settling settling(const std::string& block) const;
    void settle(const std::string& block, Settling settling);

    [[nodiscard]] int rowCount(const QModelIndex& parent = {}) const override;
    [[nodiscard]] int columnCount(const QModelIndex& parent = {}) const override;
    [[nodiscard]] QVariant data(const QModelIndex& index, int role) const override;
    [[nodiscard]] QVariant headerData(int section, Qt::Orientation orientation, int role) const override;
    void sort(int column, Qt::SortOrder order) override;

 private:
    void arrange();
    [[nodiscard]] bool isShown(const OtherItem& item) const;
    [[nodiscard]] QString thenText(const OtherItem& item) const;

    std::shared_ptr<const OtherLibrary> m_library;
    std::vector<std::size_t> m_rows;
    std::map<std::string, Settling> m_settled;
    std::optional<OtherItemFilter> m_filter;
    std::optional<ItemKind> m_kind;
    Shown m_shown = Shown::different;
    int m_column = standingColumn;
    Qt::SortOrder m_order = Qt::AscendingOrder;
};

}  // namespace smidgen::ui
