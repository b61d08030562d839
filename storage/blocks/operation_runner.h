// Carries out operations on the rows: permissions, versions, audit.
#pragma once

#include <optional>
#include <span>
#include <vector>

#include "storage/blocks/content_table.h"
#include "storage/blocks/operations.h"
#include "storage/blocks/write_queue.h"

namespace smidgen::storage {

/// Operations with their contents made ready; `contents[i]` belongs to `operations[i]`.
struct PreparedOperations {
    std::span<const Operation> operations;
    std::vector<std::optional<PreparedContent>> contents;
};

/// On the caller's thread, before the write: checks what was given, compresses, sums, fills packs. Errors:
/// invalidArgument, io.
[[nodiscard]] Result<PreparedOperations> prepareOperations(PackStore& packs,
                                                           std::span<const Operation> operations);

/// Within one write. Errors: notFound (also when the caller may not see the block), refused (no right,
/// read-only, not in the trash), conflict (another version; the id is taken).
[[nodiscard]] Result<std::vector<Receipt>> runOperations(Writer& writer, const Caller& caller,
                                                         std::uint64_t replica,
                                                         const PreparedOperations& prepared);

/// Notes in the audit log what was refused.
[[nodiscard]] Status noteRefusal(Writer& writer, const Caller& caller, AuditAction action,
                                 const BlockId& block, const Error& error);
[[nodiscard]] AuditAction actionOf(const Operation& operation);
[[nodiscard]] BlockId subjectOf(const Operation& operation);

/// "name@project"
[[nodiscard]] std::string callerText(const Caller& caller);

/// +1 for this store.
void countChange(Lineage& lineage, std::uint64_t replica);

}  // namespace smidgen::storage
