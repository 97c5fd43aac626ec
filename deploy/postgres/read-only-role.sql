-- A role that reads the views for dashboards (docs/views.md) and nothing else: no tables, no log, no secrets, no writing.
-- Run it as the owner of the engine's database, after a process has made its tables; running it again changes nothing:
--   psql "$HYPERHOOK_DATABASE_URL" -v password='…' -f deploy/postgres/read-only-role.sql
DO $$
BEGIN
  IF NOT EXISTS (SELECT FROM pg_roles WHERE rolname = 'hyperhook_reader') THEN
    CREATE ROLE hyperhook_reader;
  END IF;
END
$$;
ALTER ROLE hyperhook_reader WITH LOGIN NOSUPERUSER NOCREATEDB NOCREATEROLE CONNECTION LIMIT 10 PASSWORD :'password';

-- A dashboard that asks too much must not keep projectors waiting.
ALTER ROLE hyperhook_reader SET default_transaction_read_only = on;
ALTER ROLE hyperhook_reader SET statement_timeout = '15s';
ALTER ROLE hyperhook_reader SET idle_in_transaction_session_timeout = '15s';
ALTER ROLE hyperhook_reader SET search_path = hyperhook_views;

GRANT USAGE ON SCHEMA hyperhook_views TO hyperhook_reader;
GRANT SELECT ON ALL TABLES IN SCHEMA hyperhook_views TO hyperhook_reader;
-- Those of later releases too, made by whoever runs this.
ALTER DEFAULT PRIVILEGES IN SCHEMA hyperhook_views GRANT SELECT ON TABLES TO hyperhook_reader;
