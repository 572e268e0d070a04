"""Each rule of tidy.py against a small tree that keeps it and one that breaks it."""

import tempfile
import unittest
from pathlib import Path

import tidy

HEADER = "// What it gives.\n#pragma once\n"

# A tree of one module a layer, without a fault.
GOOD = {
    "src/CMakeLists.txt": "\n".join(f"add_subdirectory({name})" for name in tidy.LAYERS),
    "src/base/CMakeLists.txt": "mainstay_module(base LINKS OpenSSL::Crypto)\n",
    "src/base/text.hpp": HEADER,
    "src/base/text.cpp": '#include "base/text.hpp"\n',
    "src/kernel/CMakeLists.txt": "add_subdirectory(storage)\nadd_subdirectory(web)\n",
    "src/kernel/storage/CMakeLists.txt": "mainstay_module(storage USES base LINKS sqlite3 pq)\n",
    "src/kernel/storage/storage.hpp": HEADER + '#include "base/text.hpp"\n',
    "src/kernel/storage/storage.cpp": '#include "kernel/storage/storage.hpp"\n#include <sqlite3.h>\n',
    "src/kernel/web/CMakeLists.txt": "mainstay_module(web\n    USES base storage\n    LINKS Boost::boost)\n",
    "src/kernel/web/web.hpp": HEADER + '#include "kernel/storage/storage.hpp"\n',
    "src/kernel/web/edge.hpp": HEADER,
    "src/kernel/web/edge.cpp": '#include "kernel/web/edge.hpp"\n#include "kernel/web/web.hpp"\n',
    "src/platform/CMakeLists.txt": "add_subdirectory(tickets)\n",
    "src/platform/tickets/CMakeLists.txt": "mainstay_module(tickets USES base web storage)\n",
    "src/platform/tickets/tickets.hpp": HEADER + '#include "kernel/web/web.hpp"\n',
    "src/platform/tickets/tickets_store.cpp": '#include "platform/tickets/tickets.hpp"\nauto sql = "SELECT 1";\n',
    "src/platform/tickets/tickets_test.cpp": '#include "platform/tickets/tickets.hpp"\n#include <gtest/gtest.h>\n',
    "src/platform/tickets/migrations/0001_tickets.sql": "CREATE TABLE tickets (id TEXT);\n",
    "src/products/CMakeLists.txt": "add_subdirectory(flows)\nadd_subdirectory(migrate)\n",
    "src/products/flows/CMakeLists.txt": "mainstay_module(flows USES tickets)\n",
    "src/products/flows/flows.hpp": HEADER + '#include "platform/tickets/tickets.hpp"\n',
    "src/products/migrate/CMakeLists.txt": "add_subdirectory(tsql)\nmainstay_module(migrate USES tsql)\n",
    "src/products/migrate/migrate.hpp": HEADER,
    "src/products/migrate/migrate.cpp": '#include "products/migrate/migrate.hpp"\n'
    '#include "products/migrate/tsql/lexer.hpp"\n',
    "src/products/migrate/tsql/CMakeLists.txt": "mainstay_module(tsql)\n",
    "src/products/migrate/tsql/lexer.hpp": HEADER,
    "src/app/CMakeLists.txt": "mainstay_module(app USES flows migrate)\n",
    "src/app/app.cpp": '#include "products/flows/flows.hpp"\n#include "products/migrate/migrate.hpp"\n',
}


def faults_of(changes):
    with tempfile.TemporaryDirectory() as root:
        for path, text in {**GOOD, **changes}.items():
            if text is not None:
                place = Path(root) / path
                place.parent.mkdir(parents=True, exist_ok=True)
                place.write_text(text)
        return tidy.check(root)


