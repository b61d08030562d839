// What was opened last, kept in the settings.
#pragma once

#include <QString>
#include <vector>

class QSettings;

namespace smidgen::ui {

struct RecentItem {
    enum class Kind { folder, collection, model, take, codes };
    Kind kind = Kind::folder;
    QString id;    ///< of the library; a folder's path
    QString name;  ///< as it was called then
};

/// Newest first, at most twelve, each once. Things of a library are remembered with it, and not told to
/// another one; folders are told to all.
class RecentItems final {
 public:
    static constexpr int kMost = 12;

    /// `library`: path of the one that is open.
    RecentItems(QSettings& settings, QString library);

    /// It is the newest from now on.
    void note(const RecentItem& item);
    void forget(const RecentItem& item);
    void clear();
    [[nodiscard]] std::vector<RecentItem> items() const;

 private:
    struct Kept {
        RecentItem item;
        QString library;  ///< empty: any
    };
    [[nodiscard]] std::vector<Kept> read() const;
    void write(const std::vector<Kept>& kept);
    [[nodiscard]] QString libraryOf(const RecentItem& item) const;

    QSettings& m_settings;
    QString m_library;
};

}  // namespace smidgen::ui
