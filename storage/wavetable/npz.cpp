#include "storage/wavetable/npz.h"

#include <algorithm>
#include <charconv>
#include <new>
#include <optional>
#include <string_view>
#include <utility>

#include "engine/foundation/atomic_file.h"
#include "storage/wavetable/npy.h"

namespace smidgen::storage {
namespace {

constexpr std::string_view kSuffix = ".npy";
constexpr std::string_view kNodePrefix = "node_";
constexpr std::string_view kMetadataPrefix = "metadata_";

std::string placeText(const GridPoint& p) {
    return std::to_string(p.x) + "_" + std::to_string(p.y) + "_" + std::to_string(p.z);
}

/// "X_Y_Z", and nothing else.
std::optional<GridPoint> placeFrom(std::string_view text) {
    GridPoint point;
    const std::array<std::uint32_t*, 3> sides{&point.x, &point.y, &point.z};
    for (std::size_t i = 0; i < sides.size(); ++i) {
        if (i > 0) {
            if (!text.starts_with('_')) return std::nullopt;
            text.remove_prefix(1);
        }
        const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), *sides[i]);
        if (error != std::errc() || *sides[i] >= kMostAlongAxis) return std::nullopt;
        text.remove_prefix(static_cast<std::size_t>(end - text.data()));
    }
    return text.empty() ? std::optional(point) : std::nullopt;
}

/// What the archive holds, by what it is for.
struct Contents {
    std::vector<std::pair<GridPoint, const ZipEntry*>> nodes;
    std::vector<std::pair<GridPoint, const ZipEntry*>> metadata;
    const ZipEntry* size = nullptr;
    const ZipEntry* axes = nullptr;
    const ZipEntry* cube = nullptr;
};

class Importer {
 public:
    Importer(const ZipReader& archive, std::string name) : m_archive(archive), m_name(std::move(name)) {}

    [[nodiscard]] Result<std::unique_ptr<Cube>> cube() {
        const Contents contents = sorted();
        if (contents.cube != nullptr && contents.nodes.empty()) return fromOneArray(contents);
        if (contents.nodes.empty())
            return refuse("it has neither nodes (node_0_0_0, …) nor an array named cube");
        return fromNodes(contents);
    }

 private:
    [[nodiscard]] tl::unexpected<Error> refuse(const std::string& how) const {
        return failure(ErrorCode::unusableInput, "'" + m_name + "' is not a usable cube: " + how + ".");
    }

    [[nodiscard]] Contents sorted() const {
        Contents contents;
        for (const ZipEntry& entry : m_archive.entries()) {
            std::string_view name = entry.name;
            if (!name.ends_with(kSuffix)) continue;
            name.remove_suffix(kSuffix.size());
            if (name == "size") contents.size = &entry;
            if (name == "axes") contents.axes = &entry;
            if (name == "cube") contents.cube = &entry;
            for (const std::string_view prefix : {kNodePrefix, kMetadataPrefix}) {
                if (!name.starts_with(prefix)) continue;
                const auto point = placeFrom(name.substr(prefix.size()));
                if (!point) continue;
                (prefix == kNodePrefix ? contents.nodes : contents.metadata).emplace_back(*point, &entry);
            }
        }
        return contents;
    }

    [[nodiscard]] Result<NpyArray> array(const ZipEntry& entry, NpyKind kind, std::size_t mostValues) const {
        auto bytes = m_archive.read(entry);
        if (!bytes) return propagate(bytes);
        auto read = parseNpy(*bytes, mostValues, entry.name);
        if (read && read->kind != kind)
            return refuse("the array '" + entry.name + "' is not of " +
                          (kind == NpyKind::text ? "text" : "numbers"));
        return read;
    }

    [[nodiscard]] Result<CubeLayout> layout(const Contents& contents) const {
        CubeLayout layout;
        for (const auto& [point, entry] : contents.nodes) {
            layout.size[0] = std::max(layout.size[0], point.x + 1);
            layout.size[1] = std::max(layout.size[1], point.y + 1);
            layout.size[2] = std::max(layout.size[2], point.z + 1);
        }
        if (contents.size != nullptr) {
            auto size = array(*contents.size, NpyKind::number, 3);
            if (!size) return propagate(size);
            if (size->numbers.size() != 3) return refuse("its size is not three numbers");
            for (std::size_t i = 0; i < 3; ++i) {
                if (!(size->numbers[i] >= static_cast<float>(layout.size[i]) &&
                      size->numbers[i] <= static_cast<float>(kMostAlongAxis)))
                    return refuse("its size does not hold its nodes");
                layout.size[i] = static_cast<std::uint32_t>(size->numbers[i]);
            }
        }
        if (contents.axes != nullptr) {
            auto axes = array(*contents.axes, NpyKind::text, 3);
            if (!axes) return propagate(axes);
            if (axes->strings.size() != 3) return refuse("it does not name three axes");
            std::copy(axes->strings.begin(), axes->strings.end(), layout.axes.begin());
        }
        if (auto checked = checkLayout(layout); !checked)
            return refuse("its size or its axes are not possible");
        return layout;
    }

