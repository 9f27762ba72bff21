// A real OpenID Connect issuer (oidc-provider) on a port of this machine, in a process of its own: it is ES modules only,
// and another program than ours. What it says of who signs in is told to it by POST /control.
import { createServer } from 'node:http';
import { text } from 'node:stream/consumers';
import { generateKeyPair, exportJWK } from 'jose';
import Provider from 'oidc-provider';
import MemoryAdapter from 'oidc-provider/lib/adapters/memory_adapter.js';

const clients = new Map();
/** Who signs in next, and how she proved it. */
let somebody = { sub: 'somebody', acr: undefined, amr: undefined };

class Adapter extends MemoryAdapter {
  constructor(model) {
    super(model);
    this.ofClients = model === 'Client';
  }
  find(id) {
    return this.ofClients ? clients.get(id) : super.find(id);
  }
}

const server = createServer();
await new Promise(resolve => server.listen(0, '127.0.0.1', resolve));
const issuer = `http://127.0.0.1:${server.address().port}`;
const { privateKey } = await generateKeyPair('RS256', { extractable: true });
const provider = new Provider(issuer, {
  adapter: Adapter,
  jwks: { keys: [{ ...(await exportJWK(privateKey)), kid: 'of-the-test', alg: 'RS256', use: 'sig' }] },
  cookies: { keys: ['of the test'] },
  claims: { openid: ['sub', 'acr', 'amr'] },
  clientAuthMethods: ['private_key_jwt', 'client_secret_basic'],
  enabledJWA: { clientAuthSigningAlgValues: ['ES256'] },
  features: { devInteractions: { enabled: false }, backchannelLogout: { enabled: true } },
  // Its own dispatcher calls nobody on this machine, where whoever it tells of a sign-out is.
  fetch: (url, options) => fetch(url, { ...options, dispatcher: undefined }),
  findAccount: (_ctx, id) => ({
    accountId: id,
    claims: () => ({ sub: id, email: `${id}@ministry.example`, email_verified: true, amr: somebody.amr }),
  }),
  interactions: { url: (_ctx, interaction) => `/interaction/${interaction.uid}` },
  ttl: { Session: 60, Grant: 60, Interaction: 60, IdToken: 60, AccessToken: 60 },
});

async function interact(request, response) {
  const { params, grantId } = await provider.interactionDetails(request, response);
  const grant =
    (grantId && (await provider.Grant.find(grantId))) ||
    new provider.Grant({ accountId: somebody.sub, clientId: params.client_id });
  grant.addOIDCScope('openid');
  const { sub: accountId, acr, amr } = somebody;
  await provider.interactionFinished(request, response, {
    login: { accountId, acr, amr, remember: false },
    consent: { grantId: await grant.save() },
  });
}

async function control(request, response) {
  const { client, who } = JSON.parse(await text(request));
  if (client) clients.set(client.client_id, client);
  if (who) somebody = who;
  response.writeHead(204).end();
}

const answer = provider.callback();
server.on('request', (request, response) => {
  const fail = error => response.writeHead(500).end(String(error.stack));
  if (request.url.startsWith('/interaction/')) void interact(request, response).catch(fail);
  else if (request.url === '/control') void control(request, response).catch(fail);
  else void answer(request, response);
});
process.stdout.write(`${issuer}\n`);
process.stdin.resume().on('end', () => process.exit());
