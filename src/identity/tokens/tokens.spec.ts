import { randomBytes } from 'node:crypto';
import { systemContext } from '../../platform/events';
import type { Context, TenantRef } from '../../platform/context';
import { LocalKeyring } from '../../platform/keys';
import { Tokens } from './tokens';

const [masterKey, nextKey] = [Buffer.alloc(32, 1), Buffer.alloc(32, 2)];
const keys = new LocalKeyring(masterKey);
const tenant = (code: string): TenantRef => ({
  code,
  country: 'XA',
  state: 'LIVE',
  placementUrl: null,
  timeZone: 'UTC',
});
const at = (instant: string, code = 'aa'): Context => ({
  ...systemContext(tenant(code)),
  now: () => new Date(instant),
});
const staff = { kind: 'staff', id: '018f', grants: [] } as const;

describe('a token that a process has verified before', () => {
  it('is the same actor again', async () => {
    const tokens = new Tokens(keys);
    const { token } = await tokens.issue(at('2026-01-01T10:00:00Z'), staff);

    const first = await tokens.verify(at('2026-01-01T10:01:00Z'), 'staff', token);

    await expect(tokens.verify(at('2026-01-01T10:02:00Z'), 'staff', token)).resolves.toBe(first);
  });

  it('ends when it says, remembered or not', async () => {
    const tokens = new Tokens(keys);
    const { token, expiresAt } = await tokens.issue(at('2026-01-01T10:00:00Z'), staff);
    await tokens.verify(at('2026-01-01T10:01:00Z'), 'staff', token);

    await expect(tokens.verify(at(expiresAt.toISOString()), 'staff', token)).rejects.toThrow(
      'UNAUTHENTICATED',
    );
  });

  it('is nobody in another country and nobody of another kind', async () => {
    const tokens = new Tokens(keys);
    const { token } = await tokens.issue(at('2026-01-01T10:00:00Z'), staff);
    await tokens.verify(at('2026-01-01T10:01:00Z'), 'staff', token);

    await expect(tokens.verify(at('2026-01-01T10:01:00Z', 'bb'), 'staff', token)).rejects.toThrow(
      'UNAUTHENTICATED',
    );
    await expect(tokens.verify(at('2026-01-01T10:01:00Z'), 'citizen', token)).rejects.toThrow(
      'UNAUTHENTICATED',
    );
  });

  it('is nobody with one character changed', async () => {
    const tokens = new Tokens(keys);
    const { token } = await tokens.issue(at('2026-01-01T10:00:00Z'), staff);
    await tokens.verify(at('2026-01-01T10:01:00Z'), 'staff', token);
    const place = token.length - 1 - (randomBytes(1)[0]! % 20);
    const changed = token.slice(0, place) + (token[place] === 'A' ? 'B' : 'A') + token.slice(place + 1);

    await expect(tokens.verify(at('2026-01-01T10:01:00Z'), 'staff', changed)).rejects.toThrow(
      'UNAUTHENTICATED',
    );
  });
});

describe('a token of the former master key', () => {
  it('is good for as long as that key is held beside the next one', async () => {
    const now = at('2026-01-01T10:00:00Z');
    const { token } = await new Tokens(keys).issue(now, staff);
    const during = new Tokens(new LocalKeyring(nextKey, masterKey));
    const after = new Tokens(new LocalKeyring(nextKey));

    expect(await during.verify(now, 'staff', token)).toMatchObject({ id: staff.id });
    await expect(after.verify(now, 'staff', token)).rejects.toThrow('UNAUTHENTICATED');
    const { token: next } = await during.issue(now, staff);
    expect(await after.verify(now, 'staff', next)).toMatchObject({ id: staff.id });
  });
});
