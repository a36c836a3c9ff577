-- Work that is done later, queued in the transaction of the change that asks for it. The first form of this table was
-- never written to.
DROP TABLE job;
CREATE TABLE job (
    place_id TEXT NOT NULL REFERENCES place (place_id),
    job_id TEXT NOT NULL,
    kind TEXT NOT NULL,
    -- Two jobs of one kind with one key are one job, also after it is done.
    job_key TEXT NOT NULL,
    payload TEXT NOT NULL,
    -- waiting, done or failed
    state TEXT NOT NULL,
    created_at BIGINT NOT NULL,
    run_at BIGINT NOT NULL,
    attempts BIGINT NOT NULL,
    lease_until BIGINT NOT NULL,
    last_error TEXT,
    finished_at BIGINT,
    PRIMARY KEY (place_id, job_id),
    UNIQUE (place_id, kind, job_key)
);
CREATE INDEX job_due ON job (place_id, state, run_at);
