#include "kernel/storage/postgres_guard.hpp"

namespace mainstay {

// Text columns sort by bytes, as in SQLite, whatever the database's collation is.
char const* const set_up_guard = R"sql(
DO $guard$
DECLARE
    found record;
    of_tenant CONSTANT text := $$tenant_id = nullif(current_setting('app.tenant', true), '')$$;
BEGIN
    FOR found IN
        SELECT c.oid::regclass AS name,
               string_agg(format('ALTER COLUMN %I TYPE text COLLATE "C"', a.attname), ', ') AS changes
          FROM pg_class c
          JOIN pg_attribute a ON a.attrelid = c.oid AND a.attnum > 0 AND NOT a.attisdropped
          JOIN pg_collation l ON l.oid = a.attcollation AND l.collname <> 'C'
         WHERE c.relnamespace = current_schema()::text::regnamespace AND c.relkind IN ('r', 'p')
           AND NOT c.relispartition AND a.atttypid = 'text'::regtype
         GROUP BY c.oid
    LOOP
        EXECUTE format('ALTER TABLE %s %s', found.name, found.changes);
    END LOOP;

    FOR found IN
        SELECT c.oid, c.oid::regclass AS name, c.relrowsecurity AND c.relforcerowsecurity AS is_forced
          FROM pg_class c
          JOIN pg_attribute a ON a.attrelid = c.oid AND a.attname = 'tenant_id' AND NOT a.attisdropped
         WHERE c.relnamespace = current_schema()::text::regnamespace AND c.relkind IN ('r', 'p')
    LOOP
        IF NOT found.is_forced THEN
            EXECUTE format('ALTER TABLE %s ENABLE ROW LEVEL SECURITY, FORCE ROW LEVEL SECURITY', found.name);
        END IF;
        IF NOT EXISTS (SELECT FROM pg_policy WHERE polrelid = found.oid AND polname = 'mainstay_tenant') THEN
            EXECUTE format('CREATE POLICY mainstay_tenant ON %s TO mainstay_app USING (%s) WITH CHECK (%s)',
                           found.name, of_tenant, of_tenant);
        END IF;
        IF NOT EXISTS (SELECT FROM pg_policy WHERE polrelid = found.oid AND polname = 'mainstay_system') THEN
            EXECUTE format('CREATE POLICY mainstay_system ON %s TO mainstay_system USING (true) WITH CHECK (true)',
                           found.name);
        END IF;
    END LOOP;

    FOR found IN
        SELECT c.oid::regclass AS name, c.relname = 'migrations' AS is_ours, c.relkind = 'S' AS is_sequence
          FROM pg_class c
         WHERE c.relnamespace = current_schema()::text::regnamespace AND c.relkind IN ('r', 'p', 'S')
           AND NOT CASE c.relkind WHEN 'S' THEN has_sequence_privilege('mainstay_app', c.oid, 'USAGE')
                                  ELSE has_table_privilege('mainstay_app', c.oid, 'SELECT') END
    LOOP
        EXECUTE format('GRANT %s ON %s TO mainstay_app, mainstay_system',
                       CASE WHEN found.is_ours THEN 'SELECT' WHEN found.is_sequence THEN 'USAGE, SELECT'
                            ELSE 'SELECT, INSERT, UPDATE, DELETE' END,
                       CASE WHEN found.is_sequence THEN 'SEQUENCE ' ELSE 'TABLE ' END || found.name);
    END LOOP;
    IF NOT has_schema_privilege('mainstay_app', current_schema(), 'USAGE') THEN
        EXECUTE format('GRANT USAGE ON SCHEMA %I TO mainstay_app, mainstay_system', current_schema());
    END IF;
END
$guard$)sql";

// A policy's condition is compared as PostgreSQL writes it back. TRUNCATE, views and foreign tables know no row-level
// security, an owner could switch it off, and a role that is a member of another has the other's policies too.
char const* const guard_faults = R"sql(
WITH roles AS (
    SELECT oid, rolname, rolsuper, rolbypassrls FROM pg_roles WHERE rolname IN ('mainstay_app', 'mainstay_system')
), relations AS (
    SELECT c.*, EXISTS (SELECT FROM pg_attribute a
                         WHERE a.attrelid = c.oid AND a.attname = 'tenant_id' AND NOT a.attisdropped) AS is_of_tenants
      FROM pg_class c
     WHERE c.relnamespace = current_schema()::text::regnamespace AND c.relkind IN ('r', 'p', 'v', 'm', 'f')
), tenant_tables AS (
    SELECT * FROM relations WHERE is_of_tenants AND relkind IN ('r', 'p')
), policies AS (
    SELECT t.relname, p.polname,
           p.polpermissive AND p.polcmd = '*' AND array_length(p.polroles, 1) = 1
               AND (p.polname = r.rolname OR (p.polname = 'mainstay_tenant' AND r.rolname = 'mainstay_app'))
               AND pg_get_expr(p.polqual, p.polrelid) = pg_get_expr(p.polwithcheck, p.polrelid)
               AND pg_get_expr(p.polqual, p.polrelid) = CASE p.polname WHEN 'mainstay_system' THEN 'true' ELSE
                   $$(tenant_id = NULLIF(current_setting('app.tenant'::text, true), ''::text))$$ END AS is_ours
      FROM tenant_tables t
      JOIN pg_policy p ON p.polrelid = t.oid
      LEFT JOIN roles r ON r.oid = p.polroles[1]
)
SELECT wanted, 'the role is missing'
  FROM (VALUES ('mainstay_app'), ('mainstay_system')) AS w (wanted)
 WHERE NOT EXISTS (SELECT FROM roles WHERE rolname = wanted)
UNION ALL
SELECT 'migrations', 'the table is missing: the database was not migrated, or search_path hides its schema'
 WHERE to_regclass('migrations') IS NULL
UNION ALL
SELECT rolname, 'the role passes row-level security (SUPERUSER or BYPASSRLS)' FROM roles WHERE rolsuper OR rolbypassrls
UNION ALL
SELECT rolname, 'the role is a member of another role' FROM roles r
 WHERE EXISTS (SELECT FROM pg_auth_members m WHERE m.member = r.oid)
UNION ALL
SELECT relname, 'the table belongs to ' || rolname FROM relations JOIN roles r ON r.oid = relowner
UNION ALL
SELECT relname, rolname || ' may TRUNCATE it' FROM tenant_tables t, roles r WHERE has_table_privilege(r.oid, t.oid, 'TRUNCATE')
UNION ALL
SELECT relname, 'row-level security is not enabled and forced' FROM tenant_tables
 WHERE NOT (relrowsecurity AND relforcerowsecurity)
UNION ALL
SELECT relname, 'it lacks the policy ' || wanted
  FROM tenant_tables t, (VALUES ('mainstay_tenant'), ('mainstay_system')) AS w (wanted)
 WHERE NOT EXISTS (SELECT FROM policies p WHERE p.relname = t.relname AND p.polname = wanted)
UNION ALL
SELECT relname, 'its policy ' || polname || ' is not as the storage made it' FROM policies WHERE is_ours IS NOT TRUE
UNION ALL
SELECT relname, 'it has a tenant_id and no row-level security of its own' FROM relations
 WHERE is_of_tenants AND relkind IN ('v', 'm', 'f')
 ORDER BY 1, 2)sql";

}  // namespace mainstay
