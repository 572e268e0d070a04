// What the parts of generate() share.
#pragma once
#include "products/migrate/dbt/names.hpp"

#include <string>
#include <vector>

namespace mainstay::dbt {

struct Generator {
    catalog::Database const& database;
    Names names;
    translate::Translator translator;
    std::vector<Repair> const& repairs;
    UniqueNames test_names;

    Generator(catalog::Database const&, std::vector<Repair> const&);
    bool is_repaired(std::string_view model, std::string_view rule, std::string_view subject = {}) const;
};

translate::Naming make_naming(catalog::Database const&, Names const&);

tsql::Diagnostic make_diagnostic(tsql::DiagnosticCode const&, std::string const& file, tsql::Position,
                                 std::string message);

// A model without tests; and the tests that a table's or a view's guarantees become.
Model staging_model(Generator&, catalog::Table const&, PlannedModel const&);
Model view_model(Generator&, catalog::View const&, PlannedModel const&);
void add_table_tests(Generator&, catalog::Table const&, Model&);
void add_view_tests(Generator&, Model&);

// Whether its text compares without case; what two values of a column are equal by.
bool is_text(catalog::Type const&);
std::string key_of(catalog::Database const&, catalog::Column const&, std::string const& name);

// Every file of the project but the models.
void add_project_files(catalog::Database const&, Names const&, Project&);
std::string models_yaml(catalog::Database const&, std::vector<Model const*> const&);
std::string sources_yaml(catalog::Database const&, Names const&, std::string const& source);
std::string description_of(catalog::Table const&);
std::string description_of(catalog::Table const&, catalog::Column const&);

}  // namespace mainstay::dbt
