import { createHash } from 'node:crypto';
import { createServer, type RequestListener } from 'node:http';
import type { AddressInfo } from 'node:net';
import { Outbound } from '../../platform/outbound';
import { BreachService } from './breach-service';

const STOLEN = 'nobody would guess this one';
const hashOf = (password: string): string => createHash('sha1').update(password).digest('hex').toUpperCase();

/** A range API on this machine that knows one password; what it was asked, and what we logged. */
async function serving(answer?: RequestListener) {
  const asked: { url: string; padding: unknown }[] = [];
  const warnings: unknown[] = [];
  const server = createServer((request, response) => {
    asked.push({ url: request.url!, padding: request.headers['add-padding'] });
    if (answer) return answer(request, response);
    const rest = hashOf(STOLEN).slice(5);
    response.end(`${'0'.repeat(35)}:0\r\n${rest}:3\r\n${hashOf('padded only').slice(5)}:0\r\n`);
  });
  await new Promise<void>(ready => server.listen(0, '127.0.0.1', ready));
  const { port } = server.address() as AddressInfo;
  const breaches = new BreachService(
    { breachedPasswordsUrl: `http://127.0.0.1:${port}/range/` },
    new Outbound({ loopback: true }),
    { warn: (...what: unknown[]) => void warnings.push(what) },
  );
  return { asked, warnings, breaches, stop: () => new Promise(done => server.close(done)) };
}

describe('a service of breached passwords', () => {
  it('is told five digits of the hash and nothing else, and knows what was stolen', async () => {
    const { asked, breaches, stop } = await serving();

    const known = [await breaches.knows(STOLEN), await breaches.knows('padded only')];
    await stop();

    expect(known).toEqual([true, false]);
    expect(asked[0]).toEqual({ url: `/range/${hashOf(STOLEN).slice(0, 5)}`, padding: 'true' });
  });

  it('keeps nobody out when it fails, and the log says so without the password or its hash', async () => {
    const { warnings, breaches, stop } = await serving((_request, response) => {
      response.statusCode = 503;
      response.end();
    });

    const known = await breaches.knows(STOLEN);
    await stop();

    expect(known).toBe(false);
    expect(warnings).toHaveLength(1);
    expect(JSON.stringify(warnings)).not.toMatch(new RegExp(`${STOLEN}|${hashOf(STOLEN).slice(0, 5)}`));
  });

  it('is asked by nobody where the installation names none', async () => {
    const breaches = new BreachService({ breachedPasswordsUrl: null }, null!, null!);

    await expect(breaches.knows(STOLEN)).resolves.toBe(false);
  });
});
