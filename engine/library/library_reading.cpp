// A library that is only looked at.
#include "engine/foundation/atomic_file.h"
#include "engine/library/library.h"
#include "engine/library/library_blocks.h"
#include "engine/library/library_format.h"
#include "storage/backend/embedded_backend.h"

namespace smidgen {

Result<std::unique_ptr<Library>> Library::openToRead(const std::filesystem::path& folder,
                                                     storage::Caller caller) {
    for (const std::string& name : {caller.name, caller.project})
        if (auto fits = checkCallerName(name); !fits) return propagate(fits);
    auto format = libraryFormatOf(folder);
    if (!format) return propagate(format);
    std::unique_ptr<Library> library(new Library(folder, std::move(caller)));
    std::error_code error;
    if (!std::filesystem::exists(library->storeFolder() / "store.db", error)) {
        if (error) return systemFailure(error.value(), "look into", library->storeFolder());
        return failure(ErrorCode::unusableInput, "The library '" + displayName(folder) +
                                                     "' was written by an older Smidgen. Open it once with "
                                                     "this one, which brings it up to date.");
    }
    storage::EmbeddedOptions options;
    options.store.readOnly = true;
    options.keepIndexes = false;
    auto backend = storage::EmbeddedBackend::open(library->storeFolder(), options);
    if (!backend) return propagate(backend);
    library->m_backend = std::move(*backend);
    library->m_store = &library->m_backend->store();
    if (format->damaged)
        library->m_problems[-1] = "library.json is damaged; the library was opened all the same.";
    {
        const std::scoped_lock lock(library->m_mutex);
        library->refresh();
    }
    return library;
}

}  // namespace smidgen
