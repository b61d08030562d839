// The queue between two threads. Private to engine/playback.
#pragma once

#if defined(__SANITIZE_THREAD__) && !defined(__clang__)
// The queue synchronises through fences, which ThreadSanitizer does not follow. The library tells it about
// them under Clang only; these are the same announcements for GCC.
extern "C" void AnnotateHappensBefore(const char* file, int line, void* address);
extern "C" void AnnotateHappensAfter(const char* file, int line, void* address);
namespace smidgen {
inline int fenceAddress;
}
#define AE_TSAN_ANNOTATE_RELEASE() AnnotateHappensBefore(__FILE__, __LINE__, &::smidgen::fenceAddress)
#define AE_TSAN_ANNOTATE_ACQUIRE() AnnotateHappensAfter(__FILE__, __LINE__, &::smidgen::fenceAddress)
#endif
#include <readerwriterqueue/readerwriterqueue.h>

namespace smidgen {

/// One thread puts in, one takes out, neither ever waits. enqueue() may allocate; try_enqueue() succeeds for
/// as many elements as the queue was made for, and like try_dequeue() does not allocate.
template <typename T>
using SpscQueue = moodycamel::ReaderWriterQueue<T>;

}  // namespace smidgen
