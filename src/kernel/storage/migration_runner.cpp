#include "kernel/storage/migration_runner.hpp"

#include "base/hash.hpp"
#include "base/text.hpp"
#include "kernel/storage/sql_text.hpp"

#include <algorithm>
#include <map>

namespace mainstay {
namespace {

constexpr std::string_view sqlite_line = "-- sqlite:";
constexpr std::string_view postgres_line = "-- postgres:";
constexpr std::string_view global_line = "-- global:";

constexpr char const* create_migrations_table =
    "CREATE TABLE IF NOT EXISTS migrations (module TEXT NOT NULL, number BIGINT NOT NULL, name TEXT NOT NULL,"
    " checksum TEXT NOT NULL, applied_at BIGINT NOT NULL, PRIMARY KEY (module, number))";

[[noreturn]] void refuse(std::string const& why) {
    throw Fault(errors::schema_refused, why);
}

std::string named(Migration const& migration) {
    return std::string(migration.module) + "/" + std::string(migration.name);
}

std::string literal(std::string_view text) {
    std::string out = "'";
    for (char const c : text) out += c == '\'' ? std::string("''") : std::string(1, c);
    return out + "'";
}

std::string checksum(Migration const& migration) {
    return to_hex(sha256(migration.sql));
}

std::string text_for(std::string_view sql, Database::Engine engine) {
    bool const is_sqlite = engine == Database::Engine::sqlite;
    std::string_view const ours = is_sqlite ? sqlite_line : postgres_line;
    std::string_view const others = is_sqlite ? postgres_line : sqlite_line;
    std::string out;
    for (std::string_view const line : split(sql, '\n')) {
        std::string_view const trimmed = trim(line);
        if (trimmed.starts_with(ours))
            out += trimmed.substr(ours.size());
        else if (!trimmed.starts_with(others))
            out += line;
        out += '\n';
    }
    return out;
}

// The name in CREATE [UNLOGGED | VIRTUAL] TABLE name; empty for any other statement.
std::string created_table(std::string_view statement) {
    auto const tokens = sql_text::tokenize(statement);
    std::size_t i = 0;
    auto const skip = [&](std::string_view word) { return i < tokens.size() && tokens[i].is_word(word) && ++i > 0; };
    if (!skip("CREATE")) return {};
    if (!skip("UNLOGGED")) skip("VIRTUAL");
    if (!skip("TABLE")) return {};
    if (skip("IF")) i += 2;
    if (i >= tokens.size()) return {};
    std::string_view name = tokens[i].text;
    if (tokens[i].kind == sql_text::Token::Kind::quoted_name) name = name.substr(1, name.size() - 2);
    return std::string(name);
}

// Whether the last line before the statement's first token declares it global.
bool is_declared_global(std::string_view part) {
    auto const tokens = sql_text::tokenize(part);
    auto const lines = split(trim(part.substr(0, tokens.front().at)), '\n');
    std::string_view const last = trim(lines.back());
    return last.starts_with(global_line) && !trim(last.substr(global_line.size())).empty();
}

// A deferred constraint fails at the commit, which belongs to a whole group of units on SQLite.
void refuse_deferred_constraints(Migration const& migration, std::string_view statement) {
    for (auto const& token : sql_text::tokenize(statement))
        if (token.is_word("DEFERRABLE") || token.is_word("DEFERRED"))
            refuse(named(migration) + ": deferred constraints are not used");
}

using Key = std::pair<std::string, int>;
using Applied = std::map<Key, std::string>;  // with its checksum

bool is_among(Applied const& applied, Migration const& migration) {
    return applied.contains({std::string(migration.module), migration.number});
}

Applied applied_of(AppliedRows const& rows, std::span<Migration const> migrations) {
    Applied applied;
    for (auto const& row : rows) applied[{row[0], std::stoi(row[1])}] = row[2];
    std::map<std::string, int> given;
    for (Migration const& migration : migrations) {
        given[std::string(migration.module)] = migration.number;
        auto const found = applied.find({std::string(migration.module), migration.number});
        if (found != applied.end() && found->second != checksum(migration))
            refuse(named(migration) + ": was changed after it had been applied; undo the change and add a new one");
    }
    for (auto const& [key, sum] : applied) {
        auto const [module, number] = key;
        if (given.contains(module) && number > given[module])
            refuse(module + ": the database has migration " + std::to_string(number) +
                   ", which this program does not know; start the newer program");
        if (number > 1 && !applied.contains({module, number - 1}))
            refuse(module + ": the database has migration " + std::to_string(number) + " but not the one before");
    }
    return applied;
}

class Runner {
public:
    Runner(MigrationEngine& engine, std::span<Migration const> migrations, Instant now)
        : engine_(engine), migrations_(migrations), now_(now) {
        std::map<std::string_view, int> last;
        for (Migration const& migration : migrations) {
            if (migration.number != ++last[migration.module])
                refuse(named(migration) + ": the numbers of a module's migrations must run 1, 2, 3 without a gap");
            statements_.push_back(statements_of(migration, engine.engine()));
            for (auto const& statement : statements_.back()) {
                refuse_deferred_constraints(migration, statement.text);
                if (!statement.global_table.empty()) globals_.insert(statement.global_table);
            }
        }
    }

