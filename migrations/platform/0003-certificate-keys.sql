-- Certificates name a key in more ways than one: an HCERT by its kid, a SMART Health Card and a W3C credential by the
-- key's thumbprint (RFC 7638). Signers of other algorithms, and the certificate that their authority gave them.
ALTER TABLE signing_key_directory
  ADD COLUMN alg text NOT NULL DEFAULT 'ES256' CHECK (alg IN ('ES256', 'EdDSA')),
  ADD COLUMN thumbprint text,
  ADD COLUMN certificate bytea;
UPDATE signing_key_directory SET thumbprint = rtrim(translate(encode(sha256(convert_to(
  format('{"crv":"%s","kty":"%s","x":"%s","y":"%s"}',
         public_jwk ->> 'crv', public_jwk ->> 'kty', public_jwk ->> 'x', public_jwk ->> 'y'), 'UTF8')), 'base64'), '+/', '-_'), '=');
ALTER TABLE signing_key_directory ALTER COLUMN thumbprint SET NOT NULL;
CREATE INDEX signing_key_directory_thumbprint_index ON signing_key_directory (thumbprint);
