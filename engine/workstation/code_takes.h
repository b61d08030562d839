// Takes that are made of edited codes.
#pragma once

#include <optional>

#include "engine/codes/code_document.h"
#include "engine/foundation/cancel_token.h"
#include "engine/foundation/result.h"
#include "engine/generation/griffin_lim_decoding.h"
#include "engine/library/code_shelf.h"
#include "engine/workstation/workstation.h"

namespace smidgen {

/// The recipe of such a take names, in place of a model, codes that the library keeps for it; they say all
/// the rest. Nothing for other recipes.
[[nodiscard]] std::optional<CodesId> codesOf(const Recipe& recipe);

/// Blocking. A document that the library keeps, with its present edits. Errors: as keptCodes(),
/// unusableInput.
[[nodiscard]] Result<CodeDocument> readCodeDocument(const Workstation& workstation, const CodesId& id);

/// Blocking. The whole of a document as sound: the same samples for the same document.
/// `griffinLimRounds`: of corrections, where that is its decoder; a take's recipe says how many it has.
/// Errors: as Workstation::findModel, CodeRenderer::render.
[[nodiscard]] Result<TakeSound> soundOf(const Workstation& workstation, const CodeDocument& document,
                                        const CancelToken& cancel = {},
                                        int griffinLimRounds = GriffinLimDecoding().rounds);

/// Blocking. The same of codes that the library keeps, with their present edits.
[[nodiscard]] Result<TakeSound> soundOfCodes(const Workstation& workstation, const CodesId& id,
                                             const CancelToken& cancel = {});

/// Keeps the document beside a new take, whose recipe names it. `name`: of the take. Errors: as soundOf(),
/// Library::addTake.
[[nodiscard]] Result<TakeId> makeTakeOf(const Workstation& workstation, const CodeDocument& document,
                                        const std::string& name, const CancelToken& cancel = {});

/// What a document's source says when it was made of a take.
[[nodiscard]] std::string sourceOfTake(const TakeId& take);
/// Nothing when the source is something else.
[[nodiscard]] std::optional<TakeId> takeOfSource(const std::string& source);

}  // namespace smidgen
