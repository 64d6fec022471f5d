-- The two roles of the shop on PostgreSQL, run once by an administrator; replace the two passwords.
-- komora_owner owns the tables and only migrates; komora_app reads and writes rows and is what DATABASE_URL names.
-- Whoever owns a table may disable its triggers, and these keep what has happened from being changed: so the
-- application may own none. It has no TRUNCATE, no TRIGGER and no CREATE either.
CREATE ROLE komora_owner LOGIN PASSWORD 'replace-me-1';
CREATE ROLE komora_app LOGIN PASSWORD 'replace-me-2';
CREATE DATABASE komora OWNER komora_owner;
\connect komora
REVOKE ALL ON SCHEMA public FROM PUBLIC;
GRANT USAGE ON SCHEMA public TO komora_app;
ALTER DEFAULT PRIVILEGES FOR ROLE komora_owner IN SCHEMA public GRANT SELECT, INSERT, UPDATE, DELETE ON TABLES TO komora_app;
ALTER DEFAULT PRIVILEGES FOR ROLE komora_owner IN SCHEMA public GRANT USAGE ON SEQUENCES TO komora_app;
