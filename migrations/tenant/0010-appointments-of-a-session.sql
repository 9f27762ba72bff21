-- The list of a session, and whether somebody came to it: without this, every appointment the facility ever had is read.
CREATE INDEX appointment_session_index ON appointment (facility_id, session_id, id);
