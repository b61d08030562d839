#include "ui/docks/row_model.h"

#include <QMimeData>
#include <QUrl>
#include <algorithm>

#include "ui/bridge/text.h"

namespace smidgen::ui {

void RowModel::setRows(std::vector<Row> rows) {
    const bool sameIds =
        rows.size() == m_rows.size() && std::equal(rows.begin(), rows.end(), m_rows.begin(),
                                                   [](const Row& a, const Row& b) { return a.id == b.id; });
    if (sameIds) {
        m_rows = std::move(rows);
        if (!m_rows.empty()) Q_EMIT dataChanged(index(0), index(rowCount() - 1));
        return;
    }
    beginResetModel();
    m_rows = std::move(rows);
    endResetModel();
}

int RowModel::rowCount(const QModelIndex& parent) const {
    return parent.isValid() ? 0 : static_cast<int>(m_rows.size());
}

QVariant RowModel::data(const QModelIndex& index, int role) const {
    if (!index.isValid()) return {};
    const Row& item = row(index.row());
    switch (role) {
        case Qt::DisplayRole:
        case Qt::EditRole:
            return item.title;
        case Qt::ToolTipRole:
            return item.toolTip;
        case Qt::StatusTipRole:
            return item.toolTip.section(u'\n', 0, 0);
        case Qt::AccessibleTextRole:
            return item.subtitle.isEmpty() ? item.title
                                           : QStringLiteral("%1, %2").arg(item.title, item.subtitle);
        case idRole:
            return item.id;
        case subtitleRole:
            return item.subtitle;
        case markRole:
            return static_cast<int>(item.mark);
        default:
            return {};
    }
}

bool RowModel::setData(const QModelIndex& index, const QVariant& value, int role) {
    const QString name = value.toString().trimmed();
    if (role != Qt::EditRole || !index.isValid() || name.isEmpty()) return false;
    if (name != row(index.row()).title) Q_EMIT renamed(row(index.row()).id, name);
    return true;
}

Qt::ItemFlags RowModel::flags(const QModelIndex& index) const {
    if (!index.isValid()) return Qt::NoItemFlags;
    const Row& item = row(index.row());
    Qt::ItemFlags flags = Qt::ItemIsEnabled | Qt::ItemIsSelectable | Qt::ItemNeverHasChildren;
    if (!item.file.empty()) flags |= Qt::ItemIsDragEnabled;
    if (item.editable) flags |= Qt::ItemIsEditable;
    if (m_acceptsDrops) flags |= Qt::ItemIsDropEnabled;
    return flags;
}

QStringList RowModel::mimeTypes() const {
    return {QStringLiteral("text/uri-list")};
}

QMimeData* RowModel::mimeData(const QModelIndexList& indexes) const {
    QList<QUrl> urls;
    for (const QModelIndex& index : indexes)
        if (const auto& file = row(index.row()).file; !file.empty())
            urls.append(QUrl::fromLocalFile(toText(file)));
    if (urls.isEmpty()) return nullptr;
    auto* data = new QMimeData;
    data->setUrls(urls);
    return data;
}

bool RowModel::canDropMimeData(const QMimeData* data, Qt::DropAction, int, int, const QModelIndex&) const {
    return m_acceptsDrops && data->hasUrls();
}

bool RowModel::dropMimeData(const QMimeData* data, Qt::DropAction action, int rowIndex, int column,
                            const QModelIndex& parent) {
    if (!canDropMimeData(data, action, rowIndex, column, parent)) return false;
    Q_EMIT dropped(parent.isValid() ? row(parent.row()).id : QString(), data->urls());
    return true;
}

}  // namespace smidgen::ui
