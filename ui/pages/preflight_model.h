// The pre-flight table: every file of a collection with its verdict, reason and figures.
#pragma once

#include <QAbstractTableModel>
#include <memory>

#include "engine/workstation/snapshots.h"
#include "ui/theme/theme.h"

namespace smidgen::ui {

class PreflightModel final : public QAbstractTableModel {
    Q_OBJECT

 public:
    enum Column { verdict, file, reason, rate, channels, length, loudness, columnTotal };
    static constexpr int kSortRole = Qt::UserRole + 1;

    explicit PreflightModel(const Theme& theme, QObject* parent = nullptr);

    /// Every word the verdict column may show.
    [[nodiscard]] static QStringList verdicts();

    void setCollection(std::shared_ptr<const CollectionSnapshot> collection);
    [[nodiscard]] const SoundEntry& sound(int row) const;

    [[nodiscard]] int rowCount(const QModelIndex& parent = {}) const override;
    [[nodiscard]] int columnCount(const QModelIndex& parent = {}) const override;
    [[nodiscard]] QVariant data(const QModelIndex& index, int role) const override;
    [[nodiscard]] QVariant headerData(int section, Qt::Orientation orientation, int role) const override;

 private:
    [[nodiscard]] QString text(const SoundEntry& sound, int column) const;
    [[nodiscard]] QVariant sortKey(const SoundEntry& sound, int column) const;

    const Theme& m_theme;
    std::shared_ptr<const CollectionSnapshot> m_collection;
};

}  // namespace smidgen::ui
