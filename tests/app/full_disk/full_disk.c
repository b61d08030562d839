/* Preloaded into a program, makes files below $FULL_DISK_FOLDER fail with ENOSPC once $FULL_DISK_BYTES were
   written there. */
#define _GNU_SOURCE
#include <dlfcn.h>
#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/types.h>
#include <sys/uio.h>
#include <unistd.h>

static long long g_written = 0;

/* How many of `count` bytes still fit; `count` for a file elsewhere. */
static size_t room_for(int descriptor, size_t count) {
    const char* folder = getenv("FULL_DISK_FOLDER");
    const char* bytes = getenv("FULL_DISK_BYTES");
    char link[64];
    char path[4096];
    if (folder == NULL || bytes == NULL) return count;
    snprintf(link, sizeof link, "/proc/self/fd/%d", descriptor);
    const ssize_t length = readlink(link, path, sizeof path - 1);
    if (length <= 0) return count;
    path[length] = '\0';
    if (strncmp(path, folder, strlen(folder)) != 0) return count;
    const long long left = atoll(bytes) - g_written;
    const size_t fits = left <= 0 ? 0 : (size_t)left < count ? (size_t)left : count;
    g_written += (long long)fits;
    return fits;
}

ssize_t write(int descriptor, const void* data, size_t count) {
    static ssize_t (*next)(int, const void*, size_t) = NULL;
    if (next == NULL) next = (ssize_t(*)(int, const void*, size_t))dlsym(RTLD_NEXT, "write");
    const size_t fits = room_for(descriptor, count);
    if (fits == 0 && count > 0) {
        errno = ENOSPC;
        return -1;
    }
    return next(descriptor, data, fits);
}

ssize_t pwrite(int descriptor, const void* data, size_t count, off_t place) {
    static ssize_t (*next)(int, const void*, size_t, off_t) = NULL;
    if (next == NULL) next = (ssize_t(*)(int, const void*, size_t, off_t))dlsym(RTLD_NEXT, "pwrite");
    const size_t fits = room_for(descriptor, count);
    if (fits == 0 && count > 0) {
        errno = ENOSPC;
        return -1;
    }
    return next(descriptor, data, fits, place);
}

ssize_t pwrite64(int descriptor, const void* data, size_t count, off_t place) {
    return pwrite(descriptor, data, count, place);
}

ssize_t writev(int descriptor, const struct iovec* parts, int count) {
    ssize_t total = 0;
    for (int i = 0; i < count; ++i) {
        const ssize_t written = write(descriptor, parts[i].iov_base, parts[i].iov_len);
        if (written < 0) return total > 0 ? total : -1;
        total += written;
        if ((size_t)written < parts[i].iov_len) break;
    }
    return total;
}
