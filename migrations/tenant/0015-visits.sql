-- Whether a person came to a session is asked with every dose recorded there. The unique index holds only those whose
-- visit is not over.
CREATE INDEX appointment_visit_index ON appointment (facility_id, session_id, person_id);
