import { SoftwareAuthenticator } from '../../../harness/authenticator';
import { littleIssuer } from '../../../harness/issuer';
import type { Caller } from '../../../harness/service';
import type { Home, Life } from './life';

const SET_UP_PASSKEY = `mutation ($input: SetUpPasskeyInput!) { setUpPasskey(input: $input) { recoveryCodes } }`;

type Place = Pick<Home, 'facilityId' | 'languages'>;

/** People sign in by the ways that a country has besides a password: a passkey, and the ministry's own issuer. */
export async function inhabitEntrance(
  life: Life,
  place: Place,
  atWork: Caller,
): Promise<{ clerkId: string }> {
  await keepPasskey(life, atWork);
  await life.ask('staff', 'beginPasskey');
  await life.ask('staff', 'mySecondFactors');
  return throughIssuer(life, place);
}

async function keepPasskey({ service, word }: Life, atWork: Caller): Promise<void> {
  const { data } = await service.graphql('mutation { beginPasskey }', {}, atWork);
  const { rp } = JSON.parse(data.beginPasskey as string) as { rp: { id: string } };
  const origin = rp.id === 'localhost' ? 'http://localhost:0' : `https://${rp.id}`; // a country may have an address of its own
  const response = new SoftwareAuthenticator(origin).make(data.beginPasskey as string);
  const { errors } = await service.graphql(
    SET_UP_PASSKEY,
    { input: { name: `${word} key`, response } },
    atWork,
  );
  if (errors) throw new Error(JSON.stringify(errors));
}

async function throughIssuer(
  { service, tenant, word, ask, tell, outbox }: Life,
  { facilityId, languages }: Place,
): Promise<{ clerkId: string }> {
  const issuer = await littleIssuer(`${word} subject`);
  const { id: issuerId } = await tell('staff', 'setSignInIssuer', {
    issuer: issuer.url,
    clientId: `${word}-client`,
    redirectUri: `https://portal.${tenant.code}.example/signed-in`,
    names: languages.map(({ code: language }) => ({ language, text: `${word} Ministry` })),
  });
  await ask('staff', 'issuerSettings');
  await ask('anonymous', 'signInIssuers');
  const { id: clerkId } = await tell('staff', 'inviteStaff', {
    email: `clerk@${tenant.code}.example`,
    name: `${word} Clerk`,
    roles: [{ role: 'registrar', facilityId }],
  });
  const invitation = /([A-Za-z0-9_-]{32})\s*$/.exec((await outbox()).at(-1)!)![1]!;
  const { url, handle } = await tell('anonymous', 'beginIssuerSignIn', { issuerId, invitation });
  await tell('anonymous', 'completeIssuerSignIn', { handle, callback: issuer.answerTo(url) });
  await tell('anonymous', 'beginIssuerSignIn', { issuerId });
  const signedOut = await fetch(`${service.url}/${tenant.code}/oidc/${issuerId}/backchannel-logout`, {
    method: 'POST',
    body: new URLSearchParams({ logout_token: await issuer.logout(`${word}-client`, `${word} visitor`) }),
  });
  if (!signedOut.ok) throw new Error(`a logout token was answered ${signedOut.status}`);
  return { clerkId: clerkId as string };
}
