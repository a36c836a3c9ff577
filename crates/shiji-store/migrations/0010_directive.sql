-- Orders (交办督办) and difficulties: the working side. What is public of them stands in public_affair, as records.

CREATE TABLE directive (
    place_id TEXT NOT NULL REFERENCES place (place_id),
    directive_id TEXT NOT NULL,
    -- Only public ones are counted, so that no number is missing on the public side.
    number BIGINT,
    body TEXT NOT NULL,
    giver_id TEXT NOT NULL,
    source TEXT NOT NULL,
    source_text TEXT,
    question_id TEXT,
    -- Given while this meeting was held.
    meeting_id TEXT,
    given_at BIGINT NOT NULL,
    given_on TEXT NOT NULL,
    due_on TEXT NOT NULL,
    steps TEXT NOT NULL,
    is_open BOOLEAN NOT NULL,
    course TEXT NOT NULL,
    PRIMARY KEY (place_id, directive_id),
    UNIQUE (place_id, number)
);
CREATE INDEX directive_open ON directive (place_id, is_open, due_on);
CREATE INDEX directive_newest ON directive (place_id, is_open, given_at);
CREATE INDEX directive_giver ON directive (place_id, giver_id, is_open, given_at);
CREATE INDEX directive_meeting ON directive (place_id, meeting_id);

CREATE TABLE directive_person (
    place_id TEXT NOT NULL,
    directive_id TEXT NOT NULL,
    person_id TEXT NOT NULL,
    part TEXT NOT NULL,
    sort_order BIGINT NOT NULL,
    -- When they first opened it.
    seen_at BIGINT,
    -- As the order's, so that a person's open orders are found without those of all years.
    is_open BOOLEAN NOT NULL,
    PRIMARY KEY (place_id, directive_id, person_id),
    FOREIGN KEY (place_id, directive_id) REFERENCES directive (place_id, directive_id)
);
CREATE INDEX directive_person_open ON directive_person (place_id, person_id, is_open);

-- Everything that happened; of public orders, what is public is a record as well.
CREATE TABLE directive_event (
    place_id TEXT NOT NULL,
    directive_id TEXT NOT NULL,
    event_number BIGINT NOT NULL,
    at BIGINT NOT NULL,
    fact TEXT NOT NULL,
    PRIMARY KEY (place_id, directive_id, event_number),
    FOREIGN KEY (place_id, directive_id) REFERENCES directive (place_id, directive_id)
);

CREATE TABLE difficulty (
    place_id TEXT NOT NULL REFERENCES place (place_id),
    difficulty_id TEXT NOT NULL,
    item_id TEXT NOT NULL,
    person_id TEXT NOT NULL,
    words TEXT NOT NULL,
    raised_at BIGINT NOT NULL,
    raised_on TEXT NOT NULL,
    -- Whom it was first put to, as it was called then.
    first_to TEXT NOT NULL,
    first_due_on TEXT NOT NULL,
    first_person_id TEXT,
    -- Who has it now: one of the two.
    to_person_id TEXT,
    to_unit_id TEXT,
    due_on TEXT NOT NULL,
    state TEXT NOT NULL,
    course TEXT NOT NULL,
    is_published BOOLEAN NOT NULL,
    solved_on TEXT,
    solved_by TEXT,
    PRIMARY KEY (place_id, difficulty_id),
    UNIQUE (place_id, item_id)
);
CREATE INDEX difficulty_due ON difficulty (place_id, state, due_on);
CREATE INDEX difficulty_to_person ON difficulty (place_id, to_person_id, state);
CREATE INDEX difficulty_to_unit ON difficulty (place_id, to_unit_id, state);
CREATE INDEX difficulty_person ON difficulty (place_id, person_id, state, raised_at);
CREATE INDEX difficulty_solved ON difficulty (place_id, state, solved_on);

CREATE TABLE difficulty_event (
    place_id TEXT NOT NULL,
    difficulty_id TEXT NOT NULL,
    event_number BIGINT NOT NULL,
    at BIGINT NOT NULL,
    fact TEXT NOT NULL,
    PRIMARY KEY (place_id, difficulty_id, event_number),
    FOREIGN KEY (place_id, difficulty_id) REFERENCES difficulty (place_id, difficulty_id)
);

-- Working days in which a difficulty is answered.
CREATE TABLE difficulty_terms (
    place_id TEXT NOT NULL PRIMARY KEY REFERENCES place (place_id),
    answer_days BIGINT NOT NULL
);

-- How long this meeting took against the last ones.
CREATE INDEX meeting_closed ON meeting (place_id, closed_at);
