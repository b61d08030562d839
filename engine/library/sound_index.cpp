#include "engine/library/sound_index.h"

#include <algorithm>
#include <map>
#include <mutex>
#include <nlohmann/json.hpp>
#include <set>

#include "engine/collections/content_hash.h"
#include "engine/collections/parallel.h"
#include "engine/collections/sound_stream.h"
#include "engine/foundation/atomic_file.h"
#include "engine/foundation/units.h"
#include "engine/library/library.h"
#include "engine/library/library_blocks.h"
#include "storage/backend/library_backend.h"
#include "storage/blocks/block_store.h"

namespace smidgen {
namespace {

namespace fs = std::filesystem;

constexpr auto kPieceSamples = static_cast<std::int64_t>(kWholeSeconds * kSampleRate);
/// Below this many seconds what is left over at the end is no part of its own.
constexpr double kShortestPart = 0.5;
/// Silent stretches lie where no search comes.
constexpr float kSilentPlace = 1000;
constexpr const char* kCancelled = "Listening to the sounds was cancelled.";
constexpr double kNoParts = 1.5 * kPartSeconds;

bool isNothing(const SoundEmbedding& place) {
    return std::ranges::all_of(place, [](float value) { return value == 0.0F; });
}

/// Hears a sound piece by piece.
class Listener {
 public:
    void hear(std::span<const float> piece) {
        const LogMel mel = m_analyzer.analyze(piece);
        if (isNothing(m_sound.whole)) m_sound.whole = embedSound(mel);
        m_sound.seconds += static_cast<double>(piece.size()) / kSampleRate;
        const double frameSeconds =
            static_cast<double>(m_analyzer.bank().shape().stft.hop) / static_cast<double>(kSampleRate);
        const auto step = static_cast<std::int64_t>(kPartSeconds / frameSeconds);
        const auto least = static_cast<std::int64_t>(kShortestPart / frameSeconds);
        for (std::int64_t t = 0; t + least <= mel.frames().value; t += step) {
            if (m_sound.parts.size() >= kMostParts) return;
            const std::int64_t end = std::min(t + step, mel.frames().value);
            LogMel part;
            part.bands = mel.bands;
            part.values.assign(mel.values.begin() + t * mel.bands, mel.values.begin() + end * mel.bands);
            m_sound.parts.push_back(embedSound(part));
            if (isNothing(m_sound.parts.back())) m_sound.parts.back().fill(kSilentPlace);
        }
    }
    HeardSound take() {
        if (m_sound.seconds < kNoParts) m_sound.parts.clear();
        return std::move(m_sound);
    }

