-- The working side (private, changes) and the public side (records and what is derived from them).
-- The same text runs on SQLite and PostgreSQL. place_id leads every key, so that the schema can be spread by place.
-- Identifiers are UUIDv7 as text; instants are milliseconds since 1970 UTC; civil dates are text (2026-11-23).

CREATE TABLE place (
    place_id TEXT NOT NULL PRIMARY KEY,
    slug TEXT NOT NULL,
    name TEXT NOT NULL,
    name_en TEXT NOT NULL,
    time_zone TEXT NOT NULL,
    created_at BIGINT NOT NULL
);
CREATE UNIQUE INDEX place_slug ON place (slug);

-- Who is who.

CREATE TABLE organization (
    place_id TEXT NOT NULL REFERENCES place (place_id),
    organization_id TEXT NOT NULL,
    name TEXT NOT NULL,
    sort_order BIGINT NOT NULL,
    PRIMARY KEY (place_id, organization_id),
    UNIQUE (place_id, name)
);

CREATE TABLE person (
    place_id TEXT NOT NULL REFERENCES place (place_id),
    person_id TEXT NOT NULL,
    name TEXT NOT NULL,
    mobile TEXT,
    sign_in_name TEXT,
    password_hash TEXT,
    password_at BIGINT,
    sort_order BIGINT NOT NULL,
    created_at BIGINT NOT NULL,
    PRIMARY KEY (place_id, person_id),
    UNIQUE (place_id, sign_in_name)
);

CREATE TABLE post (
    place_id TEXT NOT NULL,
    post_id TEXT NOT NULL,
    organization_id TEXT NOT NULL,
    title TEXT NOT NULL,
    filing_duty TEXT,
    supervisor_post_id TEXT,
    office_telephone TEXT,
    duties TEXT NOT NULL,
    roles TEXT NOT NULL,
    sort_order BIGINT NOT NULL,
    PRIMARY KEY (place_id, post_id),
    FOREIGN KEY (place_id, organization_id) REFERENCES organization (place_id, organization_id)
);

CREATE TABLE membership (
    place_id TEXT NOT NULL,
    membership_id TEXT NOT NULL,
    person_id TEXT NOT NULL,
    post_id TEXT NOT NULL,
    from_day TEXT,
    to_day TEXT,
    PRIMARY KEY (place_id, membership_id),
    FOREIGN KEY (place_id, person_id) REFERENCES person (place_id, person_id),
    FOREIGN KEY (place_id, post_id) REFERENCES post (place_id, post_id)
);
CREATE INDEX membership_person ON membership (place_id, person_id);
CREATE INDEX membership_post ON membership (place_id, post_id);

CREATE TABLE delegation (
    place_id TEXT NOT NULL,
    person_id TEXT NOT NULL,
    delegate_id TEXT NOT NULL,
    from_day TEXT NOT NULL,
    to_day TEXT NOT NULL,
    created_at BIGINT NOT NULL,
    PRIMARY KEY (place_id, person_id, delegate_id, from_day),
    FOREIGN KEY (place_id, person_id) REFERENCES person (place_id, person_id),
    FOREIGN KEY (place_id, delegate_id) REFERENCES person (place_id, person_id)
);

CREATE TABLE absence (
    place_id TEXT NOT NULL,
    leave_id TEXT NOT NULL,
    person_id TEXT NOT NULL,
    substitute_id TEXT NOT NULL,
    from_day TEXT NOT NULL,
    to_day TEXT NOT NULL,
    created_by TEXT NOT NULL,
    created_at BIGINT NOT NULL,
    PRIMARY KEY (place_id, leave_id),
    FOREIGN KEY (place_id, person_id) REFERENCES person (place_id, person_id),
    FOREIGN KEY (place_id, substitute_id) REFERENCES person (place_id, person_id)
);

-- Getting in.

