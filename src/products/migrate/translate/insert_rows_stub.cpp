#include "products/migrate/translate/translate.hpp"
namespace mainstay::translate { TableRows insert_rows(catalog::Database const&, catalog::Table const&, std::string_view) { return {}; } }
