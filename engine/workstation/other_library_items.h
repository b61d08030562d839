// What another library has, brought over piece by piece, and heard before that.
#pragma once

#include <functional>

#include "engine/audio/audio_buffer.h"
#include "engine/library/library_bridge.h"
#include "engine/workstation/library_sharing.h"
#include "engine/workstation/other_library.h"

namespace smidgen {

/// What becomes of something that was changed on both sides.
enum class Settling {
    leave,       ///< nothing
    keepOurs,    ///< theirs is known from now on, and passed over
    takeTheirs,  ///< ours stays as an earlier state; where content differs, as an item of its own
    keepBoth     ///< theirs becomes an item of its own, linked with ours
};

struct BringChoice {
    std::string block;  ///< OtherItem::block
    Settling settling = Settling::leave;
};

struct Brought {
    std::vector<ItemName> added;  ///< here, that were not here before
    std::uint64_t updated = 0;    ///< changed there since
    std::uint64_t settled = 0;    ///< changed on both sides
    std::uint64_t same = 0;       ///< nothing to do
    std::uint64_t left = 0;       ///< changed on both sides, and left alone
    std::vector<std::string> problems;
    std::optional<Error> stopped;  ///< cancelled, a full disk …: what is above was done all the same
};

/// Blocking. Only what is chosen comes, in that order, each as a whole or not at all; what is newer here
/// stays. Nothing is lost here, and nothing is changed there. What was removed for good here comes as a new
/// item. Broken off and asked again, it goes on. The listener hears of what has come. Errors: as lookInto();
/// conflict (another program is bringing the same).
[[nodiscard]] Result<Brought> bringChosen(Workstation& workstation, const std::filesystem::path& folder,
                                          const std::vector<BringChoice>& choices,
                                          const CancelToken& cancel = {},
                                          const std::function<void(const SendingState&)>& progress = {});

/// Moves items that were brought to the trash, or back out of it: all that can be. The error of the last
/// that cannot.
[[nodiscard]] Status trashBrought(Workstation& workstation, const std::vector<ItemName>& items);
[[nodiscard]] Status restoreBrought(Workstation& workstation, const std::vector<ItemName>& items);

/// What there is to hear of an item: its file, or samples.
struct ItemSound {
    std::filesystem::path file;
    std::shared_ptr<const AudioBuffer> samples;
    std::vector<PeakPair> wave;
};
enum class ItemSide { theirs, ours };

/// Blocking. A take's samples; the first sound of a collection; of a model or a preset, two seconds that it
/// makes with the first seed; a cube in its middle. Errors: notFound (no such side, its file has gone, a
/// preset without a model), unusableInput, those of rendering.
[[nodiscard]] Result<ItemSound> soundOf(Workstation& workstation, const OtherLibrary& other,
                                        const OtherItem& item, ItemSide side, const CancelToken& cancel = {});

}  // namespace smidgen
