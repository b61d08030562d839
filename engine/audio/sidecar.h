// The recipe as a JSON file beside the sound.
#pragma once

#include <filesystem>
#include <optional>
#include <string>
#include <string_view>

#include "engine/foundation/result.h"

namespace smidgen {

[[nodiscard]] constexpr std::string_view sidecarSuffix() {
    return ".json";
}

/// `<sound>.json`, which appears together with its sound or not at all: unless keep() is called after
/// place(), the destructor brings back what was there before.
class Sidecar {
 public:
    explicit Sidecar(const std::filesystem::path& sound);
    Sidecar(const Sidecar&) = delete;
    Sidecar& operator=(const Sidecar&) = delete;
    ~Sidecar();

    [[nodiscard]] const std::filesystem::path& path() const { return m_path; }
    /// Errors: io, unusableInput (an older file of that name is no sidecar: a folder, or above 1 MiB).
    [[nodiscard]] Status place(const std::string& json);
    void keep() { m_placed = false; }

 private:
    std::filesystem::path m_path;
    std::optional<std::string> m_older;
    bool m_placed = false;
};

}  // namespace smidgen
