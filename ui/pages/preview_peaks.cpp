#include "ui/pages/preview_peaks.h"

#include <condition_variable>
#include <mutex>

#include "engine/workstation/inspection/sound_inspector.h"

namespace smidgen::ui {

std::vector<PeakPair> peaksOfFile(const std::filesystem::path& file, int columns) {
    std::mutex mutex;
    std::condition_variable changed;
    SoundInspector inspector(file);
    const int listener = inspector.addListener([&] {
        const std::lock_guard lock(mutex);
        changed.notify_all();
    });
    {
        std::unique_lock lock(mutex);
        changed.wait(lock, [&] { return inspector.outline()->complete; });
    }
    inspector.removeListener(listener);
    const auto outline = inspector.outline();
    if (outline->error || outline->length.value == 0) return {};
    std::vector<PeakPair> peaks(static_cast<std::size_t>(columns));
    outline->columns(0, static_cast<double>(outline->length.value), peaks);
    return peaks;
}

}  // namespace smidgen::ui
