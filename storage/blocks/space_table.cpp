#include "storage/blocks/space_table.h"

#include "storage/blocks/byte_stream.h"
#include "storage/blocks/checksum.h"
#include "storage/blocks/store_core.h"

namespace smidgen::storage {
namespace {

/// u8 1 | u8 chart | u32 n, (u8 kind, u32 dimension, f64 curvature)…
std::vector<std::byte> definitionOf(const VectorSpace& space) {
    ByteWriter out;
    out.u8(1);
    out.u8(static_cast<std::uint8_t>(space.chart));
    out.u32(static_cast<std::uint32_t>(space.space.factors().size()));
    for (const Factor& factor : space.space.factors()) {
        out.u8(static_cast<std::uint8_t>(factor.kind));
        out.u32(static_cast<std::uint32_t>(factor.dimension));
        out.f64(factor.curvature);
    }
    return out.take();
}

Checksum sumOf(std::string_view name, std::span<const std::byte> definition) {
    ByteWriter covered;
    covered.text(name);
    covered.raw(definition);
    return checksumOf(covered.bytes());
}

/// From a row with the columns name, definition, sum.
Result<VectorSpace> readSpace(const Statement& row) {
    const std::string name(row.text(0));
    const auto damaged = [&] {
        return failure(ErrorCode::unusableInput, "The definition of the vector space '" + name +
                                                     "' is damaged. Run a repair, or restore a backup.");
    };
    if (sumOf(name, row.blob(1)) != row.bytes<16>(2)) return damaged();
    ByteReader in(row.blob(1));
    const std::uint8_t version = in.u8(), chart = in.u8();
    std::vector<Factor> factors(in.count(13));
    for (Factor& factor : factors) {
        const std::uint8_t kind = in.u8();
        if (kind > static_cast<std::uint8_t>(FactorKind::spherical)) return damaged();
        factor.kind = static_cast<FactorKind>(kind);
        factor.dimension = static_cast<int>(in.u32());
        factor.curvature = in.f64();
    }
    if (!in.atEnd() || version != 1 || chart > static_cast<std::uint8_t>(Chart::tangent)) return damaged();
    auto space = Space::create(std::move(factors));
    if (!space) return damaged();
    return VectorSpace{name, std::move(*space), static_cast<Chart>(chart)};
}

}  // namespace

Result<std::optional<VectorSpace>> findSpace(Connection& connection, const std::string& name) {
    Statement find = connection.use("SELECT name, definition, sum FROM space WHERE name = ?1");
    find.bind(1, std::string_view(name));
    auto row = find.step();
    if (!row) return propagate(row);
    if (!*row) return std::nullopt;
    auto space = readSpace(find);
    if (!space) return propagate(space);
    return std::optional<VectorSpace>(std::move(*space));
}

Result<std::vector<VectorSpace>> readSpaces(Connection& connection) {
    Statement rows = connection.use("SELECT name, definition, sum FROM space ORDER BY name");
    std::vector<VectorSpace> spaces;
    for (;;) {
        auto row = rows.step();
        if (!row) return propagate(row);
        if (!*row) return spaces;
        auto space = readSpace(rows);
        if (!space) return propagate(space);
        spaces.push_back(std::move(*space));
    }
}

Status insertSpace(Connection& connection, const VectorSpace& space) {
    const std::vector<std::byte> definition = definitionOf(space);
    const Checksum sum = sumOf(space.name, definition);
    Statement insert = connection.use("INSERT INTO space VALUES(?1, ?2, ?3)");
    insert.bind(1, std::string_view(space.name)).bind(2, std::span<const std::byte>(definition)).bind(3, sum);
    return insert.run();
}

Status checkVectors(Connection& connection, const std::string& block, const std::vector<BlockVector>& vectors,
                    KnownSpaces& known) {
    for (const BlockVector& vector : vectors) {
        auto space = known.find(vector.space);
        if (space == known.end()) {
            auto found = findSpace(connection, vector.space);
            if (!found) return propagate(found);
            space = known.emplace(vector.space, std::move(*found)).first;
        }
        if (!space->second) continue;
        if (auto point = pointOf(*space->second, vector.values); !point)
            return failure(ErrorCode::invalidArgument,
                           "'" + block + "' cannot be kept: " + point.error().sentence, point.error().detail);
    }
    return {};
}

Result<PackedPoint> pointOf(const VectorSpace& space, std::span<const float> values) {
    const std::vector<double> coordinates(values.begin(), values.end());
    auto packing = space.space.pack(space.chart, coordinates);
    if (!packing)
        return failure(ErrorCode::invalidArgument,
                       "a vector does not lie in the space '" + space.name + "': " + packing.error().sentence,
                       packing.error().detail);
    return std::move(packing->point);
}

std::vector<float> valuesOf(const VectorSpace& space, PackedView point) {
    std::vector<double> coordinates(space.space.chartSize(space.chart));
    space.space.unpack(point, space.chart, coordinates);
    return {coordinates.begin(), coordinates.end()};
}

Status defineSpace(BlockStore& store, const VectorSpace& space) {
    if (space.name.empty() || space.name.size() > 1024)
        return failure(ErrorCode::invalidArgument, "A vector space has a name of 1 to 1024 bytes.");
    return store.core().write(
        {[&](Writer& writer) -> Status {
             auto known = findSpace(writer.connection, space.name);
             if (!known) return propagate(known);
             if (*known && **known == space) return {};
             if (*known)
                 return failure(ErrorCode::conflict,
                                "The vector space '" + space.name +
                                    "' is defined otherwise already. Choose another name.");
             {
                 Statement rows = writer.connection.use("SELECT data FROM vector WHERE space = ?1");
                 rows.bind(1, std::string_view(space.name));
                 for (;;) {
                     auto row = rows.step();
                     if (!row) return propagate(row);
                     if (!*row) break;
                     std::vector<float> values(rows.blob(0).size() / 4);
                     ByteReader in(rows.blob(0));
                     for (float& value : values) value = std::bit_cast<float>(in.u32());
                     if (auto point = pointOf(space, values); !point)
                         return failure(ErrorCode::conflict, "There are vectors of the name '" + space.name +
                                                                 "' that do not lie in such a space. Choose "
                                                                 "another name.");
                 }
             }
             return insertSpace(writer.connection, space);
         },
         nullptr});
}

Result<std::vector<VectorSpace>> definedSpaces(BlockStore& store) {
    auto reader = store.core().readers.lend();
    if (!reader) return propagate(reader);
    return readSpaces((*reader)->connection);
}

}  // namespace smidgen::storage
