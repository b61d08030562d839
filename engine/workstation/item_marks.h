// Stars and tags of what lies in the library, whatever it is.
#pragma once

#include <string>
#include <vector>

#include "engine/foundation/result.h"
#include "engine/workstation/library_sharing.h"

namespace smidgen {

struct ItemMarks {
    bool starred = false;
    std::vector<std::string> tags;  ///< ascending, without the star
    bool operator==(const ItemMarks&) const = default;
};

/// Of a take, codes, a preset of the library, or a sound (by its content hash; whichever collections it is
/// in). Errors: notFound, invalidArgument (another kind), io.
[[nodiscard]] Result<ItemMarks> marksOf(const Workstation& workstation, const ItemName& item);
/// Errors: as marksOf(), invalidArgument (a tag that the star is kept as, or no tag), refused.
[[nodiscard]] Status setMarks(Workstation& workstation, const ItemName& item, const ItemMarks& marks);

}  // namespace smidgen
