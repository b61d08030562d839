// Connections that read, one a thread at a time; WAL lets them read while another writes.
#pragma once

#include <memory>
#include <mutex>
#include <vector>

#include "storage/blocks/block_table.h"
#include "storage/blocks/connection.h"

namespace smidgen::storage {

struct Reader {
    explicit Reader(Connection&& opened) : connection(std::move(opened)), blocks(connection) {}
    Connection connection;
    BlockTable blocks;
};

/// Thread-safe. Opens connections as threads ask for them and keeps them.
class ReaderPool {
 public:
    ReaderPool(std::filesystem::path file, OpenMode mode, std::string layer)
        : m_file(std::move(file)), m_mode(mode), m_layer(std::move(layer)) {}

    /// A reader on loan; goes back by itself.
    class Lease {
     public:
        Lease(ReaderPool& pool, std::unique_ptr<Reader> reader)
            : m_pool(&pool), m_reader(std::move(reader)) {}
        Lease(Lease&&) noexcept = default;
        Lease& operator=(Lease&&) = delete;
        ~Lease() {
            if (m_reader) m_pool->giveBack(std::move(m_reader));
        }
        Reader* operator->() const { return m_reader.get(); }
        Reader& operator*() const { return *m_reader; }

     private:
        ReaderPool* m_pool;
        std::unique_ptr<Reader> m_reader;
    };
    [[nodiscard]] Result<Lease> lend();

 private:
    void giveBack(std::unique_ptr<Reader> reader);

    std::filesystem::path m_file;
    OpenMode m_mode;
    std::string m_layer;
    std::mutex m_mutex;
    std::vector<std::unique_ptr<Reader>> m_idle;
};

}  // namespace smidgen::storage
