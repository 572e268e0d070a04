// Text in dbt's templates: what we mean as a template, and what only looks like one.
#pragma once
#include <functional>
#include <string>
#include <string_view>

namespace mainstay::dbt {

std::string model_ref(std::string_view model);                            // {{ ref('model') }}
std::string source_ref(std::string_view source, std::string_view table);  // {{ source('source', 'table') }}

// Braces that dbt would read as a template come out as themselves. `is_ours` says which {{ … }} to leave, given what
// stands in them; nothing that a script wrote may ever be run by dbt.
std::string escaped(std::string_view text, std::function<bool(std::string_view)> const& is_ours = {});

// SQL as an engine takes it: references of our making by `relation`, braces unescaped. `relation` gets "ref" and one
// name or "source" and two.
using Relation = std::function<std::string(std::string_view kind, std::string_view first, std::string_view second)>;
std::string compiled(std::string_view sql, Relation const& relation);

// A scalar in double quotes, on one line; escaped() as well.
std::string yaml_text(std::string_view text);

}  // namespace mainstay::dbt
