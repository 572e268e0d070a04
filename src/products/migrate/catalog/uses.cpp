// What queries and bodies of modules read. A name that a WITH clause defines hides the catalog's within its query.
#include "base/text.hpp"
#include "products/migrate/catalog/reader.hpp"

#include <algorithm>

namespace mainstay::catalog {

using tsql::as;
using tsql::NodeKind;

namespace {

// Visits every node of a query or expression once; the tree's height is bounded by the parser.
class Walk {
public:
    std::vector<tsql::ColumnReference const*> columns;
    std::vector<tsql::Name const*> relations;  // those that no WITH clause in sight defines
    std::vector<tsql::Name const*> functions;  // of two parts and more, or in FROM

    void query(tsql::Query const* query);
    void expression(tsql::Expression const* expression);

private:
    void body(tsql::QueryBody const*);
    void select(tsql::Select const&);
    void source(tsql::TableSource const*);
    void grouping(tsql::Grouping const&);
    void call(tsql::FunctionCall const&, bool in_from);
    void window(tsql::Window const*);
    void expressions(tsql::List<tsql::Expression const*> list) {
        for (auto const* item : list) expression(item);
    }
    void order(tsql::List<tsql::OrderItem> list) {
        for (auto const& item : list) expression(item.expression);
    }
    bool is_common_table(tsql::Name const&) const;

