#include "engine/audio/sidecar.h"

#include "engine/foundation/atomic_file.h"

namespace smidgen {
namespace {

constexpr std::size_t kLargestSidecar = 1 << 20;

}  // namespace

Sidecar::Sidecar(const std::filesystem::path& sound) : m_path(sound) {
    m_path += sidecarSuffix();
}

Sidecar::~Sidecar() {
    if (!m_placed) return;
    if (m_older) {
        static_cast<void>(writeFileAtomically(m_path, *m_older));
    } else {
        std::error_code ignored;
        std::filesystem::remove(m_path, ignored);
    }
}

Status Sidecar::place(const std::string& json) {
    std::error_code ignored;
    if (std::filesystem::exists(std::filesystem::symlink_status(m_path, ignored))) {
        auto older = readWholeFile(m_path, kLargestSidecar);
        if (!older) return propagate(older);
        m_older = std::move(*older);
    }
    if (auto written = writeFileAtomically(m_path, json); !written) return written;
    m_placed = true;
    return {};
}

}  // namespace smidgen
