-- The days that the words of an order's steps name, a list as long as the steps; nothing when no step has a day.
ALTER TABLE directive ADD COLUMN step_days TEXT;
