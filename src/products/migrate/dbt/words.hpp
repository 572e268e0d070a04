// Counts of constructs in the text of a T-SQL object, parsed or not: what its size and kind are judged by.
#pragma once
#include <cstdint>
#include <map>
#include <string>
#include <string_view>

namespace mainstay::dbt {

struct TextCounts {
    std::int64_t joins = 0;           // JOIN and APPLY
    std::int64_t subqueries = 0;      // SELECT but the first
    std::int64_t set_operations = 0;  // UNION, EXCEPT, INTERSECT
    std::int64_t windows = 0;         // OVER
    std::int64_t cases = 0;
    std::int64_t pivots = 0;
    std::int64_t functions = 0;  // calls of any function
    bool aggregates = false;     // GROUP BY, or a call of an aggregate that is no window
    std::int64_t sum() const { return joins + subqueries + set_operations + windows + cases + pivots + functions; }
};

// Comments, texts and quoted names count for nothing.
TextCounts count_constructs(std::string_view sql);

}  // namespace mainstay::dbt
