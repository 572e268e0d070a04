// Binds the names of one query to what they mean, works out types by SQL Server's rules, and writes DuckDB's text.
// One Binder per translation; functions put in place and common tables share it.
#pragma once
#include "products/migrate/translate/diagnostic_codes.hpp"
#include "products/migrate/translate/value.hpp"

#include <map>
#include <memory>
#include <set>
#include <vector>

namespace mainstay::translate {

struct BoundColumn {
    std::string source_name;
    std::string name;  // in the text, unquoted
    Type type;
    bool is_nullable = true;
    bool is_case_sensitive = false;
    std::optional<ColumnOrigin> origin;
};

// One table of a FROM clause.
struct Relation {
    std::string alias;  // as the query says it
    std::string alias_text;
    catalog::ObjectName object;  // where a column may be written schema.table.column
    std::vector<BoundColumn> columns;
    bool is_failed = false;  // its columns are not known; that has been said
};

// Text that stands for a grouped text expression: the groups are by its key, one spelling is shown.
struct GroupedText {
    std::string text;
    std::string shown;
};

struct Scope {
    Scope* outer = nullptr;
    std::vector<Relation> relations;
    std::vector<GroupedText> grouped;
    std::vector<std::pair<std::string, std::string>> group_keys;  // text and key of each grouped expression
    bool is_grouped = false;
    bool is_in_where = false;   // its WHERE is being bound
    bool is_qualified = false;  // every column with its table's alias, so that one column has one text
    int aggregate_depth = 0;
    tsql::List<tsql::NamedWindow> windows{};
};

struct CommonTable {
    std::string name;
    std::string name_text;
    std::vector<BoundColumn> columns;
    bool is_failed = false, is_used_by_itself = false, is_being_bound = false;
};

// A SELECT in its parts, so that those around it may still convert or wrap its columns.
struct SelectParts {
    std::vector<Value> items;
    std::vector<std::string> source_names;
    std::vector<std::string> names;                             // unquoted
    std::map<std::string, int, catalog::NameLess> taken_names;  // with the number that the next of its name gets
    bool is_distinct = false;
    std::vector<std::string> distinct_on;
    std::string from, where, group_by, having, qualify;
    std::string order_by, limit;
};

struct Body {
    SelectParts select;
    tsql::SetOperator op = tsql::SetOperator::union_all;
    std::vector<Body> operands;  // not empty: a set operation
    std::string order_by;        // of a set operation
    std::string limit;

    bool is_set() const { return !operands.empty(); }
    Body& first() { return is_set() ? operands.front().first() : *this; }
    Body const& first() const { return is_set() ? operands.front().first() : *this; }
};

struct BoundQuery {
    std::string text;
    std::vector<BoundColumn> columns;
    bool is_failed = false;
};

enum class Conversion : std::uint8_t { implicit, cast, try_cast };

// What all translations of one Translator share.
struct Shared {
    catalog::Database const& database;
    Naming naming;
    bool database_is_case_sensitive = false;
    std::map<catalog::ObjectName, std::vector<OutputColumn>, catalog::NameLess> columns{};
    std::set<catalog::ObjectName, catalog::NameLess> being_bound{};
    // Bodies of functions that were put in place, kept for the trees in use.
    std::map<catalog::ObjectName, std::shared_ptr<tsql::ParseResult const>, catalog::NameLess> bodies{};
    std::function<std::vector<OutputColumn> const&(catalog::ObjectName const&)> columns_of{};

    std::string identifier(std::string_view name) const;
};

class Binder {
public:
    Binder(Shared&, tsql::ParseResult const&, Surroundings const&);

    // Queries (bind_query.cpp, bind_select.cpp, bind_items.cpp, bind_group.cpp, bind_set.cpp, render.cpp).
    enum class Use : std::uint8_t { rows, keys, joined_text, exists };
    BoundQuery query(tsql::Query const&, Scope* outer, std::vector<std::string> const& names = {}, Use = Use::rows);

    // Fails a query that cannot stand as a view, derived table or common table.
    void check_as_table(BoundQuery&, tsql::Span, std::size_t max_columns = max_select_columns);

    // Expressions (bind_expression.cpp, bind_name.cpp, bind_arithmetic.cpp, bind_predicate.cpp, bind_like.cpp).
    Value value(tsql::Expression const*);
    Value condition(tsql::Expression const*);
    Value in_scope(Scope&, tsql::Expression const*, bool as_condition);
    Value column(tsql::Name const&, tsql::Span);
    Value arithmetic(tsql::BinaryOperator, Value left, Value right, tsql::Span);
    Value divided(Value const& left, Value const& right, Type const&, tsql::Span);
    Value compared(tsql::BinaryOperator, Value left, Value right, tsql::Span);
    Value like(Value operand, Value pattern, Value const* escape, bool negated, tsql::Span);
    Value case_of(tsql::Case const&);
    Value subquery(tsql::Query const&, Use = Use::rows);
    std::string key(Value const&, tsql::Span);        // by which two texts are equal; other values as they are
    std::string key_of(Value const&) const;           // the same without a word about it
    std::string order_key(Value const&, tsql::Span);  // by which values sort

