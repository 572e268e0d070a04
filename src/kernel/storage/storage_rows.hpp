// Parameters out of arguments and rows into structs; included by storage.hpp alone.
#pragma once
namespace mainstay {
namespace detail {

class Parameters {
public:
    template <class T>
    void add(Bound<T> const& bound) {
        if constexpr (std::is_convertible_v<T const&, std::string_view>) {
            add_value(bound.name, std::string_view(bound.value));
        } else {
            add_value(bound.name, fields::kind_of<T>().bind(&bound.value, arena_));
        }
    }
    template <class Struct>
    requires requires(Struct const* s) { table_of(s); }
    void add(Struct const& row) { add_row(&row, table_of(&row)); }
    std::span<Parameter const> list() const;  // throws Fault(errors::invalid_input) for text that cannot be stored

private:
    void add_row(void const* row, fields::Table const&);
    void add_value(std::string_view name, fields::SqlValue);
    fields::SqlArena arena_;
    std::vector<Parameter> list_;
};

// Fills one object after another from a statement's rows.
class RowFiller : public RowReader {
public:
    RowFiller(fields::Table const* table, fields::Kind const* plain) : table_(table), plain_(plain) {}
    void columns(std::span<std::string_view const> names) override;
    bool row(std::span<fields::SqlValue const> values) override;

protected:
    virtual void* next() = 0;  // where the next row goes
    virtual bool wants_more() = 0;

private:
    fields::Table const* table_;
    fields::Kind const* plain_;
    std::vector<std::size_t> column_of_field_;
};

template <class Row>
constexpr bool is_described = requires(Row const* row) {
    table_of(row);
};

template <class Row>
fields::Table const* table_or_null() {
    if constexpr (is_described<Row>)
        return &table_of(static_cast<Row const*>(nullptr));
    else
        return nullptr;
}
template <class Row>
fields::Kind const* kind_or_null() {
    if constexpr (is_described<Row>)
        return nullptr;
    else
        return &fields::kind_of<Row>();
}

template <class Row>
class OneRow : public RowFiller {
public:
    OneRow() : RowFiller(table_or_null<Row>(), kind_or_null<Row>()) {}
    std::optional<Row> found;

private:
    void* next() override { return &found.emplace(); }
    bool wants_more() override { return false; }
};

template <class Row>
class AllRows : public RowFiller {
public:
    AllRows() : RowFiller(table_or_null<Row>(), kind_or_null<Row>()) {}
    std::vector<Row> found;

private:
    void* next() override { return &found.emplace_back(); }
    bool wants_more() override { return true; }
};

}  // namespace detail

template <class... Args>
std::int64_t Snapshot::run_bound(Sql const& sql, RowReader* reader, Args const&... args) {
    detail::Parameters parameters;
    (parameters.add(args), ...);
    return run(sql, parameters.list(), reader);
}

template <class Row, class... Args>
std::optional<Row> Snapshot::maybe_one(Sql sql, Args const&... args) {
    detail::OneRow<Row> reader;
    run_bound(sql, &reader, args...);
    return std::move(reader.found);
}

template <class Row, class... Args>
Row Snapshot::one(Sql sql, Args const&... args) {
    auto found = maybe_one<Row>(sql, args...);
    if (!found) throw std::logic_error("a statement that always gives a row gave none: " + std::string(sql.sqlite));
    return std::move(*found);
}

template <class Row, class... Args>
std::vector<Row> Snapshot::all(Sql sql, Args const&... args) {
    detail::AllRows<Row> reader;
    run_bound(sql, &reader, args...);
    return std::move(reader.found);
}

template <class... Args>
std::int64_t Transaction::execute(Sql sql, Args const&... args) {
    return run_bound(sql, nullptr, args...);
}

template <class F>
auto Database::read(Scope const& scope, F&& reader, ReadLimits limits) {
    using Result = std::invoke_result_t<F&, Snapshot&>;
    if constexpr (std::is_void_v<Result>) {
        read_erased(scope, limits, [&](Snapshot& snapshot) { reader(snapshot); });
    } else {
        std::optional<Result> result;
        read_erased(scope, limits, [&](Snapshot& snapshot) { result.emplace(reader(snapshot)); });
        return std::move(*result);
    }
}

template <class F>
auto Database::write(Scope const& scope, F&& unit, Isolation isolation) {
    using Result = std::invoke_result_t<F&, Transaction&>;
    if constexpr (std::is_void_v<Result>) {
        write_and_wait(
            scope, [&](Transaction& tx) { unit(tx); }, isolation);
    } else {
        std::optional<Result> result;
        write_and_wait(
            scope, [&](Transaction& tx) { result.emplace(unit(tx)); }, isolation);
        return std::move(*result);
    }
}

}  // namespace mainstay
