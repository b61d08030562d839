#include "storage/blocks/reader_pool.h"

namespace smidgen::storage {

Result<ReaderPool::Lease> ReaderPool::lend() {
    {
        const std::lock_guard lock(m_mutex);
        if (!m_idle.empty()) {
            std::unique_ptr<Reader> reader = std::move(m_idle.back());
            m_idle.pop_back();
            return Lease(*this, std::move(reader));
        }
    }
    auto connection = Connection::open(m_file, m_mode, m_layer);
    if (!connection) return propagate(connection);
    return Lease(*this, std::make_unique<Reader>(std::move(*connection)));
}

void ReaderPool::giveBack(std::unique_ptr<Reader> reader) {
    const std::lock_guard lock(m_mutex);
    m_idle.push_back(std::move(reader));
}

}  // namespace smidgen::storage
