// Nodes in three layers with a byte budget each: scratch holds values as they are, working holds them packed
// without loss, kept holds what the caller decided to keep, and how. Nothing is lost unless the caller says
// how much may be, nothing is dropped unless the caller says so: what does not fit is refused.
#pragma once

#include <array>
#include <list>
#include <map>
#include <optional>

#include "storage/wavetable/codec.h"

namespace smidgen::storage {

enum class Layer { scratch, working, kept };
inline constexpr std::size_t kLayerCount = 3;

[[nodiscard]] std::string_view layerName(Layer layer);

/// Bytes: of values in scratch, of streams in the others.
struct LayerBudgets {
    std::size_t scratch = std::size_t{256} << 20;
    std::size_t working = std::size_t{512} << 20;
    std::size_t kept = std::size_t{1} << 30;

    [[nodiscard]] std::size_t of(Layer layer) const;
};

struct LayerReport {
    std::size_t nodes = 0;
    std::size_t bytes = 0;       ///< held
    std::size_t valueBytes = 0;  ///< the same nodes as floats
    std::size_t budget = 0;
    double largestError = 0;  ///< verified, of all nodes

    [[nodiscard]] double ratio() const {
        return bytes > 0 ? static_cast<double>(valueBytes) / static_cast<double>(bytes) : 0.0;
    }
};

/// Not thread-safe.
class NodeLayers {
 public:
    explicit NodeLayers(const LayerBudgets& budgets) : m_budgets(budgets) {}

    /// Puts `node` into scratch under `name`, in the place of what had the name there or in working; what was
    /// kept under it stays until the new one is kept. When scratch is full, those not used for longest move
    /// to working, bit for bit; when that is full as well, the call is refused and nothing has changed.
    /// Errors: invalidArgument (no node), outOfMemory (no room; the sentence says what to do).
    [[nodiscard]] Status put(const std::string& name, NodePointer node);

    /// The newest of that name; values from working and kept are decoded. Counts as use.
    /// Errors: notFound, and decodeNode's.
    [[nodiscard]] Result<NodePointer> get(const std::string& name);

    /// Moves `name` from scratch or working to kept, encoded as asked; the result says with which codec and
    /// what verified error, and why otherwise than asked. Errors: notFound (nothing of that name to keep),
    /// outOfMemory (kept is full; nothing has changed), encodeNode's.
    struct Kept {
        StreamHeader header;
        std::string note;
        std::size_t bytes = 0;
    };
    [[nodiscard]] Result<Kept> keep(const std::string& name, const EncodeRequest& request);

    /// Gives up `name` in every layer. Errors: notFound.
    [[nodiscard]] Status discard(const std::string& name);

    /// Where the newest of that name lies.
    [[nodiscard]] std::optional<Layer> layerOf(const std::string& name) const;
    /// The stream of a kept node, to be stored; null when none is kept under that name.
    [[nodiscard]] const Bytes* keptStream(const std::string& name) const;
    [[nodiscard]] LayerReport report(Layer layer) const;

 private:
    struct Loose {
        NodePointer node;
        std::list<std::string>::iterator place;
    };
    struct Packed {
        StreamHeader header;
        Bytes stream;
    };
    /// What has to move to working so that `needed` bytes are free in scratch, oldest first, already packed.
    struct Move {
        std::string name;
        Packed packed;
    };
    [[nodiscard]] Result<std::vector<Move>> plan(std::size_t needed, const std::string& replaced) const;
    void forgetFresh(const std::string& name);

    LayerBudgets m_budgets;
    std::list<std::string> m_recent;  ///< names in scratch, the latest used first
    std::map<std::string, Loose> m_scratch;
    std::map<std::string, Packed> m_working;
    std::map<std::string, Packed> m_kept;
    std::array<std::size_t, kLayerCount> m_bytes{};
};

}  // namespace smidgen::storage
