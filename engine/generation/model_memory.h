// What takes a while to find out about a model, kept for those that were asked about last.
#pragma once

#include <map>
#include <memory>
#include <mutex>
#include <string>

#include "engine/foundation/result.h"
#include "models/mel_vae.h"

namespace smidgen {

/// Thread-safe; two who ask at once may both find it out. A model is known again by what its file says of
/// itself.
template <typename Value>
class ModelMemory {
 public:
    using Kept = std::shared_ptr<const Value>;

    /// What is kept, else what `find()` (→ Result<Value>) finds. Errors: find()'s, which are not kept.
    template <typename Find>
    [[nodiscard]] Result<Kept> get(const models::MelVae& model, const Find& find) {
        std::string key;
        for (const auto& [name, text] : model.metadata())
            if (text.size() < kLongestPart) key += name + "=" + text + ";";
        {
            const std::scoped_lock lock(m_mutex);
            if (const auto found = m_known.find(key); found != m_known.end()) return found->second;
        }
        auto value = find();
        if (!value) return propagate(value);
        const Kept kept = std::make_shared<const Value>(std::move(*value));
        const std::scoped_lock lock(m_mutex);
        if (m_known.size() >= kMost) m_known.clear();
        m_known[key] = kept;
        return kept;
    }

 private:
    static constexpr std::size_t kMost = 16;
    static constexpr std::size_t kLongestPart = 100;  ///< longer texts are not what tells models apart

    std::mutex m_mutex;
    std::map<std::string, Kept> m_known;
};

}  // namespace smidgen
