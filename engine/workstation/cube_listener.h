// A cube that is listened to again and again: its nodes, its voice and what was heard lately stay at hand.
#pragma once

#include <list>
#include <memory>
#include <mutex>
#include <string>

#include "engine/workstation/cubes.h"
#include "storage/wavetable/lazy_cube.h"

namespace smidgen {

class MelDecoder;

/// Hears the cube as it was when it was opened; open another after a change. Any thread, one render at a
/// time.
class CubeListener {
 public:
    /// Blocking. `decoder`: as for a recipe; empty: what the content asks for. Errors: notFound, io,
    /// unusableInput, as makeDecoder.
    [[nodiscard]] static Result<std::shared_ptr<CubeListener>> open(Workstation& workstation,
                                                                    const CubeId& cube,
                                                                    const std::string& decoder = {});
    ~CubeListener();

    [[nodiscard]] const CubeSnapshot& cube() const { return *m_cube; }
    [[nodiscard]] const storage::NodeSource& nodes() const { return *m_nodes; }
    [[nodiscard]] CubeContent content() const { return m_content; }
    /// The model of a cube of latents, else null.
    [[nodiscard]] const models::MelVae* model() const { return m_model.get(); }

    /// Blocking. What was asked for within 1/64 of a cell lately comes back at once. Errors: morph()'s.
    [[nodiscard]] Result<std::shared_ptr<const AudioBuffer>> at(const MorphRequest& request,
                                                                const CancelToken& cancel = {});

 private:
    struct Heard {
        MorphRequest request;
        std::shared_ptr<const AudioBuffer> sound;
    };
    CubeListener() = default;

    std::shared_ptr<const CubeSnapshot> m_cube;
    CubeContent m_content = CubeContent::numbers;
    std::unique_ptr<storage::LazyCube> m_nodes;
    std::shared_ptr<const models::MelVae> m_model;
    std::unique_ptr<MelDecoder> m_decoder;
    std::mutex m_lock;
    std::list<Heard> m_heard;  ///< the latest first
};

}  // namespace smidgen
