// Reads the statements of scripts, one after the other, into a Database.
#pragma once
#include "products/migrate/catalog/catalog.hpp"

#include <set>

namespace mainstay::catalog {

class Reader {
public:
    explicit Reader(Database& database) : database_(database) {}

    void read(std::shared_ptr<tsql::ParseResult const>);
    // After the last script: what needs every object to be known.
    void finish();

private:
    // Whether the statement left something in the database.
    bool take(tsql::Statement const&, std::int32_t repeat);
    bool take_table(tsql::CreateTable const&);
    bool take_table_add(tsql::AlterTableAdd const&);
    bool take_table_check(tsql::AlterTableCheck const&);
    bool take_index(tsql::CreateIndex const&);
    bool take_type(tsql::CreateType const&);
    bool take_added_type(tsql::Execute const&);
    bool take_view(tsql::CreateView const&);
    bool take_module(tsql::CreateModule const&);
    bool take_insert(tsql::Insert const&, std::int32_t repeat);
    bool take_description(tsql::ExtendedProperty const&, tsql::Statement const&);
    void take_broken(tsql::Broken const&);
    bool take_skipped(tsql::Skipped const&);
    void take_selected_row(tsql::Insert const&, Rows&);

    void add_elements(Table&, tsql::TableDefinition const&, bool is_trusted);
    void add_column(Table&, tsql::ColumnDefinition const&, bool is_trusted);
    void add_constraint(Table&, tsql::Constraint const&, std::string_view column, bool is_trusted);
    void add_index(Table&, tsql::IndexDefinition const&, std::string_view column);
    void add_history(Table const&);
    void add_module(ObjectName, ModuleKind, tsql::Statement const&, std::optional<ObjectName> target = {});

    Table* find_table(tsql::Name const&, tsql::Span);
    std::string definition_of(tsql::Statement const&) const;
    void say(tsql::DiagnosticCode const&, tsql::Span, std::string message);

    Database& database_;
    std::shared_ptr<tsql::ParseResult const> script_;
    tsql::Arena* selected_ = nullptr;                   // lists of values that no tree has
    std::set<std::string, std::less<>> said_no_place_;  // of this script
};

// The columns that an expression names, each once.
std::vector<std::string> columns_in(tsql::Expression const&);

// Tables, views and modules that a query reads, its own common tables left out, as the database resolves them.
std::vector<ObjectName> names_read(Database const&, tsql::Query const&);

// Objects of the database that the text of a module's body names.
std::vector<ObjectName> names_in_text(Database const&, std::string_view body);

}  // namespace mainstay::catalog
