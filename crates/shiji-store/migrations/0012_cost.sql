-- The newest moment in the queue is asked for at every publication.
CREATE INDEX log_queue_queued ON log_queue (queued_at);