    std::vector<std::string_view> common_tables_;
};

void Walk::query(tsql::Query const* query) {
    if (query == nullptr) return;
    auto const outside = common_tables_.size();
    for (auto const& table : query->with) {
        common_tables_.push_back(table.name.text);
        this->query(table.query);
    }
    body(query->body);
    order(query->order_by);
    expression(query->offset);
    expression(query->fetch);
    common_tables_.resize(outside);
}

void Walk::body(tsql::QueryBody const* body) {
    if (auto const* set = as<tsql::SetOperation>(body))
        for (auto const* operand : set->operands) this->body(operand);
    else if (auto const* select = as<tsql::Select>(body))
        this->select(*select);
}

void Walk::select(tsql::Select const& select) {
    if (select.top != nullptr) expression(select.top->count);
    for (auto const& item : select.items) expression(item.expression);
    for (auto const* part : select.from) source(part);
    expression(select.where);
    if (select.group_by != nullptr)
        for (auto const& item : select.group_by->items) grouping(item);
    expression(select.having);
    for (auto const& named : select.windows) window(named.window);
}

void Walk::grouping(tsql::Grouping const& grouping) {
    expressions(grouping.items);
    for (auto const& child : grouping.children) this->grouping(child);
}

bool Walk::is_common_table(tsql::Name const& name) const {
    return name.parts.size() == 1 &&
           std::any_of(common_tables_.begin(), common_tables_.end(),
                       [&](std::string_view table) { return equals_ignoring_case(table, name.object()); });
}

void Walk::source(tsql::TableSource const* source) {
    if (source == nullptr) return;
    if (auto const* table = as<tsql::NamedTable>(source)) {
        if (!is_common_table(table->name)) relations.push_back(&table->name);
    } else if (auto const* derived = as<tsql::DerivedTable>(source)) {
        query(derived->query);
    } else if (auto const* values = as<tsql::ValuesTable>(source)) {
        for (auto const& row : values->rows) expressions(row.values);
    } else if (auto const* function = as<tsql::FunctionTable>(source)) {
        if (auto const* call = as<tsql::FunctionCall>(function->call))
            this->call(*call, true);
        else
            expression(function->call);
    } else if (auto const* join = as<tsql::Join>(source)) {
        this->source(join->left);
        this->source(join->right);
        expression(join->on);
    } else if (auto const* pivot = as<tsql::Pivot>(source)) {
        this->source(pivot->source);
        for (auto const& aggregate : pivot->aggregates) expression(aggregate.expression);
    } else if (auto const* unpivot = as<tsql::Unpivot>(source)) {
        this->source(unpivot->source);
    }
}

void Walk::window(tsql::Window const* window) {
    if (window == nullptr) return;
    expressions(window->partition_by);
    order(window->order_by);
}

void Walk::call(tsql::FunctionCall const& call, bool in_from) {
    if (in_from || call.name.parts.size() > 1) functions.push_back(&call.name);
    expressions(call.arguments);
    order(call.within_group);
    window(call.over);
}

void Walk::expression(tsql::Expression const* expression) {
    if (expression == nullptr) return;
    auto const self = [this](tsql::Expression const* child) { this->expression(child); };
    switch (expression->kind) {
        case NodeKind::column_reference: columns.push_back(as<tsql::ColumnReference>(expression)); return;
        case NodeKind::unary: return self(as<tsql::Unary>(expression)->operand);
        case NodeKind::binary:
            self(as<tsql::Binary>(expression)->left);
            return self(as<tsql::Binary>(expression)->right);
        case NodeKind::logical: return expressions(as<tsql::Logical>(expression)->operands);
        case NodeKind::between: {
            auto const* between = as<tsql::Between>(expression);
            self(between->operand);
            self(between->low);
            return self(between->high);
        }
        case NodeKind::in: {
            auto const* in = as<tsql::In>(expression);
            self(in->operand);
            expressions(in->list);
            return query(in->query);
        }
        case NodeKind::like: {
            auto const* like = as<tsql::Like>(expression);
            self(like->operand);
            self(like->pattern);
            return self(like->escape);
        }
        case NodeKind::is_null: return self(as<tsql::IsNull>(expression)->operand);
        case NodeKind::is_distinct_from:
            self(as<tsql::IsDistinctFrom>(expression)->left);
            return self(as<tsql::IsDistinctFrom>(expression)->right);
        case NodeKind::exists: return query(as<tsql::Exists>(expression)->query);
        case NodeKind::quantified:
            self(as<tsql::Quantified>(expression)->operand);
            return query(as<tsql::Quantified>(expression)->query);
        case NodeKind::subquery: return query(as<tsql::Subquery>(expression)->query);
        case NodeKind::case_expression: {
            auto const* conditional = as<tsql::Case>(expression);
            self(conditional->operand);
            for (auto const& when : conditional->whens) {
                self(when.condition);
                self(when.result);
            }
            return self(conditional->otherwise);
        }
        case NodeKind::cast: return self(as<tsql::Cast>(expression)->operand);
        case NodeKind::function_call: return call(*as<tsql::FunctionCall>(expression), false);
        case NodeKind::method_call:
            self(as<tsql::MethodCall>(expression)->target);
            return expressions(as<tsql::MethodCall>(expression)->arguments);
        case NodeKind::static_method_call: return expressions(as<tsql::StaticMethodCall>(expression)->arguments);
        case NodeKind::at_time_zone:
            self(as<tsql::AtTimeZone>(expression)->operand);
            return self(as<tsql::AtTimeZone>(expression)->zone);
        case NodeKind::collate: return self(as<tsql::Collate>(expression)->operand);
        case NodeKind::next_value_for: return window(as<tsql::NextValueFor>(expression)->over);
        case NodeKind::tuple: return expressions(as<tsql::Tuple>(expression)->items);
        default: return;
    }
}

void add_once(std::vector<ObjectName>& names, ObjectName name) {
    if (std::find(names.begin(), names.end(), name) == names.end()) names.push_back(std::move(name));
}

bool is_known(Database const& database, ObjectName const& name) {
    return database.tables.contains(name) || database.views.contains(name) || database.modules.contains(name);
}

bool is_word(char c) {
    return std::isalnum(static_cast<unsigned char>(c)) != 0 || c == '_' || c == '@' || c == '#' || c == '$' ||
           static_cast<unsigned char>(c) >= 0x80;
}

// The next name or word at `at`, quotes taken off; comments and strings are passed over. Empty at the end.
struct Word {
    std::string text;
    bool is_quoted = false;
};

std::string_view::size_type skip_string(std::string_view text, std::size_t at) {
    for (++at; at < text.size(); ++at)
        if (text[at] == '\'') {
            if (at + 1 >= text.size() || text[at + 1] != '\'') return at + 1;
            ++at;
        }
    return at;
}

Word next_word(std::string_view text, std::size_t& at) {
    while (at < text.size()) {
        auto const rest = text.substr(at);
        if (rest.starts_with("--")) {
            at = std::min(text.find('\n', at), text.size());
        } else if (rest.starts_with("/*")) {
            auto const end = text.find("*/", at + 2);
            at = end == std::string_view::npos ? text.size() : end + 2;
        } else if (rest[0] == '\'') {
            at = skip_string(text, at);
        } else if (rest[0] == '[' || rest[0] == '"') {
            auto const end = text.find(rest[0] == '[' ? ']' : '"', at + 1);
            auto const stop = end == std::string_view::npos ? text.size() : end;
            Word word{std::string(text.substr(at + 1, stop - at - 1)), true};
            at = std::min(stop + 1, text.size());
            return word;
        } else if (is_word(rest[0])) {
            auto const begin = at;
            while (at < text.size() && is_word(text[at])) ++at;
            return {std::string(text.substr(begin, at - begin)), false};
        } else {
            ++at;
        }
    }
    return {};
}

bool introduces_a_name(std::string_view word) {
    static constexpr std::string_view words[] = {"from", "join",  "into",    "update", "merge",  "using",
                                                 "exec", "table", "execute", "apply",  "insert", "delete"};
    return std::any_of(std::begin(words), std::end(words),
                       [&](std::string_view candidate) { return equals_ignoring_case(word, candidate); });
}

}  // namespace

std::vector<std::string> columns_in(tsql::Expression const& expression) {
    Walk walk;
    walk.expression(&expression);
    std::vector<std::string> names;
    for (auto const* column : walk.columns) {
        std::string name(column->name.object());
        auto const same = [&](std::string const& other) { return equals_ignoring_case(other, name); };
        if (std::none_of(names.begin(), names.end(), same)) names.push_back(std::move(name));
    }
    return names;
}

std::vector<ObjectName> names_read(Database const& database, tsql::Query const& query) {
    Walk walk;
    walk.query(&query);
    std::vector<ObjectName> names;
    for (auto const* relation : walk.relations) add_once(names, resolve(database, object_name(*relation)));
    for (auto const* function : walk.functions) {
        auto name = resolve(database, object_name(*function));
        if (database.modules.contains(name)) add_once(names, std::move(name));
    }
    return names;
}

std::vector<ObjectName> names_in_text(Database const& database, std::string_view body) {
    std::vector<ObjectName> names;
    std::string before;
    for (std::size_t at = 0; at < body.size();) {
        auto word = next_word(body, at);
        if (word.text.empty() && at >= body.size()) break;
        std::vector<std::string> parts{word.text};
        while (at < body.size() && body[at] == '.') {
            ++at;
            auto const part_begin = at;
            auto part = next_word(body, at);
            if (body.substr(part_begin, 1).find_first_of(" \r\n\t*") != std::string_view::npos) break;
            parts.push_back(std::move(part.text));
        }
        ObjectName name{"dbo", parts.back()};
        if (parts.size() > 1) name.schema = parts[parts.size() - 2].empty() ? "dbo" : parts[parts.size() - 2];
        if (parts.size() > 1 || introduces_a_name(before)) {
            name = resolve(database, std::move(name));
            if (is_known(database, name)) add_once(names, std::move(name));
        }
        before = word.is_quoted ? std::string{} : word.text;
    }
    return names;
}

}  // namespace mainstay::catalog
