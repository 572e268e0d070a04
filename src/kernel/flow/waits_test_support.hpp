// What the tests of waits share: an order that is approved, paid and shipped. For tests alone.
#pragma once
#include "kernel/flow/flow_test_support.hpp"

namespace mainstay::flow {

struct Order {
    std::string id;
    std::int64_t total = 0;
    std::string invoice, label, log;
    std::vector<std::string> approvals;
};
inline fields::Table const& table_of(Order const*) {
    static fields::Table const table{
        "Order",
        {fields::field("id", &Order::id, ""), fields::field("total", &Order::total, ""),
         fields::field("invoice", &Order::invoice, ""), fields::field("label", &Order::label, ""),
         fields::field("log", &Order::log, ""), fields::field("approvals", &Order::approvals, "")}};
    return table;
}

struct Question {
    std::string text;
};
inline fields::Table const& table_of(Question const*) {
    static fields::Table const table{"Question", {fields::field("text", &Question::text, "")}};
    return table;
}

struct Approval {
    bool is_granted = false;
};
inline fields::Table const& table_of(Approval const*) {
    static fields::Table const table{"Approval", {fields::field("is_granted", &Approval::is_granted, "")}};
    return table;
}

struct Paid {
    static constexpr std::string_view event_type = "test.paid";
    std::int64_t amount = 0;
};
inline fields::Table const& table_of(Paid const*) {
    static fields::Table const table{"Paid", {fields::field("amount", &Paid::amount, "")}};
    return table;
}

inline constexpr char const* granted = R"({"is_granted":true})";

inline Question ask_to_approve(Order const& order) {
    return {"Pay " + std::to_string(order.total) + "?"};
}
inline void take_approval(Order& order, Approval const& approval, std::string const& who) {
    order.approvals.push_back(who + (approval.is_granted ? " granted" : " refused"));
}
inline std::string order_id(Order const& order) {
    return order.id;
}

inline Graph approval_in_two_branches() {
    return GraphBuilder<Order>("two_approvals", 1)
        .split("both", {"first", "second"})
        .join("ship")
        .merge([](Order& order, std::vector<Order> const& branches) {
            for (auto const& branch : branches)
                order.approvals.insert(order.approvals.end(), branch.approvals.begin(), branch.approvals.end());
        })
        .ask<Approval>("first", ask_to_approve, take_approval)
        .then("ship")
        .ask<Approval>("second", ask_to_approve, take_approval)
        .then("ship")
        .node("ship", [](Context&, Order& order) { order.log += "shipped"; })
        .then(end)
        .build();
}

class WaitsWorld : public FlowWorld {
protected:
    WaitsWorld() { delivery_.emplace(database()); }

    static auto log(std::string const& letter) {
        return [letter](Context&, Order& order) { order.log += letter; };
    }
    RunId begin(Graph const& graph, Order const& order = {"ord_1", 7, "", "", "", {}}) {
        return database().write(mine, [&](Transaction& tx) { return start_run(tx, graph, order); });
    }
    Order order(RunId id) { return fields::from_json<Order>(run(id).data.text); }
    std::vector<Wait> open_waits(RunId id) {
        return database().read(mine, [&](Snapshot& s) { return open_waits_of(s, find_run(s, id).value()); });
    }
    Answered give(Graph const& graph, WaitId wait, std::string const& text = granted, std::string_view who = "ann") {
        return database().write(mine, [&](Transaction& tx) { return answer(tx, graph, wait, text, who); });
    }
    void pay(std::string_view subject, std::int64_t amount) {
        database().write(mine, [&](Transaction& tx) { events::emit(tx, subject, Paid{amount}); });
    }
    void let_time_pass() {
        delivery_.reset();
        reopen(system_clock());
        delivery_.emplace(database());
    }
    void settle(std::vector<Graph const*> const& graphs) {
        Engine engine(database(), clock, {});
        for (auto const* graph : graphs) engine.add(*graph);
        engine.run_until_idle();
    }

private:
    std::optional<EventDelivery> delivery_;
};

}  // namespace mainstay::flow
