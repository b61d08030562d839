// Loaded models, so that a second take starts at once.
#pragma once

#include <filesystem>
#include <list>
#include <memory>
#include <mutex>

#include "engine/foundation/result.h"
#include "models/mel_vae.h"

namespace smidgen {

/// The two models used last. A file that changed on disk is loaded anew. Thread-safe.
class ModelCache {
 public:
    [[nodiscard]] Result<std::shared_ptr<const models::MelVae>> get(const std::filesystem::path& file,
                                                                    models::DeviceKind device);

 private:
    static constexpr std::size_t kKept = 2;
    struct Slot {
        std::filesystem::path file;
        std::filesystem::file_time_type changed;
        std::shared_ptr<const models::MelVae> model;
    };
    std::mutex m_mutex;
    std::list<Slot> m_slots;  ///< used last first
};

}  // namespace smidgen
