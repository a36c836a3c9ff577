-- The transparency log. It is one for all places of an installation, so its own tables are kept by index; what they point
-- to stays under its place.

-- Records that have no place in the log yet, written in the transaction that publishes them.
CREATE TABLE log_queue (
    place_id TEXT NOT NULL,
    record_id TEXT NOT NULL,
    queued_at BIGINT NOT NULL,
    issue_number BIGINT NOT NULL,
    position BIGINT NOT NULL,
    PRIMARY KEY (place_id, record_id)
);

-- Which record stands at which index of which log. An index that is given out is never taken back.
CREATE TABLE log_entry (
    origin TEXT NOT NULL,
    log_index BIGINT NOT NULL,
    place_id TEXT NOT NULL,
    record_id TEXT NOT NULL,
    PRIMARY KEY (origin, log_index)
);
CREATE INDEX log_entry_index ON log_entry (log_index);
CREATE UNIQUE INDEX log_entry_record ON log_entry (place_id, record_id);

-- Entries that are no town's record: the last one of a log, which names its successor.
CREATE TABLE log_own_entry (
    record_id TEXT NOT NULL PRIMARY KEY,
    leaf TEXT NOT NULL,
    disclosures TEXT NOT NULL
);

-- The last tree that this database knows to have been signed; compared with the state that is kept apart from it.
CREATE TABLE log_head (
    origin TEXT NOT NULL PRIMARY KEY,
    size BIGINT NOT NULL,
    root TEXT NOT NULL
);

CREATE TABLE log_lease (
    task TEXT NOT NULL PRIMARY KEY,
    holder TEXT NOT NULL,
    lease_until BIGINT NOT NULL
);
INSERT INTO log_lease (task, holder, lease_until) VALUES ('sequence', '', 0);

-- What was published before there was a log.
INSERT INTO log_queue (place_id, record_id, queued_at, issue_number, position)
    SELECT place_id, record_id, 0, issue_number, position FROM record;

-- Derived from records, as every public table.

CREATE TABLE public_place (
    place_id TEXT NOT NULL,
    issue_number BIGINT NOT NULL,
    slug TEXT NOT NULL,
    name TEXT NOT NULL,
    name_en TEXT NOT NULL,
    time_zone TEXT NOT NULL,
    PRIMARY KEY (place_id, issue_number)
);

CREATE TABLE public_redaction (
    place_id TEXT NOT NULL,
    target TEXT NOT NULL,
    issue_number BIGINT NOT NULL,
    subject_id TEXT NOT NULL,
    fields TEXT NOT NULL,
    reason TEXT NOT NULL,
    redacted_by TEXT NOT NULL,
    published_on TEXT NOT NULL,
    PRIMARY KEY (place_id, target)
);
CREATE INDEX public_redaction_issue ON public_redaction (place_id, issue_number);
CREATE INDEX public_redaction_subject ON public_redaction (place_id, subject_id);

ALTER TABLE public_item ADD COLUMN withheld TEXT NOT NULL DEFAULT '[]';
