-- The newest moment in the queue is asked for at every publication.
CREATE INDEX log_queue_queued ON log_queue (queued_at);
-- The words of an open question were taken away in public: on the working side they go with the answer.
ALTER TABLE question ADD COLUMN words_go BOOLEAN NOT NULL DEFAULT FALSE;
-- All projects with their steps, and whether somebody was told of something.
CREATE INDEX public_affair_subject ON public_affair (place_id, kind, subject_id, revision);
CREATE INDEX notice_told ON notice (place_id, person_id, kind, subject_id);
