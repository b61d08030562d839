#include "storage/blocks/link_table.h"

#include "storage/blocks/byte_stream.h"

namespace smidgen::storage {
namespace {

Checksum sumOf(const Link& link) {
    ByteWriter covered;
    covered.fixed(link.source.bytes);
    covered.fixed(link.target.bytes);
    covered.text(link.type);
    covered.f64(link.weight);
    return checksumOf(covered.bytes());
}

}  // namespace

Status putLink(Connection& connection, const Link& link) {
    const Checksum sum = sumOf(link);
    Statement insert = connection.use("INSERT OR REPLACE INTO link VALUES(?1,?2,?3,?4,?5)");
    insert.bind(1, link.source.bytes)
        .bind(2, std::string_view(link.type))
        .bind(3, link.target.bytes)
        .bind(4, link.weight)
        .bind(5, sum);
    return insert.run();
}

Result<bool> eraseLink(Connection& connection, const BlockId& source, const BlockId& target,
                       const std::string& type) {
    Statement erase = connection.use("DELETE FROM link WHERE source = ?1 AND type = ?2 AND target = ?3");
    erase.bind(1, source.bytes).bind(2, std::string_view(type)).bind(3, target.bytes);
    if (auto done = erase.run(); !done) return propagate(done);
    return connection.changedRows() > 0;
}

Result<Link> readLink(const Statement& row) {
    Link link;
    link.source.bytes = row.bytes<16>(0);
    link.type = row.text(1);
    link.target.bytes = row.bytes<16>(2);
    link.weight = row.real(3);
    if (sumOf(link) != row.bytes<16>(4))
        return failure(ErrorCode::unusableInput,
                       "A link between blocks is damaged. Run a repair, or restore a backup.",
                       "link " + link.source.text() + " " + link.type + " " + link.target.text());
    return link;
}

Result<std::vector<Link>> linksAt(Connection& connection, LinkEnd end, const BlockId& block) {
    Statement rows = connection.use(
        end == LinkEnd::source
            ? "SELECT source, type, target, weight, sum FROM link WHERE source = ?1 ORDER BY type, target"
            : "SELECT source, type, target, weight, sum FROM link WHERE target = ?1 ORDER BY type, source");
    rows.bind(1, block.bytes);
    std::vector<Link> links;
    for (;;) {
        auto row = rows.step();
        if (!row) return propagate(row);
        if (!*row) return links;
        auto link = readLink(rows);
        if (!link) return propagate(link);
        links.push_back(std::move(*link));
    }
}

}  // namespace smidgen::storage
