// Words are found by a hash table that the compiler builds; one comparison in most cases.
#include "products/migrate/tsql/keywords.hpp"

#include <array>
#include <cstddef>

namespace mainstay::tsql {

namespace {

struct Row {
    std::string_view word;
    Keyword keyword;
    bool reserved;
};

// In the order of the enumeration. Reserved words are those of "Reserved Keywords (Transact-SQL)" but PRECISION and
// WITHIN, which SQL Server takes as names without quotes (sys.columns.precision).
constexpr Row rows[] = {
    {"ABSENT", Keyword::absent, false},
    {"ACTION", Keyword::action, false},
    {"ADD", Keyword::add, true},
    {"AFTER", Keyword::after, false},
    {"ALL", Keyword::all, true},
    {"ALTER", Keyword::alter, true},
    {"ALWAYS", Keyword::always, false},
    {"AND", Keyword::and_, true},
    {"ANY", Keyword::any, true},
    {"APPLY", Keyword::apply, false},
    {"AS", Keyword::as, true},
    {"ASC", Keyword::asc, true},
    {"AT", Keyword::at, false},
    {"ATOMIC", Keyword::atomic, false},
    {"AUTHORIZATION", Keyword::authorization, true},
    {"BACKUP", Keyword::backup, true},
    {"BEFORE", Keyword::before, false},
    {"BEGIN", Keyword::begin, true},
    {"BETWEEN", Keyword::between, true},
    {"BOTH", Keyword::both, false},
    {"BREAK", Keyword::break_, true},
    {"BROWSE", Keyword::browse, true},
    {"BULK", Keyword::bulk, true},
    {"BY", Keyword::by, true},
    {"CACHE", Keyword::cache, false},
    {"CASCADE", Keyword::cascade, true},
    {"CASE", Keyword::case_, true},
    {"CAST", Keyword::cast, false},
    {"CATCH", Keyword::catch_, false},
    {"CHAR", Keyword::char_, false},
    {"CHARACTER", Keyword::character, false},
    {"CHECK", Keyword::check, true},
    {"CHECKPOINT", Keyword::checkpoint, true},
    {"CLOSE", Keyword::close, true},
    {"CLUSTERED", Keyword::clustered, true},
    {"COALESCE", Keyword::coalesce, true},
    {"COLLATE", Keyword::collate, true},
    {"COLLECTION", Keyword::collection, false},
    {"COLUMN", Keyword::column, true},
    {"COLUMNSTORE", Keyword::columnstore, false},
    {"COLUMN_SET", Keyword::column_set, false},
    {"COMMIT", Keyword::commit, true},
    {"COMPUTE", Keyword::compute, true},
    {"CONNECTION", Keyword::connection, false},
    {"CONSTRAINT", Keyword::constraint, true},
    {"CONTAINED", Keyword::contained, false},
    {"CONTAINS", Keyword::contains, true},
    {"CONTAINSTABLE", Keyword::containstable, true},
    {"CONTENT", Keyword::content, false},
    {"CONTINUE", Keyword::continue_, true},
    {"CONVERSATION", Keyword::conversation, false},
    {"CONVERT", Keyword::convert, true},
    {"CREATE", Keyword::create, true},
    {"CROSS", Keyword::cross, true},
    {"CUBE", Keyword::cube, false},
    {"CURRENT", Keyword::current, true},
    {"CURRENT_DATE", Keyword::current_date, true},
    {"CURRENT_TIME", Keyword::current_time, true},
    {"CURRENT_TIMESTAMP", Keyword::current_timestamp, true},
    {"CURRENT_USER", Keyword::current_user, true},
    {"CURSOR", Keyword::cursor, true},
    {"CYCLE", Keyword::cycle, false},
    {"DATA", Keyword::data, false},
    {"DATABASE", Keyword::database, true},
    {"DBCC", Keyword::dbcc, true},
    {"DEALLOCATE", Keyword::deallocate, true},
    {"DECLARE", Keyword::declare, true},
    {"DEFAULT", Keyword::default_, true},
    {"DELETE", Keyword::delete_, true},
    {"DENY", Keyword::deny, true},
    {"DESC", Keyword::desc, true},
    {"DIALOG", Keyword::dialog, false},
    {"DISABLE", Keyword::disable, false},
    {"DISK", Keyword::disk, true},
    {"DISTINCT", Keyword::distinct, true},
    {"DISTRIBUTED", Keyword::distributed, true},
    {"DOCUMENT", Keyword::document, false},
    {"DOUBLE", Keyword::double_, true},
    {"DROP", Keyword::drop, true},
    {"DUMP", Keyword::dump, true},
    {"EDGE", Keyword::edge, false},
    {"ELSE", Keyword::else_, true},
    {"ENABLE", Keyword::enable, false},
    {"ENCRYPTED", Keyword::encrypted, false},
    {"END", Keyword::end, true},
    {"ENFORCED", Keyword::enforced, false},
    {"ERRLVL", Keyword::errlvl, true},
    {"ESCAPE", Keyword::escape, true},
    {"EXCEPT", Keyword::except, true},
    {"EXEC", Keyword::exec, true},
    {"EXECUTE", Keyword::execute, true},
    {"EXISTS", Keyword::exists, true},
    {"EXIT", Keyword::exit, true},
    {"EXTERNAL", Keyword::external, true},
    {"FETCH", Keyword::fetch, true},
    {"FILE", Keyword::file, true},
    {"FILESTREAM", Keyword::filestream, false},
    {"FILESTREAM_ON", Keyword::filestream_on, false},
    {"FILETABLE", Keyword::filetable, false},
    {"FILLFACTOR", Keyword::fillfactor, true},
    {"FOLLOWING", Keyword::following, false},
    {"FOR", Keyword::for_, true},
    {"FORCE", Keyword::force, false},
    {"FOREIGN", Keyword::foreign, true},
    {"FREETEXT", Keyword::freetext, true},
    {"FREETEXTTABLE", Keyword::freetexttable, true},
    {"FROM", Keyword::from, true},
    {"FULL", Keyword::full, true},
    {"FULLTEXT", Keyword::fulltext, false},
    {"FUNCTION", Keyword::function, true},
    {"GENERATED", Keyword::generated, false},
    {"GET", Keyword::get, false},
    {"GO", Keyword::go, false},
    {"GOTO", Keyword::goto_, true},
    {"GRANT", Keyword::grant, true},
    {"GROUP", Keyword::group, true},
    {"GROUPING", Keyword::grouping, false},
    {"HASH", Keyword::hash, false},
    {"HAVING", Keyword::having, true},
    {"HIDDEN", Keyword::hidden, false},
    {"HOLDLOCK", Keyword::holdlock, true},
    {"IDENTITY", Keyword::identity, true},
    {"IDENTITYCOL", Keyword::identitycol, true},
    {"IDENTITY_INSERT", Keyword::identity_insert, true},
    {"IF", Keyword::if_, true},
    {"IGNORE", Keyword::ignore, false},
    {"IN", Keyword::in, true},
    {"INCLUDE", Keyword::include, false},
    {"INCREMENT", Keyword::increment, false},
    {"INDEX", Keyword::index, true},
    {"INNER", Keyword::inner, true},
    {"INSERT", Keyword::insert, true},
    {"INSTEAD", Keyword::instead, false},
    {"INTERSECT", Keyword::intersect, true},
    {"INTO", Keyword::into, true},
    {"IS", Keyword::is, true},
    {"JOIN", Keyword::join, true},
    {"JSON", Keyword::json, false},
    {"KEY", Keyword::key, true},
    {"KILL", Keyword::kill, true},
    {"LEADING", Keyword::leading, false},
    {"LEFT", Keyword::left, true},
    {"LIKE", Keyword::like, true},
    {"LINENO", Keyword::lineno, true},
    {"LOAD", Keyword::load, true},
    {"LOOP", Keyword::loop, false},
    {"MASKED", Keyword::masked, false},
    {"MATCH", Keyword::match, false},
    {"MATERIALIZED", Keyword::materialized, false},
    {"MAX", Keyword::max, false},
    {"MAXVALUE", Keyword::maxvalue, false},
    {"MERGE", Keyword::merge, true},
    {"MINVALUE", Keyword::minvalue, false},
    {"MOVE", Keyword::move, false},
    {"NAME", Keyword::name, false},
    {"NATIONAL", Keyword::national, true},
    {"NEXT", Keyword::next, false},
    {"NO", Keyword::no, false},
    {"NOCHECK", Keyword::nocheck, true},
    {"NODE", Keyword::node, false},
    {"NONCLUSTERED", Keyword::nonclustered, true},
    {"NOT", Keyword::not_, true},
    {"NOWAIT", Keyword::nowait, false},
    {"NULL", Keyword::null, true},
    {"NULLIF", Keyword::nullif, true},
    {"NULLS", Keyword::nulls, false},
    {"OF", Keyword::of, true},
    {"OFF", Keyword::off, true},
    {"OFFSET", Keyword::offset, false},
    {"OFFSETS", Keyword::offsets, true},
    {"ON", Keyword::on, true},
    {"ONLY", Keyword::only, false},
    {"OPEN", Keyword::open, true},
    {"OPENDATASOURCE", Keyword::opendatasource, true},
    {"OPENJSON", Keyword::openjson, false},
    {"OPENQUERY", Keyword::openquery, true},
    {"OPENROWSET", Keyword::openrowset, true},
    {"OPENXML", Keyword::openxml, true},
    {"OPTION", Keyword::option, true},
    {"OR", Keyword::or_, true},
    {"ORDER", Keyword::order, true},
    {"OUT", Keyword::out, false},
    {"OUTER", Keyword::outer, true},
    {"OUTPUT", Keyword::output, false},
    {"OVER", Keyword::over, true},
    {"PARSE", Keyword::parse, false},
    {"PARTITION", Keyword::partition, false},
    {"PATH", Keyword::path, false},
    {"PERCENT", Keyword::percent, true},
    {"PERIOD", Keyword::period, false},
    {"PERSISTED", Keyword::persisted, false},
    {"PIVOT", Keyword::pivot, true},
    {"PLAN", Keyword::plan, true},
    {"PRECEDING", Keyword::preceding, false},
    {"PRECISION", Keyword::precision, false},
    {"PRIMARY", Keyword::primary, true},
    {"PRINT", Keyword::print, true},
    {"PROC", Keyword::proc, true},
    {"PROCEDURE", Keyword::procedure, true},
    {"PUBLIC", Keyword::public_, true},
    {"RAISERROR", Keyword::raiserror, true},
    {"RANGE", Keyword::range, false},
    {"READ", Keyword::read, true},
    {"READONLY", Keyword::readonly, false},
    {"READTEXT", Keyword::readtext, true},
    {"RECEIVE", Keyword::receive, false},
    {"RECONFIGURE", Keyword::reconfigure, true},
    {"REFERENCES", Keyword::references, true},
    {"REMOTE", Keyword::remote, false},
    {"RENAME", Keyword::rename, false},
    {"REPEATABLE", Keyword::repeatable, false},
    {"REPLICATION", Keyword::replication, true},
    {"RESPECT", Keyword::respect, false},
    {"RESTORE", Keyword::restore, true},
    {"RESTRICT", Keyword::restrict, true},
    {"RETURN", Keyword::return_, true},
    {"RETURNS", Keyword::returns, false},
    {"REVERT", Keyword::revert, true},
    {"REVOKE", Keyword::revoke, true},
    {"RIGHT", Keyword::right, true},
    {"ROLLBACK", Keyword::rollback, true},
    {"ROLLUP", Keyword::rollup, false},
    {"ROW", Keyword::row, false},
    {"ROWCOUNT", Keyword::rowcount, true},
    {"ROWGUIDCOL", Keyword::rowguidcol, true},
    {"ROWS", Keyword::rows, false},
    {"RULE", Keyword::rule, true},
    {"SAVE", Keyword::save, true},
    {"SCHEMA", Keyword::schema, true},
    {"SCHEMABINDING", Keyword::schemabinding, false},
    {"SECURITYAUDIT", Keyword::securityaudit, true},
    {"SELECT", Keyword::select, true},
    {"SEMANTICKEYPHRASETABLE", Keyword::semantickeyphrasetable, true},
    {"SEMANTICSIMILARITYDETAILSTABLE", Keyword::semanticsimilaritydetailstable, true},
    {"SEMANTICSIMILARITYTABLE", Keyword::semanticsimilaritytable, true},
    {"SEND", Keyword::send, false},
    {"SEQUENCE", Keyword::sequence, false},
    {"SEQUENCE_NUMBER", Keyword::sequence_number, false},
    {"SESSION_USER", Keyword::session_user, true},
    {"SET", Keyword::set, true},
    {"SETS", Keyword::sets, false},
    {"SETUSER", Keyword::setuser, true},
    {"SHUTDOWN", Keyword::shutdown, true},
    {"SIGNATURE", Keyword::signature, false},
    {"SOME", Keyword::some, true},
    {"SPARSE", Keyword::sparse, false},
    {"SPATIAL", Keyword::spatial, false},
    {"START", Keyword::start, false},
    {"STATISTICS", Keyword::statistics, true},
    {"SYNONYM", Keyword::synonym, false},
    {"SYSTEM", Keyword::system, false},
    {"SYSTEM_TIME", Keyword::system_time, false},
    {"SYSTEM_USER", Keyword::system_user, true},
    {"TABLE", Keyword::table, true},
    {"TABLESAMPLE", Keyword::tablesample, true},
    {"TEXTIMAGE_ON", Keyword::textimage_on, false},
    {"TEXTSIZE", Keyword::textsize, true},
    {"THEN", Keyword::then, true},
    {"THROW", Keyword::throw_, false},
    {"TIES", Keyword::ties, false},
    {"TIME", Keyword::time, false},
    {"TO", Keyword::to, true},
    {"TOP", Keyword::top, true},
    {"TRAILING", Keyword::trailing, false},
    {"TRAN", Keyword::tran, true},
    {"TRANSACTION", Keyword::transaction, true},
    {"TRANSACTION_ID", Keyword::transaction_id, false},
    {"TRIGGER", Keyword::trigger, true},
    {"TRIM", Keyword::trim, false},
    {"TRUNCATE", Keyword::truncate, true},
    {"TRY", Keyword::try_, false},
    {"TRY_CAST", Keyword::try_cast, false},
    {"TRY_CONVERT", Keyword::try_convert, true},
    {"TRY_PARSE", Keyword::try_parse, false},
    {"TSEQUAL", Keyword::tsequal, true},
    {"TYPE", Keyword::type, false},
    {"UNBOUNDED", Keyword::unbounded, false},
    {"UNION", Keyword::union_, true},
    {"UNIQUE", Keyword::unique, true},
    {"UNPIVOT", Keyword::unpivot, true},
    {"UPDATE", Keyword::update, true},
    {"UPDATETEXT", Keyword::updatetext, true},
    {"USE", Keyword::use, true},
    {"USER", Keyword::user, true},
    {"USING", Keyword::using_, false},
    {"VALUE", Keyword::value, false},
    {"VALUES", Keyword::values, true},
    {"VARYING", Keyword::varying, true},
    {"VIEW", Keyword::view, true},
    {"WAITFOR", Keyword::waitfor, true},
    {"WHEN", Keyword::when, true},
    {"WHERE", Keyword::where, true},
    {"WHILE", Keyword::while_, true},
    {"WINDOW", Keyword::window, false},
    {"WITH", Keyword::with, true},
    {"WITHIN", Keyword::within, false},
    {"WITHOUT", Keyword::without, false},
    {"WORK", Keyword::work, false},
    {"WRITETEXT", Keyword::writetext, true},
    {"XML", Keyword::xml, false},
    {"XMLNAMESPACES", Keyword::xmlnamespaces, false},
    {"ZONE", Keyword::zone, false},
};

constexpr std::size_t longest_keyword = [] {
    std::size_t longest = 0;
    for (auto const& row : rows) longest = row.word.size() > longest ? row.word.size() : longest;
    return longest;
}();

constexpr char upper(char c) {
    return c >= 'a' && c <= 'z' ? static_cast<char>(c - 'a' + 'A') : c;
}

constexpr std::size_t slot_count = 1024;

// Folds case by dropping its bit, so that it needs no table.
constexpr std::size_t slot_of(std::string_view word) {
    auto const letter = [&](std::size_t i) {
        return static_cast<std::size_t>(static_cast<unsigned char>(word[i]) & 0xDF);
    };
    auto const n = word.size();
    auto const mixed = letter(0) * 31 + letter(n / 2) * 1009 + letter(n - 1) * 131 + letter(n > 2 ? 2 : 0) * 17 +
                       letter(n > 1 ? n - 2 : 0) * 521 + n * 67;
    return (mixed ^ (mixed >> 7)) & (slot_count - 1);
}

// Open addressing: a row's index plus one, 0 for a free slot.
constexpr auto slots = [] {
    std::array<std::uint16_t, slot_count> table{};
    for (std::size_t i = 0; i < std::size(rows); ++i) {
        auto slot = slot_of(rows[i].word);
        while (table[slot] != 0) slot = (slot + 1) & (slot_count - 1);
        table[slot] = static_cast<std::uint16_t>(i + 1);
    }
    return table;
}();

static_assert(
    [] {
        for (std::size_t i = 0; i < std::size(rows); ++i)
            if (static_cast<std::size_t>(rows[i].keyword) != i + 1) return false;
        return true;
    }(),
    "the rows stand in the order of the enumeration");

bool equals(std::string_view word, std::string_view keyword) {
    if (word.size() != keyword.size()) return false;
    for (std::size_t i = 0; i < word.size(); ++i)
        if (upper(word[i]) != keyword[i]) return false;
    return true;
}

}  // namespace

Keyword find_keyword(std::string_view word) {
    if (word.size() < 2 || word.size() > longest_keyword) return Keyword::none;
    for (auto slot = slot_of(word); slots[slot] != 0; slot = (slot + 1) & (slot_count - 1)) {
        auto const& row = rows[slots[slot] - 1];
        if (equals(word, row.word)) return row.keyword;
    }
    return Keyword::none;
}

bool is_reserved(Keyword keyword) {
    return keyword != Keyword::none && rows[static_cast<std::size_t>(keyword) - 1].reserved;
}

std::string_view spelling_of(Keyword keyword) {
    return keyword == Keyword::none ? std::string_view{} : rows[static_cast<std::size_t>(keyword) - 1].word;
}

}  // namespace mainstay::tsql
