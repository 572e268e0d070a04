// Metadata documents that other programs write, in both of their shapes. Members that are not known are passed over;
// what is known must have its type, and every fault is reported with its pointer.
#include "base/text.hpp"
#include "products/migrate/catalog/diagnostic_codes.hpp"
#include "products/migrate/catalog/metadata_document.hpp"
#include "products/migrate/catalog/reader.hpp"

#include <algorithm>

namespace mainstay::catalog {

namespace {

Type type_of(Database const& database, MetadataColumn const& column) {
    // Types may come with their lengths, "decimal(10,2)", or bare beside them.
    auto const open = column.data_type.find('(');
    tsql::Identifier const identifier{trim(std::string_view(column.data_type).substr(0, open)), {0, 1}, false};
    tsql::DataType written{};
    written.name.parts = {&identifier, 1};
    auto numbers = open == std::string::npos ? std::string_view{} : std::string_view(column.data_type).substr(open + 1);
    numbers = numbers.substr(0, numbers.find(')'));
    auto const number = [](std::string_view text) {
        return static_cast<std::int32_t>(std::strtol(std::string(trim(text)).c_str(), nullptr, 10));
    };
    auto const lower = lower_ascii(identifier.text);
    bool const is_decimal = lower == "decimal" || lower == "numeric";
    bool const is_time = lower == "time" || lower == "datetime2" || lower == "datetimeoffset";
    bool const is_of_any_length = lower == "varchar" || lower == "nvarchar" || lower == "varbinary";
    if (equals_ignoring_case(trim(numbers), "max")) {
        written.is_max = true;
    } else if (!numbers.empty()) {
        auto const comma = numbers.find(',');
        written.length = number(numbers.substr(0, comma));
        if (comma != std::string_view::npos) written.scale = number(numbers.substr(comma + 1));
    } else if (is_decimal) {
        written.length = static_cast<std::int32_t>(column.precision.value_or(18));
        written.scale = static_cast<std::int32_t>(column.scale.value_or(0));
    } else if (is_time) {
        written.length = static_cast<std::int32_t>(column.scale.value_or(7));
    } else if (lower == "float") {
        written.length = static_cast<std::int32_t>(column.precision.value_or(53));
    } else if (column.max_length) {
        written.is_max = *column.max_length < 0;
        bool const is_national = lower == "nchar" || lower == "nvarchar";
        written.length = static_cast<std::int32_t>(is_national ? *column.max_length / 2 : *column.max_length);
    } else {
        written.is_max = is_of_any_length;
    }
    return resolve_type(database, written);
}

class MetadataReader {
public:
    explicit MetadataReader(Metadata document) : document_(std::move(document)) {}

    Database read() {
        database_.name = document_.database_name.value_or("");
        for (auto const& table : document_.tables) take(table);
        read_definitions();
        for (auto const& key : document_.foreign_keys) take(key);
        for (auto const& index : document_.indexes) take(index);
        for (auto const& dependency : document_.dependencies) take(dependency);
        return std::move(database_);
    }

private:
    void take(MetadataTable const& input) {
        ObjectName const name{input.schema, input.name};
        std::vector<Column> columns;
        Constraint key;
        key.kind = ConstraintKind::primary_key;
        for (auto const& described : input.columns) {
            Column column;
            column.name = described.name;
            column.type = type_of(database_, described);
            column.is_nullable = described.is_nullable;
            column.is_identity = described.is_identity;
            column.description = described.description.value_or("");
            column.default_sql = described.default_value.value_or("");
            if (described.is_primary_key) key.columns.push_back(described.name);
            columns.push_back(std::move(column));
        }
        if (input.object_type && equals_ignoring_case(*input.object_type, "VIEW")) {
            View view;
            view.name = name;
            view.columns = std::move(columns);
            view.description = input.description.value_or("");
            for (auto const& dependency : input.dependencies) view.uses.push_back(name_of(dependency));
            database_.views.insert_or_assign(name, std::move(view));
            return;
        }
        Table table;
        table.name = name;
        table.columns = std::move(columns);
        table.row_count = input.row_count;
        table.description = input.description.value_or("");
        if (!key.columns.empty()) table.constraints.push_back(std::move(key));
        database_.tables.insert_or_assign(name, std::move(table));
    }

    // Each definition is a script of its own; what it makes goes under the name that the document gives it.
    void read_definitions() {
        Reader reader(database_);
        for (auto const& input : document_.views) {
            ObjectName const name{input.schema, input.name};
            auto const listed = database_.views.find(name);
            View view;
            if (listed != database_.views.end()) view = listed->second;
            view.name = name;
            database_.views.insert_or_assign(name, std::move(view));
            if (input.definition) read_view(reader, name, *input.definition);
        }
        for (auto const& input : document_.stored_procedures) {
            ObjectName const name{input.schema, input.name};
            Module module;
            module.name = name;
            module.kind = ModuleKind::procedure;
            module.definition = input.definition.value_or("");
            database_.modules.insert_or_assign(name, std::move(module));
            if (input.definition) read_script(reader, name, *input.definition);
            auto& kept = database_.modules.find(name)->second;
            for (auto const& dependency : input.dependencies) add_once(kept.uses, name_of(dependency));
        }
        reader.finish();
        database_.unread.clear();  // the document itself lists its objects
        for (auto& [name, view] : database_.views)
            if (view.query == nullptr)
                say(codes::no_definition, name, "the query of " + to_string(name) + " is not known");
    }

