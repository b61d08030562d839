#include "engine/workstation/cube_nodes.h"

#include <algorithm>

#include "engine/library/library.h"
#include "engine/workstation/workstation.h"

namespace smidgen {
namespace {

constexpr int kTries = 16;

std::optional<std::size_t> numberAt(const storage::NodeStorage& nodes, const CubePlace& place) {
    const auto found = std::ranges::find(nodes.nodes(), place, &storage::StoredNode::point);
    if (found == nodes.nodes().end()) return std::nullopt;
    return static_cast<std::size_t>(found - nodes.nodes().begin());
}

}  // namespace

Result<std::shared_ptr<const CubeSnapshot>> changeCubeNodes(
    Workstation& workstation, const CubeId& id, const std::function<Status(storage::EditedCube&)>& edit) {
    for (int i = 0;; ++i) {
        const auto cube = workstation.items().cube(id);
        if (cube == nullptr)
            return failure(ErrorCode::notFound, "There is no cube '" + id + "' in the library.");
        auto nodes = workstation.items().openCube(id);
        if (!nodes) return propagate(nodes);
        storage::EditedCube edited(*nodes);
        if (auto done = edit(edited); !done) return propagate(done);
        auto replaced = workstation.items().replaceCube(*cube, edited);
        if (!replaced && replaced.error().code == ErrorCode::conflict && i < kTries) continue;
        if (replaced) workstation.tell({Topic::cubes, (*replaced)->id, 0});
        return replaced;
    }
}

Result<std::vector<KeptNode>> keptNodes(Workstation& workstation, const CubeId& cube,
                                        const std::vector<CubePlace>& places) {
    auto nodes = workstation.items().openCube(cube);
    if (!nodes) return propagate(nodes);
    std::vector<KeptNode> kept;
    for (const CubePlace& place : places) {
        if (auto checked = storage::checkPoint((*nodes)->layout(), place); !checked)
            return propagate(checked);
        KeptNode node{place, std::nullopt};
        if (const auto number = numberAt(**nodes, place)) {
            auto stream = (*nodes)->read(*number);
            if (!stream) return propagate(stream);
            node.stream = std::move(*stream);
        }
        kept.push_back(std::move(node));
    }
    return kept;
}

Status putBack(Workstation& workstation, const CubeId& cube, const std::vector<KeptNode>& nodes) {
    auto changed = changeCubeNodes(workstation, cube, [&](storage::EditedCube& edited) -> Status {
        for (const KeptNode& node : nodes) {
            if (node.stream) {
                if (auto put = edited.set(node.place, *node.stream); !put) return put;
            } else if (numberAt(edited, node.place)) {
                if (auto erased = edited.erase(node.place); !erased) return erased;
            }
        }
        return {};
    });
    if (!changed) return propagate(changed);
    return {};
}

}  // namespace smidgen
