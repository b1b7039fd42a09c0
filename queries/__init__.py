"""Facts, schema, connection and named SQL: the floor that ingest and dashboards stand on."""
