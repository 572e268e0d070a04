// Every word that has a meaning somewhere in the grammar. The reserved ones name nothing unless they are quoted.
#pragma once
#include <cstdint>
#include <string_view>

namespace mainstay::tsql {

// clang-format off
enum class Keyword : std::uint16_t {
    none,
    absent, action, add, after, all, alter, always, and_, any, apply, as, asc, at, atomic, authorization, backup,
    before, begin, between, both, break_, browse, bulk, by, cache, cascade, case_, cast, catch_, char_, character,
    check, checkpoint, close, clustered, coalesce, collate, collection, column, columnstore, column_set, commit,
    compute, connection, constraint, contained, contains, containstable, content, continue_, conversation, convert,
    create, cross, cube, current, current_date, current_time, current_timestamp, current_user, cursor, cycle, data,
    database, dbcc, deallocate, declare, default_, delete_, deny, desc, dialog, disable, disk, distinct, distributed,
    document, double_, drop, dump, edge, else_, enable, encrypted, end, enforced, errlvl, escape, except, exec,
    execute, exists, exit, external, fetch, file, filestream, filestream_on, filetable, fillfactor, following, for_,
    force, foreign, freetext, freetexttable, from, full, fulltext, function, generated, get, go, goto_, grant, group,
    grouping, hash, having, hidden, holdlock, identity, identitycol, identity_insert, if_, ignore, in, include,
    increment, index, inner, insert, instead, intersect, into, is, join, json, key, kill, leading, left, like, lineno,
    load, loop, masked, match, materialized, max, maxvalue, merge, minvalue, move, name, national, next, no, nocheck,
    node, nonclustered, not_, nowait, null, nullif, nulls, of, off, offset, offsets, on, only, open, opendatasource,
    openjson, openquery, openrowset, openxml, option, or_, order, out, outer, output, over, parse, partition, path,
    percent, period, persisted, pivot, plan, preceding, precision, primary, print, proc, procedure, public_,
    raiserror, range, read, readonly, readtext, receive, reconfigure, references, remote, rename, repeatable,
    replication, respect, restore, restrict, return_, returns, revert, revoke, right, rollback, rollup, row, rowcount,
    rowguidcol, rows, rule, save, schema, schemabinding, securityaudit, select, semantickeyphrasetable,
    semanticsimilaritydetailstable, semanticsimilaritytable, send, sequence, sequence_number, session_user, set, sets,
    setuser, shutdown, signature, some, sparse, spatial, start, statistics, synonym, system, system_time, system_user,
    table, tablesample, textimage_on, textsize, then, throw_, ties, time, to, top, trailing, tran, transaction,
    transaction_id, trigger, trim, truncate, try_, try_cast, try_convert, try_parse, tsequal, type, unbounded, union_,
    unique, unpivot, update, updatetext, use, user, using_, value, values, varying, view, waitfor, when, where,
    while_, window, with, within, without, work, writetext, xml, xmlnamespaces, zone,
};
// clang-format on

// Keyword::none for any other word. Case does not matter.
Keyword find_keyword(std::string_view word);
bool is_reserved(Keyword);
std::string_view spelling_of(Keyword);

}  // namespace mainstay::tsql
