// Built-in help and other documentation: Markdown kept as read-only blocks, listed and searched by section.
#pragma once

#include <string>
#include <vector>

#include "storage/blocks/block_store.h"

namespace smidgen::storage {

struct Documentation {
    std::string name;  ///< unique among the documentation of a project: "Saving a model"
    std::string markdown;
    std::string metadata = "{}";  ///< a JSON object: language, version, …
    std::vector<std::string> tags;
};

/// A section as it is shown in a list of contents.
struct DocumentationSection {
    std::size_t number = 0;  ///< from 1; WordHit::section
    int level = 0;           ///< 1 to 6; 0 for what stands before the first heading
    std::vector<std::string> path;
    std::string anchor;
    std::string markdown;  ///< as written, with its heading
};

/// Makes the documentation of that name or brings it up to date, in one transaction; a text that is there
/// already is left alone, with its version. The block is read-only afterwards. Errors: invalidArgument (not
/// UTF-8), refused, conflict, io.
[[nodiscard]] Result<Receipt> putDocumentation(BlockStore& store, const Caller& caller,
                                               const Documentation& documentation);

/// The sections in order. Errors: notFound, unusableInput (damaged, or no documentation), io.
[[nodiscard]] Result<std::vector<DocumentationSection>> sectionsOf(BlockStore& store, const Caller& caller,
                                                                   const BlockId& id);
/// The section of that anchor. Errors: as sectionsOf.
[[nodiscard]] Result<DocumentationSection> sectionAt(BlockStore& store, const Caller& caller,
                                                     const BlockId& id, const std::string& anchor);

/// Sections, and titles, by words: best first. `after`: WordPage::next of the page before. Errors: as
/// BlockStore::searchWords.
[[nodiscard]] Result<WordPage> searchDocumentation(BlockStore& store, const Caller& caller,
                                                   const std::string& text, std::size_t limit = 20,
                                                   const std::string& after = {});

}  // namespace smidgen::storage
