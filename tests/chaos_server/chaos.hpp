// Chaos: the module of tests/chaos.py. Its jobs and workflows do what each is told when it is made: fail so many times,
// hold a lease for long, end their process. Whatever they bring about is a row under a key of its own and, before that,
// a request to a receiver outside. It is in no product.
#pragma once
#include "kernel/flow/flow.hpp"
#include "kernel/net/net.hpp"
#include "kernel/web/web.hpp"

#include <span>
#include <string>
#include <vector>

namespace mainstay::chaos {

inline constexpr std::string_view queue = "chaos";
inline constexpr std::int64_t patient_attempts = 50;  // more than the deaths that a run can meet with
inline constexpr std::int64_t doomed_attempts = 3;

// What a node of the test has; outlives what is made with it.
struct World {
    net::Transport& transport;
    Clock& clock;
    std::string receiver;  // URL
    std::string node;
    Duration lease;
};

enum class Conduct {
    plain,
    fails_before,  // its first attempts, before they had an effect outside
    fails_after,   // its first attempts, after it
    told,          // its first attempts are told when to come back
    discards,
    slow,     // longer than a lease
    crashes,  // its first attempts end the process
};
BOOST_DESCRIBE_ENUM(Conduct, plain, fails_before, fails_after, told, discards, slow, crashes)

struct Task {
    std::string key;
    Conduct conduct = Conduct::plain;
    std::int64_t times = 0;  // attempts that it applies to
    std::string lane;        // it tells the receiver when it enters and leaves; empty: none
};
fields::Table const& table_of(Task const*);

struct Tick {
    std::string name;
};
fields::Table const& table_of(Tick const*);

inline constexpr std::string_view patient_kind = "chaos_patient";
inline constexpr std::string_view doomed_kind = "chaos_doomed";
std::vector<flow::JobKind> job_kinds(World const&);

// The effect: told to the receiver now, a row with the job or the node.
void act(World const&, flow::Context&, std::string const& key);
enum class Passage { enters, leaves };
BOOST_DESCRIBE_ENUM(Passage, enters, leaves)
void pass(World const&, flow::Context&, Task const&, Passage);

// How a voyage ends once its loop, its joins and its approvals are behind it.
enum class Ending { done, doomed, overdue, stranded };
BOOST_DESCRIBE_ENUM(Ending, done, doomed, overdue, stranded)

struct Voyage {
    std::string key;
    std::int64_t laps = 1;   // of the loop
    std::int64_t times = 0;  // first attempts of each lap that fail
    Ending ending = Ending::done;
    std::int64_t lap = 0;
    std::string port, starboard, winner, signal, captain, owner, survey, end;
    std::int64_t cargo = 0;
};
fields::Table const& table_of(Voyage const*);

struct Signal {
    static constexpr std::string_view event_type = "chaos.signal";
    std::string value;
};
fields::Table const& table_of(Signal const*);

// Three graphs, of which the first starts the others.
class Graphs {
public:
    explicit Graphs(World const&);
    Graphs(Graphs const&) = delete;
    Graphs& operator=(Graphs const&) = delete;
    flow::Graph const& voyage() const { return voyage_; }
    template <class Where>  // an engine, or a program
    void add_to(Where& where) const {
        for (auto const* graph : {&crate_, &survey_, &voyage_}) where.add(*graph);
    }

private:
    flow::Graph crate_, survey_, voyage_;
};

struct Effect {
    std::string id;
    std::string node;
    std::int64_t attempt = 0;
};
fields::Table const& table_of(Effect const*);
void insert_effect(Transaction&, Effect const&);
void insert_tick(Transaction&, std::string const& name);

void add_routes(web::Routes&, flow::Graph const& voyage);
std::span<Migration const> migrations();

}  // namespace mainstay::chaos
