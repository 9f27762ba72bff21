-- Without a lock that who records a dose would wait for (see 0083).
ALTER TABLE vaccination VALIDATE CONSTRAINT vaccination_person_fk;

-- What is written of people lies together by week: an entry of the trail goes to a page that others of its week go to, and
-- not to one of its person that nobody else has touched (docs/decisions/0061-fewer-pages-of-a-person.md).
-- The old one goes last: until then the trail can be read.
CREATE INDEX audit_entry_person_week_index ON audit_entry (date_trunc('week', at AT TIME ZONE 'UTC'), person_id, id)
  WHERE person_id IS NOT NULL;
DROP INDEX audit_entry_person_index;
ALTER INDEX audit_entry_person_week_index RENAME TO audit_entry_person_index;
