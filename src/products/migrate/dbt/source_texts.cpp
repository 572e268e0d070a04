// The statements of tables and views as they were written, found again by their places.
#include "products/migrate/dbt/dbt.hpp"

#include <tuple>

namespace mainstay::dbt {
namespace {

using Place = std::tuple<std::string_view, std::uint32_t, std::uint32_t>;  // file, line, column

Place place_of(std::string_view file, tsql::Position position) {
    return {file, position.line, position.column};
}

}  // namespace

std::map<std::string, SourceText> source_texts(catalog::Database const& database) {
    std::map<Place, std::string> names;
    for (auto const& [name, table] : database.tables)
        names.emplace(place_of(table.file, table.position), catalog::to_string(table.name));
    for (auto const& [name, view] : database.views)
        names.emplace(place_of(view.file, view.position), catalog::to_string(view.name));
    std::map<std::string, SourceText> texts;
    for (auto const& script : database.sources) {
        tsql::Source const& source = *script->source;
        tsql::for_each_statement(*script, [&](tsql::Statement const& statement) {
            auto const position = source.position(statement.span.begin);
            auto const found = names.find(place_of(source.file(), position));
            if (found == names.end()) return;
            auto const begin = source.original_offset(statement.span.begin);
            auto const text = source.original().substr(begin, source.original_offset(statement.span.end) - begin);
            if (text.size() <= source_text_bytes_max)
                texts.insert_or_assign(found->second, SourceText{source.file(), position.line, std::string(text)});
        });
    }
    return texts;
}

}  // namespace mainstay::dbt
