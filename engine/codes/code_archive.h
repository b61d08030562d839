// Codes as files of other programs: NumPy archives beside our JSON.
//
// Arrays of an archive: "codes" (int64, frames × levels) and "global" (float32) of mid; "codes_side" and
// "global_side" of a stereo sound; "model" (a string); "codebook_size" and "samples" (one int64 each).
#pragma once

#include <filesystem>

#include "engine/foundation/result.h"
#include "engine/generation/sound_codes.h"

namespace smidgen {

/// By the name's end: .npz or .json. Atomic. Errors: invalidArgument (another end), io.
[[nodiscard]] Status writeCodes(const SoundCodes& codes, const std::filesystem::path& file);

/// Errors: invalidArgument (another end), notFound, io, unusableInput (damaged, hostile, not codes).
[[nodiscard]] Result<SoundCodes> readCodes(const std::filesystem::path& file);

/// Errors: invalidArgument when a name ends neither in .json nor in .npz.
[[nodiscard]] Status checkCodesName(const std::filesystem::path& file);

}  // namespace smidgen
