// Tables from CREATE TABLE and what later statements add to them; rows from INSERT.
#include "base/text.hpp"
#include "products/migrate/catalog/diagnostic_codes.hpp"
#include "products/migrate/catalog/reader.hpp"

#include <algorithm>
#include <charconv>

namespace mainstay::catalog {

using tsql::as;

namespace {

bool is_temporary(tsql::Name const& name) {
    return name.object().starts_with('#');
}

std::string_view without_outer_parentheses(std::string_view text) {
    text = trim(text);
    while (text.size() > 1 && text.front() == '(' && text.back() == ')') {
        int depth = 0;
        for (std::size_t i = 0; i + 1 < text.size(); ++i) {
            depth += text[i] == '(' ? 1 : text[i] == ')' ? -1 : 0;
            if (depth == 0) return text;
        }
        text = trim(text.substr(1, text.size() - 2));
    }
    return text;
}

std::int64_t integer_or(std::string_view text, std::int64_t otherwise) {
    std::int64_t value = otherwise;
    auto const result = std::from_chars(text.data(), text.data() + text.size(), value);
    return result.ec == std::errc() ? value : otherwise;
}

std::string unquoted(std::string_view part) {
    part = trim(part);
    if (part.size() > 1 && (part.front() == '[' || part.front() == '"')) part = part.substr(1, part.size() - 2);
    return std::string(part);
}

// SYSTEM_VERSIONING = ON (HISTORY_TABLE = schema.name)
std::optional<ObjectName> history_in(tsql::List<tsql::Option> options) {
    for (auto const& option : options) {
        if (!equals_ignoring_case(option.name, "SYSTEM_VERSIONING") || !equals_ignoring_case(option.value, "ON"))
            continue;
        for (auto const& child : option.children) {
            if (!equals_ignoring_case(child.name, "HISTORY_TABLE")) continue;
            auto const dot = child.value.rfind('.');
            if (dot == std::string_view::npos) return ObjectName{"dbo", unquoted(child.value)};
            return ObjectName{unquoted(child.value.substr(0, dot)), unquoted(child.value.substr(dot + 1))};
        }
    }
    return std::nullopt;
}

}  // namespace

bool Reader::take_table(tsql::CreateTable const& statement) {
    if (is_temporary(statement.name)) return false;
    Table table;
    table.name = object_name(statement.name);
    table.file = script_->source->file();
    table.position = script_->source->position(statement.span.begin);
    table.history = history_in(statement.options);
    if (statement.definition == nullptr)
        say(codes::external_table, statement.name.span, "the columns of " + to_string(table.name) + " are not known");
    else
        add_elements(table, *statement.definition, true);
    if (database_.tables.contains(table.name))
        say(codes::made_twice, statement.name.span, "the table " + to_string(table.name) + " is made a second time");
    auto const name = table.name;
    auto const& kept = database_.tables.insert_or_assign(name, std::move(table)).first->second;
    if (kept.history) add_history(kept);
    return true;
}

// The history table that SQL Server makes when no statement does. One made later by a script takes its place.
void Reader::add_history(Table const& current) {
    if (database_.tables.contains(*current.history)) return;
    Table history = current;
    history.name = *current.history;
    history.history.reset();
    history.constraints.clear();
    history.indexes.clear();
    for (auto& column : history.columns) column.is_identity = column.is_generated = false;
    auto const name = history.name;
    database_.tables.emplace(name, std::move(history));
}

bool Reader::take_table_add(tsql::AlterTableAdd const& statement) {
    if (is_temporary(statement.name)) return false;
    auto* const table = find_table(statement.name, statement.span);
    if (table == nullptr || statement.added == nullptr) return false;
    add_elements(*table, *statement.added, statement.with_check != tsql::CheckState::nocheck);
    return true;
}

bool Reader::take_table_check(tsql::AlterTableCheck const& statement) {
    auto* const table = find_table(statement.name, statement.span);
    if (table == nullptr) return false;
    for (auto& constraint : table->constraints) {
        if (constraint.kind != ConstraintKind::foreign_key && constraint.kind != ConstraintKind::check) continue;
        auto const named =
            std::any_of(statement.constraints.begin(), statement.constraints.end(),
                        [&](tsql::Identifier const& name) { return equals_ignoring_case(name.text, constraint.name); });
        if (!statement.is_all && !named) continue;
        constraint.is_enabled = statement.enables;
        // CHECK alone checks new rows only; WITH CHECK CHECK looks at every row again.
        if (!statement.enables) constraint.is_trusted = false;
        if (statement.enables && statement.with_check == tsql::CheckState::check) constraint.is_trusted = true;
    }
    return true;
}

bool Reader::take_index(tsql::CreateIndex const& statement) {
    if (is_temporary(statement.table)) return false;
    auto const name = resolve(database_, object_name(statement.table));
    if (database_.views.contains(name)) return false;  // an indexed view's
    auto* const table = find_table(statement.table, statement.span);
    if (table == nullptr || statement.index == nullptr) return false;
    add_index(*table, *statement.index, {});
    return true;
}

void Reader::add_elements(Table& table, tsql::TableDefinition const& definition, bool is_trusted) {
    for (auto const* column : definition.columns) add_column(table, *column, is_trusted);
    for (auto const* constraint : definition.constraints) add_constraint(table, *constraint, {}, is_trusted);
    for (auto const* index : definition.indexes) add_index(table, *index, {});
}

void Reader::add_column(Table& table, tsql::ColumnDefinition const& definition, bool is_trusted) {
    Column column;
    column.name = definition.name.text;
    if (definition.type != nullptr) {
        column.type = resolve_type(database_, *definition.type);
        if (!is_system_type(column.type.name))
            say(codes::unknown_type, definition.type->span,
                "the type " + std::string(script_->text(definition.type->span)) + " is not known");
    }
    column.is_nullable = definition.nullability != tsql::Nullability::not_null;
    column.collation = definition.collation.text;
    column.is_generated = definition.generated != tsql::GeneratedKind::none;
    if (definition.identity != nullptr) {
        column.is_identity = true;
        column.is_nullable = false;
        column.identity_seed = integer_or(definition.identity->seed, 1);
        column.identity_increment = integer_or(definition.identity->increment, 1);
    }
    if (definition.computed != nullptr) {
        column.computed = definition.computed;
        column.computed_script = script_.get();
        column.computed_sql = without_outer_parentheses(script_->text(*definition.computed));
    }
    if (column.type.name == "rowversion") column.is_nullable = definition.nullability == tsql::Nullability::null;
    auto const name = column.name;
    auto const existing = std::find_if(table.columns.begin(), table.columns.end(),
                                       [&](Column const& other) { return equals_ignoring_case(other.name, name); });
    if (existing == table.columns.end()) {
        table.columns.push_back(std::move(column));
    } else {
        say(codes::made_twice, definition.name.span, "the column " + name + " is made a second time");
        *existing = std::move(column);
    }
    for (auto const* constraint : definition.constraints) add_constraint(table, *constraint, name, is_trusted);
    for (auto const* index : definition.indexes) add_index(table, *index, name);
}

void Reader::add_constraint(Table& table, tsql::Constraint const& definition, std::string_view column,
                            bool is_trusted) {
    Constraint constraint;
    constraint.name = definition.name.text;
    constraint.is_trusted = is_trusted && !definition.not_enforced;
    if (!column.empty()) constraint.columns.emplace_back(column);
    for (auto const& key : definition.columns) constraint.columns.emplace_back(key.name.text);
    switch (definition.constraint_kind) {
        case tsql::ConstraintKind::primary_key:
            constraint.kind = ConstraintKind::primary_key;
            for (auto& candidate : table.columns)
                for (auto const& key : constraint.columns)
                    if (equals_ignoring_case(candidate.name, key)) candidate.is_nullable = false;
            break;
        case tsql::ConstraintKind::unique: constraint.kind = ConstraintKind::unique; break;
        case tsql::ConstraintKind::check:
            constraint.kind = ConstraintKind::check;
            if (definition.expression == nullptr) return;
            constraint.check = definition.expression;
            constraint.script = script_.get();
            constraint.check_sql = without_outer_parentheses(script_->text(*definition.expression));
            constraint.columns = columns_in(*definition.expression);
            break;
        case tsql::ConstraintKind::foreign_key: {
            constraint.kind = ConstraintKind::foreign_key;
            constraint.referenced = object_name(definition.references);
            for (auto const& key : definition.referenced_columns) constraint.referenced_columns.emplace_back(key.text);
            if (!constraint.referenced_columns.empty()) break;
            auto const referenced = database_.tables.find(constraint.referenced);
            auto const* const key = referenced == database_.tables.end() ? nullptr : referenced->second.primary_key();
            if (key != nullptr) constraint.referenced_columns = key->columns;
            break;
        }
        case tsql::ConstraintKind::default_value: {
            auto const wanted = column.empty() ? definition.for_column.text : column;
            for (auto& candidate : table.columns) {
                if (!equals_ignoring_case(candidate.name, wanted) || definition.expression == nullptr) continue;
                candidate.default_value = definition.expression;
                candidate.default_script = script_.get();
                candidate.default_sql = without_outer_parentheses(script_->text(*definition.expression));
            }
            return;
        }
        case tsql::ConstraintKind::connection: return;
    }
    table.constraints.push_back(std::move(constraint));
}

void Reader::add_index(Table& table, tsql::IndexDefinition const& definition, std::string_view column) {
    Index index;
    index.name = definition.name.text;
    index.is_unique = definition.is_unique;
    index.is_filtered = definition.where != nullptr;
    for (auto const& key : definition.columns) index.columns.emplace_back(key.name.text);
    if (index.columns.empty() && !column.empty()) index.columns.emplace_back(column);
    table.indexes.push_back(std::move(index));
}

bool Reader::take_insert(tsql::Insert const& statement, std::int32_t repeat) {
    auto const* const target = as<tsql::NamedTable>(statement.target);
    if (target == nullptr || is_temporary(target->name)) return false;
    auto const* const table = find_table(target->name, target->span);
    if (table == nullptr) return false;
    Rows rows;
    rows.script = script_.get();
    rows.repeat = repeat;
    for (auto const& column : statement.columns) rows.columns.emplace_back(column.text);
    for (auto const& row : statement.rows) rows.values.push_back(row.values);
    if (statement.source == tsql::InsertSource::query) take_selected_row(statement, rows);
    if (statement.source == tsql::InsertSource::default_values) rows.values.emplace_back();
    if (rows.values.empty()) {
        say(codes::rows_from_query, statement.span,
            "rows of " + to_string(table->name) + " come from a query or procedure");
        return false;
    }
    auto const expected = rows.columns.size();
    for (auto const& row : rows.values)
        if (expected > 0 && row.size() != expected)
            say(codes::wrong_count, statement.span,
                std::to_string(row.size()) + " values for " + std::to_string(expected) + " columns");
    database_.rows[table->name].push_back(std::move(rows));
    return true;
}

// INSERT … SELECT 1, 'a' [UNION ALL SELECT …] is a list of rows as well.
void Reader::take_selected_row(tsql::Insert const& statement, Rows& rows) {
    if (statement.query == nullptr || !statement.query->with.empty() || !statement.with.empty()) return;
    auto const take = [&](tsql::QueryBody const* body) {
        auto const* const select = as<tsql::Select>(body);
        if (select == nullptr || !select->from.empty() || select->where != nullptr || select->top != nullptr)
            return false;
        tsql::ListBuilder<tsql::Expression const*> values(*selected_, select->items.size());
        for (auto const& item : select->items) values.push(item.expression);
        rows.values.push_back(values.list());
        return true;
    };
    if (selected_ == nullptr) {
        auto arena = std::make_shared<tsql::Arena>();
        selected_ = arena.get();
        database_.arenas.push_back(std::move(arena));
    }
    if (take(statement.query->body)) return;
    auto const* const set = as<tsql::SetOperation>(statement.query->body);
    if (set == nullptr || set->op != tsql::SetOperator::union_all) return;
    for (auto const* operand : set->operands)
        if (!take(operand)) return rows.values.clear();
}

Table* Reader::find_table(tsql::Name const& written, tsql::Span span) {
    auto const name = resolve(database_, object_name(written));
    auto const found = database_.tables.find(name);
    if (found != database_.tables.end()) return &found->second;
    say(codes::unknown_object, written.is_set() ? written.span : span,
        "the table " + to_string(name) + " is not known");
    return nullptr;
}

}  // namespace mainstay::catalog
