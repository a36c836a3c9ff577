-- Colleagues' plans seen by each other: the town's list of spots, help asked and offered, joint visits.

-- Firms and sites that the clerk writes down; villages and key projects come from where they stand already. The others are a
-- JSON list of names.
CREATE TABLE spot (
    place_id TEXT NOT NULL,
    spot_id TEXT NOT NULL,
    kind TEXT NOT NULL,
    name TEXT NOT NULL,
    others TEXT NOT NULL,
    sort_order BIGINT NOT NULL,
    PRIMARY KEY (place_id, spot_id)
);

-- Help asked for on a plan item, of the period in whose report the item stands.
CREATE TABLE help_request (
    place_id TEXT NOT NULL,
    help_id TEXT NOT NULL,
    period_id TEXT NOT NULL,
    item_id TEXT NOT NULL,
    person_id TEXT NOT NULL,
    kind TEXT NOT NULL,
    words TEXT NOT NULL,
    state TEXT NOT NULL,
    created_at BIGINT NOT NULL,
    PRIMARY KEY (place_id, help_id)
);
CREATE INDEX help_request_period ON help_request (place_id, period_id, created_at);
CREATE INDEX help_request_item ON help_request (place_id, item_id);

-- The words are what stands in the helper's report once the offer is accepted.
CREATE TABLE help_offer (
    place_id TEXT NOT NULL,
    offer_id TEXT NOT NULL,
    help_id TEXT NOT NULL,
    person_id TEXT NOT NULL,
    words TEXT NOT NULL,
    state TEXT NOT NULL,
    made_at BIGINT NOT NULL,
    decided_at BIGINT,
    PRIMARY KEY (place_id, offer_id)
);
CREATE INDEX help_offer_help ON help_offer (place_id, help_id, made_at);
CREATE INDEX help_offer_person ON help_offer (place_id, person_id, state);

-- Several units on one day at one place. What was done there is written once, by one of them, in record_words.
CREATE TABLE visit (
    place_id TEXT NOT NULL,
    visit_id TEXT NOT NULL,
    period_id TEXT NOT NULL,
    spot_kind TEXT NOT NULL,
    spot TEXT NOT NULL,
    visit_on TEXT NOT NULL,
    purpose TEXT NOT NULL,
    lead_id TEXT NOT NULL,
    announced BOOLEAN NOT NULL,
    published BOOLEAN NOT NULL,
    state TEXT NOT NULL,
    record_words TEXT,
    record_by TEXT,
    created_by TEXT NOT NULL,
    created_at BIGINT NOT NULL,
    PRIMARY KEY (place_id, visit_id)
);
CREATE INDEX visit_day ON visit (place_id, visit_on);

-- Who comes, and the plan item that said so.
CREATE TABLE visit_part (
    place_id TEXT NOT NULL,
    visit_id TEXT NOT NULL,
    item_id TEXT NOT NULL,
    person_id TEXT NOT NULL,
    unit_name TEXT NOT NULL,
    sort_order BIGINT NOT NULL,
    PRIMARY KEY (place_id, visit_id, item_id)
);
CREATE INDEX visit_part_person ON visit_part (place_id, person_id);
CREATE INDEX visit_part_item ON visit_part (place_id, item_id);

-- Proposals that somebody refused: the same plan items are not proposed again. The items are a JSON list.
CREATE TABLE visit_refusal (
    place_id TEXT NOT NULL,
    refusal_id TEXT NOT NULL,
    period_id TEXT NOT NULL,
    spot TEXT NOT NULL,
    items TEXT NOT NULL,
    reason TEXT NOT NULL,
    person_id TEXT NOT NULL,
    refused_at BIGINT NOT NULL,
    PRIMARY KEY (place_id, refusal_id)
);
CREATE INDEX visit_refusal_period ON visit_refusal (place_id, period_id);
