-- Who is asked about what: an office's place and hours, and the official B of each post.
ALTER TABLE post ADD COLUMN deputy_post_id TEXT;
ALTER TABLE post ADD COLUMN office_place TEXT;
ALTER TABLE post ADD COLUMN office_hours TEXT;

ALTER TABLE public_person ADD COLUMN leader TEXT;
ALTER TABLE public_person ADD COLUMN deputy TEXT;
ALTER TABLE public_person ADD COLUMN office_place TEXT;
ALTER TABLE public_person ADD COLUMN office_hours TEXT;

-- The public items as the search numbers them: higher numbers are newer. The pairs of characters themselves lie in
-- search_gram, which each engine has in its own form.
CREATE TABLE search_doc (
    place_id TEXT NOT NULL,
    doc BIGINT NOT NULL,
    item_id TEXT NOT NULL,
    issue_number BIGINT NOT NULL,
    revision BIGINT NOT NULL,
    PRIMARY KEY (place_id, doc)
);
CREATE UNIQUE INDEX search_doc_item ON search_doc (place_id, item_id);
CREATE INDEX search_doc_issue ON search_doc (place_id, issue_number);
