-- Key projects. What was published of them is in their records; the working side keeps what it is asked for at every item of
-- the desk: whose projects they are, and which milestones are open.

CREATE TABLE project (
    place_id TEXT NOT NULL,
    project_id TEXT NOT NULL,
    name TEXT NOT NULL,
    leader_id TEXT,
    state TEXT NOT NULL,
    PRIMARY KEY (place_id, project_id)
);
CREATE INDEX project_leader ON project (place_id, leader_id, state);

-- Responsible units, the first of them first.
CREATE TABLE project_unit (
    place_id TEXT NOT NULL,
    organization_id TEXT NOT NULL,
    project_id TEXT NOT NULL,
    position BIGINT NOT NULL,
    PRIMARY KEY (place_id, organization_id, project_id)
);
CREATE INDEX project_unit_project ON project_unit (place_id, project_id);

CREATE TABLE milestone (
    place_id TEXT NOT NULL,
    project_id TEXT NOT NULL,
    milestone_id TEXT NOT NULL,
    name TEXT NOT NULL,
    forecast_on TEXT NOT NULL,
    is_open BOOLEAN NOT NULL,
    PRIMARY KEY (place_id, milestone_id)
);
CREATE INDEX milestone_project ON milestone (place_id, project_id);

-- The public side: which project a milestone belongs to, for the pages of items that moved it.
CREATE TABLE public_milestone (
    place_id TEXT NOT NULL,
    milestone_id TEXT NOT NULL,
    project_id TEXT NOT NULL,
    issue_number BIGINT NOT NULL,
    PRIMARY KEY (place_id, milestone_id)
);
CREATE INDEX public_milestone_issue ON public_milestone (place_id, issue_number);
