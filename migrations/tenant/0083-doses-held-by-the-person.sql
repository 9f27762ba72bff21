-- Who adds to a person's doses holds her row and counts them (docs/decisions/0061-fewer-pages-of-a-person.md): the count that
-- was kept beside them was a page of its own for each dose, and a page of its key. `vaccination_history_fk` has seen to it
-- until now that there is such a person; the next file looks at the doses of before again, while others are recorded.
ALTER TABLE vaccination ADD CONSTRAINT vaccination_person_fk FOREIGN KEY (person_id) REFERENCES person (person_id) NOT VALID;
ALTER TABLE vaccination DROP CONSTRAINT vaccination_history_fk;
DROP TABLE dose_history;
