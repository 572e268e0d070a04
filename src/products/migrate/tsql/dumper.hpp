// Writes trees as S-expressions: first flat, then broken into lines where a node is too wide for one.
#pragma once
#include "products/migrate/tsql/tsql.hpp"

#include <string>
#include <string_view>

namespace mainstay::tsql {

class Dumper {
public:
    void statement(Statement const*);
    void query(Query const*);
    void expression(Expression const*);
    void batch(Batch const&);

    std::string take() const;

private:
    // dumper.cpp
    void open(std::string_view head);
    void close() { flat_ += ')'; }
    void separate();
    void word(std::string_view);
    void flag(bool set, std::string_view name) {
        if (set) word(name);
    }
    static std::string quoted(std::string_view);
    void quote(std::string_view value) { word(quoted(value)); }
    void identifier(Identifier const&);
    void name(Name const&);
    void number(std::int64_t);
    void names(std::string_view head, List<Identifier>);
    void options(std::string_view head, List<Option>);
    void option(Option const&);
    void text(std::string_view head, std::string_view value);  // (head 'value'), nothing when empty
    void named(std::string_view head, Identifier const&);      // (head a)
    void named(std::string_view head, Name const&);
    void expressions(std::string_view head, List<Expression const*>);
    void expressions(List<Expression const*>);
    void labelled(std::string_view head, Expression const*);  // (head x), nothing for nullptr

    // dump_expression.cpp
    void literal(Literal const&);
    void function_call(FunctionCall const&);
    void method(Identifier const&, bool is_property, List<Expression const*>);
    void window(Window const&);
    void frame_bound(FrameBound const&);
    void order(std::string_view head, List<OrderItem>);
    void data_type(DataType const&);
    void predicate(Expression const*);

    // dump_query.cpp
    void with(List<XmlNamespace>, List<CommonTable>);
    void body(QueryBody const*);
    void select(Select const&);
    void item(SelectItem const&);
    void items(std::string_view head, List<SelectItem>);
    void grouping(Grouping const&);
    void source(TableSource const*);
    void function_table(FunctionTable const&);
    void join(Join const&);
    void alias(Identifier const&, List<Identifier> columns = {});
    void rows(List<ValuesRow>);

    // dump_table.cpp
    void definition(TableDefinition const&);
    void column(ColumnDefinition const&);
    void constraint(Constraint const&);
    void index(IndexDefinition const&);
    void index_columns(List<IndexColumn>);
    void placement(std::string_view head, Placement const&);
    void clustering(Clustering);
    void nullability(Nullability);
    void action(std::string_view head, ReferentialAction);
    void create_table(CreateTable const&);

    // dump_statement.cpp
    void create(Statement const*);
    void insert(Insert const&);
    void execute(Execute const&);
    void module(CreateModule const&);
    void mode(CreateMode);
    void sequence(CreateSequence const&);
    void statements(std::string_view head, List<Statement const*>);

    std::string flat_;
};

}  // namespace mainstay::tsql
