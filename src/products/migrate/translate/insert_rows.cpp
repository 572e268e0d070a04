// The rows of a table as the scripts insert them, one after the other, as SQL Server would store them.
#include "base/text.hpp"
#include "products/migrate/translate/constant.hpp"
#include "products/migrate/translate/diagnostic_codes.hpp"

#include <algorithm>

namespace mainstay::translate {

using tsql::as;

namespace {

class RowReader {
public:
    RowReader(catalog::Database const& database, catalog::Table const& table, std::string_view now)
        : table_(table), source_{database, read_moment(now).value_or(Moment{}), 0, {}} {
        for (auto const& column : table.columns)
            if (column.computed == nullptr && column.computed_sql.empty()) {
                stored_.push_back(&column);
                out_.columns.push_back(column.name);
                next_identity_ = column.is_identity ? column.identity_seed : next_identity_;
            }
    }

    void read(catalog::Rows const& rows) {
        std::vector<catalog::Column const*> targets;
        for (auto const& name : rows.columns) targets.push_back(table_.find_column(name));
        if (rows.columns.empty())
            for (auto const* column : stored_)
                if (!column->is_identity && !column->is_generated && column->type.name != "rowversion")
                    targets.push_back(column);
        for (std::int32_t n = 0; n < rows.repeat; ++n)
            for (auto const& values : rows.values) read_row(rows, targets, values);
    }

    TableRows take() { return std::move(out_); }

private:
    void read_row(catalog::Rows const& rows, std::vector<catalog::Column const*> targets,
                  tsql::List<tsql::Expression const*> values) {
        // Rows of all columns may also name identity columns, under IDENTITY_INSERT.
        if (rows.columns.empty() && !values.empty() && values.size() == stored_.size())
            targets.assign(stored_.begin(), stored_.end());
        if (values.size() != targets.size() && !values.empty()) {
            say(rows, values, "the row has another number of values than the table");
            return;
        }
        std::vector<Cell> cells;
        for (auto const* column : stored_) {
            auto const at = values.empty() ? targets.end() : std::find(targets.begin(), targets.end(), column);
            auto const* const expression =
                at == targets.end() ? nullptr : values[static_cast<std::size_t>(at - targets.begin())];
            auto const cell = cell_for(*column, expression);
            if (!cell.is_valid) {
                say(rows, values, "the value of " + column->name + " does not follow from the script");
                return;
            }
            cells.push_back(cell.cell);
        }
        ++source_.row;
        out_.rows.push_back(std::move(cells));
    }

    CellResult cell_for(catalog::Column const& column, tsql::Expression const* expression) {
        bool const is_default = expression == nullptr || as<tsql::DefaultValue>(expression) != nullptr;
        if (!is_default) {
            auto const value = evaluate(expression, source_);
            if (!value) return {};
            auto cell = cell_of(*value, column.type);
            if (column.is_identity && cell.cell)
                if (auto const number = read_exact(*cell.cell); number && number->units >= next_identity_)
                    next_identity_ = static_cast<std::int64_t>(number->units) + column.identity_increment;
            return cell;
        }
        if (column.is_identity) {
            auto const number = next_identity_;
            next_identity_ += column.identity_increment;
            return {true, std::to_string(number)};
        }
        if (column.is_generated) return generated(column);
        if (column.type.name == "rowversion") {
            auto number = to_string(Exact{static_cast<__int128>(source_.row + 1), 0});
            Constant version;
            version.kind = Constant::Kind::text;
            version.text = number;
            return cell_of(version, column.type);
        }
        if (column.default_value == nullptr) return {column.is_nullable, std::nullopt};
        auto const value = evaluate(column.default_value, source_);
        return value ? cell_of(*value, column.type) : CellResult{};
    }

    // The period of a temporal table: from now on, without an end.
    CellResult generated(catalog::Column const& column) const {
        auto const first =
            std::find_if(stored_.begin(), stored_.end(), [](auto const* other) { return other->is_generated; });
        Constant value;
        value.kind = Constant::Kind::text;
        value.text = *first == &column ? timestamp_text(source_.now) : "9999-12-31 23:59:59.999999";
        return cell_of(value, column.type);
    }

    void say(catalog::Rows const& rows, tsql::List<tsql::Expression const*> values, std::string message) {
        if (out_.diagnostics.size() >= max_diagnostics) return;
        auto const span = values.empty() ? tsql::Span{} : values.front()->span;
        out_.diagnostics.push_back(
            tsql::make_diagnostic(*rows.script->source, codes::not_a_constant, span, std::move(message)));
    }

    catalog::Table const& table_;
    ConstantSource source_;
    std::vector<catalog::Column const*> stored_;
    std::int64_t next_identity_ = 1;
    TableRows out_;
};

}  // namespace

TableRows insert_rows(catalog::Database const& database, catalog::Table const& table, std::string_view now) {
    RowReader reader(database, table, now);
    if (auto const found = database.rows.find(table.name); found != database.rows.end())
        for (auto const& rows : found->second) reader.read(rows);
    return reader.take();
}

}  // namespace mainstay::translate