CREATE TABLE invitation (
    place_id TEXT NOT NULL,
    token_hash TEXT NOT NULL,
    person_id TEXT NOT NULL,
    created_by TEXT,
    created_at BIGINT NOT NULL,
    expires_at BIGINT NOT NULL,
    used_at BIGINT,
    PRIMARY KEY (place_id, token_hash),
    FOREIGN KEY (place_id, person_id) REFERENCES person (place_id, person_id)
);

CREATE TABLE session (
    place_id TEXT NOT NULL,
    token_hash TEXT NOT NULL,
    person_id TEXT NOT NULL,
    created_at BIGINT NOT NULL,
    seen_at BIGINT NOT NULL,
    expires_at BIGINT NOT NULL,
    PRIMARY KEY (place_id, token_hash),
    FOREIGN KEY (place_id, person_id) REFERENCES person (place_id, person_id)
);
CREATE INDEX session_person ON session (place_id, person_id);

CREATE TABLE sign_in_failure (
    place_id TEXT NOT NULL,
    sign_in_name TEXT NOT NULL,
    failed_at BIGINT NOT NULL,
    failure_id TEXT NOT NULL,
    PRIMARY KEY (place_id, sign_in_name, failed_at, failure_id)
);

-- The week.

CREATE TABLE period (
    place_id TEXT NOT NULL REFERENCES place (place_id),
    period_id TEXT NOT NULL,
    first_day TEXT NOT NULL,
    last_day TEXT NOT NULL,
    due_at BIGINT NOT NULL,
    meeting_at BIGINT NOT NULL,
    publish_at BIGINT,
    issue_number BIGINT,
    PRIMARY KEY (place_id, period_id),
    UNIQUE (place_id, first_day),
    UNIQUE (place_id, issue_number)
);

CREATE TABLE report (
    place_id TEXT NOT NULL,
    report_id TEXT NOT NULL,
    period_id TEXT NOT NULL,
    person_id TEXT NOT NULL,
    state TEXT NOT NULL,
    filed_at BIGINT,
    filed_by TEXT,
    return_reason TEXT,
    seconds BIGINT NOT NULL,
    version BIGINT NOT NULL,
    PRIMARY KEY (place_id, report_id),
    UNIQUE (place_id, period_id, person_id),
    FOREIGN KEY (place_id, period_id) REFERENCES period (place_id, period_id),
    FOREIGN KEY (place_id, person_id) REFERENCES person (place_id, person_id)
);

CREATE TABLE item (
    place_id TEXT NOT NULL,
    item_id TEXT NOT NULL,
    report_id TEXT NOT NULL,
    kind TEXT NOT NULL,
    sort_order BIGINT NOT NULL,
    body TEXT NOT NULL,
    due_on TEXT,
    difficulty TEXT,
    answers_id TEXT,
    passed_by TEXT,
    version BIGINT NOT NULL,
    updated_at BIGINT NOT NULL,
    updated_by TEXT NOT NULL,
    PRIMARY KEY (place_id, item_id),
    FOREIGN KEY (place_id, report_id) REFERENCES report (place_id, report_id)
);
CREATE INDEX item_report ON item (place_id, report_id, kind, sort_order);

-- Words typed against an older version of an item: kept until the person has looked at both.
CREATE TABLE item_conflict (
    place_id TEXT NOT NULL,
    conflict_id TEXT NOT NULL,
    report_id TEXT NOT NULL,
    item_id TEXT NOT NULL,
    kind TEXT NOT NULL,
    body TEXT NOT NULL,
    created_at BIGINT NOT NULL,
    created_by TEXT NOT NULL,
    PRIMARY KEY (place_id, conflict_id),
    FOREIGN KEY (place_id, report_id) REFERENCES report (place_id, report_id)
);
CREATE INDEX item_conflict_report ON item_conflict (place_id, report_id);

CREATE TABLE plan_answer (
    place_id TEXT NOT NULL,
    report_id TEXT NOT NULL,
    plan_item_id TEXT NOT NULL,
    outcome TEXT NOT NULL,
    reason TEXT,
    work_item_id TEXT,
    answered_at BIGINT NOT NULL,
    PRIMARY KEY (place_id, report_id, plan_item_id),
    FOREIGN KEY (place_id, report_id) REFERENCES report (place_id, report_id)
);

