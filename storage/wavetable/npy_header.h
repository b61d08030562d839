// The header of a NumPy array file: a Python dictionary of three keys.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace smidgen::storage {

struct NpyHeader {
    char order = '<';        ///< '<', '>' or '|'
    char type = 'f';         ///< f, i, u, b or U
    std::uint32_t size = 4;  ///< bytes of a value; characters of four bytes for U
    bool fortranOrder = false;
    std::vector<std::uint64_t> shape;
};

/// Nothing for anything but a dictionary with exactly 'descr' (a simple type), 'fortran_order' and 'shape'.
[[nodiscard]] std::optional<NpyHeader> parseNpyHeader(std::string_view text);

}  // namespace smidgen::storage
