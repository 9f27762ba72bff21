-- What was kept to hold somebody to a number goes when the number has long been over.

-- Through what a place of a capped session was taken; the appointment's id says when.
CREATE INDEX appointment_origin_age_index ON appointment_origin (appointment_id);
GRANT DELETE ON appointment_origin TO {{login}};

-- How many people somebody was shown on a day: forgotten with whom they were.
CREATE INDEX person_look_count_day_index ON person_look_count (day);
