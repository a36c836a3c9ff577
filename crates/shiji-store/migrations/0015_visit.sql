-- Whoever was named to lead a visit says yes or no to it; colleagues join a visit that was agreed on, or step out of it.
ALTER TABLE visit ADD COLUMN lead_said TEXT NOT NULL DEFAULT 'asked';
ALTER TABLE visit ADD COLUMN lead_reason TEXT;

-- Who comes, in the place of visit_part. Who joins after the plans were published has no plan item; who steps out stays here
-- with the reason.
CREATE TABLE visitor (
    place_id TEXT NOT NULL,
    visit_id TEXT NOT NULL,
    sort_order BIGINT NOT NULL,
    item_id TEXT,
    person_id TEXT NOT NULL,
    unit_name TEXT NOT NULL,
    left_at BIGINT,
    left_reason TEXT,
    PRIMARY KEY (place_id, visit_id, sort_order)
);
CREATE INDEX visitor_person ON visitor (place_id, person_id);
CREATE INDEX visitor_item ON visitor (place_id, item_id);
INSERT INTO visitor (place_id, visit_id, sort_order, item_id, person_id, unit_name)
    SELECT place_id, visit_id, sort_order, item_id, person_id, unit_name FROM visit_part;
DROP TABLE visit_part;