    // Conversions (convert.cpp, convert_text.cpp, convert_date.cpp).
    Value convert(Value, Type const&, tsql::Span, Conversion = Conversion::implicit, Value const* style = nullptr);
    Value to_text(Value, Type const&, tsql::Span, Conversion, Value const* style);
    Value to_temporal(Value, Type const&, tsql::Span, Conversion, Value const* style);
    Value as_moment(Value, tsql::Span);  // for date functions: a date or timestamp; numbers and texts are read as such
    std::string plain(Value const&);     // with the cast that gives DuckDB's type for the value's own
    std::string integer_text(Value, tsql::Span, Rank);  // as a whole number for an argument

    // Windows and aggregates (bind_window.cpp).
    std::string over(tsql::FunctionCall const&, bool takes_frame);
    std::string window_text(tsql::Window const&, bool takes_frame);
    std::string order_text(tsql::List<tsql::OrderItem>);
    Value aggregate_argument(tsql::Expression const*);

    // Functions (functions.cpp and its tables; user_functions.cpp).
    Value function(tsql::FunctionCall const&);
    Value user_function(tsql::FunctionCall const&, catalog::Module const&);
    std::optional<Surroundings> arguments_of(tsql::FunctionCall const&, catalog::Module const&,
                                             std::function<Value(tsql::Expression const*)> const& bind);

    // Diagnostics. fail() gives a value that says nothing more.
    void say(tsql::DiagnosticCode const&, tsql::Span, std::string message);
    Value fail(tsql::DiagnosticCode const&, tsql::Span, std::string message);
    std::string_view written(tsql::Span span) const { return script_->text(span); }
    std::string_view written(tsql::Node const& node) const { return script_->text(node); }

    Fidelity fidelity() const { return fidelity_; }
    std::vector<tsql::Diagnostic> take_diagnostics();
    std::vector<catalog::ObjectName> sources() const { return sources_; }
    catalog::Database const& database() const { return shared_.database; }
    Scope* scope() { return scope_; }
    Scope* set_scope(Scope* scope) { return std::exchange(scope_, scope); }

private:
    friend class FromBinder;

    Body body(tsql::QueryBody const&, tsql::Query const* around, Scope* outer, Use);
    SelectParts select(tsql::Select const&, tsql::Query const* around, Scope* outer, Use);
    void rename(Body&, std::vector<std::string> const& names);
    std::vector<BoundColumn> bound_columns(Body const&) const;
    void items(tsql::Select const&, Scope&, SelectParts&, Use);
    void star(tsql::Star const&, Scope&, SelectParts&);
    Value too_many_columns(tsql::Span);
    void add_item(SelectParts&, Value, std::string source_name);
    void group(tsql::GroupBy const&, Scope&, SelectParts&);
    std::string grouping_item(tsql::Grouping const&, Scope&, bool in_sets);
    std::string group_key(tsql::Expression const*, Scope&, bool in_sets);
    Value shown_for_group(Value, Scope const&, tsql::Span);
    void make_distinct(SelectParts&, tsql::Span);
    void limit(tsql::Query const*, tsql::Select const&, SelectParts&);
    void limit_rows(tsql::Query const&, std::string& limit);
    void order_below(tsql::List<tsql::OrderItem>, SelectParts&);
    std::string order_select(tsql::List<tsql::OrderItem>, SelectParts const&);
    Value order_value(tsql::Expression const*, SelectParts const&);
    std::string order_text(Value const&, bool is_descending, tsql::Span);
    void order_set(tsql::Query const&, Body&);
    Body set_operation(tsql::SetOperation const&, Scope* outer, Use);
    std::vector<Value> columns_of(Body const&) const;
    void coerce(Body&, std::vector<Value> const& types, tsql::Span);
    void finish_items(Body&, Use, tsql::Span);
    std::string finish(Body&, std::string const& with, Use, tsql::Span);
    std::string in_query(tsql::Query const&, Value& operand, tsql::Span);
    std::string render(Body const&) const;
    std::string render(SelectParts const&) const;
    std::string render_set(Body const&) const;
    std::string common_tables(tsql::Query const&, Scope* outer);
    std::string common_table(tsql::CommonTable const&, Scope* outer, bool& is_recursive);
    void join_texts(Body&, tsql::Query const&);
    Value literal(tsql::Literal const&);
    Value unary(tsql::Unary const&);
    Value cast(tsql::Cast const&);
    Value at_time_zone(tsql::AtTimeZone const&);
    Value method(tsql::MethodCall const&);
    Value variable(tsql::Variable const&);
    Value in(tsql::In const&);
    Value quantified(tsql::Quantified const&);
    Value date_plus(tsql::BinaryOperator, Value const& left, Value const& right, tsql::Span);
    CommonTable* find_common_table(tsql::Name const&);
    std::string unique_alias(std::string_view alias, Scope const&) const;

    Shared& shared_;
    tsql::ParseResult const* script_;
    Surroundings const* surroundings_;
    Scope* scope_ = nullptr;
    std::vector<std::unique_ptr<CommonTable>> common_tables_;
    std::vector<catalog::ObjectName> sources_;
    std::vector<tsql::Diagnostic> diagnostics_;
    std::set<std::pair<std::string_view, std::uint64_t>> said_;
    std::set<std::string, catalog::NameLess> reserved_aliases_;  // of the query around a function put in place
    Fidelity fidelity_ = Fidelity::exact;
    std::uint32_t depth_ = 0, functions_in_place_ = 0;
    CommonTable* pending_ = nullptr;  // the common table whose first member is being bound
    bool is_recursive_member_ = false;
};

}  // namespace mainstay::translate
