// Cuts text into words for the index that finds blocks by their words.
#pragma once

#include "engine/foundation/result.h"

struct sqlite3;

namespace smidgen::storage {

/// Makes the FTS5 tokenizer "smidgen_words" known to a connection. Words are runs of letters, digits and
/// marks of any script, in lower case and without diacritics ("Résumé" and its decomposed spelling are
/// "resume"). Scripts that put no spaces between words (Chinese, Japanese, Thai, Lao, Khmer, Burmese) are cut
/// into characters, so that a query finds its text anywhere. Errors: internal when SQLite has no FTS5.
[[nodiscard]] Status addWordSplitter(sqlite3* database);

}  // namespace smidgen::storage
