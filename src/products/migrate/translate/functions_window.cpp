// Windows, and the functions that only stand over them. Source: "OVER clause (Transact-SQL)", "Analytic functions".
#include "base/text.hpp"
#include "products/migrate/translate/functions.hpp"

#include <array>

namespace mainstay::translate {

using tsql::as;

namespace {

std::string_view bound_words(tsql::FrameBoundKind kind) {
    switch (kind) {
        case tsql::FrameBoundKind::unbounded_preceding: return "unbounded preceding";
        case tsql::FrameBoundKind::preceding: return " preceding";
        case tsql::FrameBoundKind::current_row: return "current row";
        case tsql::FrameBoundKind::following: return " following";
        case tsql::FrameBoundKind::unbounded_following: return "unbounded following";
    }
    return "";
}

std::string bound_text(Binder& binder, tsql::FrameBound const& bound) {
    std::string out(bound_words(bound.bound_kind));
    if (out.front() == ' ') out = binder.value(bound.distance).text + out;
    return out;
}

// ORDER BY (SELECT NULL) says that there is no order.
bool is_no_order(tsql::Expression const* expression) {
    auto const* const subquery = as<tsql::Subquery>(expression);
    if (subquery == nullptr || subquery->query->body == nullptr) return false;
    auto const* const select = as<tsql::Select>(subquery->query->body);
    return select != nullptr && select->from.empty() && select->items.size() == 1 &&
           as<tsql::Literal>(select->items[0].expression) != nullptr;
}

Value ranked(Binder& binder, tsql::FunctionCall const& node) {
    if (node.over == nullptr) return binder.fail(codes::wrong_arguments, node.span, "the function needs OVER");
    auto const name = lower_ascii(node.name.object());
    std::string text = name + "()";
    if (name == "ntile") {
        auto const groups = argument(binder, node, 0);
        if (groups.is_failed) return groups;
        text = call("ntile", {groups.text});
    }
    auto const over = binder.over(node, false);
    if (name == "percent_rank" || name == "cume_dist") {
        auto value = atom(text + over, "float", false);
        value.type.precision = 53;
        return value;
    }
    return atom(text + over, "bigint", false);
}

Value shifted(Binder& binder, tsql::FunctionCall const& node) {
    if (node.over == nullptr) return binder.fail(codes::wrong_arguments, node.span, "the function needs OVER");
    auto const own = argument(binder, node, 0);
    auto const distance = argument(binder, node, 1);
    auto otherwise = argument(binder, node, 2);
    if (own.is_failed || distance.is_failed || otherwise.is_failed) return failed_value();
    std::string text = lower_ascii(node.name.object()) + '(' + own.text;
    if (node.arguments.size() > 1) text += ", " + distance.text;
    if (node.arguments.size() > 2) {
        otherwise = binder.convert(std::move(otherwise), own.type, node.span);
        if (otherwise.is_failed) return otherwise;
        text += ", " + otherwise.text;
    }
    if (node.nulls == tsql::NullTreatment::ignore_nulls) text += " ignore nulls";
    auto value = make_value(text + ')' + binder.over(node, false), Rank::atom, own.type,
                            node.arguments.size() < 3 || own.is_nullable || otherwise.is_nullable);
    value.is_plain = own.is_plain && (node.arguments.size() < 3 || otherwise.is_plain || otherwise.literal);
    value.is_case_sensitive = own.is_case_sensitive;
    return value;
}

Value edge(Binder& binder, tsql::FunctionCall const& node) {
    if (node.over == nullptr) return binder.fail(codes::wrong_arguments, node.span, "the function needs OVER");
    auto const own = argument(binder, node, 0);
    if (own.is_failed) return own;
    auto text = lower_ascii(node.name.object()) + '(' + own.text;
    if (node.nulls == tsql::NullTreatment::ignore_nulls) text += " ignore nulls";
    auto value = make_value(text + ')' + binder.over(node, true), Rank::atom, own.type, true);
    value.is_plain = own.is_plain;
    value.is_case_sensitive = own.is_case_sensitive;
    return value;
}

constexpr std::array rows = {
    FunctionRow{"row_number", 0, 0, ranked},   FunctionRow{"rank", 0, 0, ranked},
    FunctionRow{"dense_rank", 0, 0, ranked},   FunctionRow{"ntile", 1, 1, ranked},
    FunctionRow{"percent_rank", 0, 0, ranked}, FunctionRow{"cume_dist", 0, 0, ranked},
    FunctionRow{"lag", 1, 3, shifted},         FunctionRow{"lead", 1, 3, shifted},
    FunctionRow{"first_value", 1, 1, edge},    FunctionRow{"last_value", 1, 1, edge},
};

}  // namespace

std::string Binder::order_text(tsql::List<tsql::OrderItem> order) {
    std::vector<std::string> texts;
    for (auto const& item : order) {
        if (is_no_order(item.expression)) continue;
        auto const own = value(item.expression);
        if (!own.is_failed) texts.push_back(order_text(own, item.is_descending, item.expression->span));
    }
    return joined(texts, ", ");
}

std::string Binder::over(tsql::FunctionCall const& node, bool takes_frame) {
    if (is_recursive_member_) say(codes::recursive_member, node.span, "a window within recursion sees other rows");
    return " over (" + window_text(*node.over, takes_frame) + ')';
}

std::string Binder::window_text(tsql::Window const& window, bool takes_frame) {
    std::vector<std::string> parts;
    auto const* partition = &window.partition_by;
    auto const* order = &window.order_by;
    auto const* frame = window.frame;
    for (auto const* at = &window; at->base.is_set();) {
        tsql::Window const* next = nullptr;
        for (auto const& named : scope_->windows)
            if (equals_ignoring_case(named.name.text, at->base.text) && named.window != at) next = named.window;
        if (next == nullptr) break;
        if (partition->empty()) partition = &next->partition_by;
        if (order->empty()) order = &next->order_by;
        if (frame == nullptr) frame = next->frame;
        at = next;
    }
    std::vector<std::string> keys;
    for (auto const* expression : *partition) {
        auto const own = value(expression);
        if (!own.is_failed) keys.push_back(key(own, expression->span));
    }
    if (!keys.empty()) parts.push_back("partition by " + joined(keys, ", "));
    auto const ordered = order_text(*order);
    if (!ordered.empty())
        parts.push_back("order by " + ordered);
    else if (!takes_frame && !order->empty())
        say(codes::top_without_order, window.span, "the rows are numbered in no given order");
    if (frame != nullptr && takes_frame) {
        auto const unit = frame->unit == tsql::FrameUnit::rows ? "rows" : "range";
        parts.push_back(std::string(unit) + " between " + bound_text(*this, frame->start) + " and " +
                        bound_text(*this, frame->end));
    }
    return joined(parts, " ");
}

std::span<FunctionRow const> window_functions() {
    return rows;
}

}  // namespace mainstay::translate
