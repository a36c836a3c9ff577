-- The secret with which a robot of 钉钉 or 飞书 asks its messages to be signed; sealed, as the other one.
ALTER TABLE hook ADD COLUMN robot_secret_sealed TEXT;
