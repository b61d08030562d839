// What edited codes sound like, kept with them: by it they are found by their likeness, and stand on the map.
#pragma once

#include <functional>
#include <set>
#include <string>
#include <vector>

#include "engine/foundation/cancel_token.h"
#include "engine/foundation/result.h"
#include "engine/library/code_shelf.h"

namespace smidgen {

class Workstation;

struct CodesHearing {
    int heard = 0;
    std::vector<CodesId> failed;
    std::vector<std::string> problems;  ///< a sentence each of those
};

/// Blocking. Decodes what nobody has heard as it is now, changed last first, but for `without`; what was
/// heard stays when it is cancelled. Two programs may do it at once. `progress`: so many are done, of how
/// many. Errors: cancelled, io.
[[nodiscard]] Result<CodesHearing> hearCodes(const Workstation& workstation,
                                             const std::set<CodesId>& without = {},
                                             const CancelToken& cancel = {},
                                             const std::function<void(int, int)>& progress = {});

/// Those of that id or name alone, where there are such. Errors: as soundOf(CodeDocument), cancelled, io.
[[nodiscard]] Status hearCodesNamed(const Workstation& workstation, const std::string& idOrName,
                                    const CancelToken& cancel = {});

}  // namespace smidgen
