// Extended properties are set by procedures of the system. Source: "sp_addextendedproperty (Transact-SQL)".
#include "base/text.hpp"
#include "products/migrate/tsql/tsql.hpp"

#include <array>

namespace mainstay::tsql {

namespace {

constexpr std::array<std::string_view, 8> parameters = {
    "@name", "@value", "@level0type", "@level0name", "@level1type", "@level1name", "@level2type", "@level2name",
};

std::string_view text_of(Expression const* value) {
    auto const* const literal = as<Literal>(value);
    return literal == nullptr || literal->literal_kind == LiteralKind::null ? std::string_view{} : literal->text;
}

}  // namespace

std::optional<ExtendedProperty> extended_property(Statement const& statement) {
    auto const* const execute = as<Execute>(&statement);
    if (execute == nullptr || execute->execute_kind != ExecuteKind::procedure) return std::nullopt;
    auto const procedure = execute->procedure.object();
    if (!equals_ignoring_case(procedure, "sp_addextendedproperty") &&
        !equals_ignoring_case(procedure, "sp_updateextendedproperty"))
        return std::nullopt;
    std::array<Expression const*, parameters.size()> values{};
    for (std::size_t i = 0; i < execute->arguments.size(); ++i) {
        auto const& argument = execute->arguments[i];
        auto position = argument.name.empty() ? i : 0;
        if (!argument.name.empty())
            while (position < parameters.size() && !equals_ignoring_case(argument.name, parameters[position]))
                ++position;
        if (position < values.size()) values[position] = argument.value;
    }
    if (values[0] == nullptr) return std::nullopt;
    return ExtendedProperty{text_of(values[0]), values[1],          text_of(values[2]), text_of(values[3]),
                            text_of(values[4]), text_of(values[5]), text_of(values[6]), text_of(values[7])};
}

}  // namespace mainstay::tsql
