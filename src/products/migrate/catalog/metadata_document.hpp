// The members of a metadata document that the catalog keeps.
#pragma once
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace mainstay::catalog {

struct MetadataColumn {
    std::string name;
    std::string data_type;
    bool is_nullable = true;
    std::optional<std::int64_t> max_length;
    std::optional<std::int64_t> precision;
    std::optional<std::int64_t> scale;
    std::optional<std::string> default_value;
    bool is_primary_key = false;
    bool is_identity = false;
    std::optional<std::string> description;
};

struct MetadataTable {
    std::string schema;
    std::string name;
    std::optional<std::string> object_type;
    std::vector<MetadataColumn> columns;
    std::optional<std::int64_t> row_count;
    std::vector<std::string> dependencies;
    std::optional<std::string> description;
};

struct MetadataView {
    std::string schema;
    std::string name;
    std::optional<std::string> definition;
};

struct MetadataProcedure {
    std::string schema;
    std::string name;
    std::optional<std::string> definition;
    std::vector<std::string> dependencies;
};

struct MetadataDependency {
    std::string source_schema;
    std::string source_name;
    std::string target_schema;
    std::string target_name;
};

struct MetadataForeignKey {
    std::string name;
    std::string source_schema;
    std::string source_table;
    std::string source_column;
    std::string target_schema;
    std::string target_table;
    std::string target_column;
};

struct MetadataIndex {
    std::string name;
    std::string schema;
    std::string table_name;
    std::vector<std::string> columns;
    bool is_unique = false;
    bool is_primary_key = false;
};

struct Metadata {
    std::optional<std::string> database_name;
    std::vector<MetadataTable> tables;
    std::vector<MetadataView> views;
    std::vector<MetadataProcedure> stored_procedures;
    std::vector<MetadataDependency> dependencies;
    std::vector<MetadataForeignKey> foreign_keys;
    std::vector<MetadataIndex> indexes;
};

// Throws Fault(errors::malformed_json) or Fault(errors::invalid_input), with every fault's pointer.
Metadata read_document(std::string_view json);

}  // namespace mainstay::catalog
