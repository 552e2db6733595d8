-- Share of the busy time in iterations that prefill. What was metered before it was known is taken
-- to have prefilled all of the time, if at all.

ALTER TABLE power_window ADD COLUMN prefill_share double precision NOT NULL DEFAULT 1;
