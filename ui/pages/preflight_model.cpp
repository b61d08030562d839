#include "ui/pages/preflight_model.h"

#include <QLocale>
#include <algorithm>

#include "ui/bridge/text.h"

namespace smidgen::ui {

PreflightModel::PreflightModel(const Theme& theme, QObject* parent)
    : QAbstractTableModel(parent), m_theme(theme) {}

QStringList PreflightModel::verdicts() {
    return {tr("used"), tr("remark"), tr("not used")};
}

void PreflightModel::setCollection(std::shared_ptr<const CollectionSnapshot> collection) {
    if (collection == m_collection) return;
    beginResetModel();
    m_collection = std::move(collection);
    endResetModel();
}

const SoundEntry& PreflightModel::sound(int row) const {
    return m_collection->collection.entries[static_cast<std::size_t>(row)];
}

int PreflightModel::rowCount(const QModelIndex& parent) const {
    return parent.isValid() || !m_collection ? 0 : static_cast<int>(m_collection->collection.entries.size());
}

int PreflightModel::columnCount(const QModelIndex& parent) const {
    return parent.isValid() ? 0 : columnTotal;
}

QString PreflightModel::text(const SoundEntry& sound, int column) const {
    const bool decoded = sound.seconds > 0;
    switch (column) {
        case verdict:
            if (sound.verdict == Verdict::good) return tr("used");
            return sound.verdict == Verdict::warning ? tr("remark") : tr("not used");
        case file:
            return toText(sound.path.filename());
        case reason:
            return toText(sound.reason);
        case rate:
            return sound.format.rate > 0 ? QLocale().toString(sound.format.rate / 1000.0, 'g', 6)
                                         : QStringLiteral("–");
        case channels:
            return channelsText(sound.format.channels);
        case length:
            return decoded ? durationText(sound.seconds) : QStringLiteral("–");
        case loudness:
            return decoded ? numberText(sound.lufs, 1) : QStringLiteral("–");
        default:
            return {};
    }
}

QVariant PreflightModel::sortKey(const SoundEntry& sound, int column) const {
    switch (column) {
        case verdict:
            return -static_cast<int>(sound.verdict);
        case rate:
            return sound.format.rate;
        case channels:
            return sound.format.channels;
        case length:
            return sound.seconds;
        case loudness:
            return std::max(sound.lufs, -200.0);
        default:
            return text(sound, column);
    }
}

QVariant PreflightModel::data(const QModelIndex& index, int role) const {
    if (!index.isValid()) return {};
    const SoundEntry& entry = sound(index.row());
    const int column = index.column();
    switch (role) {
        case Qt::DisplayRole:
            return text(entry, column);
        case Qt::AccessibleTextRole:
            return QStringLiteral("%1: %2").arg(
                headerData(column, Qt::Horizontal, Qt::DisplayRole).toString(), text(entry, column));
        case kSortRole:
            return sortKey(entry, column);
        case Qt::ToolTipRole:
            return column == file ? toText(entry.path) : text(entry, column);
        case Qt::StatusTipRole:
            return entry.reason.empty()
                       ? tr("%1 · %2 · Enter plays it")
                             .arg(toText(entry.format.container), toText(entry.format.encoding))
                       : toText(entry.reason);
        case Qt::TextAlignmentRole:
            return static_cast<int>((column >= rate ? Qt::AlignRight : Qt::AlignLeft) | Qt::AlignVCenter);
        case Qt::ForegroundRole:
            if (column == verdict || column == reason) {
                if (entry.verdict == Verdict::skipped) return m_theme.colour(Token::bad);
                if (entry.verdict == Verdict::warning) return m_theme.colour(Token::warn);
                return m_theme.colour(column == verdict ? Token::model : Token::dim);
            }
            if (column >= rate || !entry.usable()) return m_theme.colour(Token::dim);
            return {};
        case Qt::DecorationRole:
            if (column != verdict) return {};
            if (entry.verdict == Verdict::good) return m_theme.icon(QStringLiteral("check"), Token::model);
            return m_theme.icon(
                entry.verdict == Verdict::warning ? QStringLiteral("warning") : QStringLiteral("close"),
                entry.verdict == Verdict::warning ? Token::warn : Token::bad);
        default:
            return {};
    }
}

QVariant PreflightModel::headerData(int section, Qt::Orientation orientation, int role) const {
    if (orientation != Qt::Horizontal) return {};
    if (role == Qt::TextAlignmentRole)
        return static_cast<int>((section >= rate ? Qt::AlignRight : Qt::AlignLeft) | Qt::AlignVCenter);
    if (role != Qt::DisplayRole) return {};
    switch (section) {
        case verdict:
            return tr("Verdict");
        case file:
            return tr("File");
        case reason:
            return tr("Why");
        case rate:
            return tr("kHz");
        case channels:
            return tr("Channels");
        case length:
            return tr("Length");
        case loudness:
            return tr("LUFS");
        default:
            return {};
    }
}

}  // namespace smidgen::ui
