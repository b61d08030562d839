#include "tests/storage/blocks/recorded_disk.h"

#include <cerrno>

#include "engine/foundation/atomic_file.h"

namespace smidgen::storage::testing {
namespace {

namespace fs = std::filesystem;

tl::unexpected<Error> refusal(RecordedDisk::Verdict verdict, const char* action, const fs::path& path) {
    return systemFailure(verdict == RecordedDisk::Verdict::full ? ENOSPC : EIO, action, path);
}

class RecordedFileOfOurs final : public File {
 public:
    RecordedFileOfOurs(RecordedDisk& disk, std::unique_ptr<File> real, fs::path path)
        : m_disk(disk), m_real(std::move(real)), m_path(std::move(path)) {}

    Result<std::uint64_t> size() override {
        if (const auto verdict = m_disk.judge(); verdict != RecordedDisk::Verdict::go)
            return refusal(verdict, "read", m_path);
        return m_real->size();
    }
    Status readAt(std::uint64_t offset, std::span<std::byte> out) override {
        if (const auto verdict = m_disk.judge(); verdict != RecordedDisk::Verdict::go)
            return refusal(verdict, "read", m_path);
        return m_real->readAt(offset, out);
    }
    Status writeAt(std::uint64_t offset, std::span<const std::byte> bytes) override {
        auto size = m_real->size();
        const std::uint64_t end = offset + bytes.size();
        if (const auto verdict = m_disk.judge(size && end > *size ? end - *size : 0);
            verdict != RecordedDisk::Verdict::go)
            return refusal(verdict, "write", m_path);
        Status done = m_real->writeAt(offset, bytes);
        if (done)
            m_disk.record(
                {DiskEventKind::write, m_path.string(), offset, {bytes.begin(), bytes.end()}, {}, false});
        return done;
    }
    Status sync() override {
        if (const auto verdict = m_disk.judge(); verdict != RecordedDisk::Verdict::go)
            return refusal(verdict, "write", m_path);
        m_disk.record({DiskEventKind::sync, m_path.string(), 0, {}, {}, false});
        return {};
    }
    Result<bool> tryLock() override { return m_real->tryLock(); }

 private:
    RecordedDisk& m_disk;
    std::unique_ptr<File> m_real;
    fs::path m_path;
};

}  // namespace

RecordedDisk::RecordedDisk() {
    installRecordedLayer(*this);
}

RecordedDisk::~RecordedDisk() {
    removeRecordedLayer();
}

void RecordedDisk::setFaults(const DiskFaults& faults) {
    const std::lock_guard lock(m_mutex);
    m_faults = faults;
    m_faultBase = m_calls;
}

std::int64_t RecordedDisk::calls() const {
    const std::lock_guard lock(m_mutex);
    return m_calls;
}

void RecordedDisk::setRecording(bool on) {
    const std::lock_guard lock(m_mutex);
    m_recording = on;
}

std::size_t RecordedDisk::eventCount() const {
    const std::lock_guard lock(m_mutex);
    return m_events.size();
}

RecordedDisk::Verdict RecordedDisk::judge(std::uint64_t growth) {
    const std::lock_guard lock(m_mutex);
    const std::int64_t call = m_calls++ - m_faultBase;
    if (m_faults.failCall >= 0 &&
        (call == m_faults.failCall || (m_faults.failForEver && call > m_faults.failCall)))
        return Verdict::ioError;
    if (m_faults.spaceLeft < 0) return Verdict::go;
    if (growth > static_cast<std::uint64_t>(m_faults.spaceLeft)) return Verdict::full;
    m_faults.spaceLeft -= static_cast<std::int64_t>(growth);
    return Verdict::go;
}

void RecordedDisk::record(DiskEvent event) {
    const std::lock_guard lock(m_mutex);
    const bool isSync = event.kind == DiskEventKind::sync || event.kind == DiskEventKind::syncFolder;
    if (m_faults.ignoreSyncs && isSync) return;
    if (m_recording) m_events.push_back(std::move(event));
}

Result<std::unique_ptr<File>> RecordedDisk::open(const fs::path& path, FileUse use) {
    if (const Verdict verdict = judge(); verdict != Verdict::go) return refusal(verdict, "open", path);
    auto real = systemFiles().open(path, use);
    if (!real) return real;
    if (use == FileUse::create) record({DiskEventKind::create, path.string(), 0, {}, {}, false});
    return std::make_unique<RecordedFileOfOurs>(*this, std::move(*real), path);
}

bool RecordedDisk::canWrite(const fs::path& path) {
    return systemFiles().canWrite(path);
}

Status RecordedDisk::syncFolder(const fs::path& folder) {
    if (const Verdict verdict = judge(); verdict != Verdict::go) return refusal(verdict, "write", folder);
    record({DiskEventKind::syncFolder, folder.string(), 0, {}, {}, false});
    return {};
}

Status RecordedDisk::remove(const fs::path& path) {
    if (const Verdict verdict = judge(); verdict != Verdict::go) return refusal(verdict, "remove", path);
    Status done = systemFiles().remove(path);
    if (done) record({DiskEventKind::remove, path.string(), 0, {}, {}, false});
    return done;
}

Status RecordedDisk::rename(const fs::path& from, const fs::path& to) {
    if (const Verdict verdict = judge(); verdict != Verdict::go) return refusal(verdict, "rename", from);
    Status done = systemFiles().rename(from, to);
    if (done) record({DiskEventKind::rename, from.string(), 0, {}, to.string(), false});
    return done;
}

Status RecordedDisk::createFolder(const fs::path& folder) {
    if (const Verdict verdict = judge(); verdict != Verdict::go)
        return refusal(verdict, "make the folder", folder);
    return systemFiles().createFolder(folder);
}

}  // namespace smidgen::storage::testing
