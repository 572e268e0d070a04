// Documents of other programs: members that are not known are passed over.
#include "products/migrate/catalog/metadata_document.hpp"

#include "kernel/fields/fields.hpp"

namespace mainstay::catalog {

using fields::defaulted;
using fields::field;

fields::Table const& table_of(MetadataColumn const*) {
    static fields::Table const table{
        "MigrationMetadataColumn",
        {field("name", &MetadataColumn::name, "Its name."),
         field("data_type", &MetadataColumn::data_type, "Such as varchar or decimal(10,2)."),
         field("is_nullable", &MetadataColumn::is_nullable, "Whether it may be NULL.", defaulted()),
         field("max_length", &MetadataColumn::max_length, "In bytes, as sys.columns has it; -1 for max."),
         field("precision", &MetadataColumn::precision, "Of numbers and times."),
         field("scale", &MetadataColumn::scale, "Of numbers and times."),
         field("default_value", &MetadataColumn::default_value, "The default's expression."),
         field("is_primary_key", &MetadataColumn::is_primary_key, "Whether the primary key has it.", defaulted()),
         field("is_identity", &MetadataColumn::is_identity, "Whether the server numbers it.", defaulted()),
         field("description", &MetadataColumn::description, "MS_Description.")},
        fields::Unknown::ignored};
    return table;
}

fields::Table const& table_of(MetadataTable const*) {
    static fields::Table const table{
        "MigrationMetadataTable",
        {field("schema", &MetadataTable::schema, "Its schema."), field("name", &MetadataTable::name, "Its name."),
         field("object_type", &MetadataTable::object_type, "USER_TABLE or VIEW."),
         field("columns", &MetadataTable::columns, "In their order.", defaulted()),
         field("row_count", &MetadataTable::row_count, "How many rows it has."),
         field("dependencies", &MetadataTable::dependencies, "What it reads: schema.name.", defaulted()),
         field("description", &MetadataTable::description, "MS_Description.")},
        fields::Unknown::ignored};
    return table;
}

fields::Table const& table_of(MetadataView const*) {
    static fields::Table const table{
        "MigrationMetadataView",
        {field("schema", &MetadataView::schema, "Its schema."), field("name", &MetadataView::name, "Its name."),
         field("definition", &MetadataView::definition, "CREATE VIEW … or its query.")},
        fields::Unknown::ignored};
    return table;
}

fields::Table const& table_of(MetadataProcedure const*) {
    static fields::Table const table{
        "MigrationMetadataProcedure",
        {field("schema", &MetadataProcedure::schema, "Its schema."),
         field("name", &MetadataProcedure::name, "Its name."),
         field("definition", &MetadataProcedure::definition, "CREATE PROCEDURE …"),
         field("dependencies", &MetadataProcedure::dependencies, "What it uses: schema.name.", defaulted())},
        fields::Unknown::ignored};
    return table;
}

fields::Table const& table_of(MetadataDependency const*) {
    static fields::Table const table{"MigrationMetadataDependency",
                                     {field("source_schema", &MetadataDependency::source_schema, "Of what reads."),
                                      field("source_name", &MetadataDependency::source_name, "Of what reads."),
                                      field("target_schema", &MetadataDependency::target_schema, "Of what is read."),
                                      field("target_name", &MetadataDependency::target_name, "Of what is read.")},
                                     fields::Unknown::ignored};
    return table;
}

fields::Table const& table_of(MetadataForeignKey const*) {
    static fields::Table const table{
        "MigrationMetadataForeignKey",
        {field("name", &MetadataForeignKey::name, "Its name; columns of one name are one key."),
         field("source_schema", &MetadataForeignKey::source_schema, "Of the table that refers."),
         field("source_table", &MetadataForeignKey::source_table, "The table that refers."),
         field("source_column", &MetadataForeignKey::source_column, "Its column."),
         field("target_schema", &MetadataForeignKey::target_schema, "Of the table that is referred to."),
         field("target_table", &MetadataForeignKey::target_table, "The table that is referred to."),
         field("target_column", &MetadataForeignKey::target_column, "Its column.")},
        fields::Unknown::ignored};
    return table;
}

fields::Table const& table_of(MetadataIndex const*) {
    static fields::Table const table{
        "MigrationMetadataIndex",
        {field("name", &MetadataIndex::name, "Its name."), field("schema", &MetadataIndex::schema, "Of its table."),
         field("table_name", &MetadataIndex::table_name, "Its table."),
         field("columns", &MetadataIndex::columns, "Its key.", defaulted()),
         field("is_unique", &MetadataIndex::is_unique, "Whether it is unique.", defaulted()),
         field("is_primary_key", &MetadataIndex::is_primary_key, "Whether it is the primary key.", defaulted())},
        fields::Unknown::ignored};
    return table;
}

fields::Table const& table_of(Metadata const*) {
    static fields::Table const table{
        "MigrationMetadata",
        {field("database_name", &Metadata::database_name, "The database's name."),
         field("tables", &Metadata::tables, "Tables, and views that have no definition."),
         field("views", &Metadata::views, "Views with their definitions.", defaulted()),
         field("stored_procedures", &Metadata::stored_procedures, "Procedures with their definitions.", defaulted()),
         field("dependencies", &Metadata::dependencies, "Who reads whom.", defaulted()),
         field("foreign_keys", &Metadata::foreign_keys, "A row a column.", defaulted()),
         field("indexes", &Metadata::indexes, "Indexes with their keys.", defaulted())},
        fields::Unknown::ignored};
    return table;
}

Metadata read_document(std::string_view json) {
    return fields::from_json<Metadata>(json);
}

}  // namespace mainstay::catalog
