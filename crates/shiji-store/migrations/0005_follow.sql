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

-- Readers who get mail. The address lies sealed; its mark finds it again without showing it.
CREATE TABLE subscription (
    place_id TEXT NOT NULL REFERENCES place (place_id),
    subscription_id TEXT NOT NULL,
    address_sealed TEXT NOT NULL,
    address_mark TEXT NOT NULL,
    language TEXT NOT NULL,
    followed TEXT NOT NULL,
    created_at BIGINT NOT NULL,
    confirmed_at BIGINT,
    -- The newest issue that was sent, or that was out when the subscription began.
    last_issue BIGINT NOT NULL,
    -- Noted before an issue is handed to the mail server, so that it is never handed over twice.
    sending_issue BIGINT,
    PRIMARY KEY (place_id, subscription_id),
    UNIQUE (place_id, address_mark, followed)
);

-- When an address was asked to confirm: the bound on mail to strangers. Forgotten after two days.
CREATE TABLE subscription_letter (
    place_id TEXT NOT NULL REFERENCES place (place_id),
    sent_at BIGINT NOT NULL,
    letter_id TEXT NOT NULL,
    address_mark TEXT NOT NULL,
    PRIMARY KEY (place_id, sent_at, letter_id)
);

CREATE TABLE hook (
    place_id TEXT NOT NULL REFERENCES place (place_id),
    hook_id TEXT NOT NULL,
    url TEXT NOT NULL,
    secret_sealed TEXT NOT NULL,
    created_at BIGINT NOT NULL,
    created_by TEXT NOT NULL,
    PRIMARY KEY (place_id, hook_id)
);

-- An official's own address for notices.
CREATE TABLE person_contact (
    place_id TEXT NOT NULL,
    person_id TEXT NOT NULL,
    address_sealed TEXT NOT NULL,
    updated_at BIGINT NOT NULL,
    PRIMARY KEY (place_id, person_id),
    FOREIGN KEY (place_id, person_id) REFERENCES person (place_id, person_id)
);

-- What a notice is about when it is no period: then period_id is empty.
ALTER TABLE notice ADD COLUMN subject_id TEXT;
