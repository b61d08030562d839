#include "ui/dialogs/other_items_model.h"

#include <algorithm>

#include "ui/bridge/text.h"

namespace smidgen::ui {

QString otherKindText(ItemKind kind) {
    switch (kind) {
        case ItemKind::take:
            return OtherItemsModel::tr("take");
        case ItemKind::model:
            return OtherItemsModel::tr("model");
        case ItemKind::collection:
            return OtherItemsModel::tr("collection");
        case ItemKind::cube:
            return OtherItemsModel::tr("cube");
        case ItemKind::preset:
            return OtherItemsModel::tr("preset");
        default:
            return {};
    }
}

QString standingText(Standing standing) {
    switch (standing) {
        case Standing::onlyThere:
            return OtherItemsModel::tr("only there");
        case Standing::newerThere:
            return OtherItemsModel::tr("newer there");
        case Standing::changedOnBoth:
            return OtherItemsModel::tr("changed on both sides");
        case Standing::removedHere:
            return OtherItemsModel::tr("removed here for good");
        case Standing::onlyHere:
            return OtherItemsModel::tr("only here");
        case Standing::newerHere:
            return OtherItemsModel::tr("newer here");
        case Standing::same:
            break;
    }
    return OtherItemsModel::tr("the same");
}

QString differencesText(const Differences& differences) {
    QStringList parts;
    if (differences.name) parts += OtherItemsModel::tr("name");
    if (differences.marks) parts += OtherItemsModel::tr("tags or star");
    if (differences.content) parts += OtherItemsModel::tr("content");
    if (differences.trash) parts += OtherItemsModel::tr("in the trash on one side");
    return parts.join(QStringLiteral(", "));
}

bool canCome(const OtherItem& item, Settling settling) {
    switch (item.standing) {
        case Standing::onlyThere:
        case Standing::newerThere:
        case Standing::removedHere:
            return true;
        case Standing::changedOnBoth:
            return settling != Settling::leave;
        default:
            return false;
    }
}

bool canGo(const OtherItem& item) {
    return item.standing == Standing::onlyHere || item.standing == Standing::newerHere;
}

const std::vector<OtherItem>& OtherItemsModel::all() const {
    static const std::vector<OtherItem> none;
    return m_library ? m_library->items : none;
}

void OtherItemsModel::setLibrary(std::shared_ptr<const OtherLibrary> library) {
    m_library = std::move(library);
    std::erase_if(m_settled, [&](const auto& each) {
        return std::ranges::none_of(all(), [&](const OtherItem& item) {
            return item.block == each.first && item.standing == Standing::changedOnBoth;
        });
    });
    arrange();
}

void OtherItemsModel::setFilter(OtherItemFilter filter) {
    m_filter = std::move(filter);
    arrange();
}

void OtherItemsModel::setKind(std::optional<ItemKind> kind) {
    m_kind = kind;
    arrange();
}

void OtherItemsModel::setShown(Shown shown) {
    m_shown = shown;
    arrange();
}

const OtherItem& OtherItemsModel::item(int row) const {
    return all()[m_rows[static_cast<std::size_t>(row)]];
}

int OtherItemsModel::rowOf(const std::string& block) const {
    const auto found =
        std::ranges::find_if(m_rows, [&](std::size_t index) { return all()[index].block == block; });
    return found == m_rows.end() ? -1 : static_cast<int>(found - m_rows.begin());
}

Settling OtherItemsModel::settling(const std::string& block) const {
    const auto found = m_settled.find(block);
    return found == m_settled.end() ? Settling::leave : found->second;
}

void OtherItemsModel::settle(const std::string& block, Settling settling) {
    m_settled[block] = settling;
    if (const int row = rowOf(block); row >= 0)
        Q_EMIT dataChanged(index(row, thenColumn), index(row, thenColumn));
}

bool OtherItemsModel::isShown(const OtherItem& item) const {
    if (m_kind && item.kind != *m_kind) return false;
    if (m_filter && !m_filter->matches(item)) return false;
    switch (m_shown) {
        case Shown::different:
            return item.standing != Standing::same;
        case Shown::coming:
            return item.standing == Standing::onlyThere || item.standing == Standing::newerThere ||
                   item.standing == Standing::changedOnBoth;
        case Shown::conflicts:
            return item.standing == Standing::changedOnBoth;
        case Shown::going:
            return canGo(item);
        case Shown::everything:
            break;
    }
    return true;
}

void OtherItemsModel::arrange() {
    beginResetModel();
    m_rows.clear();
    const std::vector<OtherItem>& items = all();
    for (std::size_t i = 0; i < items.size(); ++i)
        if (isShown(items[i])) m_rows.push_back(i);
    // What asks for a decision comes first.
    const auto rank = [](Standing standing) {
        return standing == Standing::changedOnBoth ? -1 : static_cast<int>(standing);
    };
    const auto compare = [&](const OtherItem& a, const OtherItem& b) {
        const auto order = [](const auto& x, const auto& y) { return x < y ? -1 : y < x ? 1 : 0; };
        switch (m_column) {
            case nameColumn:
                return QString::localeAwareCompare(toText(a.shown().name), toText(b.shown().name));
            case kindColumn:
                return order(a.kind, b.kind);
            case standingColumn:
            case thenColumn:
                return order(rank(a.standing), rank(b.standing));
            case lengthColumn:
                return order(a.shown().seconds, b.shown().seconds);
            case changedColumn:
                return order(a.shown().changedMs, b.shown().changedMs);
            default:
                return 0;
        }
    };
    std::ranges::stable_sort(m_rows, [&](std::size_t a, std::size_t b) {
        const int order = compare(items[a], items[b]);
        return m_order == Qt::AscendingOrder ? order < 0 : order > 0;
    });
    endResetModel();
}

void OtherItemsModel::sort(int column, Qt::SortOrder order) {
    m_column = column;
    m_order = order;
    arrange();
}

int OtherItemsModel::rowCount(const QModelIndex& parent) const {
    return parent.isValid() ? 0 : static_cast<int>(m_rows.size());
}

int OtherItemsModel::columnCount(const QModelIndex& parent) const {
    return parent.isValid() ? 0 : kColumns;
}

QVariant OtherItemsModel::headerData(int section, Qt::Orientation orientation, int role) const {
    if (orientation != Qt::Horizontal || role != Qt::DisplayRole) return {};
    const QString names[kColumns] = {tr("Sound"),        tr("Name"),   tr("Kind"),   tr("How it stands"),
                                     tr("What happens"), tr("Length"), tr("Changed")};
    return names[section];
}

QString OtherItemsModel::thenText(const OtherItem& item) const {
    switch (item.standing) {
        case Standing::onlyThere:
            return tr("can be brought in");
        case Standing::newerThere:
            return tr("can be brought in; ours stays as an earlier state");
        case Standing::removedHere:
            return tr("comes as a new one when chosen");
        case Standing::onlyHere:
        case Standing::newerHere:
            return tr("can be sent there");
        case Standing::same:
            return {};
        case Standing::changedOnBoth:
            break;
    }
    switch (settling(item.block)) {
        case Settling::keepOurs:
            return tr("ours stays");
        case Settling::takeTheirs:
            return item.differences.content ? tr("theirs comes, ours is kept beside it")
                                            : tr("theirs comes, ours stays as an earlier state");
        case Settling::keepBoth:
            return tr("both are kept");
        case Settling::leave:
            break;
    }
    return tr("not decided yet");
}

QVariant OtherItemsModel::data(const QModelIndex& index, int role) const {
    if (!index.isValid()) return {};
    const OtherItem& one = item(index.row());
    const ItemVersion& version = one.shown();
    if (role == Qt::TextAlignmentRole && index.column() == lengthColumn)
        return static_cast<int>(Qt::AlignRight | Qt::AlignVCenter);
    if (role == Qt::AccessibleTextRole && index.column() == soundColumn) return toText(version.name);
    if (role == Qt::ToolTipRole) {
        const QString differences = differencesText(one.differences);
        return differences.isEmpty() ? standingText(one.standing)
                                     : tr("%1: %2").arg(standingText(one.standing), differences);
    }
    if (role != Qt::DisplayRole) return {};
    switch (index.column()) {
        case nameColumn:
            return one.ours && one.theirs && one.differences.name
                       ? tr("%1 (here: %2)").arg(toText(version.name), toText(one.ours->name))
                       : toText(version.name);
        case kindColumn:
            return otherKindText(one.kind);
        case standingColumn:
            return standingText(one.standing);
        case thenColumn:
            return thenText(one);
        case lengthColumn:
            return version.seconds > 0 ? durationText(version.seconds) : QString();
        case changedColumn:
            return momentText(version.changedMs);
        default:
            return {};
    }
}

}  // namespace smidgen::ui