    [[nodiscard]] Result<std::unique_ptr<Cube>> fromNodes(const Contents& contents) const {
        auto grid = layout(contents);
        if (!grid) return propagate(grid);
        auto cube = Cube::sparse(*grid);
        if (!cube) return cube;
        std::map<std::size_t, std::string> metadata;
        for (const auto& [point, entry] : contents.metadata) {
            auto text = array(*entry, NpyKind::text, 1);
            if (!text) return propagate(text);
            if (grid->contains(point) && text->strings.size() == 1)
                metadata[grid->indexOf(point)] = std::move(text->strings[0]);
        }
        for (const auto& [point, entry] : contents.nodes) {
            auto values = array(*entry, NpyKind::number, kMostNodeFloats);
            if (!values) return propagate(values);
            auto shape = nodeShape(values->shape, 0, entry->name);
            if (!shape) return propagate(shape);
            auto node = makeNode(*shape, values->numbers, metadata[grid->indexOf(point)]);
            if (!node) return propagate(node);
            if (auto put = (*cube)->set(point, std::move(*node)); !put) return propagate(put);
        }
        return cube;
    }

    /// The dimensions from `first` on as a node's: columns, rows × columns, or with channels.
    [[nodiscard]] Result<NodeShape> nodeShape(const std::vector<std::uint64_t>& sides, std::size_t first,
                                              const std::string& name) const {
        const std::size_t dimensions = sides.size() - std::min(first, sides.size());
        if (dimensions < 1 || dimensions > 3)
            return refuse("the array '" + name + "' has not one, two or three dimensions a node");
        std::array<std::uint32_t, 3> node{1, 1, 1};
        for (std::size_t i = 0; i < dimensions; ++i) {
            if (sides[first + i] > kLongestSide)
                return refuse("the array '" + name + "' is too long for a node");
            node[(dimensions == 1 ? 1 : 0) + i] = static_cast<std::uint32_t>(sides[first + i]);
        }
        const NodeShape shape{node[0], node[1], node[2]};
        if (auto checked = checkShape(shape); !checked) return refuse("the array '" + name + "' is no node");
        return shape;
    }

    [[nodiscard]] Result<std::unique_ptr<Cube>> fromOneArray(const Contents& contents) const {
        auto values = array(*contents.cube, NpyKind::number, std::size_t{1} << 30);
        if (!values) return propagate(values);
        auto shape = nodeShape(values->shape, 3, contents.cube->name);
        if (!shape) return propagate(shape);
        Contents named = contents;
        named.nodes.clear();
        named.size = nullptr;
        auto grid = layout(named);
        if (!grid) return propagate(grid);
        for (std::size_t i = 0; i < 3; ++i) {
            if (values->shape[i] > kMostAlongAxis) return refuse("it is too long along an axis");
            grid->size[i] = static_cast<std::uint32_t>(values->shape[i]);
        }
        if (auto checked = checkLayout(*grid); !checked) return refuse("its size is not possible");
        return Cube::dense(*grid, *shape, [&](const GridPoint& point, std::span<float> out) {
            std::copy_n(values->numbers.data() + grid->indexOf(point) * out.size(), out.size(), out.data());
        });
    }

    const ZipReader& m_archive;
    std::string m_name;
};

}  // namespace

Status exportNpz(const NodeSource& source, const std::filesystem::path& path, const NpzOptions& options) {
    auto file = AtomicFile::create(path);
    if (!file) return propagate(file);
    ZipWriter zip([&file](std::span<const std::byte> bytes) { return file->write(bytes); }, options.deflate);
    const CubeLayout& layout = source.layout();
    const std::array<std::int64_t, 3> size{layout.size[0], layout.size[1], layout.size[2]};
    if (auto added = zip.add("size.npy", composeNpyIntegers(size)); !added) return added;
    if (auto added = zip.add("axes.npy", composeNpyText(layout.axes, false)); !added) return added;
    const auto presence = source.presence();
    for (std::size_t i = 0; i < presence.size(); ++i) {
        if (presence[i] == 0) continue;
        const GridPoint point = layout.pointAt(i);
        auto node = source.load(point);
        if (!node) return propagate(node);
        const NodeShape& shape = (*node)->shape;
        const std::array<std::uint64_t, 3> sides{shape.rows, shape.columns, shape.channels};
        const std::string place = placeText(point) + std::string(kSuffix);
        if (auto added = zip.add(std::string(kNodePrefix) + place, composeNpy(sides, (*node)->floats()));
            !added)
            return added;
        if ((*node)->metadata.empty()) continue;
        const std::array<std::string, 1> metadata{(*node)->metadata};
        if (auto added = zip.add(std::string(kMetadataPrefix) + place, composeNpyText(metadata, true));
            !added)
            return added;
    }
    if (auto finished = zip.finish(); !finished) return finished;
    return file->commit();
}

Result<std::unique_ptr<Cube>> parseNpz(std::span<const std::byte> bytes, std::uint64_t mostBytes,
                                       const std::string& name) {
    auto archive = ZipReader::open(bytes, mostBytes, name);
    if (!archive) return propagate(archive);
    try {
        return Importer(*archive, name).cube();
    } catch (const std::bad_alloc&) {
        return failure(ErrorCode::outOfMemory, "There is not enough memory to read '" + name + "'.");
    }
}

Result<std::unique_ptr<Cube>> importNpz(const std::filesystem::path& path) {
    auto bytes = readWholeFile(path, std::size_t{4} << 30);
    if (!bytes) return propagate(bytes);
    return parseNpz(std::as_bytes(std::span(*bytes)), kMostNpzBytes, displayName(path));
}

}  // namespace smidgen::storage
