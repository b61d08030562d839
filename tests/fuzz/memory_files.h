// Files that live in memory, behind the store's own seam for files.
#pragma once

#include <algorithm>
#include <map>
#include <memory>
#include <span>
#include <vector>

#include "storage/blocks/file_system.h"

namespace smidgen::fuzz {

class MemoryFiles final : public storage::FileSystem {
 public:
    using Content = std::vector<std::byte>;

    void fill(const std::filesystem::path& path, std::span<const std::uint8_t> bytes) {
        const auto from = std::as_bytes(bytes);
        m_files[path] = std::make_shared<Content>(from.begin(), from.end());
    }
    [[nodiscard]] bool has(const std::filesystem::path& path) const { return m_files.contains(path); }
    void clear() { m_files.clear(); }

    Result<std::unique_ptr<storage::File>> open(const std::filesystem::path& path,
                                                storage::FileUse use) override {
        auto& file = m_files[path];
        if (file == nullptr && use != storage::FileUse::create) {
            m_files.erase(path);
            return failure(ErrorCode::notFound, "'" + path.string() + "' is not there.");
        }
        if (file == nullptr) file = std::make_shared<Content>();
        return std::make_unique<MemoryPart>(file);
    }
    bool canWrite(const std::filesystem::path&) override { return true; }
    Status syncFolder(const std::filesystem::path&) override { return {}; }
    Status remove(const std::filesystem::path& path) override {
        m_files.erase(path);
        return {};
    }
    Status rename(const std::filesystem::path& from, const std::filesystem::path& to) override {
        m_files[to] = m_files[from];
        m_files.erase(from);
        return {};
    }
    Status createFolder(const std::filesystem::path&) override { return {}; }
    std::string sqliteLayer() const override { return {}; }

 private:
    class MemoryPart final : public storage::File {
     public:
        explicit MemoryPart(std::shared_ptr<Content> content) : m_content(std::move(content)) {}
        Result<std::uint64_t> size() override { return m_content->size(); }
        Status readAt(std::uint64_t offset, std::span<std::byte> out) override {
            if (offset > m_content->size() || out.size() > m_content->size() - offset)
                return failure(ErrorCode::unusableInput, "The file ends before what should be read of it.");
            std::copy_n(m_content->begin() + static_cast<std::ptrdiff_t>(offset), out.size(), out.begin());
            return {};
        }
        Status writeAt(std::uint64_t offset, std::span<const std::byte> bytes) override {
            m_content->resize(std::max<std::size_t>(m_content->size(), offset + bytes.size()));
            std::copy(bytes.begin(), bytes.end(), m_content->begin() + static_cast<std::ptrdiff_t>(offset));
            return {};
        }
        Status sync() override { return {}; }
        Result<bool> tryLock() override { return true; }

     private:
        std::shared_ptr<Content> m_content;
    };

    std::map<std::filesystem::path, std::shared_ptr<Content>> m_files;
};

}  // namespace smidgen::fuzz
