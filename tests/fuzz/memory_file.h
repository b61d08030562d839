// What the fuzz targets have in common.
#pragma once

#include <sys/mman.h>
#include <unistd.h>

#include <cstdint>
#include <cstdlib>
#include <span>
#include <string>

#include "engine/foundation/result.h"

namespace smidgen::fuzz {

/// A file that lives in memory and has a name.
class MemoryFile {
 public:
    MemoryFile() : m_descriptor(::memfd_create("fuzz", MFD_CLOEXEC)) {
        if (m_descriptor < 0) std::abort();
        m_path = "/proc/self/fd/" + std::to_string(m_descriptor);
    }
    MemoryFile(const MemoryFile&) = delete;
    MemoryFile& operator=(const MemoryFile&) = delete;
    ~MemoryFile() { ::close(m_descriptor); }

    void fill(const std::uint8_t* bytes, std::size_t size) const {
        if (::ftruncate(m_descriptor, 0) != 0 ||
            ::pwrite(m_descriptor, bytes, size, 0) != static_cast<ssize_t>(size))
            std::abort();
    }
    [[nodiscard]] const std::string& path() const { return m_path; }

 private:
    int m_descriptor;
    std::string m_path;
};

inline void expect(bool condition) {
    if (!condition) std::abort();
}

inline void expectSentence(const Error& error) {
    expect(error.sentence.size() > 20 && error.sentence.back() == '.');
}

}  // namespace smidgen::fuzz
