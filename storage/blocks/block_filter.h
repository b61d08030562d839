// Which blocks a list or a search may show.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "storage/blocks/block.h"
#include "storage/blocks/connection.h"

namespace smidgen::storage {

/// Empty fields let everything pass; a caller's project and permissions always apply.
struct BlockFilter {
    std::vector<std::int64_t> keys;                          ///< any of these, at most 10 000
    std::vector<BlockClass> classes;                         ///< any of these
    std::vector<BlockStatus> statuses{BlockStatus::active};  ///< any of these
    std::vector<std::string> tags;                           ///< all of these
    std::string nameContains;                                ///< letters of ASCII in either case
    std::string owner;
    std::string madeIn;                        ///< the project; blocks shared into the caller's have another
    std::optional<std::int64_t> createdFrom;   ///< milliseconds since 1970, inclusive
    std::optional<std::int64_t> createdUntil;  ///< exclusive

    bool operator==(const BlockFilter&) const = default;
};

/// A WHERE clause and its values, in order.
class Conditions {
 public:
    void number(std::int64_t value) { m_values.push_back({value, {}, false}); }
    void text(std::string value) { m_values.push_back({0, std::move(value), true}); }
    void add(const std::string& sql) { m_sql += (m_sql.empty() ? " WHERE " : " AND ") + sql; }
    /// "column IN (…)"
    template <typename T>
    void addAnyOf(const std::string& column, const std::vector<T>& values) {
        if (values.empty()) return;
        std::string list;
        for (const T& value : values) {
            list += list.empty() ? "?" : ",?";
            number(static_cast<std::int64_t>(value));
        }
        add(column + " IN (" + list + ")");
    }
    [[nodiscard]] const std::string& sql() const { return m_sql; }
    /// Binds the values; they must outlive the last step.
    void bindTo(Statement& statement) const;

 private:
    struct Value {
        std::int64_t number;
        std::string text;
        bool isText;
    };
    std::string m_sql;
    std::vector<Value> m_values;
};

/// Adds to `where` what a block, the table alias b, has to fulfil. `project`: key of the caller's.
void addFilter(Conditions& where, const Caller& caller, std::int64_t project, const BlockFilter& filter);

}  // namespace smidgen::storage