class TidyTest(unittest.TestCase):
    def refused(self, rule, changes, place, advice=""):
        """The changes break that rule alone, at that place."""
        faults = faults_of(changes)
        self.assertEqual([rule], list(faults), faults)
        self.assertTrue(any(place in text and advice in text for text in faults[rule]), faults[rule])

    def accepted(self, changes):
        self.assertEqual({}, faults_of(changes))

    def in_edge(self, code):
        """The good tree with that code as the third line of a kernel source."""
        return {"src/kernel/web/edge.cpp": GOOD["src/kernel/web/edge.cpp"] + code + "\n"}

    def test_statement_on_a_tenants_table_says_whose_rows_it_means(self):
        table = {"src/platform/tickets/migrations/0001_tickets.sql":
                 "CREATE TABLE tickets (tenant_id TEXT, id TEXT);\nCREATE TABLE words (id TEXT);\n"}
        store = "src/platform/tickets/tickets_store.cpp"

        def with_statement(literal):
            return {**table, store: f'#include "platform/tickets/tickets.hpp"\nauto sql = {literal};\n'}

        for literal in ('"SELECT id FROM tickets WHERE id = :id"', 'R"(DELETE FROM tickets WHERE id = :id)"',
                        '"UPDATE tickets SET id = :id "\n    "WHERE id = :old"',
                        '"INSERT INTO tickets (id) VALUES (:id)"',
                        '"SELECT a.id FROM tickets a JOIN tickets b ON b.id = a.id WHERE a.tenant_id = :tenant"'):
            self.refused("tenant", with_statement(literal), f"{store}:2", "tenant_id = :tenant")
        for literal in ('"SELECT id FROM tickets WHERE tenant_id = :tenant"', '"SELECT id FROM words"',
                        '"UPDATE tickets SET id = :id "\n    "WHERE tenant_id = :tenant"',
                        '"INSERT INTO tickets (tenant_id, id) VALUES (:tenant, :id)"'):
            self.accepted(with_statement(literal))

    def test_what_is_secret_is_compared_in_constant_time(self):
        for code in ("bool same = token == other;", "bool same = row.key_hash != given;", "if (a == b.secret_) go();",
                     "bool same = hash_of(token) == kept;"):
            self.refused("secret", self.in_edge(code), "src/kernel/web/edge.cpp:3:", "equals_in_constant_time")
        for code in ("if (token == nullptr) go();", "if (hash == text.npos) go();", "if (kind == Kind::tokens) go();",
                     "bool same = equals_in_constant_time(token, other);", "bool none = secret.empty();"):
            self.accepted(self.in_edge(code))

    def test_good_tree_has_no_fault(self):
        self.accepted({})

    def test_lower_layer_may_not_include_a_higher_one(self):
        changes = self.in_edge('#include "platform/tickets/tickets.hpp"')
        changes["src/kernel/web/CMakeLists.txt"] = "mainstay_module(web USES base storage)\n"
        self.assertIn("layer", faults_of(changes))

    def test_lower_layer_may_not_use_a_higher_one(self):
        changes = {"src/kernel/web/CMakeLists.txt": "mainstay_module(web USES base storage tickets)\n"}
        self.refused("layer", changes, "src/kernel/web/CMakeLists.txt:1:", "kernel may not know platform")

    def test_products_do_not_know_each_other(self):
        changes = {
            "src/products/flows/CMakeLists.txt": "mainstay_module(flows USES tickets migrate)\n",
            "src/products/flows/flows.cpp": '#include "products/migrate/migrate.hpp"\n'
            '#include "products/flows/flows.hpp"\n',
        }
        self.refused("layer", changes, "src/products/flows/flows.cpp:1:")

    def test_only_the_public_header_is_reached_from_outside(self):
        changes = {"src/platform/tickets/tickets_rules.cpp": '\n#include "kernel/web/edge.hpp"\n'}
        self.refused("public", changes, "src/platform/tickets/tickets_rules.cpp:2:", "kernel/web/web.hpp")

    def test_sub_library_of_a_product_is_closed_to_others(self):
        changes = {
            "src/app/CMakeLists.txt": "mainstay_module(app USES flows migrate tsql)\n",
            "src/app/main.cpp": '#include "products/migrate/tsql/lexer.hpp"\n',
        }
        self.refused("public", changes, "src/app/main.cpp:1:", "products/migrate/migrate.hpp")

    def test_include_needs_its_module_in_uses_directly(self):
        includes = '#include "products/flows/flows.hpp"\n#include "kernel/web/web.hpp"\n'
        changes = {"src/products/flows/flows.cpp": includes}
        self.refused("uses", changes, "src/products/flows/flows.cpp:2:", "add web to USES")

    def test_kernel_as_a_whole_covers_each_of_its_modules_and_base(self):
        self.accepted({"src/platform/tickets/CMakeLists.txt": "mainstay_module(tickets USES kernel)\n"})

    def test_unknown_module_in_uses(self):
        changes = {"src/products/flows/CMakeLists.txt": "mainstay_module(flows USES tickets tickts)\n"}
        self.refused("build", changes, "src/products/flows/CMakeLists.txt:1:", "tickts")

    def test_module_that_nothing_adds(self):
        self.refused("build", {"src/platform/CMakeLists.txt": ""}, "src/platform/tickets/CMakeLists.txt:1:")

    def test_include_in_a_comment_is_none(self):
        self.accepted(self.in_edge('// #include "platform/tickets/tickets.hpp"\n/*\n#include "nowhere.hpp"\n*/'))

    def test_include_of_what_does_not_exist(self):
        self.refused("include", self.in_edge('#include "edge.hpp"'), "src/kernel/web/edge.cpp:3:")

    def test_vendor_headers_keep_to_their_places(self):
        for header in ["sqlite3.h", "libpq-fe.h", "hiredis/hiredis.h", "curl/curl.h", "duckdb.h", "spdlog/spdlog.h",
                       "CLI/CLI.hpp", "prometheus/counter.h", "argon2.h", "gtest/gtest.h"]:
            with self.subTest(header):
                self.refused("vendor", self.in_edge(f"#include <{header}>"), "src/kernel/web/edge.cpp:3:", header)
        self.accepted(self.in_edge("#include <boost/beast/http.hpp>"))

    def test_banned_calls(self):
        for code in ["system(line);", "std::system(line);", "FILE* f = popen(a, b);", "sprintf(a, b);",
                     "int n = rand();", "srand(1);", "auto t = time(nullptr);", "std::time(0);", "localtime(&t);",
                     "std::regex r;",
                     "std::this_thread::sleep_for(d);", "usleep(3);", "std::cout << 1;", "std::printf(a);",
                     'getenv("HOME");', "std::getenv(name);", "try { f(); } catch (...) { }",
                     "auto* p = new Thing(1);", "auto* p = new (std::nothrow) Thing;",
                     "delete p;", "delete[] p;", "std::async(f);", "std::thread(f).detach();", "co_await f();",
                     "std::chrono::system_clock::now();"]:
            with self.subTest(code):
                self.refused("call", self.in_edge(code), "src/kernel/web/edge.cpp:3:")

    def test_what_only_looks_like_a_banned_call(self):
        self.accepted(self.in_edge(
            '// system("x") and new Thing\nauto text = "system(1); new Thing; catch (...)";\n'
            'auto raw = R"(delete p;)";\n'
            "Thing(Thing const&) = delete;\nauto x = clock.time(0);\nnew_ticket(1);\ninput->system(2);\n"
            "my::rand();\nvoid* operator new(std::size_t);\nauto* p = new (room) Thing;\nauto n = 1'000'000;\n"
            "auto c = '\"'; auto d = 'x';\nthread.join();"
        ))

    def test_exception_of_a_call_names_rule_and_file(self):
        changes = self.in_edge("try { f(); } catch (...) { }")
        allow = "tools/tidy_allow.txt"
        self.accepted({**changes, allow: "call/catch_all src/kernel/web/edge.cpp a worker survives any handler\n"})
        self.accepted({**changes, allow: "call/catch_all src/kernel/web/ a worker survives any handler\n"})
        self.assertIn("call", faults_of({**changes, allow: "call/sleep src/kernel/web/edge.cpp a reason\n"}))

    def test_exception_needs_a_reason_and_a_use(self):
        changes = self.in_edge("try { f(); } catch (...) { }")
        unfounded = {**changes, "tools/tidy_allow.txt": "call/catch_all src/kernel/web/edge.cpp\n"}
        self.assertIn("allow", faults_of(unfounded))
        unused = {"tools/tidy_allow.txt": "call/catch_all src/kernel/web/edge.cpp a reason\n"}
        self.refused("allow", unused, "tools/tidy_allow.txt:1:")
        self.refused("allow", {"tools/tidy_allow.txt": "sql src/kernel/web/ a reason\n"}, "tools/tidy_allow.txt:1:")

    def test_source_that_nothing_builds(self):
        part = {"src/kernel/web/parts/part.cpp": "int x;\n"}
        self.refused("dead", part, "src/kernel/web/parts/part.cpp:1:")
        listing = GOOD["src/kernel/web/CMakeLists.txt"] + "file(GLOB parts CONFIGURE_DEPENDS parts/*.cpp)\n"
        self.accepted({**part, "src/kernel/web/CMakeLists.txt": listing})

    def test_header_that_nobody_includes(self):
        self.refused("dead", {"src/kernel/web/old.hpp": HEADER}, "src/kernel/web/old.hpp:1:")

    def test_header_without_its_opening_line(self):
        self.refused("opening", {"src/base/text.hpp": "#pragma once\n"}, "src/base/text.hpp:1:")
        self.refused("opening", {"src/base/text.hpp": "// What it gives.\n"}, "src/base/text.hpp:1:")
        bare = {"src/products/migrate/migrate.hpp": "#pragma once\n"}
        self.refused("opening", bare, "src/products/migrate/migrate.hpp:1:")
        self.accepted({"src/kernel/web/edge.hpp": "#pragma once\n"})

    def test_notes_for_later(self):
        self.refused("note", self.in_edge("// TO" + "DO: later"), "src/kernel/web/edge.cpp:3:")
        self.refused("note", self.in_edge("int x;  // NOLINT"), "src/kernel/web/edge.cpp:3:")
        self.accepted(self.in_edge("int x;  // NOLINT(bugprone-thing)"))

    def test_sizes(self):
        def of_lines(count):
            return {"src/kernel/web/edge.cpp": GOOD["src/kernel/web/edge.cpp"] + "int x;\n" * (count - 2)}

        ratchet = "tools/size_ratchet.txt"
        self.accepted(of_lines(430))
        self.refused("size", of_lines(431), "src/kernel/web/edge.cpp:431:")
        self.accepted({**of_lines(450), ratchet: "src/kernel/web/edge.cpp 450\n"})
        self.refused("size", {**of_lines(451), ratchet: "src/kernel/web/edge.cpp 450\n"}, "451")
        self.refused("size", {**of_lines(449), ratchet: "src/kernel/web/edge.cpp 450\n"}, ratchet, "to 449")
        self.refused("size", {**of_lines(100), ratchet: "src/kernel/web/edge.cpp 450\n"}, ratchet, "delete")
        self.refused("size", {ratchet: "src/kernel/web/gone.cpp 450\n"}, ratchet)
        self.refused("size", {**of_lines(501), ratchet: "src/kernel/web/edge.cpp 501\n"}, "500 is the end")
        self.refused("size", {"src/base/text.hpp": HEADER + "int x;\n" * 219}, "src/base/text.hpp:221:")

    def test_sql_stands_in_stores(self):
        for sql in ["SELECT a FROM b", "INSERT INTO a VALUES (1)", "UPDATE a SET b = 1", "DELETE FROM a",
                    "CREATE TABLE a (b TEXT)", "WITH a AS (SELECT 1) SELECT 2"]:
            with self.subTest(sql):
                self.refused("sql", self.in_edge(f'auto sql = "{sql}";'), "src/kernel/web/edge.cpp:3:")
                self.refused("sql", self.in_edge(f'auto sql = R"(\n  {sql})";'), "src/kernel/web/edge.cpp:3:")
        self.accepted(self.in_edge('auto a = "SELECT"; auto b = "UPDATE your plan"; auto c = "WITH care";'))
        self.accepted(self.in_edge('// "SELECT 1"'))
        self.accepted({"src/products/migrate/tsql/writer.cpp": 'auto sql = "SELECT 1";\n'})
        exempt = {"tools/tidy_allow.txt": "sql src/kernel/web/ it writes SQL\n"}
        self.accepted({**self.in_edge('auto sql = "SELECT 1";'), **exempt})

    def test_callers_of_system_scope_are_listed(self):
        listing = "tools/system_scope_callers.txt"
        caller = self.in_edge('auto scope = system_scope("sweep");')
        self.refused("system_scope", caller, "src/kernel/web/edge.cpp:3:")
        self.accepted({**caller, listing: "src/kernel/web/edge.cpp sweeps every tenant\n"})
        self.refused("system_scope", {listing: "src/kernel/web/edge.cpp sweeps every tenant\n"}, listing + ":1:")

    def test_migrations_have_no_gaps(self):
        folder = "src/platform/tickets/migrations/"
        self.accepted({folder + "0002_more.sql": "SELECT 1;\n"})
        self.refused("migration", {folder + "0003_more.sql": "SELECT 1;\n"}, folder + "0003_more.sql:1:", "0002_")
        self.refused("migration", {folder + "0001_again.sql": "SELECT 1;\n"}, folder)

    def test_test_stands_beside_what_it_tests(self):
        self.accepted({"src/kernel/web/edge_limits_test.cpp": "int x;\n", "src/kernel/web/sockets_test.cpp": "int x;\n"})
        alone = {"src/kernel/alone/sockets_test.cpp": "int x;\n"}
        self.assertIn("test", faults_of(alone))


if __name__ == "__main__":
    unittest.main()
