-- What people do together: key projects, directives, difficulties, joint visits, meetings. This file holds what they share:
-- the public side of their records, and the links from the week's items to them.

-- One row for each record. The fact stands whole, as it was published; subject_id is the project, directive, difficulty, visit
-- or meeting.
CREATE TABLE public_affair (
    place_id TEXT NOT NULL,
    subject_id TEXT NOT NULL,
    revision BIGINT NOT NULL,
    kind TEXT NOT NULL,
    issue_number BIGINT NOT NULL,
    published_on TEXT NOT NULL,
    fact TEXT NOT NULL,
    commitment TEXT NOT NULL,
    withheld TEXT NOT NULL,
    PRIMARY KEY (place_id, subject_id, revision)
);
CREATE INDEX public_affair_kind ON public_affair (place_id, kind, published_on);
CREATE INDEX public_affair_issue ON public_affair (place_id, issue_number);

-- What a published item belongs to: the whole list with the item, and one line each, to be found from the other end.
ALTER TABLE public_item ADD COLUMN links TEXT NOT NULL DEFAULT '[]';
CREATE TABLE public_item_link (
    place_id TEXT NOT NULL,
    subject_id TEXT NOT NULL,
    item_id TEXT NOT NULL,
    kind TEXT NOT NULL,
    issue_number BIGINT NOT NULL,
    PRIMARY KEY (place_id, subject_id, item_id, kind)
);
CREATE INDEX public_item_link_issue ON public_item_link (place_id, issue_number);
CREATE INDEX public_item_link_item ON public_item_link (place_id, item_id);

-- The same on the working side.
CREATE TABLE item_link (
    place_id TEXT NOT NULL,
    item_id TEXT NOT NULL,
    kind TEXT NOT NULL,
    subject_id TEXT NOT NULL,
    created_at BIGINT NOT NULL,
    PRIMARY KEY (place_id, item_id, kind, subject_id)
);
CREATE INDEX item_link_subject ON item_link (place_id, subject_id, kind);
