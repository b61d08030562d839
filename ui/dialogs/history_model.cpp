#include "ui/dialogs/history_model.h"

#include <QDateTime>
#include <QLocale>
#include <algorithm>

#include "ui/bridge/text.h"
#include "ui/bridge/words.h"

namespace smidgen::ui {

namespace {

/// −1, 0 or 1 by what the column shows.
int compare(int column, const TakeSnapshot& a, const TakeSnapshot& b) {
    const auto order = [](const auto& x, const auto& y) { return x < y ? -1 : y < x ? 1 : 0; };
    switch (column) {
        case HistoryModel::nameColumn:
            return QString::localeAwareCompare(toText(a.name), toText(b.name));
        case HistoryModel::starColumn:
            return order(a.starred, b.starred);
        case HistoryModel::modelColumn:
            return QString::localeAwareCompare(toText(a.recipe.modelName), toText(b.recipe.modelName));
        case HistoryModel::lengthColumn:
            return order(a.seconds, b.seconds);
        case HistoryModel::loudnessColumn:
            return order(a.lufs, b.lufs);
        case HistoryModel::settingsColumn:
            return settingsText(a.recipe).compare(settingsText(b.recipe));
        default:
            return order(a.createdMs, b.createdMs);
    }
}

}  // namespace

QString settingsText(const Recipe& recipe) {
    QStringList parts;
    for (const Attribute attribute : kAttributes)
        if (const auto& position = recipe.sliders[attribute])
            parts += QStringLiteral("%1 %2").arg(attributeText(attribute).name, numberText(*position, 2));
    if (!recipe.explore.empty()) parts += HistoryModel::tr("explored");
    if (!recipe.blend.empty()) parts += HistoryModel::tr("blend");
    if (recipe.space == OutputSpace::stereo) parts += HistoryModel::tr("stereo");
    if (recipe.space == OutputSpace::binaural) parts += HistoryModel::tr("binaural");
    if (recipe.prior) parts += HistoryModel::tr("from the prior");
    return parts.join(QStringLiteral(", "));
}

void HistoryModel::setTakes(std::vector<Take> takes) {
    m_all = std::move(takes);
    arrange();
}

void HistoryModel::setFilter(TakeFilter filter) {
    m_filter = std::move(filter);
    arrange();
}

int HistoryModel::rowOf(const TakeId& id) const {
    const auto found = std::ranges::find_if(m_rows, [&](const Take& take) { return take->id == id; });
    return found == m_rows.end() ? -1 : static_cast<int>(found - m_rows.begin());
}

void HistoryModel::arrange() {
    beginResetModel();
    m_rows.clear();
    std::ranges::copy_if(m_all, std::back_inserter(m_rows),
                         [&](const Take& take) { return !m_filter || m_filter->matches(*take); });
    std::ranges::stable_sort(m_rows, [&](const Take& a, const Take& b) {
        const int order = compare(m_column, *a, *b);
        return m_order == Qt::AscendingOrder ? order < 0 : order > 0;
    });
    endResetModel();
}

void HistoryModel::sort(int column, Qt::SortOrder order) {
    m_column = column;
    m_order = order;
    arrange();
}

int HistoryModel::rowCount(const QModelIndex& parent) const {
    return parent.isValid() ? 0 : static_cast<int>(m_rows.size());
}

int HistoryModel::columnCount(const QModelIndex& parent) const {
    return parent.isValid() ? 0 : kColumns;
}

QVariant HistoryModel::headerData(int section, Qt::Orientation orientation, int role) const {
    if (orientation != Qt::Horizontal || role != Qt::DisplayRole) return {};
    const QString names[kColumns] = {tr("Sound"),  tr("Name"),     tr("Star"),     tr("Model"),
                                     tr("Length"), tr("Loudness"), tr("Settings"), tr("Made")};
    return names[section];
}

QVariant HistoryModel::data(const QModelIndex& index, int role) const {
    if (!index.isValid()) return {};
    const TakeSnapshot& one = *take(index.row());
    if (role == Qt::TextAlignmentRole && (index.column() == lengthColumn || index.column() == loudnessColumn))
        return static_cast<int>(Qt::AlignRight | Qt::AlignVCenter);
    if (role == Qt::AccessibleTextRole && index.column() == soundColumn) return toText(one.name);
    if (role == Qt::AccessibleTextRole && index.column() == starColumn)
        return one.starred ? tr("starred") : tr("not starred");
    if (role == Qt::ToolTipRole && index.column() == settingsColumn) return settingsText(one.recipe);
    if (role != Qt::DisplayRole && role != Qt::EditRole) return {};
    switch (index.column()) {
        case nameColumn:
            return toText(one.name);
        case starColumn:
            return one.starred ? QStringLiteral("★") : QString();
        case modelColumn:
            return toText(one.recipe.modelName);
        case lengthColumn:
            return durationText(one.seconds);
        case loudnessColumn:
            return tr("%1 LUFS").arg(numberText(one.lufs, 1));
        case settingsColumn:
            return settingsText(one.recipe);
        case madeColumn:
            return QLocale().toString(QDateTime::fromMSecsSinceEpoch(one.createdMs), QLocale::ShortFormat);
        default:
            return {};
    }
}

Qt::ItemFlags HistoryModel::flags(const QModelIndex& index) const {
    Qt::ItemFlags flags = Qt::ItemIsEnabled | Qt::ItemIsSelectable;
    if (index.column() == nameColumn && !take(index.row())->trashed) flags |= Qt::ItemIsEditable;
    return flags;
}

bool HistoryModel::setData(const QModelIndex& index, const QVariant& value, int role) {
    const QString name = value.toString().trimmed();
    if (role != Qt::EditRole || name.isEmpty() || name == toText(take(index.row())->name)) return false;
    Q_EMIT renamed(take(index.row())->id, name);
    return true;
}

}  // namespace smidgen::ui
