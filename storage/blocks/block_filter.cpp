#include "storage/blocks/block_filter.h"

namespace smidgen::storage {

void Conditions::bindTo(Statement& statement) const {
    int at = 1;
    for (const Value& value : m_values) {
        if (value.isText)
            statement.bind(at++, std::string_view(value.text));
        else
            statement.bind(at++, value.number);
    }
}

void addFilter(Conditions& where, const Caller& caller, std::int64_t project, const BlockFilter& filter) {
    where.number(project);
    where.number(project);
    where.add(
        "(b.home = ? OR ((b.flags & 4) AND EXISTS "
        "(SELECT 1 FROM share s WHERE s.block = b.key AND s.project = ?)))");
    where.text(caller.name);
    where.text(caller.name);
    where.add(
        "(NOT (b.flags & 2) OR b.owner = ? OR EXISTS (SELECT 1 FROM permission p WHERE p.block = b.key "
        "AND p.principal IN (?, '*') AND (p.rights & 1)))");
    where.addAnyOf("b.key", filter.keys);
    where.addAnyOf("b.class", filter.classes);
    where.addAnyOf("b.status", filter.statuses);
    for (const std::string& tag : filter.tags) {
        where.text(tag);
        where.add("b.key IN (SELECT t.block FROM tag t WHERE t.tag = ?)");
    }
    if (!filter.nameContains.empty()) {
        where.text(filter.nameContains);
        where.add("instr(lower(b.name), lower(?)) > 0");
    }
    if (!filter.owner.empty()) {
        where.text(filter.owner);
        where.add("b.owner = ?");
    }
    if (!filter.madeIn.empty()) {
        where.text(filter.madeIn);
        where.add("b.home = (SELECT key FROM project WHERE name = ?)");
    }
    if (filter.createdFrom) {
        where.number(*filter.createdFrom);
        where.add("b.created >= ?");
    }
    if (filter.createdUntil) {
        where.number(*filter.createdUntil);
        where.add("b.created < ?");
    }
}

}  // namespace smidgen::storage
