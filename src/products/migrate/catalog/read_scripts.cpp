// Every statement of every script is used, listed or diagnosed, and the counts say how many of each.
#include "base/text.hpp"
#include "products/migrate/catalog/diagnostic_codes.hpp"
#include "products/migrate/catalog/reader.hpp"

#include <algorithm>

namespace mainstay::catalog {

using tsql::as;

Database read_scripts(std::vector<ScriptFile> const& files) {
    Database database;
    Reader reader(database);
    for (auto const& file : files)
        reader.read(std::make_shared<tsql::ParseResult const>(tsql::parse_bytes(file.name, file.bytes)));
    reader.finish();
    return database;
}

void Reader::read(std::shared_ptr<tsql::ParseResult const> script) {
    script_ = std::move(script);
    said_no_place_.clear();
    database_.sources.push_back(script_);
    for (auto const& diagnostic : script_->diagnostics) database_.diagnostics.push_back(diagnostic);
    for (auto const& batch : script_->batches)
        tsql::for_each_statement(batch.statements, [&](tsql::Statement const& statement) {
            auto& counts = database_.statements;
            if (statement.kind == tsql::NodeKind::broken) {
                ++counts.broken;
                take_broken(*as<tsql::Broken>(&statement));
            } else if (take(statement, batch.repeat)) {
                ++counts.used;
            } else if (statement.kind == tsql::NodeKind::skipped) {
                ++counts.skipped;
            } else {
                ++counts.no_place;
                auto const kind = tsql::name_of(statement.kind);
                if (said_no_place_.emplace(kind).second)
                    say(codes::no_place, statement.span,
                        std::string(kind) +
                            " leaves nothing in the catalog; others of its kind in this script are not "
                            "listed again");
            }
        });
}

void Reader::finish() {
    // Another statement may have made it after all.
    std::erase_if(database_.unread, [&](auto const& item) {
        return database_.tables.contains(item.first) || database_.views.contains(item.first) ||
               database_.modules.contains(item.first);
    });
    for (auto& [name, view] : database_.views)
        if (view.query != nullptr) view.uses = names_read(database_, *view.query);
    for (auto& [name, module] : database_.modules) {
        if (module.statement == nullptr) continue;
        auto const body = module.statement->body;
        module.uses = names_in_text(database_, module.script->text(body));
        std::erase(module.uses, name);
    }
    for (auto const& [name, table] : database_.tables)
        if (table.history) {
            auto const history = database_.tables.find(*table.history);
            if (history != database_.tables.end()) history->second.history_of = name;
        }
}

bool Reader::take(tsql::Statement const& statement, std::int32_t repeat) {
    switch (statement.kind) {
        case tsql::NodeKind::create_table: return take_table(*as<tsql::CreateTable>(&statement));
        case tsql::NodeKind::alter_table_add: return take_table_add(*as<tsql::AlterTableAdd>(&statement));
        case tsql::NodeKind::alter_table_check: return take_table_check(*as<tsql::AlterTableCheck>(&statement));
        case tsql::NodeKind::create_index: return take_index(*as<tsql::CreateIndex>(&statement));
        case tsql::NodeKind::create_type: return take_type(*as<tsql::CreateType>(&statement));
        case tsql::NodeKind::create_view: return take_view(*as<tsql::CreateView>(&statement));
        case tsql::NodeKind::create_module: return take_module(*as<tsql::CreateModule>(&statement));
        case tsql::NodeKind::insert: return take_insert(*as<tsql::Insert>(&statement), repeat);
        case tsql::NodeKind::skipped: return take_skipped(*as<tsql::Skipped>(&statement));
        case tsql::NodeKind::create_schema:
            database_.schemas.emplace_back(as<tsql::CreateSchema>(&statement)->name.text);
            return true;
        case tsql::NodeKind::create_sequence:
            add_module(object_name(as<tsql::CreateSequence>(&statement)->name), ModuleKind::sequence, statement);
            return true;
        case tsql::NodeKind::create_xml_schema_collection:
            add_module(object_name(as<tsql::CreateXmlSchemaCollection>(&statement)->name), ModuleKind::other,
                       statement);
            return true;
        case tsql::NodeKind::create_synonym: {
            auto const& synonym = *as<tsql::CreateSynonym>(&statement);
            add_module(object_name(synonym.name), ModuleKind::synonym, statement, object_name(synonym.target));
            return true;
        }
        case tsql::NodeKind::use: {
            auto const name = as<tsql::Use>(&statement)->database.text;
            if (equals_ignoring_case(name, "master")) return false;
            database_.name = name;
            return true;
        }
        case tsql::NodeKind::execute: {
            auto const property = tsql::extended_property(statement);
            if (property) return take_description(*property, statement);
            return take_added_type(*as<tsql::Execute>(&statement));
        }
        default: return false;
    }
}

bool Reader::take_view(tsql::CreateView const& statement) {
    View view;
    view.name = object_name(statement.name);
    for (auto const& column : statement.columns) view.column_names.emplace_back(column.text);
    view.query = statement.query;
    view.script = script_.get();
    if (statement.query != nullptr) view.definition = script_->text(statement.query->span);
    view.file = script_->source->file();
    view.position = script_->source->position(statement.span.begin);
    auto const existing = database_.views.find(view.name);
    if (existing != database_.views.end()) {
        if (statement.mode == tsql::CreateMode::create)
            say(codes::made_twice, statement.name.span, "the view " + to_string(view.name) + " is made a second time");
        view.name = existing->first;
        view.description = existing->second.description;
        existing->second = std::move(view);
        return true;
    }
    auto const name = view.name;
    database_.views.emplace(name, std::move(view));
    return true;
}

bool Reader::take_type(tsql::CreateType const& statement) {
    auto const name = object_name(statement.name);
    if (statement.base != nullptr) {
        auto type = resolve_type(database_, *statement.base);
        type.alias.clear();
        database_.types.insert_or_assign(name, std::move(type));
    }
    add_module(name, ModuleKind::type, statement);
    return true;
}

// EXEC sp_addtype 'id', 'varchar(11)', 'NOT NULL', the older form of CREATE TYPE.
bool Reader::take_added_type(tsql::Execute const& statement) {
    if (!equals_ignoring_case(statement.procedure.object(), "sp_addtype") || statement.arguments.size() < 2)
        return false;
    auto const* const name = as<tsql::Literal>(statement.arguments[0].value);
    auto const* const type = as<tsql::Literal>(statement.arguments[1].value);
    if (name == nullptr || type == nullptr) return false;
    auto const script = tsql::parse(
        std::make_unique<tsql::Source>(script_->source->file(), "CREATE TYPE t FROM " + std::string(type->text)));
    auto const* const created = script.batches.empty() || script.batches[0].statements.empty()
                                    ? nullptr
                                    : as<tsql::CreateType>(script.batches[0].statements[0]);
    if (created == nullptr || created->base == nullptr) return false;
    ObjectName const alias{"dbo", std::string(name->text)};
    database_.types.insert_or_assign(alias, resolve_type(database_, *created->base));
    add_module(alias, ModuleKind::type, statement);
    return true;
}

bool Reader::take_module(tsql::CreateModule const& statement) {
    auto name = object_name(statement.name);
    auto kind = ModuleKind::other;
    std::optional<ObjectName> target;
    switch (statement.module_kind) {
        case tsql::ModuleKind::procedure: kind = ModuleKind::procedure; break;
        case tsql::ModuleKind::trigger:
            kind = ModuleKind::trigger;
            if (statement.on_table.is_set()) target = object_name(statement.on_table);
            break;
        case tsql::ModuleKind::function:
            kind = statement.returns == tsql::FunctionReturns::scalar         ? ModuleKind::scalar_function
                   : statement.returns == tsql::FunctionReturns::inline_table ? ModuleKind::inline_function
                                                                              : ModuleKind::table_function;
            break;
    }
    if (statement.number > 1) name.name += ';' + std::to_string(statement.number);
    if (statement.mode == tsql::CreateMode::create && database_.modules.contains(name))
        say(codes::made_twice, statement.name.span, to_string(name) + " is made a second time");
    add_module(name, kind, statement, target);
    auto& module = database_.modules.find(name)->second;
    module.statement = &statement;
    module.script = script_.get();
    return true;
}

void Reader::take_broken(tsql::Broken const& statement) {
    if (statement.object_kind.empty() || statement.object.object().starts_with('#')) return;
    UnreadObject unread;
    unread.name = object_name(statement.object);
    unread.kind = statement.object_kind;
    unread.file = script_->source->file();
    unread.position = script_->source->position(statement.span.begin);
    auto const place_of = [](tsql::Position const& position) { return std::pair(position.line, position.column); };
    auto const begin = place_of(unread.position);
    auto const end = place_of(script_->source->position(statement.span.end));
    auto const& diagnostics = script_->diagnostics;
    auto const said = std::find_if(diagnostics.begin(), diagnostics.end(), [&](tsql::Diagnostic const& diagnostic) {
        auto const place = place_of(diagnostic.position);
        return diagnostic.severity() == tsql::Severity::error && place >= begin && place <= end;
    });
    unread.reason = said == diagnostics.end() ? "Its statement could not be read."
                                              : std::string(said->code->code) + ": " + said->message;
    auto const name = unread.name;
    database_.unread.emplace(name, std::move(unread));
}

bool Reader::take_skipped(tsql::Skipped const& statement) {
    if (!equals_ignoring_case(statement.what, "CREATE DATABASE") &&
        !equals_ignoring_case(statement.what, "ALTER DATABASE"))
        return false;
    auto const text = script_->text(statement);
    auto const lower = lower_ascii(text);
    auto const at = lower.find(" collate ");
    if (at == std::string::npos) return false;
    auto rest = trim(text.substr(at + 9));
    rest = rest.substr(0, rest.find_first_of(" \t\r\n;("));
    database_.collation = rest;
    return true;
}

bool Reader::take_description(tsql::ExtendedProperty const& property, tsql::Statement const& statement) {
    if (!equals_ignoring_case(property.name, "MS_Description")) return false;
    auto const* const literal = as<tsql::Literal>(property.value);
    if (literal == nullptr || literal->literal_kind == tsql::LiteralKind::null) return false;
    if (!equals_ignoring_case(property.level0_type, "SCHEMA") && !equals_ignoring_case(property.level0_type, "USER"))
        return false;
    ObjectName const name{std::string(property.level0_name), std::string(property.level1_name)};
    std::string const text(literal->text);
    if (auto const table = database_.tables.find(name); table != database_.tables.end()) {
        if (property.level2_type.empty()) {
            table->second.description = text;
            return true;
        }
        if (!equals_ignoring_case(property.level2_type, "COLUMN")) return false;
        for (auto& column : table->second.columns)
            if (equals_ignoring_case(column.name, property.level2_name)) {
                column.description = text;
                return true;
            }
    } else if (auto const view = database_.views.find(name); view != database_.views.end()) {
        if (property.level2_type.empty()) {
            view->second.description = text;
            return true;
        }
        if (!equals_ignoring_case(property.level2_type, "COLUMN")) return false;
        view->second.column_descriptions.insert_or_assign(std::string(property.level2_name), text);
        return true;
    } else if (auto const module = database_.modules.find(name); module != database_.modules.end()) {
        if (property.level2_type.empty()) module->second.description = text;
        return property.level2_type.empty();
    } else if (property.level1_type.empty()) {
        return false;  // of a schema
    }
    say(codes::unknown_object, statement.span, "the description is of " + to_string(name) + ", which is not known");
    return false;
}

void Reader::add_module(ObjectName name, ModuleKind kind, tsql::Statement const& statement,
                        std::optional<ObjectName> target) {
    Module module;
    module.name = name;
    module.kind = kind;
    module.file = script_->source->file();
    module.position = script_->source->position(statement.span.begin);
    module.definition = definition_of(statement);
    module.lines = static_cast<std::size_t>(std::count(module.definition.begin(), module.definition.end(), '\n')) + 1;
    module.target = std::move(target);
    if (auto const existing = database_.modules.find(name); existing != database_.modules.end()) {
        module.name = existing->first;
        module.description = existing->second.description;
        existing->second = std::move(module);
        return;
    }
    database_.modules.emplace(std::move(name), std::move(module));
}

std::string Reader::definition_of(tsql::Statement const& statement) const {
    return std::string(trim(script_->text(statement)));
}

void Reader::say(tsql::DiagnosticCode const& code, tsql::Span span, std::string message) {
    database_.diagnostics.push_back(tsql::make_diagnostic(*script_->source, code, span, std::move(message)));
}

}  // namespace mainstay::catalog
