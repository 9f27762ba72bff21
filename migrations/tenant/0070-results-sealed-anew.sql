-- What 0039 sealed under the country's key and 0041 forgot: the round that seals it under a newer one writes these too.
GRANT UPDATE (sealed_text) ON result_proof TO {{login}};
GRANT UPDATE (sealed_case) ON certificate_grievance TO {{login}};
GRANT UPDATE (sealed_reason) ON certificate_grievance_decision TO {{login}};
