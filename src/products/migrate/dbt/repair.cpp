// Repairs by rule. A rule is here when the engine's message leaves no doubt what is wrong; whether it helped is what
// the next run says.
#include "products/migrate/dbt/dbt.hpp"
#include "products/migrate/dbt/diagnostic_codes.hpp"
#include "products/migrate/dbt/generator.hpp"

#include <algorithm>

namespace mainstay::dbt {
namespace {

bool is_known(std::vector<Repair> const& repairs, Repair const& wanted) {
    return std::any_of(repairs.begin(), repairs.end(), [&](Repair const& repair) {
        return repair.model == wanted.model && repair.rule == wanted.rule && repair.subject == wanted.subject;
    });
}

// The first column whose cast the message quotes: "… when casting from source column UnitCost".
std::optional<Repair> read_as_text(catalog::Database const& database, Names const& names, Model const& model,
                                   ModelResult const& result) {
    if (model.planned.layer != Layer::staging || !result.error.starts_with("Conversion Error")) return std::nullopt;
    for (auto const& [name, own] : names.tables) {
        if (own.model != model.planned.name) continue;
        for (auto const& column : database.tables.at(name).columns)
            if (result.error.ends_with("source column " + column.name) ||
                result.error.find("source column " + column.name + '\n') != std::string::npos)
                return Repair{model.planned.name, std::string(codes::read_as_text.code), column.name,
                              column.name + " holds rows that its type cannot, so it is passed on as text."};
    }
    return std::nullopt;
}

std::optional<Repair> drop_order(Model const& model, ModelResult const& result) {
    bool const refuses_order =
        result.error.starts_with("Binder Error") && result.error.find("ORDER BY") != std::string::npos;
    if (model.planned.layer == Layer::staging || !refuses_order || model.sql.find("\norder by ") == std::string::npos)
        return std::nullopt;
    return Repair{model.planned.name,
                  std::string(codes::order_dropped.code),
                  {},
                  "The engine refused the order at the end; rows of a table have none."};
}

}  // namespace

std::vector<Repair> propose_repairs(catalog::Database const& database, Project const& project, RunResult const& results,
                                    std::vector<Repair> const& so_far) {
    std::vector<Repair> proposals;
    auto const names = make_names(database);
    for (std::size_t i = 0; i < project.models.size() && i < results.models.size(); ++i) {
        auto const& model = project.models[i];
        auto const& result = results.models[i];
        if (result.status != ModelStatus::failed) continue;
        for (auto& proposal : {read_as_text(database, names, model, result), drop_order(model, result)})
            if (proposal && !is_known(so_far, *proposal)) proposals.push_back(*proposal);
    }
    return proposals;
}

}  // namespace mainstay::dbt
