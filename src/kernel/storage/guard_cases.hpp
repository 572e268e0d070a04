// Statements that forget, mistake or attack the tenant, for the tests of both engines. Guarantees nothing by itself:
// each engine runs every case as tenant `mine` beside the rows of `theirs`.
#pragma once
#include <string_view>

namespace mainstay::guard_cases {

// For the rows see `rows`: theirs say "secret" wherever mine say something else, and there are more of them.
inline constexpr std::string_view schema = R"(
CREATE TABLE tickets (id TEXT NOT NULL, tenant_id TEXT NOT NULL, title TEXT, rank BIGINT NOT NULL DEFAULT 0,
    PRIMARY KEY (tenant_id, id), UNIQUE (tenant_id, title, id));
CREATE TABLE comments (tenant_id TEXT NOT NULL, id TEXT NOT NULL, ticket_id TEXT, body TEXT,
    PRIMARY KEY (tenant_id, id),
    FOREIGN KEY (tenant_id, ticket_id) REFERENCES tickets (tenant_id, id) ON DELETE CASCADE);
CREATE INDEX comments_ticket ON comments (tenant_id, ticket_id);
-- global: the same for all
CREATE TABLE settings (name TEXT NOT NULL PRIMARY KEY, value TEXT);
)";

// Run in system scope with :mine and :theirs.
inline constexpr char const* rows[] = {
    "INSERT INTO tickets (tenant_id, id, title) VALUES (:mine, 't1', 'first'), (:mine, 't2', 'second'), "
    "(:theirs, 't1', 'secret 1'), (:theirs, 't2', 'secret 2'), (:theirs, 't9', 'secret 9')",
    "INSERT INTO comments (tenant_id, id, ticket_id, body) VALUES (:mine, 'c1', 't1', 'one'), (:mine, 'c2', 't2', "
    "'two'), "
    "(:theirs, 'c1', 't1', 'secret one'), (:theirs, 'c9', 't9', 'secret nine')",
    "INSERT INTO settings (name, value) VALUES ('motto', 'onward')",
};

// All that a tenant has, as one text a row; run in system scope with :whose.
inline constexpr char const* all_rows_of =
    "SELECT id || '|' || title || '|' || rank AS text FROM tickets WHERE tenant_id = :whose UNION ALL "
    "SELECT id || '|' || coalesce(ticket_id, '') || '|' || coalesce(body, '') FROM comments WHERE tenant_id = :whose "
    "ORDER BY 1";

enum class Must {
    work,     // as the tenant's own rows have it
    not_leak  // give and change no row of theirs: by doing nothing to them, or by being refused
};

struct Case {
    std::string_view what;
    char const* sql;  // gives one column of text or nothing; may use :tenant and :theirs, the id of the other tenant
    Must must;
};

