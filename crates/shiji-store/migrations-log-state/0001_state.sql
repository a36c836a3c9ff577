-- The last signed tree, kept apart from the town's database: a database brought back from an old copy must not take this
-- back with it.
CREATE TABLE log_state (
    origin TEXT NOT NULL PRIMARY KEY,
    size BIGINT NOT NULL,
    root TEXT NOT NULL,
    signed_at BIGINT NOT NULL,
    closed_at BIGINT
);