CREATE TABLE evidence (
    place_id TEXT NOT NULL,
    evidence_id TEXT NOT NULL,
    item_id TEXT NOT NULL,
    report_id TEXT NOT NULL,
    caption TEXT NOT NULL,
    media_type TEXT NOT NULL,
    sha256 TEXT NOT NULL,
    size BIGINT NOT NULL,
    public BOOLEAN NOT NULL,
    created_at BIGINT NOT NULL,
    PRIMARY KEY (place_id, evidence_id),
    FOREIGN KEY (place_id, report_id) REFERENCES report (place_id, report_id)
);
CREATE INDEX evidence_report ON evidence (place_id, report_id);

-- A leader's or the clerk's word on a report, and the meeting's notes on it.
CREATE TABLE comment (
    place_id TEXT NOT NULL,
    comment_id TEXT NOT NULL,
    report_id TEXT NOT NULL,
    item_id TEXT,
    author_id TEXT NOT NULL,
    kind TEXT NOT NULL,
    body TEXT NOT NULL,
    created_at BIGINT NOT NULL,
    PRIMARY KEY (place_id, comment_id),
    FOREIGN KEY (place_id, report_id) REFERENCES report (place_id, report_id)
);
CREATE INDEX comment_report ON comment (place_id, report_id);

CREATE TABLE notice (
    place_id TEXT NOT NULL,
    notice_id TEXT NOT NULL,
    person_id TEXT NOT NULL,
    kind TEXT NOT NULL,
    period_id TEXT NOT NULL,
    created_by TEXT NOT NULL,
    created_at BIGINT NOT NULL,
    read_at BIGINT,
    PRIMARY KEY (place_id, notice_id),
    FOREIGN KEY (place_id, person_id) REFERENCES person (place_id, person_id)
);
CREATE INDEX notice_person ON notice (place_id, person_id);

CREATE TABLE meeting (
    place_id TEXT NOT NULL,
    meeting_id TEXT NOT NULL,
    period_id TEXT NOT NULL,
    opened_at BIGINT NOT NULL,
    opened_by TEXT NOT NULL,
    closed_at BIGINT,
    closed_by TEXT,
    shown_report_id TEXT,
    shown_at BIGINT,
    notes TEXT NOT NULL,
    version BIGINT NOT NULL,
    PRIMARY KEY (place_id, meeting_id),
    UNIQUE (place_id, period_id),
    FOREIGN KEY (place_id, period_id) REFERENCES period (place_id, period_id)
);

-- A decision on a report (item_id empty) or on one of its items, by a leader or in the meeting.
CREATE TABLE decision (
    place_id TEXT NOT NULL,
    decision_id TEXT NOT NULL,
    report_id TEXT NOT NULL,
    item_id TEXT,
    meeting_id TEXT,
    decision TEXT NOT NULL,
    reason TEXT,
    decided_by TEXT NOT NULL,
    decided_at BIGINT NOT NULL,
    PRIMARY KEY (place_id, decision_id),
    FOREIGN KEY (place_id, report_id) REFERENCES report (place_id, report_id)
);
CREATE INDEX decision_report ON decision (place_id, report_id);

CREATE TABLE audit (
    place_id TEXT NOT NULL REFERENCES place (place_id),
    audit_id TEXT NOT NULL,
    at BIGINT NOT NULL,
    actor_id TEXT,
    act TEXT NOT NULL,
    subject_id TEXT NOT NULL,
    before_text TEXT,
    after_text TEXT,
    PRIMARY KEY (place_id, audit_id)
);
CREATE INDEX audit_at ON audit (place_id, at);

CREATE TABLE job (
    place_id TEXT NOT NULL REFERENCES place (place_id),
    job_id TEXT NOT NULL,
    kind TEXT NOT NULL,
    subject_id TEXT NOT NULL,
    run_at BIGINT NOT NULL,
    lease_until BIGINT NOT NULL,
    done_at BIGINT,
    PRIMARY KEY (place_id, job_id)
);

