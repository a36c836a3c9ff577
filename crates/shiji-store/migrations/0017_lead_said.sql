-- Whoever proposed a visit of which they take the lead themselves was never asked: they have said yes.
UPDATE visit SET lead_said = 'yes' WHERE lead_id = created_by AND lead_said = 'asked' AND state = 'planned';