    tsql::ParseResult const& read_script(Reader& reader, ObjectName const& name, std::string const& text) {
        reader.read(std::make_shared<tsql::ParseResult const>(tsql::parse_bytes(to_string(name), text)));
        return *database_.sources.back();
    }

    void read_view(Reader& reader, ObjectName const& name, std::string const& definition) {
        auto const& script = read_script(reader, name, definition);
        auto& view = database_.views.find(name)->second;
        if (view.query != nullptr) return;
        tsql::for_each_statement(script, [&](tsql::Statement const& statement) {
            // The text may name the view without its schema, or be the query alone.
            if (auto const* created = tsql::as<tsql::CreateView>(&statement)) {
                auto const made = database_.views.find(object_name(created->name));
                if (made != database_.views.end() && made->second.script == &script && made->first != name)
                    database_.views.erase(made);
                view.query = created->query;
                view.position = script.source->position(statement.span.begin);
                for (auto const& column : created->columns) view.column_names.emplace_back(column.text);
            } else if (auto const* select = tsql::as<tsql::SelectStatement>(&statement)) {
                view.query = select->query;
                view.position = script.source->position(statement.span.begin);
            }
        });
        view.script = view.query == nullptr ? nullptr : &script;
        view.definition = view.query == nullptr ? definition : std::string(script.text(view.query->span));
        view.file = script.source->file();
        if (view.query == nullptr)
            say(codes::unreadable_definition, name, "the definition of " + to_string(name) + " could not be read");
    }

    void take(MetadataForeignKey const& input) {
        ObjectName const name{input.source_schema, input.source_table};
        auto const table = database_.tables.find(name);
        if (table == database_.tables.end()) {
            say(codes::unknown_object, name, "the foreign key " + input.name + " is of a table that is not listed");
            return;
        }
        auto& constraints = table->second.constraints;
        auto const same = [&](Constraint const& other) {
            return other.kind == ConstraintKind::foreign_key && other.name == input.name;
        };
        auto found = std::find_if(constraints.begin(), constraints.end(), same);
        if (found == constraints.end()) {
            Constraint constraint;
            constraint.kind = ConstraintKind::foreign_key;
            constraint.name = input.name;
            constraint.referenced = {input.target_schema, input.target_table};
            constraints.push_back(std::move(constraint));
            found = constraints.end() - 1;
        }
        found->columns.push_back(input.source_column);
        found->referenced_columns.push_back(input.target_column);
    }

    void take(MetadataIndex const& input) {
        ObjectName const name{input.schema, input.table_name};
        auto const table = database_.tables.find(name);
        if (table == database_.tables.end()) {
            if (!database_.views.contains(name))
                say(codes::unknown_object, name, "the index " + input.name + " is of a table that is not listed");
            return;
        }
        if (input.is_primary_key) {
            // The index knows the order of the key's columns.
            std::erase_if(table->second.constraints,
                          [](Constraint const& other) { return other.kind == ConstraintKind::primary_key; });
            Constraint key;
            key.kind = ConstraintKind::primary_key;
            key.name = input.name;
            key.columns = input.columns;
            table->second.constraints.push_back(std::move(key));
            return;
        }
        table->second.indexes.push_back({input.name, input.columns, input.is_unique, false});
    }

    void take(MetadataDependency const& input) {
        ObjectName const from{input.source_schema, input.source_name};
        auto const target = resolve(database_, {input.target_schema, input.target_name});
        if (auto const view = database_.views.find(from); view != database_.views.end()) {
            if (view->second.query == nullptr) add_once(view->second.uses, target);
        } else if (auto const module = database_.modules.find(from); module != database_.modules.end()) {
            add_once(module->second.uses, target);
        }
    }

    static ObjectName name_of(std::string_view text) {
        auto const dot = text.find('.');
        if (dot == std::string_view::npos) return {"dbo", std::string(text)};
        return {std::string(text.substr(0, dot)), std::string(text.substr(dot + 1))};
    }

    static void add_once(std::vector<ObjectName>& names, ObjectName name) {
        if (std::find(names.begin(), names.end(), name) == names.end()) names.push_back(std::move(name));
    }

    void say(tsql::DiagnosticCode const& code, ObjectName const& name, std::string message) {
        database_.diagnostics.push_back(
            tsql::make_diagnostic(tsql::Source(to_string(name), {}), code, {0, 0}, std::move(message)));
    }

    Metadata document_;
    Database database_;
};

}  // namespace

Database read_metadata(std::string_view json) {
    return MetadataReader(read_document(json)).read();
}

}  // namespace mainstay::catalog
