// The checks that verification and scrubbing share: rows against their checksums, a few at a time.
#pragma once

#include <unordered_set>

#include "storage/blocks/store_core.h"
#include "storage/blocks/verification.h"

namespace smidgen::storage {

/// Goes over the rows of one reader and fills a report. Not thread-safe.
class RowCheck {
 public:
    RowCheck(StoreCore& core, Reader& reader, VerifyReport& report, Pace pace)
        : m_core(core), m_reader(reader), m_report(report), m_pace(std::move(pace)) {}

    /// A few blocks after `last`, with vectors; moves `last`. False at the end.
    [[nodiscard]] Result<bool> checkBlocks(std::int64_t& last);
    /// A few contents after `last`.
    [[nodiscard]] Result<bool> checkContents(std::int64_t& last);
    /// Content rows that blocks name, gathered by checkBlocks.
    [[nodiscard]] std::unordered_set<std::int64_t>& namedContents() { return m_namedContents; }
    [[nodiscard]] std::uint64_t tagsSeen() const { return m_tags; }

    void problem(std::string sentence, const BlockId& block = {});

 private:
    [[nodiscard]] Status checkBlock(std::int64_t key);
    [[nodiscard]] Status checkReferences(const StoredBlock& stored);

    StoreCore& m_core;
    Reader& m_reader;
    VerifyReport& m_report;
    Pace m_pace;
    std::unordered_set<std::int64_t> m_namedContents;
    std::uint64_t m_tags = 0;
};

/// False for damage, which a check reports and goes on; true for what ends it (the disk, a stop).
[[nodiscard]] bool endsCheck(const Error& error);

}  // namespace smidgen::storage
