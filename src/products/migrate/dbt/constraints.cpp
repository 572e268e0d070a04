// Constraints as tests: each gives the rows that break it, with SQL Server's rules for NULL, case and trailing spaces.
#include "base/text.hpp"
#include "products/migrate/dbt/diagnostic_codes.hpp"
#include "products/migrate/dbt/generator.hpp"
#include "products/migrate/dbt/jinja.hpp"

#include <algorithm>
#include <set>

namespace mainstay::dbt {
namespace {

using catalog::ConstraintKind;
using tsql::as;

std::string list_of(std::vector<std::string> const& parts, std::string_view separator) {
    std::string out;
    for (auto const& part : parts) (out += out.empty() ? "" : separator) += part;
    return out;
}

bool is_case_sensitive(catalog::Database const& database, catalog::Column const& column) {
    auto const lower = lower_ascii(column.collation.empty() ? database.collation : column.collation);
    return lower.find("_cs") != std::string::npos || lower.find("_bin") != std::string::npos;
}

struct Side {
    std::vector<std::string> columns, keys;
    bool is_complete = true;  // every column is known
};

Side side_of(Generator const& generator, catalog::Table const& table, std::vector<std::string> const& columns) {
    Side side;
    for (auto const& name : columns) {
        auto const* const column = table.find_column(name);
        if (column == nullptr) {
            side.is_complete = false;
            continue;
        }
        auto const written = translate::quote_identifier(generator.names.column(table.name, name));
        side.columns.push_back(written);
        side.keys.push_back(key_of(generator.database, *column, written));
    }
    return side;
}

ModelTest make_test(Generator& generator, Model const& model, TestKind kind, std::string const& prefix,
                    std::vector<std::string> columns) {
    ModelTest test;
    test.kind = kind;
    auto name = prefix + '_' + model.planned.name;
    for (auto const& column : columns) name += '_' + snake_case(column);
    test.name = generator.test_names.take(name);
    test.columns = std::move(columns);
    return test;
}

void add_not_null(Generator& generator, Model& model, std::string const& column) {
    auto test = make_test(generator, model, TestKind::not_null, "not_null", {column});
    test.failing_rows = "select *\nfrom " + model_ref(model.planned.name) + "\nwhere " + column + " is null";
    model.tests.push_back(std::move(test));
}

// SQL Server takes two NULLs for equal here, and so does GROUP BY.
void add_unique(Generator& generator, Model& model, Side const& side) {
    bool const is_single = side.columns.size() == 1;
    auto test = make_test(generator, model, is_single ? TestKind::unique : TestKind::unique_combination, "unique",
                          side.columns);
    test.keys = side.keys;
    auto const keys = list_of(side.keys, ", ");
    test.failing_rows = "select " + keys + ", count(*) as row_count\nfrom " + model_ref(model.planned.name) +
                        "\ngroup by " + keys + "\nhaving count(*) > 1";
    model.tests.push_back(std::move(test));
}

// A row with a NULL in one of the columns has nothing to refer to.
std::string orphans(Model const& model, ModelTest const& test) {
    std::vector<std::string> child, parent, joined, present;
    for (std::size_t i = 0; i < test.keys.size(); ++i) {
        auto const key = "key_" + std::to_string(i + 1);
        child.push_back(test.keys[i] + " as " + key);
        parent.push_back(test.to_keys[i] + " as " + key);
        joined.push_back("child." + key + " = parent." + key);
        present.push_back(test.columns[i] + " is not null");
    }
    return "with child as (\n    select *, " + list_of(child, ", ") + "\n    from " + model_ref(model.planned.name) +
           "\n    where " + list_of(present, " and ") + "\n),\nparent as (\n    select distinct " +
           list_of(parent, ", ") + "\n    from " + model_ref(test.to) +
           "\n)\nselect child.*\nfrom child\nleft join parent on " + list_of(joined, " and ") +
           "\nwhere parent.key_1 is null";
}

void add_relationships(Generator& generator, catalog::Table const& table, catalog::Constraint const& constraint,
                       Model& model) {
    auto const found = generator.database.tables.find(constraint.referenced);
    auto const* const to = generator.names.model_of(constraint.referenced);
    if (found == generator.database.tables.end() || to == nullptr) {
        model.diagnostics.push_back(
            make_diagnostic(codes::reference_unknown, table.file, table.position,
                            constraint.name + " refers to " + catalog::to_string(constraint.referenced)));
        return;
    }
    auto referenced = constraint.referenced_columns;
    if (referenced.empty() && found->second.primary_key() != nullptr) referenced = found->second.primary_key()->columns;
    auto const child = side_of(generator, table, constraint.columns);
    auto const parent = side_of(generator, found->second, referenced);
    if (!child.is_complete || !parent.is_complete || child.columns.empty() ||
        child.columns.size() != parent.columns.size())
        return;
    auto test = make_test(generator, model, TestKind::relationships, "relationships", child.columns);
    test.is_warning = !constraint.is_trusted || !constraint.is_enabled;
    test.keys = child.keys;
    test.to = *to;
    test.to_columns = parent.columns;
    test.to_keys = parent.keys;
    test.failing_rows = orphans(model, test);
    model.tests.push_back(std::move(test));
}

// The column and the literals of `c IN (…)`, `c = a OR c = b` and `c = a`.
struct Choice {
    tsql::ColumnReference const* column = nullptr;
    std::vector<tsql::Literal const*> values;
};

bool add_equal(tsql::Expression const* expression, Choice& choice) {
    auto const* const binary = as<tsql::Binary>(expression);
    if (binary == nullptr || binary->op != tsql::BinaryOperator::equal) return false;
    auto const* const column = as<tsql::ColumnReference>(binary->left);
    auto const* const value = as<tsql::Literal>(binary->right);
    if (column == nullptr || value == nullptr) return false;
    if (choice.column != nullptr && !equals_ignoring_case(choice.column->name.object(), column->name.object()))
        return false;
    choice.column = column;
    choice.values.push_back(value);
    return true;
}

Choice choice_of(tsql::Expression const* expression) {
    Choice choice;
    if (auto const* const in = as<tsql::In>(expression); in != nullptr && !in->negated && in->query == nullptr) {
        choice.column = as<tsql::ColumnReference>(in->operand);
        for (auto const* item : in->list)
            if (auto const* const literal = as<tsql::Literal>(item))
                choice.values.push_back(literal);
            else
                return {};
    } else if (auto const* const logical = as<tsql::Logical>(expression); logical != nullptr && !logical->is_and) {
        for (auto const* operand : logical->operands)
            if (!add_equal(operand, choice)) return {};
    } else if (!add_equal(expression, choice)) {
        return {};
    }
    return choice;
}

// The value as SQL writes it, by which a key compares; empty when that is not plain.
std::string key_literal(tsql::Literal const& literal, bool is_text_column, bool lower) {
    using tsql::LiteralKind;
    auto const kind = literal.literal_kind;
    if (!is_text_column)
        return kind == LiteralKind::integer || kind == LiteralKind::decimal ? std::string(literal.text) : "";
    if (kind != LiteralKind::string && kind != LiteralKind::national_string) return "";
    std::string text(literal.text);
    while (text.ends_with(' ')) text.pop_back();
    bool const is_ascii =
        std::none_of(text.begin(), text.end(), [](char c) { return static_cast<unsigned char>(c) >= 0x80; });
    if (lower && !is_ascii) return "";
    return translate::quote_text(lower ? lower_ascii(text) : text);
}

void add_check(Generator& generator, catalog::Table const& table, catalog::Constraint const& constraint, Model& model) {
    auto const refuse = [&] {
        model.diagnostics.push_back(
            make_diagnostic(codes::check_not_carried, table.file, table.position,
                            "the condition of " + constraint.name + " is not tested: " + constraint.check_sql));
    };
    if (constraint.check == nullptr || constraint.script == nullptr) return refuse();
    auto translation = generator.translator.condition(table, *constraint.script, *constraint.check);
    for (auto& diagnostic : translation.diagnostics) model.diagnostics.push_back(std::move(diagnostic));
    if (translation.sql.empty() || translation.fidelity == translate::Fidelity::not_translated) return refuse();
    std::vector<std::string> columns;
    for (auto const& name : constraint.columns)
        if (auto const& written = generator.names.column(table.name, name); !written.empty())
            columns.push_back(translate::quote_identifier(written));
    auto const choice = choice_of(constraint.check);
    auto const* const column = choice.column == nullptr ? nullptr : table.find_column(choice.column->name.object());
    auto test = make_test(generator, model, TestKind::expression, "check", columns);
    test.is_warning = !constraint.is_trusted || !constraint.is_enabled;
    test.condition = escaped(translation.sql);
    if (column != nullptr && columns.size() == 1) {
        bool const text = is_text(column->type);
        for (auto const* value : choice.values)
            test.values.push_back(key_literal(*value, text, text && !is_case_sensitive(generator.database, *column)));
        if (std::find(test.values.begin(), test.values.end(), "") != test.values.end() || column->type.name == "bit")
            test.values.clear();
        else
            test.kind = TestKind::accepted_values, test.keys = {key_of(generator.database, *column, columns.front())};
    }
    test.failing_rows = "select *\nfrom " + model_ref(model.planned.name) + "\nwhere not (" + test.condition + ")";
    model.tests.push_back(std::move(test));
}

}  // namespace

bool is_text(catalog::Type const& type) {
    static std::set<std::string, std::less<>> const names{"char", "varchar", "nchar",  "nvarchar",
                                                          "text", "ntext",   "sysname"};
    return names.contains(type.name);
}

std::string key_of(catalog::Database const& database, catalog::Column const& column, std::string const& name) {
    if (!is_text(column.type)) return name;
    auto const trimmed = "rtrim(" + name + ", ' ')";
    return is_case_sensitive(database, column) ? trimmed : "lower(" + trimmed + ")";
}

void add_table_tests(Generator& generator, catalog::Table const& table, Model& model) {
    std::set<std::string> keyed;
    if (auto const* const key = table.primary_key()) keyed.insert(key->columns.begin(), key->columns.end());
    for (auto const& column : table.columns)
        if ((!column.is_nullable && column.computed_sql.empty()) || keyed.contains(column.name))
            add_not_null(generator, model,
                         translate::quote_identifier(generator.names.column(table.name, column.name)));
    std::set<std::vector<std::string>> unique;
    auto const add_once = [&](std::vector<std::string> const& columns) {
        auto const side = side_of(generator, table, columns);
        if (side.is_complete && !side.columns.empty() && unique.insert(side.columns).second)
            add_unique(generator, model, side);
    };
    for (auto const& constraint : table.constraints)
        if (constraint.kind == ConstraintKind::primary_key || constraint.kind == ConstraintKind::unique)
            add_once(constraint.columns);
    for (auto const& index : table.indexes)
        if (index.is_unique && !index.is_filtered) add_once(index.columns);
    for (auto const& constraint : table.constraints) {
        if (constraint.kind == ConstraintKind::foreign_key) add_relationships(generator, table, constraint, model);
        if (constraint.kind == ConstraintKind::check) add_check(generator, table, constraint, model);
    }
}

void add_view_tests(Generator& generator, Model& model) {
    for (auto const& column : model.columns)
        if (!column.is_nullable) add_not_null(generator, model, translate::quote_identifier(column.name));
}

}  // namespace mainstay::dbt
