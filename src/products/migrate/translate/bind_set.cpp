// UNION, EXCEPT and INTERSECT: columns take the type that all operands agree on, and rows are the same when their texts
// are the same by SQL Server's comparison.
#include "products/migrate/translate/binder.hpp"

#include <algorithm>

namespace mainstay::translate {

Body Binder::set_operation(tsql::SetOperation const& node, Scope* outer, Use use) {
    Body out;
    out.op = node.op;
    auto* const recursive = std::exchange(pending_, nullptr);
    for (auto const* operand : node.operands) {
        bool const is_member = recursive != nullptr && !out.operands.empty();
        bool const was_member = std::exchange(is_recursive_member_, is_recursive_member_ || is_member);
        out.operands.push_back(body(*operand, nullptr, outer, use));
        is_recursive_member_ = was_member;
        if (recursive == nullptr || out.operands.size() > 1) continue;
        // The first member gives the columns that the others read.
        auto const names = recursive->columns;
        auto& parts = out.operands.front().first().select;
        for (std::size_t i = 0; i < names.size() && i < parts.names.size(); ++i) {
            parts.source_names[i] = names[i].source_name;
            parts.names[i] = shared_.identifier(names[i].source_name);
        }
        recursive->columns = bound_columns(out.operands.front());
        for (auto& column : recursive->columns) column.is_nullable = true;
    }
    auto types = columns_of(out);
    if (recursive != nullptr) {
        auto const anchor = columns_of(out.operands.front());
        for (std::size_t i = 0; i < types.size() && i < anchor.size(); ++i) types[i].type = anchor[i].type;
    }
    for (auto const& operand : out.operands)
        if (columns_of(operand).size() != types.size()) {
            fail(codes::wrong_arguments, node.span, "the operands have different numbers of columns");
            return out;
        }
    coerce(out, types, node.span);
    bool const has_text =
        std::any_of(types.begin(), types.end(), [](Value const& type) { return is_text(type.family()); });
    if (has_text && node.op != tsql::SetOperator::union_all && use != Use::exists) {
        for (auto const& type : types)
            if (is_text(type.family()) && !type.is_case_sensitive)
                say(codes::text_compared, node.span, "rows are compared without case and trailing spaces");
        say(codes::text_representative, node.span, "texts that differ in case or trailing spaces are one row");
    }
    return out;
}

std::vector<Value> Binder::columns_of(Body const& body) const {
    if (!body.is_set()) return body.select.items;
    auto types = columns_of(body.operands.front());
    for (std::size_t n = 1; n < body.operands.size(); ++n) {
        auto const others = columns_of(body.operands[n]);
        for (std::size_t i = 0; i < types.size() && i < others.size(); ++i) {
            types[i].type = common_type(types[i].type, others[i].type);
            types[i].is_nullable = types[i].is_nullable || others[i].is_nullable;
            types[i].is_case_sensitive = types[i].is_case_sensitive || others[i].is_case_sensitive;
            types[i].is_failed = types[i].is_failed || others[i].is_failed;
            types[i].literal.reset();
            types[i].origin.reset();
        }
    }
    return types;
}

void Binder::coerce(Body& body, std::vector<Value> const& types, tsql::Span span) {
    if (body.is_set()) {
        for (auto& operand : body.operands) coerce(operand, types, span);
        return;
    }
    auto& items = body.select.items;
    for (std::size_t i = 0; i < items.size() && i < types.size(); ++i) {
        auto const origin = items[i].origin;
        bool const is_same = items[i].type.name == types[i].type.name;
        if (items[i].type.name.empty() && types[i].type.name.empty()) continue;
        items[i] = convert(std::move(items[i]), types[i].type, span);
        if (is_same) items[i].origin = origin;
    }
}

void Binder::finish_items(Body& body, Use use, tsql::Span span) {
    if (body.is_set()) {
        for (auto& operand : body.operands) finish_items(operand, use, span);
        return;
    }
    if (use == Use::exists) return;
    for (auto& item : body.select.items) {
        if (item.is_failed) continue;
        item.text = use == Use::keys && is_text(item.family()) ? key_of(item) : plain(item);
        item.rank = Rank::atom;
        item.is_plain = true;
    }
}

void Binder::order_set(tsql::Query const& query, Body& body) {
    bool const is_paged = query.offset != nullptr || query.fetch != nullptr;
    if (query.order_by.empty() || (!is_paged && (scope_ != nullptr || depth_ > 0))) return;
    // The columns of the whole, by the names that the first operand gives them.
    SelectParts outside;
    auto const& first = body.first().select;
    outside.names = first.names;
    outside.source_names = first.source_names;
    outside.items = columns_of(body);
    for (std::size_t i = 0; i < outside.items.size() && i < first.names.size(); ++i) {
        outside.items[i].text = quote_identifier(first.names[i]);
        outside.items[i].rank = Rank::atom;
        outside.items[i].literal.reset();
    }
    Scope scope;
    auto* const before = set_scope(&scope);
    body.order_by = order_select(query.order_by, outside);
    if (is_paged) limit_rows(query, body.limit);
    set_scope(before);
}

}  // namespace mainstay::translate
