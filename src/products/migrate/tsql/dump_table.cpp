// Tables, columns, constraints and indexes as S-expressions.
#include "products/migrate/tsql/dumper.hpp"

namespace mainstay::tsql {

namespace {

constexpr std::string_view constraint_heads[] = {"primary_key", "unique",  "check",
                                                 "foreign_key", "default", "connection"};
constexpr std::string_view index_words[] = {"", "columnstore", "xml", "spatial", "hash"};
constexpr std::string_view generated_words[] = {
    "",
    "row_start",
    "row_end",
    "transaction_id_start",
    "transaction_id_end",
    "sequence_number_start",
    "sequence_number_end",
};
constexpr std::string_view action_words[] = {"no_action", "cascade", "set_null", "set_default"};

template <class E>
std::string_view pick(std::string_view const* words, E value) {
    return words[static_cast<std::size_t>(value)];
}

}  // namespace

void Dumper::create_table(CreateTable const& table) {
    open("create_table");
    name(table.name);
    flag(table.is_external, "external");
    flag(table.is_filetable, "filetable");
    flag(table.is_node, "node");
    flag(table.is_edge, "edge");
    if (table.definition != nullptr) definition(*table.definition);
    if (table.as_query != nullptr) query(table.as_query);
    placement("on", table.placement);
    placement("textimage_on", table.textimage);
    placement("filestream_on", table.filestream);
    options("options", table.options);
    close();
}

void Dumper::definition(TableDefinition const& value) {
    for (auto const* column_value : value.columns) column(*column_value);
    if (value.period != nullptr) {
        open("period");
        identifier(value.period->start);
        identifier(value.period->end);
        close();
    }
    for (auto const* constraint_value : value.constraints) constraint(*constraint_value);
    for (auto const* index_value : value.indexes) index(*index_value);
}

void Dumper::column(ColumnDefinition const& value) {
    open("column");
    identifier(value.name);
    if (value.type != nullptr) data_type(*value.type);
    labelled("computed", value.computed);
    flag(value.is_persisted, "persisted");
    nullability(value.nullability);
    named("collate", value.collation);
    if (value.identity != nullptr) {
        open("identity");
        if (!value.identity->seed.empty()) word(value.identity->seed);
        if (!value.identity->increment.empty()) word(value.identity->increment);
        flag(value.identity->not_for_replication, "not_for_replication");
        close();
    }
    if (value.generated != GeneratedKind::none) word(pick(generated_words, value.generated));
    flag(value.is_hidden, "hidden");
    flag(value.is_rowguidcol, "rowguidcol");
    flag(value.is_sparse, "sparse");
    flag(value.is_column_set, "column_set");
    flag(value.is_filestream, "filestream");
    flag(value.is_not_for_replication, "not_for_replication");
    text("masked", value.mask);
    options("encrypted", value.encryption);
    for (auto const* constraint_value : value.constraints) constraint(*constraint_value);
    for (auto const* index_value : value.indexes) index(*index_value);
    close();
}

void Dumper::nullability(Nullability value) {
    flag(value == Nullability::null, "null");
    flag(value == Nullability::not_null, "not_null");
}

void Dumper::clustering(Clustering value) {
    flag(value == Clustering::clustered, "clustered");
    flag(value == Clustering::nonclustered, "nonclustered");
}

void Dumper::constraint(Constraint const& value) {
    open(pick(constraint_heads, value.constraint_kind));
    if (value.name.is_set()) identifier(value.name);
    clustering(value.clustering);
    flag(value.is_hash, "hash");
    index_columns(value.columns);
    if (value.expression != nullptr) expression(value.expression);
    named("references", value.references);
    names("referenced", value.referenced_columns);
    action("on_delete", value.on_delete);
    action("on_update", value.on_update);
    flag(value.not_for_replication, "not_for_replication");
    flag(value.not_enforced, "not_enforced");
    named("for", value.for_column);
    flag(value.with_values, "with_values");
    text("between", value.connections);
    options("options", value.options);
    placement("on", value.placement);
    close();
}

void Dumper::action(std::string_view head, ReferentialAction value) {
    if (value == ReferentialAction::no_action) return;
    open(head);
    word(pick(action_words, value));
    close();
}

void Dumper::index_columns(List<IndexColumn> columns) {
    if (columns.empty()) return;
    open("columns");
    for (auto const& column_value : columns) {
        if (column_value.is_descending)
            named("desc", column_value.name);
        else
            identifier(column_value.name);
    }
    close();
}

void Dumper::index(IndexDefinition const& value) {
    open("index");
    identifier(value.name);
    if (value.index_kind != IndexKind::row) word(pick(index_words, value.index_kind));
    flag(value.is_unique, "unique");
    clustering(value.clustering);
    index_columns(value.columns);
    names("include", value.included);
    labelled("where", value.where);
    options("options", value.options);
    placement("on", value.placement);
    close();
}

void Dumper::placement(std::string_view head, Placement const& value) {
    if (!value.is_set()) return;
    open(head);
    identifier(value.name);
    if (value.partition_column.is_set()) identifier(value.partition_column);
    close();
}

}  // namespace mainstay::tsql
