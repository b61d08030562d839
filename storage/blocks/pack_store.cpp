#include "storage/blocks/pack_store.h"

#include <algorithm>
#include <new>
#include <stdexcept>

#include "engine/foundation/atomic_file.h"
#include "storage/blocks/block_id.h"

namespace smidgen::storage {
namespace {

namespace fs = std::filesystem;

std::string fileNameOf(std::uint64_t pack) {
    constexpr std::string_view kDigits = "0123456789abcdef";
    std::string name;
    for (int shift = 60; shift >= 0; shift -= 4) name += kDigits[(pack >> shift) & 15];
    return name + ".pack";
}

std::optional<std::uint64_t> nameOfFile(const std::string& file) {
    if (file.size() != 21 || !file.ends_with(".pack")) return std::nullopt;
    std::uint64_t name = 0;
    for (const char c : file.substr(0, 16)) {
        const int digit = c >= '0' && c <= '9' ? c - '0' : c >= 'a' && c <= 'f' ? c - 'a' + 10 : -1;
        if (digit < 0) return std::nullopt;
        name = (name << 4) | static_cast<std::uint64_t>(digit);
    }
    return name;
}

tl::unexpected<Error> damagedContent(const fs::path& pack) {
    return failure(ErrorCode::unusableInput,
                   "A content in '" + displayName(pack) + "' is damaged. Run a repair, or restore a backup.");
}

/// The names of the packs and of their folder survive a loss of power.
Status syncNames(FileSystem& files, const fs::path& folder) {
    if (auto synced = files.syncFolder(folder); !synced) return synced;
    return files.syncFolder(folder.parent_path());
}

}  // namespace

PackStore::PackStore(FileSystem& files, fs::path folder, std::uint64_t packBytes)
    : m_files(files), m_folder(std::move(folder)), m_packBytes(packBytes) {}

fs::path PackStore::pathOf(std::uint64_t pack) const {
    return m_folder / fileNameOf(pack);
}

Result<std::vector<PackStore::PackFile>> PackStore::list() {
    std::vector<PackFile> packs;
    std::error_code code;
    fs::directory_iterator entries(m_folder, code);
    if (code == std::errc::no_such_file_or_directory) return packs;
    for (; !code && entries != fs::directory_iterator(); entries.increment(code)) {
        const auto name = nameOfFile(entries->path().filename().string());
        if (!name) continue;
        std::error_code unreadable;
        const std::uintmax_t bytes = entries->file_size(unreadable);
        if (!unreadable) packs.push_back({*name, static_cast<std::uint64_t>(bytes)});
    }
    if (code) return systemFailure(code.value(), "read the folder", m_folder);
    std::sort(packs.begin(), packs.end(), [](const auto& a, const auto& b) { return a.name < b.name; });
    return packs;
}

Result<bool> PackStore::adopt(const PackFile& pack) {
    if (pack.bytes < kPackHeaderBytes || pack.bytes >= m_packBytes) return false;
    auto file = m_files.open(pathOf(pack.name), FileUse::write);
    if (!file) return false;  // removed meanwhile, or not ours to write
    auto locked = (*file)->tryLock();
    if (!locked || !*locked) return false;
    std::vector<std::byte> header(kPackHeaderBytes);
    if (!(*file)->readAt(0, header) || !checkPackHeader(header, pack.name)) return false;
    auto end = (*file)->size();
    if (!end) return propagate(end);
    m_current = Open{pack.name, *end, std::move(*file)};
    return true;
}

Status PackStore::openForAppending() {
    if (auto made = m_files.createFolder(m_folder); !made) return made;
    auto packs = list();
    if (!packs) return propagate(packs);
    for (const PackFile& pack : *packs) {
        auto taken = adopt(pack);
        if (!taken) return propagate(taken);
        if (!*taken) continue;
        // Whoever made it may have been killed before its name was certain.
        Status synced = syncNames(m_files, m_folder);
        if (!synced) m_current.reset();
        return synced;
    }
    const std::uint64_t name = randomWord();
    auto file = m_files.open(pathOf(name), FileUse::create);
    if (!file) return propagate(file);
    auto locked = (*file)->tryLock();
    if (!locked) return propagate(locked);
    if (auto written = (*file)->writeAt(0, packHeader(name)); !written) return written;
    if (auto synced = syncNames(m_files, m_folder); !synced) return synced;
    m_current = Open{name, kPackHeaderBytes, std::move(*file)};
    return {};
}

Result<PackStore::Appended> PackStore::append(const PackRecord& record, std::span<const std::byte> stored) {
    const std::lock_guard lock(m_appending);
    if (m_current && m_current->end >= m_packBytes) m_current.reset();
    if (!m_current)
        if (auto opened = openForAppending(); !opened) return propagate(opened);
    const PackPlace place{m_current->name, m_current->end, record.length};
    Status done = m_current->file->writeAt(place.offset, recordHeader(record));
    if (done) done = m_current->file->writeAt(place.offset + kPackRecordBytes, stored);
    if (done) done = m_current->file->sync();
    if (!done) {
        // After a failed sync nobody knows what the disk holds of this file: begin another.
        m_current.reset();
        return propagate(done);
    }
    m_current->end = place.offset + kPackRecordBytes + record.length;
    return Appended{place, m_current->file};
}

Result<std::shared_ptr<File>> PackStore::reader(std::uint64_t pack) {
    const std::lock_guard lock(m_reading);
    auto& kept = m_readers[pack];
    if (!kept) {
        auto file = m_files.open(pathOf(pack), FileUse::read);
        if (!file) {
            m_readers.erase(pack);
            return propagate(file);
        }
        kept = std::move(*file);
    }
    return kept;
}

Result<std::vector<std::byte>> PackStore::read(const PackPlace& place, const PackRecord& expected) try {
    auto file = reader(place.pack);
    if (!file) return propagate(file);
    auto size = (*file)->size();
    if (!size) return propagate(size);
    // Before anything is allocated: the row and the file must agree.
    if (*size < kPackRecordBytes || place.offset > *size - kPackRecordBytes ||
        place.length > *size - kPackRecordBytes - place.offset)
        return damagedContent(pathOf(place.pack));
    std::vector<std::byte> header(kPackRecordBytes);
    if (auto got = (*file)->readAt(place.offset, header); !got) return propagate(got);
    auto record = readRecordHeader(header);
    if (!record) return propagate(record);
    if (record->length != place.length || record->size != expected.size || record->sum != expected.sum ||
        record->codec != expected.codec)
        return damagedContent(pathOf(place.pack));
    std::vector<std::byte> stored(static_cast<std::size_t>(place.length));
    if (auto got = (*file)->readAt(place.offset + kPackRecordBytes, stored); !got) return propagate(got);
    if (record->codec != Compression::plain) {
        auto content = unpack(record->codec, stored, record->size);
        if (!content) return propagate(content);
        stored = std::move(*content);
    }
    if (stored.size() != expected.size || checksumOf(stored) != expected.sum)
        return damagedContent(pathOf(place.pack));
    return stored;
} catch (const std::bad_alloc&) {
    return failure(ErrorCode::outOfMemory, "There is not enough memory to read a content.");
}

Status PackStore::readStored(const PackPlace& place, std::uint64_t offset, std::span<std::byte> out) {
    if (offset > place.length || out.size() > place.length - offset)
        return failure(ErrorCode::invalidArgument, "There are not that many bytes in this content.");
    auto file = reader(place.pack);
    if (!file) return propagate(file);
    return (*file)->readAt(place.offset + kPackRecordBytes + offset, out);
}

Status PackStore::checkHeader(std::uint64_t pack) {
    auto file = reader(pack);
    if (!file) return propagate(file);
    std::vector<std::byte> header(kPackHeaderBytes);
    if (auto got = (*file)->readAt(0, header); !got) return got;
    return checkPackHeader(header, pack);
}

Result<std::shared_ptr<File>> PackStore::retire(std::uint64_t pack) {
    {
        const std::lock_guard lock(m_appending);
        if (m_current && m_current->name == pack) m_current.reset();
    }
    auto file = m_files.open(pathOf(pack), FileUse::write);
    if (!file) return propagate(file);
    // An append under way holds the lock through a descriptor of its own.
    auto locked = (*file)->tryLock();
    if (!locked) return propagate(locked);
    return *locked ? std::shared_ptr<File>(std::move(*file)) : nullptr;
}

Status PackStore::remove(std::uint64_t pack) {
    {
        const std::lock_guard lock(m_reading);
        m_readers.erase(pack);
    }
    return m_files.remove(pathOf(pack));
}

}  // namespace smidgen::storage
