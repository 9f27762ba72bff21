import { generateKeyPairSync, randomBytes } from 'node:crypto';
import { createServer, type IncomingMessage, type RequestListener, type Server } from 'node:http';
import { createServer as createTlsServer } from 'node:https';
import type { AddressInfo } from 'node:net';
import { authorityCertificate, signerCertificate } from '../../../src/codecs/x509';
import { Outbound, OutboundFailed } from '../../../src/platform/outbound';

const open: Server[] = [];
afterEach(() =>
  Promise.all(
    open.splice(0).map(server => {
      server.closeAllConnections();
      return new Promise(done => server.close(done));
    }),
  ),
);

async function serving(
  answer: RequestListener,
  make = (): Server => createServer(answer),
): Promise<{ port: number; server: Server }> {
  const server = make();
  open.push(server);
  await new Promise<void>(ready => server.listen(0, '127.0.0.1', ready));
  return { port: (server.address() as AddressInfo).port, server };
}

/** A server that says what it was asked, and how often it was. */
async function echo() {
  const asked: IncomingMessage[] = [];
  const { port, server } = await serving((request, response) => {
    asked.push(request);
    request.pipe(response);
  });
  return { port, asked, server };
}

const names = (table: Record<string, string[]>) => async (name: string) => table[name] ?? [];
const failing = (outbound: Outbound, url: string) =>
  outbound.send({ url, patienceMs: 60_000 }).then(
    answer => `answered ${answer.status}`,
    (error: unknown) => (error instanceof OutboundFailed ? error.fault : `threw ${String(error)}`),
  );

describe('a call to an address from outside', () => {
  it('brings back the status, the headers and the body', async () => {
    const { port } = await serving((request, response) => {
      response.writeHead(202, { 'x-told': request.headers['x-tell'] });
      request.pipe(response);
    });

    const answer = await new Outbound({ loopback: true }).send({
      url: `http://127.0.0.1:${port}/hook?a=b`,
      headers: { 'x-tell': 'yes' },
      body: '{"é":1}',
    });

    expect(answer).toMatchObject({ status: 202, headers: { 'x-told': 'yes' } });
    expect(answer.body.toString()).toBe('{"é":1}');
  });

  it('asks for the name once in a call, and anew in the next', async () => {
    const { authority, key, cert } = certified('hook.example');
    const answer: RequestListener = (_, response) => response.end();
    const { port } = await serving(answer, () => createTlsServer({ key, cert }, answer));
    const answers = [['127.0.0.1'], ['10.0.0.1']];
    const outbound = new Outbound({ loopback: true, authority, addressesOf: async () => answers.shift()! });

    const first = await failing(outbound, `https://hook.example:${port}/`);
    const second = await failing(outbound, `https://hook.example:${port}/`);

    expect([first, second]).toEqual(['answered 200', 'ADDRESS_NOT_PUBLIC']);
  });

  it('speaks TLS with the host of the name, and with no other', async () => {
    const { authority, key, cert } = certified('hook.example');
    const answer: RequestListener = (request, response) => response.end(request.headers.host);
    const { port } = await serving(answer, () => createTlsServer({ key, cert }, answer));
    const addressesOf = names({ 'hook.example': ['127.0.0.1'], 'other.example': ['127.0.0.1'] });
    const outbound = new Outbound({ loopback: true, addressesOf, authority });

    const said = await outbound.send({ url: `https://hook.example:${port}/` });

    expect(said.body.toString()).toBe(`hook.example:${port}`);
    expect(await failing(outbound, `https://other.example:${port}/`)).toBe('UNREACHABLE');
    expect(
      await failing(new Outbound({ loopback: true, addressesOf }), `https://hook.example:${port}/`),
    ).toBe('UNREACHABLE');
  });

  it('follows no redirection', async () => {
    const { port: inside, asked } = await echo();
    const { port } = await serving((_, response) =>
      response.writeHead(307, { location: `http://127.0.0.1:${inside}/secret` }).end(),
    );

    const answer = await new Outbound({ loopback: true }).send({ url: `http://127.0.0.1:${port}/` });

    expect(answer.status).toBe(307);
    expect(asked).toHaveLength(0);
  });

  it('reads no more than it may', async () => {
    const { port } = await serving((_, response) => response.end(Buffer.alloc(1025)));
    const sent = new Outbound({ loopback: true }).send({ url: `http://127.0.0.1:${port}/`, mostBytes: 1024 });

    await expect(sent).rejects.toMatchObject({ fault: 'TOO_LARGE' });
  });

  it.each<[string, RequestListener]>([
    ['never answers', () => undefined],
    ['begins and never ends', (_, response) => void response.write('a')],
  ])('gives up a server that %s', async (_what, listener) => {
    const { port } = await serving(listener);
    const sent = new Outbound({ loopback: true }).send({ url: `http://127.0.0.1:${port}/`, patienceMs: 200 });

    await expect(sent).rejects.toMatchObject({ fault: 'TOO_SLOW' });
  });

  it('gives up a name that is never answered', async () => {
    const outbound = new Outbound({ loopback: false, addressesOf: () => new Promise(() => undefined) });
    const sent = outbound.send({ url: 'https://slow.example/', patienceMs: 50 });

    await expect(sent).rejects.toMatchObject({ fault: 'TOO_SLOW' });
  });

  it('says when nobody is there', async () => {
    const { port, server } = await echo();
    await new Promise(done => server.close(done));

    expect(await failing(new Outbound({ loopback: true }), `http://127.0.0.1:${port}/`)).toBe('UNREACHABLE');
  });

  it('is fetch to a library that wants one', async () => {
    const { port } = await serving((request, response) => {
      response.writeHead(201, { 'set-cookie': ['a=1', 'b=2'], 'content-type': 'application/json' });
      request.pipe(response);
    });

    const answer = await new Outbound({ loopback: true }).fetch(`http://127.0.0.1:${port}/`, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: '{"a":1}',
    });

    expect(answer.status).toBe(201);
    expect(answer.headers.getSetCookie()).toEqual(['a=1', 'b=2']);
    expect(await answer.json()).toEqual({ a: 1 });
  });
});

