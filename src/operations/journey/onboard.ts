import { randomBytes } from 'node:crypto';
import { civilDayOf } from '../../common';
import {
  AcceptStaffInvitationDocument,
  AcceptTenantAgreementDocument,
  ApproveCountryPackDocument,
  ChangeTenantStateDocument,
  type Client,
  ServiceError,
  DecideRoleRequestDocument,
  DraftCountryPackDocument,
  InviteStaffDocument,
  InviteTenantDocument,
  OpenTenantInvitationDocument,
  ProposeCountryPackDocument,
  ReadLicenceDocument,
  SendTenantAgreementDocument,
  ShippedCountryPackDocument,
  SignInOperatorDocument,
  SignInStaffDocument,
  TenantStateDocument,
} from '../client';
import type { Cast } from './cast';
import { readOutbox } from './outbox';
import type { Story } from './story';

/** An invitation's token in a message, in whatever language it is. */
const TOKEN = /([A-Za-z0-9_-]{32})\s*$/;
const PROVISIONING_MS = 60_000;
const SERVED_MS = 5_000;

/** The platform operator who tells the story, and the password that everybody in a sandbox has. */
export interface Operator {
  email: string;
  password: string;
}

/** A country that has been onboarded: clients for its people. */
export interface Onboarded {
  code: string;
  cast: Cast;
  anonymous: Client;
  operator: Client;
  admin: Client;
  /** The password that everybody of the sandbox has. */
  password: string;
  /** Signs someone of the staff in by her part in the cast. */
  signIn: (part: string) => Promise<Client>;
}

export const emailOf = (part: string, code: string): string => `${part.toLowerCase()}@${code}.example`;

/**
 * Steps 1 and 2: from an invitation to a published configuration. Goes on from wherever an earlier try was cut off.
 */
export async function onboard(
  story: Story,
  client: Client,
  operator: Operator,
  code: string,
  cast: Cast,
): Promise<Onboarded> {
  const asOperator = await signInOperator(client, operator);
  const speaking = client.with({ language: cast.languages[0] });
  story.chapter(`1  Invite and license   ${code}`);
  if ((await stateOf(asOperator, code)) === null) await invite(story, asOperator, code, cast);
  if (isOneOf(await stateOf(asOperator, code), 'INVITED', 'AGREEMENT_SENT'))
    await license(story, speaking, asOperator, code, cast);
  await provisioned(story, asOperator, code);
  story.chapter('2  Configure');
  const anonymous = speaking.with({ tenant: code });
  const admin = await firstAdmin(story, anonymous, operator.password, code);
  const speaks = { anonymous, admin, cast, code, password: operator.password };
  if ((await stateOf(asOperator, code)) === 'PROVISIONED') await configure(story, speaks);
  if ((await stateOf(asOperator, code)) === 'CONFIGURED') await step(story, asOperator, code, 'START_PILOT');
  if ((await stateOf(asOperator, code)) === 'PILOT') await step(story, asOperator, code, 'GO_LIVE');
  const signIn = (part: string): Promise<Client> =>
    signInStaff(anonymous, emailOf(part, code), operator.password);
  return { code, cast, anonymous, operator: asOperator, admin, password: operator.password, signIn };
}

type State = Awaited<ReturnType<typeof stateOf>>;

const isOneOf = (state: State, ...states: State[]): boolean => states.includes(state);

async function stateOf(operator: Client, code: string) {
  try {
    return (await operator.call(TenantStateDocument, { code })).tenant.state;
  } catch (error) {
    if (error instanceof ServiceError && error.code === 'NOT_FOUND') return null;
    throw error;
  }
}

async function step(
  story: Story,
  operator: Client,
  code: string,
  to: 'START_PILOT' | 'GO_LIVE',
): Promise<void> {
  const { changeTenantState } = await operator.call(ChangeTenantStateDocument, {
    input: { code, step: to, reason: 'sandbox' },
  });
  story.tell('state', { tenant: code, state: changeTenantState.state });
}

async function signInOperator(client: Client, operator: Operator): Promise<Client> {
  const { signInOperator: token } = await client.call(SignInOperatorDocument, { input: operator });
  return client.with({ token: token.token });
}

async function signInStaff(client: Client, email: string, password: string): Promise<Client> {
  const { signInStaff: token } = await client.call(SignInStaffDocument, { input: { email, password } });
  return client.with({ token: token.token });
}

async function invite(story: Story, operator: Client, code: string, cast: Cast): Promise<void> {
  await operator.call(InviteTenantDocument, {
    input: {
      code,
      country: cast.country,
      names: Object.entries(cast.ministry).map(([language, text]) => ({ language, text })),
      languages: cast.languages,
      timeZone: cast.timeZone,
      agreementRef: cast.agreementRef,
      signatoryName: cast.signatory.name,
      signatoryTitle: cast.signatory.title,
      signatoryEmail: emailOf('signatory', code),
    },
  });
  story.tell('invited', { tenant: code, ministry: cast.ministry[cast.languages[0]!]! });
}

async function license(
  story: Story,
  client: Client,
  operator: Client,
  code: string,
  cast: Cast,
): Promise<void> {
  const signatory = emailOf('signatory', code);
  await operator.call(SendTenantAgreementDocument, { code });
  story.tell('agreement sent', { to: signatory });
  const token = await readOutbox(client.url, null, signatory, TOKEN);
  const opened = await client.call(OpenTenantInvitationDocument, { token });
  const asSignatory = client.with({ token: opened.openTenantInvitation.token });
  const { licence } = await asSignatory.call(ReadLicenceDocument, { language: cast.languages[0] });
  story.tell('licence read', {
    language: licence.language,
    version: licence.version,
    sha256: licence.sha256,
  });
  await asSignatory.call(AcceptTenantAgreementDocument, {
    input: {
      language: licence.language,
      version: licence.version,
      textSha256: licence.sha256,
      firstAdminName: cast.staff.admin,
      firstAdminEmail: emailOf('admin', code),
    },
  });
  story.tell('licence accepted', { by: cast.signatory.name });
}

