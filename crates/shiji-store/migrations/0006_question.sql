-- Residents' questions. The words, the contact and private answers lie in the working side; what is public comes from
-- records, as everything public does.

-- Days that are not what their weekday says, where the place has laid down others than the country.
CREATE TABLE special_day (
    place_id TEXT NOT NULL REFERENCES place (place_id),
    day TEXT NOT NULL,
    kind TEXT NOT NULL,
    name TEXT NOT NULL,
    name_en TEXT NOT NULL,
    PRIMARY KEY (place_id, day)
);

CREATE TABLE question_terms (
    place_id TEXT NOT NULL PRIMARY KEY REFERENCES place (place_id),
    terms TEXT NOT NULL
);

CREATE TABLE question (
    place_id TEXT NOT NULL REFERENCES place (place_id),
    question_id TEXT NOT NULL,
    number BIGINT NOT NULL,
    kind TEXT NOT NULL,
    words TEXT NOT NULL,
    words_salt TEXT NOT NULL,
    is_public BOOLEAN NOT NULL,
    language TEXT NOT NULL,
    -- SHA-256 of the pick-up code: whoever reads the database cannot pick anything up.
    code_hash TEXT NOT NULL,
    contact TEXT,
    contact_until BIGINT,
    received_at BIGINT NOT NULL,
    received_on TEXT NOT NULL,
    due_on TEXT NOT NULL,
    -- Who has to answer; nobody yet when the asker did not know.
    person_id TEXT,
    item_id TEXT,
    -- The item of the official's week that it became.
    taken_up_item_id TEXT,
    state TEXT NOT NULL,
    progress TEXT NOT NULL,
    PRIMARY KEY (place_id, question_id),
    UNIQUE (place_id, number),
    UNIQUE (place_id, code_hash)
);
CREATE INDEX question_open ON question (place_id, state, due_on);
CREATE INDEX question_person ON question (place_id, person_id, state);
CREATE INDEX question_taken_up ON question (place_id, taken_up_item_id);
CREATE INDEX question_contact ON question (place_id, contact_until);

-- Everything that happened, with the words of private answers; the public steps are records as well.
CREATE TABLE question_step (
    place_id TEXT NOT NULL,
    question_id TEXT NOT NULL,
    step_number BIGINT NOT NULL,
    step TEXT NOT NULL,
    at BIGINT NOT NULL,
    by_id TEXT,
    fact TEXT NOT NULL,
    PRIMARY KEY (place_id, question_id, step_number),
    FOREIGN KEY (place_id, question_id) REFERENCES question (place_id, question_id)
);

-- The whole fact, and beside it what is looked for.
CREATE TABLE public_question (
    place_id TEXT NOT NULL,
    question_id TEXT NOT NULL,
    issue_number BIGINT NOT NULL,
    number BIGINT NOT NULL,
    kind TEXT NOT NULL,
    person_id TEXT,
    item_id TEXT,
    fact TEXT NOT NULL,
    commitment TEXT NOT NULL,
    PRIMARY KEY (place_id, question_id)
);
CREATE INDEX public_question_number ON public_question (place_id, number);
CREATE INDEX public_question_issue ON public_question (place_id, issue_number);
CREATE INDEX public_question_item ON public_question (place_id, item_id);
CREATE INDEX public_question_person ON public_question (place_id, person_id, number);

CREATE TABLE public_question_step (
    place_id TEXT NOT NULL,
    question_id TEXT NOT NULL,
    revision BIGINT NOT NULL,
    issue_number BIGINT NOT NULL,
    step TEXT NOT NULL,
    withhold_reason TEXT,
    fact TEXT NOT NULL,
    withheld TEXT NOT NULL,
    PRIMARY KEY (place_id, question_id, revision)
);
CREATE INDEX public_question_step_issue ON public_question_step (place_id, issue_number);
CREATE INDEX public_question_step_kind ON public_question_step (place_id, step, question_id);

-- A published item that came from a question says so.
ALTER TABLE public_item ADD COLUMN question_id TEXT;
CREATE INDEX public_item_question ON public_item (place_id, question_id);

-- Times an item's page was opened by people, by day; no reader is known.
CREATE TABLE item_reading (
    place_id TEXT NOT NULL,
    item_id TEXT NOT NULL,
    readings BIGINT NOT NULL,
    thanks BIGINT NOT NULL,
    PRIMARY KEY (place_id, item_id)
);