describe('what is never called', () => {
  const outbound = new Outbound({
    loopback: false,
    addressesOf: names({
      localhost: ['127.0.0.1'],
      'inside.example': ['10.1.2.3'],
      'both.example': ['93.184.216.34', '169.254.169.254'],
      'six.example': ['fd00:ec2::254'],
    }),
  });

  it.each([
    ['http://example.org/', 'NOT_HTTPS'],
    ['ftp://example.org/', 'NOT_HTTPS'],
    ['file:///etc/passwd', 'NOT_HTTPS'],
    ['http://127.0.0.1/', 'NOT_HTTPS'],
    ['example.org', 'NO_ADDRESS'],
    ['https://', 'NO_ADDRESS'],
    ['https://user:secret@example.org/', 'CREDENTIALS_IN_ADDRESS'],
    ['https://localhost/', 'ADDRESS_NOT_PUBLIC'],
    ['https://inside.example/', 'ADDRESS_NOT_PUBLIC'],
    ['https://both.example/', 'ADDRESS_NOT_PUBLIC'],
    ['https://six.example/', 'ADDRESS_NOT_PUBLIC'],
    ['https://nobody.example/', 'NAME_UNKNOWN'],
    ['https://127.0.0.1/', 'ADDRESS_NOT_PUBLIC'],
    ['https://127.1/', 'ADDRESS_NOT_PUBLIC'],
    ['https://0x7f000001/', 'ADDRESS_NOT_PUBLIC'],
    ['https://2130706433/', 'ADDRESS_NOT_PUBLIC'],
    ['https://017700000001/', 'ADDRESS_NOT_PUBLIC'],
    ['https://0.0.0.0/', 'ADDRESS_NOT_PUBLIC'],
    ['https://10.0.0.1/', 'ADDRESS_NOT_PUBLIC'],
    ['https://172.31.255.255/', 'ADDRESS_NOT_PUBLIC'],
    ['https://192.168.1.1/', 'ADDRESS_NOT_PUBLIC'],
    ['https://100.100.100.200/', 'ADDRESS_NOT_PUBLIC'],
    ['https://169.254.169.254/latest/meta-data/', 'ADDRESS_NOT_PUBLIC'],
    ['https://168.63.129.16/', 'ADDRESS_NOT_PUBLIC'],
    ['https://192.0.0.192/', 'ADDRESS_NOT_PUBLIC'],
    ['https://198.18.0.1/', 'ADDRESS_NOT_PUBLIC'],
    ['https://224.0.0.1/', 'ADDRESS_NOT_PUBLIC'],
    ['https://255.255.255.255/', 'ADDRESS_NOT_PUBLIC'],
    ['https://[::]/', 'ADDRESS_NOT_PUBLIC'],
    ['https://[::1]/', 'ADDRESS_NOT_PUBLIC'],
    ['https://[::ffff:127.0.0.1]/', 'ADDRESS_NOT_PUBLIC'],
    ['https://[::ffff:8.8.8.8]/', 'ADDRESS_NOT_PUBLIC'],
    ['https://[::7f00:1]/', 'ADDRESS_NOT_PUBLIC'],
    ['https://[64:ff9b::a9fe:a9fe]/', 'ADDRESS_NOT_PUBLIC'],
    ['https://[2002:7f00:1::]/', 'ADDRESS_NOT_PUBLIC'],
    ['https://[2001:0:4136:e378:8000:63bf:3fff:fdd2]/', 'ADDRESS_NOT_PUBLIC'],
    ['https://[fe80::1]/', 'ADDRESS_NOT_PUBLIC'],
    ['https://[fd00:ec2::254]/', 'ADDRESS_NOT_PUBLIC'],
    ['https://[2001:db8::1]/', 'ADDRESS_NOT_PUBLIC'],
    ['https://[ff02::1]/', 'ADDRESS_NOT_PUBLIC'],
  ])('%s', async (url, fault) => {
    expect(await failing(outbound, url)).toBe(fault);
  });

  it('an address longer than any', async () => {
    expect(await failing(outbound, `https://example.org/${'a'.repeat(2000)}`)).toBe('TOO_LONG');
  });

  it.each(['http://example.org/', 'https://10.0.0.1/', 'http://10.0.0.1/', 'http://169.254.169.254/'])(
    '%s, where this machine may be called',
    async url => {
      expect(await failing(new Outbound({ loopback: true }), url)).toMatch(
        /^(NOT_HTTPS|ADDRESS_NOT_PUBLIC)$/,
      );
    },
  );
});

/** A server's key and certificate for a name, and the authority that vouches for it. */
function certified(name: string): { authority: string; key: string; cert: string } {
  const pair = () => generateKeyPairSync('ec', { namedCurve: 'P-256' });
  const [root, own] = [pair(), pair()];
  const times = { notBefore: new Date(Date.now() - 3_600_000), notAfter: new Date(Date.now() + 3_600_000) };
  const issuer = { country: 'XA', commonName: 'Authority of a test' };
  const pem = (der: Uint8Array): string =>
    `-----BEGIN CERTIFICATE-----\n${Buffer.from(der).toString('base64')}\n-----END CERTIFICATE-----\n`;
  return {
    authority: pem(
      authorityCertificate(
        { ...times, subject: issuer, publicKey: root.publicKey, serial: randomBytes(16) },
        root.privateKey,
      ),
    ),
    key: String(own.privateKey.export({ type: 'pkcs8', format: 'pem' })),
    cert: pem(
      signerCertificate({
        ...times,
        subject: { country: 'XA', commonName: name },
        publicKey: own.publicKey,
        serial: randomBytes(16),
        issuer: { name: issuer, privateKey: root.privateKey },
      }),
    ),
  };
}
