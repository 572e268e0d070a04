// The FROM clause: each source of rows becomes text, and a relation whose columns the rest of the query may name.
#pragma once
#include "products/migrate/translate/binder.hpp"

namespace mainstay::translate {

class FromBinder {
public:
    FromBinder(Binder& binder, Scope& scope) : binder_(binder), scope_(scope) {}

    std::string text(tsql::List<tsql::TableSource const*>);

private:
    std::string source(tsql::TableSource const&);
    std::string named(tsql::NamedTable const&);
    std::string local(tsql::Name const&, std::string_view name, tsql::Identifier alias, tsql::Span);
    std::string derived(tsql::DerivedTable const&, bool is_applied);
    std::string values(tsql::ValuesTable const&, bool is_applied);
    std::string join(tsql::Join const&);
    std::string apply(tsql::Join const&);
    std::string function(tsql::FunctionTable const&, bool is_applied);
    std::string string_split(tsql::FunctionTable const&, tsql::FunctionCall const&, bool is_applied);
    std::string series(tsql::FunctionTable const&, tsql::FunctionCall const&, bool is_applied);
    std::string user_function(tsql::FunctionTable const&, tsql::FunctionCall const&, bool is_applied);
    std::string pivot(tsql::Pivot const&);
    std::string unpivot(tsql::Unpivot const&);
    std::string temporal(tsql::NamedTable const&, catalog::Table const&);

    std::string add(Relation, std::string const& text, bool is_applied = false);
    std::string add_failed(std::string_view alias);
    Value bind(tsql::Expression const*);  // in the scope of the query around, or of what stands left of an APPLY
    std::vector<BoundColumn> catalog_columns(catalog::ObjectName const&);

    Binder& binder_;
    Scope& scope_;
    bool is_applied_ = false;
};

}  // namespace mainstay::translate
