#include "engine/collections/sound_files.h"

#include <sys/stat.h>

#include <algorithm>
#include <set>
#include <system_error>
#include <utility>

#include "engine/audio/audio_reader.h"
#include "engine/collections/natural_order.h"
#include "engine/foundation/atomic_file.h"

namespace smidgen {
namespace {

namespace fs = std::filesystem;

class Walk {
 public:
    Walk(const CancelToken& cancel, const std::function<void(std::size_t)>& found)
        : m_cancel(cancel), m_found(found) {}

    /// Folders still to be listed are kept in lists: depth is bounded by memory, not by the stack. Linked
    /// ones come last, so that a folder reached both ways keeps its own name.
    void folder(const fs::path& start) {
        m_open.assign(1, start);
        while (!m_cancel.cancelled()) {
            if (m_open.empty()) {
                std::sort(m_linked.begin(), m_linked.end());
                m_open = std::exchange(m_linked, {});
            }
            if (m_open.empty()) break;
            const fs::path current = std::move(m_open.back());
            m_open.pop_back();
            if (isNew(current)) list(current);
        }
    }
    void add(fs::path path, bool unreadableFolder = false, bool gone = false) {
        m_files.push_back({std::move(path), unreadableFolder, gone});
        if (m_found) m_found(m_files.size());
    }
    [[nodiscard]] std::vector<FoundFile> take() {
        const auto order = [](const FoundFile& a, const FoundFile& b) {
            return naturallyLess(a.path, b.path);
        };
        const auto same = [](const FoundFile& a, const FoundFile& b) { return a.path == b.path; };
        std::sort(m_files.begin(), m_files.end(), order);
        m_files.erase(std::unique(m_files.begin(), m_files.end(), same), m_files.end());
        return std::move(m_files);
    }

 private:
    [[nodiscard]] bool isNew(const fs::path& folder) {
        struct stat status {};
        if (::stat(folder.c_str(), &status) != 0) return true;  // listing it will say what is wrong
        return m_seen.emplace(status.st_dev, status.st_ino).second;
    }
    void list(const fs::path& folder) {
        std::error_code error;
        fs::directory_iterator entries(folder, error);
        if (error) {
            add(folder, true);
            return;
        }
        while (entries != fs::directory_iterator() && !m_cancel.cancelled()) {
            const fs::directory_entry& entry = *entries;
            const fs::path& path = entry.path();
            if (!path.filename().native().starts_with('.')) {
                std::error_code ignored;  // a dangling link is no folder; it is reported when it is opened
                if (entry.is_directory(ignored)) {
                    (entry.is_symlink(ignored) ? m_linked : m_open).push_back(path);
                } else if (hasAudioExtension(path)) {
                    add(path);
                }
            }
            entries.increment(error);
            if (error) {
                add(folder, true);
                return;
            }
        }
    }

    const CancelToken& m_cancel;
    const std::function<void(std::size_t)>& m_found;
    std::vector<FoundFile> m_files;
    std::vector<fs::path> m_open;
    std::vector<fs::path> m_linked;
    std::set<std::pair<dev_t, ino_t>> m_seen;
};

}  // namespace

Result<std::vector<FoundFile>> findSoundFiles(std::span<const fs::path> paths,
                                              const std::function<bool(const fs::path&)>& isKnown,
                                              const CancelToken& cancel,
                                              const std::function<void(std::size_t)>& found) {
    Walk walk(cancel, found);
    for (const fs::path& given : paths) {
        std::error_code error;
        fs::path path = fs::absolute(given, error).lexically_normal();
        if (!path.has_filename()) path = path.parent_path();  // "folder/"
        const bool exists = !error && fs::exists(fs::symlink_status(path, error));
        if (!exists && isKnown(path)) {
            walk.add(path, false, true);
            continue;
        }
        if (!exists)
            return failure(ErrorCode::notFound, "There is no file or folder '" + displayName(given) +
                                                    "'. Check the name and path.");
        if (fs::is_directory(path, error)) {
            walk.folder(path);
        } else {
            walk.add(path);
        }
    }
    if (cancel.cancelled()) return failure(ErrorCode::cancelled, "The scan was stopped.");
    return walk.take();
}

}  // namespace smidgen