async function provisioned(story: Story, operator: Client, code: string): Promise<void> {
  const until = Date.now() + PROVISIONING_MS;
  while ((await stateOf(operator, code)) === 'ACCEPTED') {
    if (Date.now() > until)
      throw new Error(`${code} was not provisioned within ${PROVISIONING_MS / 1000} seconds`);
    await new Promise(resolve => setTimeout(resolve, 200));
  }
  const { tenant } = await operator.call(TenantStateDocument, { code });
  story.tell('provisioned', { state: tenant.state, textSha256: tenant.acceptance?.textSha256 });
}

async function firstAdmin(story: Story, client: Client, password: string, code: string): Promise<Client> {
  const email = emailOf('admin', code);
  const admin = await onceServed(() => joined(client, email, password, code));
  story.tell('first administrator', { email });
  return admin;
}

/** A worker provisions a country; the API's processes hear of it within seconds, and until then know no such country. */
async function onceServed<Answer>(
  ask: () => Promise<Answer>,
  until = Date.now() + SERVED_MS,
): Promise<Answer> {
  try {
    return await ask();
  } catch (error) {
    if (!(error instanceof ServiceError && error.code === 'TENANT_NOT_SERVED') || Date.now() > until)
      throw error;
    await new Promise(resolve => setTimeout(resolve, 200));
    return onceServed(ask, until);
  }
}

/** Someone of the staff signed in; if she cannot yet, she is invited by `inviteHer` and answers. */
async function joined(
  client: Client,
  email: string,
  password: string,
  code: string,
  inviteHer: () => Promise<void> = async () => undefined,
): Promise<Client> {
  try {
    return await signInStaff(client, email, password);
  } catch (error) {
    if (!(error instanceof ServiceError && error.code === 'UNAUTHENTICATED')) throw error;
    await inviteHer();
    await acceptInvitation(client, email, password, code);
    return signInStaff(client, email, password);
  }
}

/** Someone of the staff reads her invitation and chooses a password. */
async function acceptInvitation(
  client: Client,
  email: string,
  password: string,
  code: string,
): Promise<void> {
  const token = await readOutbox(client.url, code, email, TOKEN);
  await client.call(AcceptStaffInvitationDocument, { input: { token, password } });
}

/** A pack comes into force by two people: the administrator proposes it, the programme's own administrator approves. */
async function configure(
  story: Story,
  country: Pick<Onboarded, 'anonymous' | 'admin' | 'cast' | 'code' | 'password'>,
): Promise<void> {
  const { admin, cast } = country;
  const { shippedCountryPack: files } = await admin.call(ShippedCountryPackDocument, {});
  const { draftCountryPack: draft } = await admin.call(DraftCountryPackDocument, { input: { files } });
  if (draft.__typename !== 'CountryPackDrafted') throw new Error(JSON.stringify(draft));
  const { pack } = draft;
  story.tell('country pack drafted', {
    version: pack.version,
    files: files.length,
    changes: pack.changes.length,
  });
  const effectiveOn = civilDayOf(new Date(), cast.timeZone);
  const input = { packId: pack.id, effectiveOn, note: 'sandbox' };
  const { proposeCountryPack: proposal } = await admin.call(ProposeCountryPackDocument, { input });
  if (proposal.__typename !== 'CountryPackProposal') throw new Error(JSON.stringify(proposal));
  story.tell('country pack proposed', { by: cast.staff.admin, effectiveOn });
  const second = await member(country, 'programmeAdmin', { role: 'programme-admin' });
  const { approveCountryPack: published } = await second.call(ApproveCountryPackDocument, {
    input: { proposalId: proposal.id },
  });
  if (published.__typename !== 'CountryPackPublication') throw new Error(JSON.stringify(published));
  story.tell('country pack approved', {
    by: cast.staff.programmeAdmin,
    state: published.state,
    hash: pack.hash,
  });
}

/**
 * Someone of the cast, signed in. Who cannot sign in yet is invited with her role where she works, and answers. A role
 * beyond one facility is given by the second who answers for the country's users.
 */
export async function member(
  country: Pick<Onboarded, 'anonymous' | 'admin' | 'cast' | 'code' | 'password'>,
  part: keyof Cast['staff'],
  role: { role: string; areaId?: string; facilityId?: string },
): Promise<Client> {
  const { admin, anonymous, cast, code, password } = country;
  const email = emailOf(part, code);
  const invite = async (): Promise<void> => {
    const input = { email, name: cast.staff[part], roles: [role] };
    const { inviteStaff } = await admin.call(InviteStaffDocument, { input });
    for (const { id } of inviteStaff.rolesAsked) await giveRole(country, id);
  };
  return joined(anonymous, email, password, code, invite);
}

async function giveRole(country: Parameters<typeof member>[0], requestId: string): Promise<void> {
  const second = await member(country, 'userAdmin', { role: 'user-admin' });
  const input = { requestId, approved: true };
  const { decideRoleRequest: decided } = await second.call(DecideRoleRequestDocument, { input });
  if (decided.__typename !== 'RoleRequest') throw new Error(JSON.stringify(decided));
}

/** A code for a country's next story, so that the whole of it can be told again on the same service. */
export const freshCode = (code: string): string => `${code}${randomBytes(4).toString('hex')}`;
