// Names of columns, by SQL Server's rules of scope: the innermost query whose tables have the column.
#include "base/text.hpp"
#include "products/migrate/translate/binder.hpp"

#include <algorithm>

namespace mainstay::translate {

namespace {

bool is_same(std::string_view a, std::string_view b) {
    return equals_ignoring_case(a, b);
}

bool is_qualified_by(Relation const& relation, tsql::Name const& name) {
    if (name.parts.size() < 2) return true;
    auto const table = name.parts[name.parts.size() - 2].text;
    if (name.parts.size() == 2) return is_same(relation.alias, table);
    auto const schema = name.parts[name.parts.size() - 3].text;
    return is_same(relation.object.name, table) && (schema.empty() || is_same(relation.object.schema, schema)) &&
           is_same(relation.alias, relation.object.name);
}

struct Found {
    Relation const* relation = nullptr;
    BoundColumn const* column = nullptr;
    std::size_t matches = 0;
    bool may_be_elsewhere = false;  // in a table whose columns are not known
    bool has_table = false;
};

Found find(Scope const& scope, tsql::Name const& name) {
    Found found;
    for (auto const& relation : scope.relations) {
        if (!is_qualified_by(relation, name)) continue;
        found.has_table = true;
        if (relation.is_failed) found.may_be_elsewhere = true;
        for (auto const& column : relation.columns) {
            if (!is_same(column.source_name, name.object())) continue;
            ++found.matches;
            found.relation = &relation;
            found.column = &column;
        }
    }
    return found;
}

// Within a WHERE, which has no aggregates of its own, min(x) is that of the grouped query around it. Elsewhere it would
// be an aggregate of the subquery, and grouping() belongs to its own query alone.
bool can_show_outside(Scope const& from, Scope const& grouped, std::string_view shown) {
    for (auto const* scope = &from; scope != &grouped; scope = scope->outer)
        if (!scope->is_in_where) return false;
    return shown.find("grouping(") == std::string_view::npos;
}

}  // namespace

Value Binder::column(tsql::Name const& name, tsql::Span span) {
    for (auto* scope = scope_; scope != nullptr; scope = scope->outer) {
        auto const found = find(*scope, name);
        if (found.matches > 1)
            return fail(codes::ambiguous_column, span,
                        "more than one table has a column " + std::string(name.object()));
        if (found.matches == 0) {
            if (found.may_be_elsewhere) return failed_value();
            if (found.has_table && name.parts.size() > 1) break;
            continue;
        }
        auto const& column = *found.column;
        Value value;
        value.type = column.type;
        value.is_nullable = column.is_nullable;
        value.is_case_sensitive = column.is_case_sensitive;
        value.origin = column.origin;
        value.name = column.source_name;
        bool const with_alias = name.parts.size() > 1 || scope->relations.size() > 1 || scope->is_qualified ||
                                scope->outer != nullptr || scope != scope_;
        value.text = with_alias ? found.relation->alias_text + '.' + quote_identifier(column.name)
                                : quote_identifier(column.name);
        auto shown = shown_for_group(value, *scope, span);
        if (scope != scope_ && shown.text != value.text && !can_show_outside(*scope_, *scope, shown.text))
            return fail(codes::grouped_outside, span,
                        std::string(written(span)) + " is grouped outside of this subquery");
        return shown;
    }
    return fail(codes::unknown_column, span, "no table here has a column " + std::string(written(span)));
}

Value Binder::shown_for_group(Value value, Scope const& scope, tsql::Span) {
    if (scope.aggregate_depth > 0) return value;
    for (auto const& grouped : scope.grouped) {
        if (grouped.text != value.text) continue;
        value.text = grouped.shown;
        value.rank = Rank::atom;
        value.origin.reset();
        break;
    }
    return value;
}

CommonTable* Binder::find_common_table(tsql::Name const& name) {
    if (name.parts.size() != 1) return nullptr;
    for (auto at = common_tables_.rbegin(); at != common_tables_.rend(); ++at)
        if (is_same((*at)->name, name.object())) return at->get();
    return nullptr;
}

// No alias may hide one that an argument of a function put in place refers to.
std::string Binder::unique_alias(std::string_view alias, Scope const& scope) const {
    auto const wanted = shared_.identifier(alias);
    auto name = wanted;
    auto const is_taken = [&] {
        return reserved_aliases_.contains(name) ||
               std::any_of(scope.relations.begin(), scope.relations.end(), [&](Relation const& relation) {
                   return is_same(relation.alias_text, quote_identifier(name));
               });
    };
    for (int i = 2; is_taken(); ++i) name = wanted + '_' + std::to_string(i);
    return quote_identifier(name);
}

void Binder::say(tsql::DiagnosticCode const& code, tsql::Span span, std::string message) {
    auto const number = code.code.substr(4);
    auto least = Fidelity::exact;
    if (number[0] == '3') least = Fidelity::not_translated;
    if (number[0] == '2' && number[1] == '1') least = Fidelity::equal_with_note;
    if (number[0] == '2' && number[1] == '2') least = Fidelity::needs_review;
    fidelity_ = std::max(fidelity_, least);
    // What holds for the whole query is said at its first place alone.
    std::uint64_t const place = least <= Fidelity::equal_with_note ? 0 : span.begin + std::uint64_t{1};
    if (diagnostics_.size() >= max_diagnostics || !said_.emplace(code.code, place).second) return;
    diagnostics_.push_back(tsql::make_diagnostic(*script_->source, code, span, std::move(message)));
}

Value Binder::fail(tsql::DiagnosticCode const& code, tsql::Span span, std::string message) {
    say(code, span, std::move(message));
    return failed_value();
}

std::vector<tsql::Diagnostic> Binder::take_diagnostics() {
    std::stable_sort(
        diagnostics_.begin(), diagnostics_.end(), [](tsql::Diagnostic const& a, tsql::Diagnostic const& b) {
            return std::pair(a.position.line, a.position.column) < std::pair(b.position.line, b.position.column);
        });
    return std::move(diagnostics_);
}

std::string Shared::identifier(std::string_view name) const {
    return naming.identifier ? naming.identifier(name) : std::string(name);
}

}  // namespace mainstay::translate
