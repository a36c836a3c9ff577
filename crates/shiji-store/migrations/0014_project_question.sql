-- A question can be about a key project; its page lists them.
ALTER TABLE question ADD COLUMN project_id TEXT;
ALTER TABLE public_question ADD COLUMN project_id TEXT;
CREATE INDEX public_question_project ON public_question (place_id, project_id, number);
