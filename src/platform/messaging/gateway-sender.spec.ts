import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { systemContext } from '../events';
import { GatewaySender } from './gateway-sender';

const message = { channel: 'email', receiver: 'ada@x.example', language: 'en', text: 'Hello' } as const;

describe('the gateway of an installation', () => {
  let server: Server;
  let answer = 200;
  let keys: string[] = [];
  let sender: GatewaySender;

  beforeAll(async () => {
    server = createServer((request, response) => {
      keys.push(String(request.headers['idempotency-key']));
      request.resume().on('end', () => response.writeHead(answer).end());
    });
    await new Promise<void>(resolve => void server.listen(0, '127.0.0.1', resolve));
  });
  beforeEach(() => {
    [answer, keys] = [200, []];
    sender = new GatewaySender(`http://127.0.0.1:${(server.address() as AddressInfo).port}`);
  });
  afterAll(() => new Promise(resolve => server.close(resolve)));

  const outcome = (sent: Promise<void>) =>
    sent.then(
      () => 'taken',
      (error: Error) => error.message,
    );

  it('knows a message that is sent again by its key', async () => {
    const ctx = systemContext(null);

    await sender.send(ctx, message);
    await sender.send(ctx, message);
    await sender.send(ctx, { ...message, text: 'Another' });
    await sender.send(systemContext(null), message);

    expect(keys[1]).toBe(keys[0]);
    expect(new Set(keys).size).toBe(3);
  });

  it('is handed no receiver that says more than who it is', async () => {
    const lines = ['ada@x.example\r\nBcc: b@x.example', 'ada@x.example\n', '+1\u2028RCPT', '\0'];

    const said = await Promise.all(
      lines.map(receiver => outcome(sender.send(systemContext(null), { ...message, receiver }))),
    );

    expect(new Set(said)).toEqual(new Set(['A receiver is one line']));
    expect(keys).toEqual([]);
  });

  it('is left alone for a while when it fails again and again', async () => {
    answer = 503;

    const said: string[] = [];
    for (let i = 0; i < 7; i++) said.push(await outcome(sender.send(systemContext(null), message)));

    expect(keys).toHaveLength(5);
    expect(said.slice(5)).toEqual(Array(2).fill('not asked: it has not answered lately'));
  });

  it('goes on taking messages when it refuses some of them', async () => {
    answer = 422;
    for (let i = 0; i < 7; i++) await outcome(sender.send(systemContext(null), message));
    answer = 202;

    expect(await outcome(sender.send(systemContext(null), message))).toBe('taken');
    expect(keys).toHaveLength(8);
  });
});
