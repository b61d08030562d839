// Edited codes in the library: an original that never changes, and what was done to it.
//
// Two blocks: one of class codes, whose content is the edits (engine/codes/code_edit_text.h) and whose
// metadata name the model and the other block, of class state, whose content is the original
// (engine/generation/sound_codes.h). An edit so costs what has changed, not the whole of a long sound.
//
// What they sound like lies with the edits, as vectors (sound_index.h), once somebody has heard them; the
// metadata name the edits that were heard.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "engine/foundation/result.h"
#include "engine/library/records.h"
#include "storage/blocks/block.h"

namespace smidgen {

class Library;
struct HeardSound;

using CodesId = std::string;

/// Codes as far as they are known without reading them.
struct CodesRecord {
    CodesId id;
    std::string name;
    ModelId model;
    std::string modelName;
    std::string source;          ///< the file or take they were made of; for people
    double seconds = 0;          ///< of the sound
    std::int64_t changedMs = 0;  ///< Unix time; hearing them changes nothing
    bool ofTake = false;         ///< what a take was made of: never changed, and not listed
    bool operator==(const CodesRecord&) const = default;
};

struct KeptCodes {
    CodesRecord record;
    std::string original;  ///< SoundCodes as JSON
    std::string edits;     ///< editsToJson()
};

/// Both blocks or none; linked to the model when the library has it. A success means that they are on the
/// disk. `record`: all but id and changedMs. Errors: invalidArgument, refused, io.
[[nodiscard]] Result<CodesId> addCodes(Library& library, const CodesRecord& record,
                                       const std::string& original, const std::string& edits);

/// A success means that it is on the disk. Errors: notFound, refused, io.
[[nodiscard]] Status saveCodeEdits(Library& library, const CodesId& id, const std::string& edits);

/// Errors: notFound, unusableInput (damaged), io.
[[nodiscard]] Result<KeptCodes> keptCodes(const Library& library, const CodesId& id);

/// Changed last first; what takes were made of is not among them. Errors: io.
[[nodiscard]] Result<std::vector<CodesRecord>> codesIn(const Library& library, bool trashed = false);

/// Of a block as it was listed. Nothing of other blocks, damaged ones, and what a take was made of.
[[nodiscard]] std::optional<CodesRecord> codesRecordOf(const storage::Block& block);

/// Without content and vectors. Errors: notFound, io.
[[nodiscard]] Result<storage::Block> codesBlock(const Library& library, const CodesId& id);

/// Which edits a document has now, and whether what its vectors say is of them.
struct CodesState {
    std::string edits;  ///< their sum
    bool heard = false;
};
/// Of a block as it was listed.
[[nodiscard]] CodesState codesStateOf(const storage::Block& block);
/// Which edits its vectors are of; empty when nobody has heard any.
[[nodiscard]] std::string heardEditsOf(const storage::Block& block);
/// Errors: notFound, io.
[[nodiscard]] Result<CodesState> codesState(const Library& library, const CodesId& id);
/// Codes that nobody has heard as they are now and that may be written to, changed last first; what takes
/// were made of is not among them. Errors: io.
[[nodiscard]] Result<std::vector<CodesRecord>> unheardCodes(const Library& library);
/// Keeps what the edits of that sum sound like. When there are others by now, they are as unheard as before.
/// Errors: notFound, conflict (somebody changes them just now), refused, io.
[[nodiscard]] Status keepHeard(Library& library, const CodesId& id, const std::string& edits,
                               const HeardSound& sound);

/// Errors: notFound, invalidArgument (no name), refused, io.
[[nodiscard]] Status renameCodes(Library& library, const CodesId& id, const std::string& name);
[[nodiscard]] Status trashCodes(Library& library, const CodesId& id);
[[nodiscard]] Status restoreCodes(Library& library, const CodesId& id);

/// For good, with their original. Errors: notFound, refused, io.
[[nodiscard]] Status purgeCodes(Library& library, const CodesId& id);

/// Says that a take was made from codes. Errors: notFound, refused, io.
[[nodiscard]] Status linkTakeToCodes(Library& library, const TakeId& take, const CodesId& id);

}  // namespace smidgen
