// Sounds to codes and back, for both front doors.
#pragma once

#include <string>

#include "engine/generation/sound_codes.h"
#include "engine/workstation/workstation.h"

namespace smidgen {

/// Blocking. On the CPU, whatever the workstation's device: so that the same sound has the same codes
/// everywhere. Errors: as Workstation::findModel and encodeToCodes().
[[nodiscard]] Result<SoundCodes> encodeToCodes(const Workstation& workstation, const std::string& model,
                                               const AudioBuffer& sound);

/// Blocking. `model`: empty takes the one the codes were made with. Errors: as Workstation::findModel and
/// decodeFromCodes().
[[nodiscard]] Result<AudioBuffer> decodeFromCodes(const Workstation& workstation, const std::string& model,
                                                  const SoundCodes& codes, int levels,
                                                  const CancelToken& cancel = {});

}  // namespace smidgen
