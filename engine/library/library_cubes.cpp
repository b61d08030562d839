// The library's wavetable cubes: a file of nodes and a block that names it.
#include <algorithm>
#include <system_error>

#include "engine/foundation/atomic_file.h"
#include "engine/library/library.h"
#include "engine/library/library_shelf.h"
#include "storage/blocks/block_id.h"
#include "storage/wavetable/cube_file.h"

namespace smidgen {
namespace {

namespace fs = std::filesystem;

/// Writes the nodes to a new file and says so in `record`.
Result<KeptFile> writeNodes(const fs::path& library, const storage::NodeStorage& nodes, CubeRecord& record) {
    record.file = library / "cubes" / (record.id + "-" + Library::newId() + ".cube");
    record.size = nodes.layout().size;
    record.axes = nodes.layout().axes;
    record.nodes = nodes.nodes().size();
    if (auto written = storage::writeCubeFile(nodes, record.file); !written) return propagate(written);
    auto file = keptFile(library, record.file);
    if (file) record.bytes = file->bytes;
    return file;
}

void removeFile(const fs::path& file) {
    std::error_code ignored;
    fs::remove(file, ignored);
}

}  // namespace

std::vector<std::shared_ptr<const CubeRecord>> Library::cubes(bool trashed) const {
    const std::scoped_lock lock(m_mutex);
    refresh();
    std::vector<std::shared_ptr<const CubeRecord>> all;
    for (const auto& [id, kept] : m_cubes)
        if (kept.trashed == trashed) all.push_back(kept.record);
    std::ranges::reverse(all);  // ids sort by time
    return all;
}

std::shared_ptr<const CubeRecord> Library::cube(const CubeId& id) const {
    const auto kept = find(m_cubes, id);
    return kept ? kept->record : nullptr;
}

Result<std::shared_ptr<const CubeRecord>> Library::addCube(CubeRecord record,
                                                           const storage::NodeStorage& nodes) {
    record.id = newId();
    record.createdMs = storage::currentMilliseconds();
    auto file = writeNodes(m_folder, nodes, record);
    if (!file) return propagate(file);
    if (auto put = m_store->put(m_caller, draftOf(record, *file)); !put) {
        removeFile(record.file);
        return propagate(put);
    }
    return cube(record.id);
}

Result<std::shared_ptr<const CubeRecord>> Library::replaceCube(const CubeRecord& known,
                                                               const storage::NodeStorage& nodes) {
    const auto kept = find(m_cubes, known.id);
    if (!kept) return unknown("cube", known.id);
    const auto conflict = [&] {
        return failure(ErrorCode::conflict,
                       "The cube '" + known.name + "' was changed meanwhile. Try again.");
    };
    if (kept->record->file != known.file) return conflict();
    auto block = m_store->getByKey(m_caller, kept->block, {false, false});
    if (!block) return propagate(block);
    if (block->version != kept->version) return conflict();
    CubeRecord record = *kept->record;
    auto file = writeNodes(m_folder, nodes, record);
    if (!file) return propagate(file);
    storage::BlockEdit edit;
    edit.metadata = draftOf(record, *file).metadata;
    if (auto done = m_store->edit(m_caller, block->id, kept->version, std::move(edit)); !done) {
        removeFile(record.file);
        if (done.error().code == ErrorCode::conflict) return conflict();
        return propagate(done);
    }
    removeFile(known.file);  // who has it open goes on reading it
    return cube(record.id);
}

Result<std::shared_ptr<const storage::NodeStorage>> Library::openCube(const CubeId& id) const {
    // Its file may be replaced between our asking and our opening.
    constexpr int kTries = 16;
    for (int i = 0;; ++i) {
        const auto record = cube(id);
        if (record == nullptr) return unknown("cube", id);
        auto file = storage::CubeFile::open(record->file);
        if (file) return std::shared_ptr<const storage::NodeStorage>(std::move(*file));
        const auto now = cube(id);
        if (i == kTries || now == nullptr || now->file == record->file) return propagate(file);
    }
}

Status Library::changeCube(const CubeId& id, const std::function<void(CubeRecord&)>& change) {
    return changeItem<CubeRecord>(m_cubes, "cube", id, [&](CubeRecord& cube, bool& trashed) {
        change(cube);
        trashed = cube.trashed;
    });
}

Status Library::purgeCube(const CubeId& id) {
    return purge(m_cubes, "cube", id);
}

}  // namespace smidgen