-- The record: rows are only ever added.

CREATE TABLE record (
    place_id TEXT NOT NULL REFERENCES place (place_id),
    issue_number BIGINT NOT NULL,
    position BIGINT NOT NULL,
    record_id TEXT NOT NULL,
    subject_id TEXT NOT NULL,
    revision BIGINT NOT NULL,
    leaf TEXT NOT NULL,
    disclosures TEXT NOT NULL,
    PRIMARY KEY (place_id, issue_number, position),
    UNIQUE (place_id, record_id)
);
CREATE INDEX record_subject ON record (place_id, subject_id);

-- The public projection: derived from records, nothing else writes it.

CREATE TABLE public_issue (
    place_id TEXT NOT NULL,
    issue_number BIGINT NOT NULL,
    place_name TEXT NOT NULL,
    first_day TEXT NOT NULL,
    last_day TEXT NOT NULL,
    published_on TEXT NOT NULL,
    expected BIGINT NOT NULL,
    filed BIGINT NOT NULL,
    on_leave BIGINT NOT NULL,
    late BIGINT NOT NULL,
    items BIGINT NOT NULL,
    records BIGINT NOT NULL,
    closed_by TEXT,
    PRIMARY KEY (place_id, issue_number)
);

CREATE TABLE public_person (
    place_id TEXT NOT NULL,
    issue_number BIGINT NOT NULL,
    person_id TEXT NOT NULL,
    name TEXT NOT NULL,
    organization_id TEXT NOT NULL,
    organization_name TEXT NOT NULL,
    sort_order BIGINT NOT NULL,
    posts TEXT NOT NULL,
    filing_duty TEXT NOT NULL,
    office_telephone TEXT,
    duties TEXT NOT NULL,
    PRIMARY KEY (place_id, issue_number, person_id)
);
CREATE INDEX public_person_person ON public_person (place_id, person_id, issue_number);
CREATE INDEX public_person_organization ON public_person (place_id, organization_id, issue_number);

CREATE TABLE public_report (
    place_id TEXT NOT NULL,
    issue_number BIGINT NOT NULL,
    person_id TEXT NOT NULL,
    filed_on TEXT NOT NULL,
    filed_by TEXT,
    PRIMARY KEY (place_id, issue_number, person_id)
);

CREATE TABLE public_absence (
    place_id TEXT NOT NULL,
    issue_number BIGINT NOT NULL,
    person_id TEXT NOT NULL,
    standing TEXT NOT NULL,
    substitute TEXT,
    PRIMARY KEY (place_id, issue_number, person_id)
);

CREATE TABLE public_item (
    place_id TEXT NOT NULL,
    item_id TEXT NOT NULL,
    revision BIGINT NOT NULL,
    issue_number BIGINT NOT NULL,
    person_id TEXT NOT NULL,
    kind TEXT NOT NULL,
    position BIGINT NOT NULL,
    body TEXT NOT NULL,
    due_on TEXT,
    difficulty TEXT,
    answers_id TEXT,
    evidence TEXT NOT NULL,
    published_on TEXT NOT NULL,
    reason TEXT,
    corrected_by TEXT,
    commitment TEXT NOT NULL,
    PRIMARY KEY (place_id, item_id, revision)
);
CREATE INDEX public_item_issue ON public_item (place_id, issue_number, person_id);
CREATE INDEX public_item_person ON public_item (place_id, person_id, issue_number);
CREATE INDEX public_item_revision ON public_item (place_id, revision);

CREATE TABLE public_answer (
    place_id TEXT NOT NULL,
    plan_item_id TEXT NOT NULL,
    issue_number BIGINT NOT NULL,
    person_id TEXT NOT NULL,
    outcome TEXT NOT NULL,
    reason TEXT,
    work_item_id TEXT,
    PRIMARY KEY (place_id, plan_item_id)
);
CREATE INDEX public_answer_issue ON public_answer (place_id, issue_number);
CREATE INDEX public_answer_person ON public_answer (place_id, person_id, issue_number);
