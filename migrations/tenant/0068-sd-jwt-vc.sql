-- Certificates as SD-JWT VC too; their places on status lists are claimed with those of the W3C credentials.
ALTER TABLE certificate_proof DROP CONSTRAINT certificate_proof_format_check;
ALTER TABLE certificate_proof ADD CONSTRAINT certificate_proof_format_check CHECK (format IN ('eu-dcc', 'who-icvp',
  'smart-health-card', 'w3c-credential', 'sd-jwt-vc'));
