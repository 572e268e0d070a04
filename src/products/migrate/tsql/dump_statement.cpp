// Statements and batches as S-expressions.
#include "products/migrate/tsql/dumper.hpp"

namespace mainstay::tsql {

namespace {

constexpr std::string_view module_heads[] = {"procedure", "function", "trigger"};
constexpr std::string_view returns_words[] = {"", "scalar", "inline_table", "multi_statement_table", "external_table"};

}  // namespace

void Dumper::batch(Batch const& value) {
    open("batch");
    if (value.repeat != 1) number(value.repeat);
    for (auto const* child : value.statements) statement(child);
    close();
}

void Dumper::statements(std::string_view head, List<Statement const*> values) {
    open(head);
    for (auto const* value : values) statement(value);
    close();
}

void Dumper::statement(Statement const* value) {
    if (auto const* select_value = as<SelectStatement>(value)) return query(select_value->query);
    if (auto const* insert_value = as<Insert>(value)) return insert(*insert_value);
    if (auto const* execute_value = as<Execute>(value)) return execute(*execute_value);
    if (auto const* table = as<CreateTable>(value)) return create_table(*table);
    if (auto const* module_value = as<CreateModule>(value)) return module(*module_value);
    if (auto const* sequence_value = as<CreateSequence>(value)) return sequence(*sequence_value);
    if (auto const* block = as<Block>(value)) {
        if (!block->is_try) return statements("block", block->statements);
        open("try");
        statements("block", block->statements);
        statements("catch", block->handler);
        return close();
    }
    if (auto const* conditional = as<If>(value)) {
        open("if");
        expression(conditional->condition);
        statement(conditional->then_statement);
        if (conditional->else_statement != nullptr) statement(conditional->else_statement);
        return close();
    }
    if (auto const* skipped = as<Skipped>(value)) return text("skipped", skipped->what);
    if (auto const* broken = as<Broken>(value)) return text("broken", broken->what);
    if (auto const* option_value = as<SetOption>(value)) return text("set", option_value->text);
    if (auto const* use = as<Use>(value)) return named("use", use->database);
    create(value);
}

void Dumper::create(Statement const* value) {
    if (auto const* added = as<AlterTableAdd>(value)) {
        open("alter_table_add");
        name(added->name);
        flag(added->with_check == CheckState::check, "with_check");
        flag(added->with_check == CheckState::nocheck, "with_nocheck");
        definition(*added->added);
    } else if (auto const* check = as<AlterTableCheck>(value)) {
        open(check->enables ? "enable_constraints" : "disable_constraints");
        name(check->name);
        flag(check->with_check == CheckState::check, "with_check");
        flag(check->with_check == CheckState::nocheck, "with_nocheck");
        flag(check->is_all, "all");
        for (auto const& constraint_name : check->constraints) identifier(constraint_name);
    } else if (auto const* type = as<CreateType>(value)) {
        open("create_type");
        name(type->name);
        if (type->base != nullptr) data_type(*type->base);
        nullability(type->nullability);
        if (type->table != nullptr) definition(*type->table);
        text("external", type->external_name);
        options("options", type->options);
    } else if (auto const* view = as<CreateView>(value)) {
        open("create_view");
        name(view->name);
        mode(view->mode);
        flag(view->is_materialized, "materialized");
        names("columns", view->columns);
        options("options", view->options);
        query(view->query);
        flag(view->with_check_option, "with_check_option");
    } else if (auto const* index_value = as<CreateIndex>(value)) {
        open("create_index");
        name(index_value->table);
        index(*index_value->index);
    } else if (auto const* schema = as<CreateSchema>(value)) {
        open("create_schema");
        identifier(schema->name);
        named("owner", schema->owner);
    } else if (auto const* synonym = as<CreateSynonym>(value)) {
        open("create_synonym");
        name(synonym->name);
        named("for", synonym->target);
    } else if (auto const* collection = as<CreateXmlSchemaCollection>(value)) {
        open("create_xml_schema_collection");
        name(collection->name);
        expression(collection->schema);
    } else {
        open("unknown");
    }
    close();
}

void Dumper::mode(CreateMode value) {
    flag(value == CreateMode::alter, "alter");
    flag(value == CreateMode::create_or_alter, "or_alter");
}

void Dumper::insert(Insert const& value) {
    open("insert");
    with(value.xml_namespaces, value.with);
    if (value.top != nullptr) {
        open("top");
        expression(value.top->count);
        flag(value.top->is_percent, "percent");
        close();
    }
    source(value.target);
    names("columns", value.columns);
    for (auto const& output : value.outputs) {
        items("output", output.items);
        named("into", output.into);
        if (!output.into_variable.empty()) word(output.into_variable);
        names("columns", output.columns);
    }
    rows(value.rows);
    if (value.query != nullptr) query(value.query);
    if (value.execute != nullptr) execute(*value.execute);
    flag(value.source == InsertSource::default_values, "default_values");
    options("option", value.options);
    close();
}

void Dumper::execute(Execute const& value) {
    open("execute");
    if (value.procedure.is_set()) name(value.procedure);
    if (!value.procedure_variable.empty()) word(value.procedure_variable);
    if (!value.return_variable.empty()) {
        open("returns");
        word(value.return_variable);
        close();
    }
    expressions("string", value.strings);
    for (auto const& argument : value.arguments) {
        bool const is_plain = argument.name.empty() && !argument.is_output;
        if (!is_plain) {
            open("argument");
            if (!argument.name.empty()) word(argument.name);
        }
        expression(argument.value);
        flag(argument.is_output, "output");
        if (!is_plain) close();
    }
    named("at", value.at_server);
    options("options", value.options);
    close();
}

void Dumper::sequence(CreateSequence const& value) {
    open("create_sequence");
    name(value.name);
    if (value.type != nullptr) data_type(*value.type);
    text("start", value.start);
    text("increment", value.increment);
    text("minimum", value.minimum);
    text("maximum", value.maximum);
    text("cache", value.cache);
    flag(value.is_cycling, "cycle");
    flag(value.no_cache, "no_cache");
    close();
}

void Dumper::module(CreateModule const& value) {
    open(module_heads[static_cast<std::size_t>(value.module_kind)]);
    name(value.name);
    mode(value.mode);
    if (value.number != 0) number(value.number);
    for (auto const& parameter : value.parameters) {
        open("parameter");
        word(parameter.name);
        data_type(*parameter.type);
        nullability(parameter.nullability);
        labelled("default", parameter.default_value);
        flag(parameter.is_output, "output");
        flag(parameter.is_readonly, "readonly");
        close();
    }
    if (value.returns != FunctionReturns::none) {
        open("returns");
        word(returns_words[static_cast<std::size_t>(value.returns)]);
        if (value.return_type != nullptr) data_type(*value.return_type);
        if (!value.return_variable.empty()) word(value.return_variable);
        if (value.return_table != nullptr) definition(*value.return_table);
        close();
    }
    options("options", value.options);
    flag(value.for_replication, "for_replication");
    flag(value.is_external, "external");
    named("on", value.on_table);
    text("on", value.on_scope);
    flag(value.trigger_time == TriggerTime::after, "after");
    flag(value.trigger_time == TriggerTime::instead_of, "instead_of");
    names("events", value.events);
    open("body");
    number(value.body.end - value.body.begin);
    close();
    close();
}

}  // namespace mainstay::tsql
