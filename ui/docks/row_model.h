// Rows of a library list: name, second line, waveform, file.
#pragma once

#include <QAbstractListModel>
#include <QUrl>
#include <filesystem>
#include <memory>
#include <vector>

#include "engine/analysis/peaks.h"

namespace smidgen::ui {

enum class RowMark { none, collection, model, modelWarn, missing, skipped, library, libraryGone };

struct Row {
    QString id;
    QString title;
    QString subtitle;
    QString toolTip;
    RowMark mark = RowMark::none;
    std::shared_ptr<const std::vector<PeakPair>> thumbnail;  ///< may be null
    std::filesystem::path file;                              ///< dragged out as a URL; may be empty
    bool editable = false;
    int indent = 0;  ///< steps to the right: what it belongs to stands above it
};

class RowModel final : public QAbstractListModel {
    Q_OBJECT

 public:
    enum Role { idRole = Qt::UserRole + 1, subtitleRole, markRole };
    using QAbstractListModel::QAbstractListModel;

    /// Keeps views where they are when the ids are the same as before.
    void setRows(std::vector<Row> rows);
    [[nodiscard]] const Row& row(int index) const { return m_rows[static_cast<std::size_t>(index)]; }
    /// Files dropped on a row are told by dropped() when on.
    void setAcceptsDrops(bool on) { m_acceptsDrops = on; }

    [[nodiscard]] int rowCount(const QModelIndex& parent = {}) const override;
    [[nodiscard]] QVariant data(const QModelIndex& index, int role) const override;
    bool setData(const QModelIndex& index, const QVariant& value, int role) override;
    [[nodiscard]] Qt::ItemFlags flags(const QModelIndex& index) const override;
    [[nodiscard]] QStringList mimeTypes() const override;
    [[nodiscard]] QMimeData* mimeData(const QModelIndexList& indexes) const override;
    [[nodiscard]] bool canDropMimeData(const QMimeData* data, Qt::DropAction action, int row, int column,
                                       const QModelIndex& parent) const override;
    bool dropMimeData(const QMimeData* data, Qt::DropAction action, int row, int column,
                      const QModelIndex& parent) override;
    [[nodiscard]] Qt::DropActions supportedDropActions() const override { return Qt::CopyAction; }
    [[nodiscard]] Qt::DropActions supportedDragActions() const override { return Qt::CopyAction; }

 Q_SIGNALS:
    void renamed(const QString& id, const QString& name);
    /// Empty id: between rows.
    void dropped(const QString& id, const QList<QUrl>& urls);

 private:
    std::vector<Row> m_rows;
    bool m_acceptsDrops = false;
};

}  // namespace smidgen::ui
