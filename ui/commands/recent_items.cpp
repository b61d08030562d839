#include "ui/commands/recent_items.h"

#include <QJsonDocument>
#include <QJsonObject>
#include <QSettings>
#include <QStringList>
#include <array>
#include <utility>

namespace smidgen::ui {

namespace {

const QString kKey = QStringLiteral("recent/items");
/// As written in the settings, in the order of RecentItem::Kind.
constexpr std::array<const char*, 5> kKinds = {"folder", "collection", "model", "take", "codes"};

bool same(const RecentItem& a, const RecentItem& b) {
    return a.kind == b.kind && a.id == b.id;
}

}  // namespace

RecentItems::RecentItems(QSettings& settings, QString library)
    : m_settings(settings), m_library(std::move(library)) {}

QString RecentItems::libraryOf(const RecentItem& item) const {
    return item.kind == RecentItem::Kind::folder ? QString() : m_library;
}

std::vector<RecentItems::Kept> RecentItems::read() const {
    std::vector<Kept> kept;
    for (const QString& line : m_settings.value(kKey).toStringList()) {
        const QJsonObject object = QJsonDocument::fromJson(line.toUtf8()).object();
        Kept each;
        each.item.id = object[u"id"].toString();
        each.item.name = object[u"name"].toString();
        each.library = object[u"library"].toString();
        for (std::size_t i = 0; i < kKinds.size(); ++i) {
            if (object[u"kind"].toString() != QLatin1String(kKinds[i]) || each.item.id.isEmpty()) continue;
            each.item.kind = static_cast<RecentItem::Kind>(i);
            kept.push_back(each);
        }
    }
    return kept;
}

void RecentItems::write(const std::vector<Kept>& kept) {
    QStringList lines;
    for (const Kept& each : kept) {
        const QJsonObject object{
            {QStringLiteral("kind"), QLatin1String(kKinds[static_cast<std::size_t>(each.item.kind)])},
            {QStringLiteral("id"), each.item.id},
            {QStringLiteral("name"), each.item.name},
            {QStringLiteral("library"), each.library}};
        lines.append(QString::fromUtf8(QJsonDocument(object).toJson(QJsonDocument::Compact)));
    }
    m_settings.setValue(kKey, lines);
}

void RecentItems::note(const RecentItem& item) {
    if (item.id.isEmpty()) return;
    std::vector<Kept> kept = read();
    std::erase_if(kept,
                  [&](const Kept& each) { return same(each.item, item) && each.library == libraryOf(item); });
    kept.insert(kept.begin(), {item, libraryOf(item)});
    if (kept.size() > kMost) kept.resize(kMost);
    write(kept);
}

void RecentItems::forget(const RecentItem& item) {
    std::vector<Kept> kept = read();
    std::erase_if(kept,
                  [&](const Kept& each) { return same(each.item, item) && each.library == libraryOf(item); });
    write(kept);
}

void RecentItems::clear() {
    m_settings.remove(kKey);
}

std::vector<RecentItem> RecentItems::items() const {
    std::vector<RecentItem> items;
    for (const Kept& each : read())
        if (each.library.isEmpty() || each.library == m_library) items.push_back(each.item);
    return items;
}

}  // namespace smidgen::ui
