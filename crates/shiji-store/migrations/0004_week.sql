-- A leader's word on an item, once the official has dealt with it.
ALTER TABLE comment ADD COLUMN dealt_at BIGINT;

-- When somebody was last seen at the desk: one row a person, written over each time, so that it tells no history.
-- by_script: the page's own script said so last, and it counts the minutes more closely than the gaps between pages do.
CREATE TABLE desk_clock (
    place_id TEXT NOT NULL,
    person_id TEXT NOT NULL,
    seen_at BIGINT NOT NULL,
    by_script BOOLEAN NOT NULL,
    PRIMARY KEY (place_id, person_id),
    FOREIGN KEY (place_id, person_id) REFERENCES person (place_id, person_id)
);
