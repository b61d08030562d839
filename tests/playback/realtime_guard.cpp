#include "realtime_guard.h"

#include <dlfcn.h>
#include <pthread.h>

#include <cstddef>

#if defined(__SANITIZE_ADDRESS__) || defined(__SANITIZE_THREAD__)
// The header <sanitizer/allocator_interface.h> does not come with GCC.
extern "C" int __sanitizer_install_malloc_and_free_hooks(void (*)(const volatile void*, std::size_t),
                                                         void (*)(const volatile void*));
#define SMIDGEN_SANITIZED 1
#endif

namespace {

thread_local int guards = 0;
thread_local int allocationCount = 0;
thread_local int lockCount = 0;

void noteAllocation() noexcept {
    if (guards > 0) ++allocationCount;
}

}  // namespace

#if SMIDGEN_SANITIZED

namespace {
[[maybe_unused]] const int installed =
    __sanitizer_install_malloc_and_free_hooks([](const volatile void*, std::size_t) { noteAllocation(); },
                                              [](const volatile void*) { noteAllocation(); });
}

#else

extern "C" {
void* __libc_malloc(std::size_t);
void* __libc_calloc(std::size_t, std::size_t);
void* __libc_realloc(void*, std::size_t);
void* __libc_memalign(std::size_t, std::size_t);
void __libc_free(void*);

void* malloc(std::size_t size) noexcept {
    noteAllocation();
    return __libc_malloc(size);
}
void* calloc(std::size_t count, std::size_t size) noexcept {
    noteAllocation();
    return __libc_calloc(count, size);
}
void* realloc(void* block, std::size_t size) noexcept {
    noteAllocation();
    return __libc_realloc(block, size);
}
void* aligned_alloc(std::size_t alignment, std::size_t size) noexcept {
    noteAllocation();
    return __libc_memalign(alignment, size);
}
void free(void* block) noexcept {
    noteAllocation();
    __libc_free(block);
}
}

#endif

#if !defined(__SANITIZE_THREAD__)

extern "C" int pthread_mutex_lock(pthread_mutex_t* mutex) noexcept {
    using Lock = int (*)(pthread_mutex_t*);
    static Lock real = nullptr;
    if (!real) real = reinterpret_cast<Lock>(::dlsym(RTLD_NEXT, "pthread_mutex_lock"));
    if (guards > 0) ++lockCount;
    return real(mutex);
}

#endif

namespace smidgen::testing {

RealtimeGuard::RealtimeGuard() {
    ++guards;
}
RealtimeGuard::~RealtimeGuard() {
    --guards;
}
int RealtimeGuard::allocations() {
    return allocationCount;
}
int RealtimeGuard::locks() {
    return lockCount;
}

bool RealtimeGuard::watchesLocks() {
#if defined(__SANITIZE_THREAD__)
    return false;
#else
    return true;
#endif
}

}  // namespace smidgen::testing
