-- The list of the day. Plan items, directives, milestones, visits and questions stand in it by themselves; here is only what a
-- person added, and what was said of a line that was not done on its day.

CREATE TABLE task (
    place_id TEXT NOT NULL,
    task_id TEXT NOT NULL,
    person_id TEXT NOT NULL,
    body TEXT NOT NULL,
    due_on TEXT,
    -- The place that its words name.
    spot TEXT,
    -- open, done or dropped
    state TEXT NOT NULL,
    -- The item of the week that it became.
    item_id TEXT,
    created_at BIGINT NOT NULL,
    PRIMARY KEY (place_id, task_id),
    FOREIGN KEY (place_id, person_id) REFERENCES person (place_id, person_id)
);
CREATE INDEX task_person ON task (place_id, person_id, state);

-- Another day for a line, or where it is stuck. One row a line, written over; gone when the line is done.
CREATE TABLE day_mark (
    place_id TEXT NOT NULL,
    person_id TEXT NOT NULL,
    kind TEXT NOT NULL,
    subject_id TEXT NOT NULL,
    moved_to TEXT,
    stuck TEXT,
    -- The plan item that a stuck line became, to be taken away when it is done after all.
    item_id TEXT,
    marked_at BIGINT NOT NULL,
    PRIMARY KEY (place_id, person_id, kind, subject_id),
    FOREIGN KEY (place_id, person_id) REFERENCES person (place_id, person_id)
);

-- Acts that a browser sends again when it does not know whether they arrived: each is done once.
CREATE TABLE act_receipt (
    place_id TEXT NOT NULL,
    person_id TEXT NOT NULL,
    act_key TEXT NOT NULL,
    -- What the act did, for the list of what was done today.
    kind TEXT NOT NULL,
    subject_id TEXT NOT NULL,
    item_id TEXT,
    done_at BIGINT NOT NULL,
    PRIMARY KEY (place_id, person_id, act_key),
    FOREIGN KEY (place_id, person_id) REFERENCES person (place_id, person_id)
);
CREATE INDEX act_receipt_done ON act_receipt (place_id, person_id, done_at);

-- Where somebody says to be. One row a person, written over each time, so that it tells no history.
CREATE TABLE whereabouts (
    place_id TEXT NOT NULL,
    person_id TEXT NOT NULL,
    -- in, out or leave
    state TEXT NOT NULL,
    -- When somebody who is out is back: a day, and a time as 14:30 where one was said.
    back_on TEXT,
    back_at TEXT,
    -- Whom to ask meanwhile.
    ask_id TEXT,
    -- The last day for which this holds.
    until_day TEXT NOT NULL,
    PRIMARY KEY (place_id, person_id),
    FOREIGN KEY (place_id, person_id) REFERENCES person (place_id, person_id)
);
