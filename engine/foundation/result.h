// Result<T>: a value, or an Error written for the person who has to act on it.
#pragma once

#include <string>
#include <tl/expected.hpp>
#include <utility>

namespace smidgen {

/// What kind of failure it is; decides the exit code of the command line and the colour in the window.
enum class ErrorCode {
    invalidArgument,  ///< the request itself makes no sense (programmer or wrong option): exit 2
    notFound,         ///< a named file, model, take or collection is not there: exit 1
    unusableInput,    ///< the input cannot be used: corrupt, too short, too few, incompatible: exit 4
    io,               ///< the system refused: permissions, disk full, read error: exit 1
    device,           ///< an audio or compute device is missing or broke: exit 1
    outOfMemory,      ///< exit 1
    conflict,         ///< someone else changed it meanwhile; read it again and repeat: exit 1
    refused,          ///< the caller may not do this, or the thing is protected: exit 1
    cancelled,        ///< the person asked to stop: exit 3
    internal          ///< our own defect: exit 1
};

/// `sentence` is shown to the user as it is: what happened, to which file, what to do next.
/// `detail` goes to the log only.
struct Error {
    ErrorCode code = ErrorCode::internal;
    std::string sentence;
    std::string detail;
};

template <typename T>
using Result = tl::expected<T, Error>;
using Status = Result<void>;

[[nodiscard]] inline tl::unexpected<Error> failure(ErrorCode code, std::string sentence,
                                                   std::string detail = {}) {
    return tl::unexpected<Error>(Error{code, std::move(sentence), std::move(detail)});
}

/// Passes an error on from one Result type to another: `if (!r) return propagate(r);`
template <typename T>
[[nodiscard]] tl::unexpected<Error> propagate(Result<T>& result) {
    return tl::unexpected<Error>(std::move(result.error()));
}

}  // namespace smidgen
