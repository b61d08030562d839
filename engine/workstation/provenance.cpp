#include "engine/workstation/provenance.h"

#include <algorithm>
#include <filesystem>
#include <map>
#include <set>
#include <system_error>

#include "engine/foundation/atomic_file.h"
#include "engine/library/library.h"
#include "engine/library/sound_references.h"
#include "engine/workstation/code_takes.h"
#include "engine/workstation/cube_takes.h"
#include "engine/workstation/workstation.h"

namespace smidgen {
namespace {

class Search {
 public:
    explicit Search(const Workstation& workstation) : m_workstation(workstation) {}

    Provenance run(const TakeSnapshot& take) {
        trace(add({"take", take.id, take.name}), take);
        return std::move(m_graph);
    }

 private:
    void trace(std::size_t root, const TakeSnapshot& take) {
        m_open.insert(root);
        if (const auto codes = codesOf(take.recipe)) {
            addCodes(root, *codes, take.recipe.modelName);
        } else if (const auto place = cubeOf(take.recipe)) {
            join(root, add({"cube", place->cube, take.recipe.modelName}));
        } else {
            double rest = 1;
            for (const BlendPart& part : take.recipe.blend) rest -= part.ratio;
            addModel(root, take.recipe.modelId, take.recipe.modelName, rest);
            for (const BlendPart& part : take.recipe.blend)
                addModel(root, part.modelId, part.modelName, part.ratio);
            if (take.recipe.prior && !take.recipe.prior->continueFrom.empty())
                addFile(root, take.recipe.prior->continueFrom);
        }
        m_open.erase(root);
    }

    /// The same thing is one node, however often it is met.
    std::size_t add(ProvenanceNode node) {
        const auto [place, fresh] = m_known.try_emplace({node.kind, node.id}, m_graph.nodes.size());
        if (fresh) m_graph.nodes.push_back(std::move(node));
        return place->second;
    }
    /// False for what would close a circle: something cannot come from what it was made into.
    bool join(std::size_t to, std::size_t from, double share = 1) {
        if (m_open.contains(from)) return false;
        m_graph.edges.push_back({to, from, share});
        return true;
    }

    void addFile(std::size_t to, const std::filesystem::path& path) {
        std::error_code ignored;
        join(to, add({"file", displayName(path), displayName(path.filename()),
                      !std::filesystem::exists(path, ignored)}));
    }

    void addCodes(std::size_t to, const CodesId& id, const std::string& name) {
        const auto document = readCodeDocument(m_workstation, id);
        const std::size_t before = m_graph.nodes.size();
        const std::size_t node = add({"codes", id, name, !document});
        if (!join(to, node) || node < before || !document) return;
        m_open.insert(node);
        addModel(node, document->edited.modelId, document->modelName, 1);
        if (const auto take = takeOfSource(document->source))
            addTake(node, *take);
        else if (const std::filesystem::path source(document->source); source.is_absolute())
            addFile(node, source);
        m_open.erase(node);
    }

    void addTake(std::size_t to, const TakeId& id) {
        const auto take = m_workstation.take(id);
        const std::size_t before = m_graph.nodes.size();
        const std::size_t node = add({"take", id, take ? take->name : id, take == nullptr});
        if (join(to, node) && node >= before && take) trace(node, *take);
    }

    void addModel(std::size_t to, const std::string& id, const std::string& name, double share) {
        const auto found = m_workstation.findModel(id);
        if (!found) {
            join(to, add({"model", id, name, true}), share);
            return;
        }
        const ModelSnapshot& model = **found;
        const std::size_t before = m_graph.nodes.size();
        const std::size_t node = add({"model", model.id, model.name});
        if (!join(to, node, share) || node < before) return;
        m_open.insert(node);
        std::size_t sounds = node;
        if (!model.collectionName.empty()) {
            std::string collectionId = model.collectionName;
            bool missing = true;
            for (const auto& each : m_workstation.collections())
                if (each->collection.name == model.collectionName) {
                    collectionId = each->collection.id;
                    missing = false;
                }
            sounds = add({"collection", collectionId, model.collectionName, missing});
            join(node, sounds);
        }
        for (const SoundReference& sound : soundReferencesOf(model.metadata)) addFile(sounds, sound.path);
        const auto grown = model.metadata.find(model_metadata::kGrownFrom);
        if (grown != model.metadata.end() && !grown->second.empty())
            addModel(node, grown->second, grown->second, 1);
        m_open.erase(node);
    }

    const Workstation& m_workstation;
    Provenance m_graph;
    std::map<std::pair<std::string, std::string>, std::size_t> m_known;
    std::set<std::size_t> m_open;  ///< what lies between the root and what is looked at
};

}  // namespace

Provenance provenanceOf(const Workstation& workstation, const TakeSnapshot& take) {
    return Search(workstation).run(take);
}

}  // namespace smidgen