inline constexpr Case all[] = {
    {"read of one", "SELECT title FROM tickets WHERE tenant_id = :tenant AND id = 't1'", Must::work},
    {"join",
     "SELECT c.body FROM tickets t JOIN comments c ON c.tenant_id = t.tenant_id AND c.ticket_id = t.id "
     "WHERE t.tenant_id = :tenant",
     Must::work},
    {"common table expression", "WITH x AS (SELECT id FROM tickets WHERE tenant_id = :tenant) SELECT id FROM x",
     Must::work},
    {"update of one", "UPDATE tickets SET title = 'x' WHERE tenant_id = :tenant AND id = 't1' RETURNING id",
     Must::work},
    {"delete of one", "DELETE FROM tickets WHERE tenant_id = :tenant AND id = 't1' RETURNING id", Must::work},
    {"insert", "INSERT INTO tickets (tenant_id, id, title) VALUES (:tenant, 't3', 'third') RETURNING id", Must::work},
    {"insert of a child", "INSERT INTO comments (tenant_id, id, ticket_id) VALUES (:tenant, 'c3', 't1') RETURNING id",
     Must::work},
    {"upsert",
     "INSERT INTO tickets (tenant_id, id, title) VALUES (:tenant, 't1', 'x') ON CONFLICT (tenant_id, id) "
     "DO UPDATE SET title = excluded.title, rank = tickets.rank + 1 RETURNING id",
     Must::work},
    {"insert from select",
     "INSERT INTO tickets (tenant_id, id, title) SELECT tenant_id, id || 'b', title FROM tickets "
     "WHERE tenant_id = :tenant RETURNING id",
     Must::work},
    {"update from",
     "UPDATE tickets SET title = c.body FROM comments c WHERE tickets.tenant_id = :tenant AND "
     "c.tenant_id = :tenant AND c.ticket_id = tickets.id RETURNING tickets.id",
     Must::work},
    {"global row", "SELECT value FROM settings WHERE name = 'motto'", Must::work},

    {"no filter", "SELECT title FROM tickets WHERE id = 't9'", Must::not_leak},
    {"select all", "SELECT x.title FROM (SELECT * FROM tickets) x", Must::not_leak},
    {"tenant in the output alone", "SELECT tenant_id FROM tickets", Must::not_leak},
    {"tenant in the order alone", "SELECT title FROM tickets ORDER BY tenant_id", Must::not_leak},
    {"their id", "SELECT title FROM tickets WHERE tenant_id = :theirs", Must::not_leak},
    {"or", "SELECT title FROM tickets WHERE tenant_id = :tenant OR id = 't9'", Must::not_leak},
    {"count", "SELECT CASE WHEN count(*) > 2 THEN 'secret' ELSE '' END FROM tickets", Must::not_leak},
    {"exists", "SELECT 'secret' WHERE EXISTS (SELECT 1 FROM tickets WHERE id = 't9')", Must::not_leak},
    {"self-join, one side", "SELECT b.title FROM tickets a JOIN tickets b ON b.id = a.id WHERE a.tenant_id = :tenant",
     Must::not_leak},
    {"comma join", "SELECT b.title FROM tickets a, tickets b WHERE a.tenant_id = :tenant", Must::not_leak},
    {"join, second table open",
     "SELECT c.body FROM tickets t JOIN comments c ON c.ticket_id = t.id WHERE t.tenant_id = :tenant", Must::not_leak},
    {"left join", "SELECT c.body FROM tickets t LEFT JOIN comments c ON c.ticket_id = t.id WHERE t.tenant_id = :tenant",
     Must::not_leak},
    {"scalar subquery", "SELECT (SELECT max(title) FROM tickets) FROM tickets WHERE tenant_id = :tenant",
     Must::not_leak},
    {"subquery in IN", "SELECT 'secret' FROM settings WHERE 'c9' IN (SELECT id FROM comments)", Must::not_leak},
    {"union, second arm open",
     "SELECT title FROM tickets WHERE tenant_id = :tenant UNION ALL SELECT title FROM tickets", Must::not_leak},
    {"open common table expression", "WITH x AS (SELECT title FROM tickets) SELECT title FROM x", Must::not_leak},
    {"recursion",
     "WITH RECURSIVE x(title) AS (SELECT value FROM settings UNION SELECT t.title FROM tickets t JOIN x ON 1 = 1) "
     "SELECT title FROM x",
     Must::not_leak},
    {"window", "SELECT first_value(title) OVER (ORDER BY title DESC) FROM tickets", Must::not_leak},
    {"aggregate over all", "SELECT max(body) FROM comments", Must::not_leak},

    {"update open", "UPDATE tickets SET rank = 1 WHERE id = 't1'", Must::not_leak},
    {"update all", "UPDATE tickets SET rank = 1", Must::not_leak},
    {"update open, returning", "UPDATE tickets SET rank = 1 WHERE id = 't9' RETURNING title", Must::not_leak},
    {"update takes a row over", "UPDATE tickets SET tenant_id = :tenant WHERE id = 't9'", Must::not_leak},
    {"update gives a row away",
     "UPDATE tickets SET tenant_id = :theirs, id = 't8' WHERE tenant_id = :tenant AND id = 't2'", Must::not_leak},
    // No child stands in the way of these, as it does in the two above.
    {"update takes a childless row over",
     "UPDATE comments SET tenant_id = :tenant, id = 'c7', ticket_id = NULL WHERE tenant_id = :theirs AND id = 'c9'",
     Must::not_leak},
    {"update gives a childless row away",
     "UPDATE comments SET tenant_id = :theirs, id = 'c7', ticket_id = NULL WHERE tenant_id = :tenant AND id = 'c2'",
     Must::not_leak},
    {"update from an open source",
     "UPDATE tickets SET title = c.body FROM comments c WHERE tickets.tenant_id = :tenant AND "
     "c.ticket_id = tickets.id RETURNING title",
     Must::not_leak},
    {"update with an open subquery",
     "UPDATE tickets SET title = (SELECT max(title) FROM tickets) WHERE tenant_id = :tenant "
     "RETURNING title",
     Must::not_leak},
    {"returning with an open subquery",
     "UPDATE tickets SET rank = 2 WHERE tenant_id = :tenant RETURNING "
     "(SELECT max(body) FROM comments)",
     Must::not_leak},
    {"delete open", "DELETE FROM tickets WHERE id = 't9'", Must::not_leak},
    {"delete all", "DELETE FROM comments", Must::not_leak},
    {"delete all, returning", "DELETE FROM tickets RETURNING title", Must::not_leak},
    {"delete cascades to their children", "DELETE FROM tickets WHERE tenant_id = :theirs", Must::not_leak},
    {"insert for them", "INSERT INTO tickets (tenant_id, id, title) VALUES (:theirs, 't7', 'x')", Must::not_leak},
    {"insert without a tenant", "INSERT INTO tickets (id, title) VALUES ('t7', 'x')", Must::not_leak},
    {"insert from an open source",
     "INSERT INTO tickets (tenant_id, id, title) SELECT :tenant, id || 'x', title FROM tickets "
     "RETURNING title",
     Must::not_leak},
    {"insert of all rows again",
     "INSERT INTO tickets (tenant_id, id, title) SELECT tenant_id, id || 'x', title FROM tickets", Must::not_leak},
    {"upsert onto their row",
     "INSERT INTO tickets (tenant_id, id, title) VALUES (:theirs, 't9', 'x') ON CONFLICT (tenant_id, id) "
     "DO UPDATE SET title = excluded.title",
     Must::not_leak},
    {"upsert that moves the row",
     "INSERT INTO tickets (tenant_id, id, title) VALUES (:tenant, 't1', 'x') ON CONFLICT "
     "(tenant_id, id) DO UPDATE SET tenant_id = :theirs",
     Must::not_leak},
    {"upsert that moves a childless row",
     "INSERT INTO comments (tenant_id, id) VALUES (:tenant, 'c1') ON CONFLICT (tenant_id, id) "
     "DO UPDATE SET tenant_id = :theirs, id = 'c7', ticket_id = NULL",
     Must::not_leak},
    {"child of their ticket", "INSERT INTO comments (tenant_id, id, ticket_id, body) VALUES (:theirs, 'c7', 't9', 'x')",
     Must::not_leak},
};

}  // namespace mainstay::guard_cases