    void run() {
        engine_.in_transaction([&] {
            engine_.execute(create_migrations_table);
            applied_ = load_applied();
            if (is_all_applied()) check_schema();
        });
        if (is_all_applied()) return;
        for (std::size_t i = 0; i < migrations_.size(); ++i) engine_.in_transaction([&] { apply_if_missing(i); });
    }

private:
    Applied load_applied() { return applied_of(engine_.query(select_applied), migrations_); }

    bool is_applied(Migration const& migration) const { return is_among(applied_, migration); }
    bool is_all_applied() const {
        return std::all_of(migrations_.begin(), migrations_.end(), [&](auto const& m) { return is_applied(m); });
    }

    void apply_if_missing(std::size_t i) {
        Migration const& migration = migrations_[i];
        if (is_applied(migration)) return;
        applied_ = load_applied();  // another node may have come first
        if (is_applied(migration)) return;
        for (auto const& statement : statements_[i]) engine_.execute(statement.text);
        engine_.execute("INSERT INTO migrations (module, number, name, checksum, applied_at) VALUES (" +
                        literal(migration.module) + ", " + std::to_string(migration.number) + ", " +
                        literal(migration.name) + ", " + literal(checksum(migration)) + ", " + std::to_string(now_.us) +
                        ")");
        check_schema();
    }

    void check_schema() {
        if (auto const why = refusal(engine_.tables(), globals_)) refuse(*why);
    }

    MigrationEngine& engine_;
    std::span<Migration const> migrations_;
    Instant now_;
    std::vector<std::vector<MigrationStatement>> statements_;
    std::set<std::string, std::less<>> globals_;
    Applied applied_;
};

}  // namespace

std::vector<MigrationStatement> statements_of(Migration const& migration, Database::Engine engine) {
    std::string const sql = text_for(migration.sql, engine);
    std::vector<MigrationStatement> statements;
    std::size_t declared = 0;
    for (std::string_view const part : sql_text::split_statements(sql)) {
        MigrationStatement statement{std::string(trim(part)), {}};
        if (is_declared_global(part)) {
            statement.global_table = created_table(part);
            if (statement.global_table.empty()) break;
            ++declared;
        }
        statements.push_back(std::move(statement));
    }
    auto const lines = split(sql, '\n');
    auto const said =
        std::count_if(lines.begin(), lines.end(), [](auto line) { return trim(line).starts_with(global_line); });
    if (static_cast<std::size_t>(said) != declared)
        throw std::logic_error(
            named(migration) +
            ": a line \"-- global: reason\" must give a reason and stand directly above CREATE TABLE");
    return statements;
}

std::size_t count_pending(AppliedRows const& rows, std::span<Migration const> migrations) {
    auto const applied = applied_of(rows, migrations);
    return static_cast<std::size_t>(
        std::count_if(migrations.begin(), migrations.end(), [&](auto const& m) { return !is_among(applied, m); }));
}

void run_migrations(MigrationEngine& engine, std::span<Migration const> migrations, Instant now) {
    Runner(engine, migrations, now).run();
}

}  // namespace mainstay
