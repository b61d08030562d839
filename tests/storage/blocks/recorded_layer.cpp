// The recorded disk as a file layer of SQLite: each call is judged, recorded and passed on to the system's
// layer.
#include <sqlite3.h>

#include <cstring>

#include "tests/storage/blocks/recorded_disk.h"

namespace smidgen::storage::testing {
namespace {

RecordedDisk* disk = nullptr;
sqlite3_vfs layer;

sqlite3_vfs* system() {
    return static_cast<sqlite3_vfs*>(layer.pAppData);
}

/// Followed in memory by the system's own file object.
struct RecordedFile {
    sqlite3_file base;
    std::string* path;
};

sqlite3_file* real(sqlite3_file* file) {
    return reinterpret_cast<sqlite3_file*>(reinterpret_cast<RecordedFile*>(file) + 1);
}

const std::string& pathOf(sqlite3_file* file) {
    return *reinterpret_cast<RecordedFile*>(file)->path;
}

int codeOf(RecordedDisk::Verdict verdict, int ioCode) {
    return verdict == RecordedDisk::Verdict::go     ? SQLITE_OK
           : verdict == RecordedDisk::Verdict::full ? SQLITE_FULL
                                                    : ioCode;
}

int closeFile(sqlite3_file* file) {
    const int code = real(file)->pMethods != nullptr ? real(file)->pMethods->xClose(real(file)) : SQLITE_OK;
    delete reinterpret_cast<RecordedFile*>(file)->path;
    return code;
}

int readFile(sqlite3_file* file, void* out, int count, sqlite3_int64 at) {
    if (const int code = codeOf(disk->judge(), SQLITE_IOERR_READ); code != SQLITE_OK) return code;
    return real(file)->pMethods->xRead(real(file), out, count, at);
}

int writeFile(sqlite3_file* file, const void* bytes, int count, sqlite3_int64 at) {
    sqlite3_int64 size = 0;
    real(file)->pMethods->xFileSize(real(file), &size);
    const sqlite3_int64 end = at + count;
    const auto growth = static_cast<std::uint64_t>(end > size ? end - size : 0);
    if (const int code = codeOf(disk->judge(growth), SQLITE_IOERR_WRITE); code != SQLITE_OK) return code;
    const int code = real(file)->pMethods->xWrite(real(file), bytes, count, at);
    if (code != SQLITE_OK) return code;
    const auto* data = static_cast<const std::byte*>(bytes);
    disk->record({DiskEventKind::write,
                  pathOf(file),
                  static_cast<std::uint64_t>(at),
                  {data, data + count},
                  {},
                  false});
    return code;
}

int truncateFile(sqlite3_file* file, sqlite3_int64 size) {
    if (const int code = codeOf(disk->judge(), SQLITE_IOERR_TRUNCATE); code != SQLITE_OK) return code;
    const int code = real(file)->pMethods->xTruncate(real(file), size);
    if (code == SQLITE_OK)
        disk->record(
            {DiskEventKind::truncate, pathOf(file), static_cast<std::uint64_t>(size), {}, {}, false});
    return code;
}

/// Not passed on: the recording is what survives, and the rounds are many.
int syncFile(sqlite3_file* file, int) {
    if (const int code = codeOf(disk->judge(), SQLITE_IOERR_FSYNC); code != SQLITE_OK) return code;
    disk->record({DiskEventKind::sync, pathOf(file), 0, {}, {}, false});
    return SQLITE_OK;
}

int sizeOfFile(sqlite3_file* file, sqlite3_int64* size) {
    if (const int code = codeOf(disk->judge(), SQLITE_IOERR_FSTAT); code != SQLITE_OK) return code;
    return real(file)->pMethods->xFileSize(real(file), size);
}

int lockFile(sqlite3_file* file, int how) {
    return real(file)->pMethods->xLock(real(file), how);
}
int unlockFile(sqlite3_file* file, int how) {
    return real(file)->pMethods->xUnlock(real(file), how);
}
int checkLock(sqlite3_file* file, int* out) {
    return real(file)->pMethods->xCheckReservedLock(real(file), out);
}
int controlFile(sqlite3_file* file, int what, void* argument) {
    return real(file)->pMethods->xFileControl(real(file), what, argument);
}
int sectorSize(sqlite3_file* file) {
    return real(file)->pMethods->xSectorSize(real(file));
}
int characteristics(sqlite3_file* file) {
    return real(file)->pMethods->xDeviceCharacteristics(real(file));
}
int mapShared(sqlite3_file* file, int page, int size, int extend, void volatile** out) {
    return real(file)->pMethods->xShmMap(real(file), page, size, extend, out);
}
int lockShared(sqlite3_file* file, int offset, int count, int flags) {
    return real(file)->pMethods->xShmLock(real(file), offset, count, flags);
}
void barrier(sqlite3_file* file) {
    real(file)->pMethods->xShmBarrier(real(file));
}
int unmapShared(sqlite3_file* file, int remove) {
    return real(file)->pMethods->xShmUnmap(real(file), remove);
}

const sqlite3_io_methods kMethods{2,           closeFile,   readFile,        writeFile,  truncateFile,
                                  syncFile,    sizeOfFile,  lockFile,        unlockFile, checkLock,
                                  controlFile, sectorSize,  characteristics, mapShared,  lockShared,
                                  barrier,     unmapShared, nullptr,         nullptr};

int openFile(sqlite3_vfs*, const char* name, sqlite3_file* file, int flags, int* outFlags) {
    file->pMethods = nullptr;
    auto* recorded = reinterpret_cast<RecordedFile*>(file);
    recorded->path = nullptr;
    if (const int code = codeOf(disk->judge(), SQLITE_CANTOPEN); code != SQLITE_OK) return code;
    int exists = 0;
    if (name != nullptr) system()->xAccess(system(), name, SQLITE_ACCESS_EXISTS, &exists);
    const int code = system()->xOpen(system(), name, real(file), flags, outFlags);
    if (code != SQLITE_OK) return code;
    recorded->path = new std::string(name != nullptr ? name : "");
    file->pMethods = &kMethods;
    if (name != nullptr && exists == 0) disk->record({DiskEventKind::create, name, 0, {}, {}, false});
    return SQLITE_OK;
}

int deleteFile(sqlite3_vfs*, const char* name, int syncFolder) {
    if (const int code = codeOf(disk->judge(), SQLITE_IOERR_DELETE); code != SQLITE_OK) return code;
    const int code = system()->xDelete(system(), name, 0);
    if (code == SQLITE_OK) disk->record({DiskEventKind::remove, name, 0, {}, {}, syncFolder != 0});
    return code;
}

}  // namespace

void installRecordedLayer(RecordedDisk& recorded) {
    disk = &recorded;
    sqlite3_vfs* under = sqlite3_vfs_find(nullptr);
    layer = *under;
    layer.pAppData = under;
    layer.pNext = nullptr;
    layer.zName = "smidgen-recorded";
    layer.szOsFile = static_cast<int>(sizeof(RecordedFile)) + under->szOsFile;
    layer.xOpen = openFile;
    layer.xDelete = deleteFile;
    layer.xAccess = [](sqlite3_vfs*, const char* name, int flags, int* out) {
        return system()->xAccess(system(), name, flags, out);
    };
    layer.xFullPathname = [](sqlite3_vfs*, const char* name, int count, char* out) {
        return system()->xFullPathname(system(), name, count, out);
    };
    layer.xRandomness = [](sqlite3_vfs*, int count, char* out) {
        return system()->xRandomness(system(), count, out);
    };
    layer.xSleep = [](sqlite3_vfs*, int time) { return system()->xSleep(system(), time); };
    layer.xCurrentTime = [](sqlite3_vfs*, double* out) { return system()->xCurrentTime(system(), out); };
    layer.xCurrentTimeInt64 = [](sqlite3_vfs*, sqlite3_int64* out) {
        return system()->xCurrentTimeInt64(system(), out);
    };
    layer.xGetLastError = [](sqlite3_vfs*, int count, char* out) {
        return system()->xGetLastError(system(), count, out);
    };
    layer.xDlOpen = nullptr;
    sqlite3_vfs_register(&layer, 0);
}

void removeRecordedLayer() {
    sqlite3_vfs_unregister(&layer);
    disk = nullptr;
}

}  // namespace smidgen::storage::testing
