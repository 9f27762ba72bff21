import { randomBytes, scrypt, timingSafeEqual } from 'node:crypto';

/** scrypt (RFC 7914) at OWASP's minimum for interactive sign-in: N = 2^15, r = 8, p = 3, 32 MiB. */
const COST = { N: 2 ** 15, r: 8, p: 3, maxmem: 64 * 1024 * 1024 };

/** `scrypt$<salt>$<hash>`, both base64url. */
export async function hashPassword(password: string): Promise<string> {
  const salt = randomBytes(16);
  return `scrypt$${salt.toString('base64url')}$${(await derive(password, salt)).toString('base64url')}`;
}

/** Compares in constant time; with no stored hash it costs the same and is false, so that nobody learns who exists. */
export async function isPassword(password: string, stored: string | null): Promise<boolean> {
  const [, salt, hash] = (stored ?? NOBODY).split('$');
  const derived = await derive(password, Buffer.from(salt!, 'base64url'));
  return timingSafeEqual(derived, Buffer.from(hash!, 'base64url')) && stored !== null;
}

const NOBODY = `scrypt$${randomBytes(16).toString('base64url')}$${randomBytes(32).toString('base64url')}`;

function derive(password: string, salt: Buffer): Promise<Buffer> {
  return new Promise((resolve, reject) => {
    scrypt(password.normalize('NFKC'), salt, 32, COST, (error, key) =>
      error ? reject(error) : resolve(key),
    );
  });
}