 private:
    MelAnalyzer m_analyzer;
    HeardSound m_sound;
};

/// SoundsHeard::mutex is held.
Status readHashes(const Library& library, SoundsHeard& heard) {
    storage::BlockQuery query;
    query.classes = {storage::BlockClass::custom};
    query.limit = 10'000;
    do {
        auto page = library.store().list(library.caller(), query);
        if (!page) return propagate(page);
        for (const storage::Block& block : page->blocks)
            if (block.mimeType == kSoundMime) heard.hashes.insert(itemIdOf(block));
        query.after = page->next;
    } while (!query.after.empty());
    heard.read = true;
    return {};
}

/// Of usable sounds of all collections, each content once.
Result<std::vector<SoundEntry>> unheardSounds(Library& library) {
    SoundsHeard& heard = library.soundsHeard();
    const std::scoped_lock lock(heard.mutex);
    if (!heard.read)
        if (auto read = readHashes(library, heard); !read) return propagate(read);
    std::map<std::string, const SoundEntry*> missing;
    const auto collections = library.collections();
    for (const auto& collection : collections)
        for (const SoundEntry& entry : collection->entries)
            if (entry.usable() && !entry.contentHash.empty() && !heard.hashes.contains(entry.contentHash))
                missing.emplace(entry.contentHash, &entry);
    std::vector<SoundEntry> entries;
    for (const auto& [hash, entry] : missing) entries.push_back(*entry);
    return entries;
}

/// The same in every library: a sound that two programs hear at once, or two libraries, is one block. Another
/// in each project: they do not see each other's.
std::optional<storage::BlockId> blockIdOf(const std::string& contentHash, const std::string& project) {
    return blockIdFrom(project == kFirstProject ? contentHash : hashOfText(contentHash + "@" + project));
}

storage::BlockDraft draftOf(const SoundEntry& entry, const HeardSound& sound, const std::string& project) {
    storage::BlockDraft draft;
    draft.name = displayName(entry.path.stem());
    if (draft.name.empty() || draft.name.size() > 1024) draft.name = "sound";
    draft.id = blockIdOf(entry.contentHash, project);
    draft.mimeType = kSoundMime;
    draft.metadata = nlohmann::json{{"id", entry.contentHash},
                                    {"seconds", sound.seconds},
                                    {"folder", displayName(entry.path.parent_path().filename())}}
                         .dump(-1, ' ', false, nlohmann::json::error_handler_t::replace);
    draft.vectors = vectorsOf(sound);
    return draft;
}

}  // namespace

Result<storage::Block> soundBlock(const Library& library, const std::string& contentHash) {
    const auto id = blockIdOf(contentHash, library.caller().project);
    if (!id) return failure(ErrorCode::notFound, "There is no such sound in the library.");
    auto block = library.store().get(library.caller(), *id, {false, false});
    if (!block && block.error().code == ErrorCode::notFound)
        return failure(ErrorCode::notFound,
                       "That sound has not been listened to yet. Try again in a moment.");
    return block;
}

HeardSound hear(std::span<const float> mid) {
    return hear(mid, CancelToken()).value();
}

Result<HeardSound> hear(std::span<const float> mid, const CancelToken& cancel) {
    Listener listener;
    for (std::size_t from = 0; from < mid.size(); from += kPieceSamples) {
        if (cancel.cancelled()) return failure(ErrorCode::cancelled, kCancelled);
        listener.hear(mid.subspan(from, std::min<std::size_t>(kPieceSamples, mid.size() - from)));
    }
    return listener.take();
}

Result<HeardSound> hearFile(const fs::path& file, const CancelToken& cancel) {
    auto stream = SoundStream::open(file);
    if (!stream) return propagate(stream);
    Listener listener;
    for (std::int64_t from = 0;; from += kPieceSamples) {
        if (cancel.cancelled()) return failure(ErrorCode::cancelled, kCancelled);
        stream->discardBefore(from);
        if (auto decoded = stream->ensure(from + kPieceSamples); !decoded) return propagate(decoded);
        const std::int64_t end = std::min(stream->end(), from + kPieceSamples);
        if (end > from) listener.hear(stream->signal(0, from, end));
        if (stream->ended() && stream->end() <= from + kPieceSamples) break;
    }
    return listener.take();
}

std::vector<storage::BlockVector> vectorsOf(const HeardSound& sound) {
    std::vector<storage::BlockVector> vectors;
    // Silence is like nothing.
    if (isNothing(sound.whole)) return vectors;
    vectors.push_back({std::string(kSoundSpace), {sound.whole.begin(), sound.whole.end()}});
    for (const SoundEmbedding& part : sound.parts)
        vectors.push_back({std::string(kPartSpace), {part.begin(), part.end()}});
    return vectors;
}

double stretchStart(std::size_t slot) {
    // Stretches begin anew with every piece.
    const auto perPiece = static_cast<std::size_t>(kWholeSeconds / kPartSeconds);
    const std::size_t part = slot == 0 ? 0 : slot - 1;
    return static_cast<double>(part / perPiece) * kWholeSeconds +
           static_cast<double>(part % perPiece) * kPartSeconds;
}

Status defineSoundSpaces(storage::LibraryBackend& backend) {
    for (const std::string_view name : {kSoundSpace, kPartSpace}) {
        auto space = storage::Space::create({{storage::FactorKind::euclidean, kSoundDims, 1.0}});
        if (!space) return propagate(space);
        if (auto defined = backend.defineSpace({std::string(name), *space, storage::Chart::tangent});
            !defined)
            return defined;
    }
    return {};
}

Result<HearingReport> hearCollections(Library& library, int threads, const CancelToken& cancel,
                                      const std::function<void(int, int)>& progress) {
    auto entries = unheardSounds(library);
    if (!entries) return propagate(entries);
    HearingReport report;
    Status failed;
    std::mutex mutex;
    int done = 0;
    forEachInParallel(entries->size(), threadCount(threads), [&](std::size_t i) {
        const SoundEntry& entry = (*entries)[i];
        auto sound = hearFile(entry.path, cancel);
        Status put;
        if (sound) {
            auto kept =
                library.store().put(library.caller(), draftOf(entry, *sound, library.caller().project));
            if (!kept && kept.error().code != ErrorCode::conflict) put = propagate(kept);
        }
        if (sound && put) {
            const std::scoped_lock lock(library.soundsHeard().mutex);
            library.soundsHeard().hashes.insert(entry.contentHash);
        }
        const std::scoped_lock lock(mutex);
        if (!put || (!sound && sound.error().code == ErrorCode::cancelled)) {
            failed = !put ? put : Status(propagate(sound));
            return false;
        }
        if (sound)
            ++report.heard;
        else
            report.problems.push_back(sound.error().sentence);
        if (progress) progress(++done, static_cast<int>(entries->size()));
        return true;
    });
    if (!failed) return propagate(failed);
    return report;
}

}  // namespace smidgen
