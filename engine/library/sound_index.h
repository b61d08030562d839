// What the library's sounds are like: every sound of every collection is listened to once, and found again by
// its likes.
#pragma once

#include <filesystem>
#include <functional>
#include <mutex>
#include <set>
#include <span>
#include <string>
#include <vector>

#include "engine/analysis/sound_embedding.h"
#include "engine/foundation/cancel_token.h"
#include "engine/foundation/result.h"
#include "storage/blocks/block.h"

namespace smidgen {

class Library;
namespace storage {
class LibraryBackend;
}

/// A block that stands for a sound of the collections: name: the file's, metadata: id and hash (of the
/// file's bytes), seconds, and the vectors of vectorsOf().
inline constexpr const char* kSoundMime = "application/vnd.smidgen.sound";
/// The space of stretches of a sound: the same numbers as kSoundSpace, of kPartSeconds each.
inline constexpr std::string_view kPartSpace = "part-1";
inline constexpr double kPartSeconds = 2.0;
/// A sound as a whole is what its first half minute with sound in it is like.
inline constexpr double kWholeSeconds = 30.0;
inline constexpr std::size_t kMostParts = 1800;

struct HeardSound {
    SoundEmbedding whole{};
    std::vector<SoundEmbedding> parts;  ///< none of a sound that is hardly longer than one
    double seconds = 0;
};
/// `mid` at 48 kHz.
[[nodiscard]] HeardSound hear(std::span<const float> mid);
/// The same. Errors: cancelled.
[[nodiscard]] Result<HeardSound> hear(std::span<const float> mid, const CancelToken& cancel);
/// Reads the file in pieces of half a minute. Errors: as AudioReader, cancelled.
[[nodiscard]] Result<HeardSound> hearFile(const std::filesystem::path& file, const CancelToken& cancel = {});
/// As a block has them: the whole in slot 0 (kSoundSpace), part i in slot i + 1 (kPartSpace).
[[nodiscard]] std::vector<storage::BlockVector> vectorsOf(const HeardSound& sound);

/// Where the stretch of that slot begins.
[[nodiscard]] double stretchStart(std::size_t slot);

/// Names kSoundSpace and kPartSpace in a store. Errors: io, conflict.
[[nodiscard]] Status defineSoundSpaces(storage::LibraryBackend& backend);

/// The block that stands for the sound of that content, without vectors. Errors: notFound (nobody has heard
/// it), io.
[[nodiscard]] Result<storage::Block> soundBlock(const Library& library, const std::string& contentHash);

struct HearingReport {
    int heard = 0;
    std::vector<std::string> problems;  ///< a sentence a sound that could not be read
};
/// Content hashes of the sounds that a library has listened to, as far as this process knows. Another process
/// may have listened to more: hearing a sound twice does no harm.
struct SoundsHeard {
    std::mutex mutex;
    bool read = false;  ///< from the store
    std::set<std::string> hashes;
};

/// Listens to what collections hold and the library has not heard yet; what was heard stays when it is
/// cancelled. `progress` is called one at a time: sounds done, of how many. Errors: cancelled, io.
[[nodiscard]] Result<HearingReport> hearCollections(Library& library, int threads,
                                                    const CancelToken& cancel = {},
                                                    const std::function<void(int, int)>& progress = {});

}  // namespace smidgen
