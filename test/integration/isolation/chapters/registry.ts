import type { Answer, Home, Life } from './life';
import type { Variables } from '../variables';

/** A number on a card as each of these countries gives one. */
const CARDS: Record<string, { type: string; value: string }> = {
  GH: { type: 'ghana-card', value: 'GHA-700800900-1' },
  BD: { type: 'nid', value: '7008009001' },
};

/** People register, and prove who they are. */
export async function inhabitRegistry(
  life: Life,
  { areaId, facilityId }: Pick<Home, 'areaId' | 'facilityId'>,
): Promise<Pick<Home, 'personId' | 'mother' | 'child' | 'assisted' | 'register'>> {
  const { tenant, word, callers, secrets, phones, later, key, ask, tell, expecting, outbox } = life;
  const prove = async (): Promise<string> => {
    const { requestId } = await ask('anonymous', 'requestSignInCode', { phone: phones[0] });
    const code = /(\d{6})/.exec((await outbox()).at(-1)!)![1]!;
    const signedIn = await tell('anonymous', 'confirmSignInCode', { requestId, code });
    callers.citizen = { ...callers.citizen, token: signedIn.token };
    return code;
  };
  const code = [await prove(), await prove()].at(-1)!;
  const signIns: { id: string; current: boolean }[] = await ask('citizen', 'mySignIns');
  await ask('citizen', 'endSignIn', { id: signIns.find(({ current }) => !current)!.id });
  await ask('citizen', 'endOtherSignIns');
  const purposes: { code: string; version: string }[] = await ask('citizen', 'consentPurposes');
  const consents = purposes.map(purpose => ({ purpose: purpose.code, version: purpose.version }));
  const register = async (by: 'citizen' | 'staff', more: Variables): Promise<Answer> =>
    expecting('Person', by, 'registerPerson', { sex: 'female', consents, language: 'en', ...more, ...key() });
  const mother = await register('citizen', {
    name: `${word} Mother`,
    birthDate: '1990-05-05',
    relation: 'SELF',
    identifiers: [CARDS[tenant.country]],
  });
  const child = await register('citizen', {
    name: `Little ${word}`,
    birthDate: later(-75),
    relation: 'CHILD',
    areaId,
  });
  const assisted = await register('staff', {
    name: `Walker ${word} Third`,
    birthDate: later(-80),
    facilityId,
    phone: phones[1],
  });
  const personId: string = child.id;
  await tell('citizen', 'linkPerson', { code: assisted.code, birthDate: later(-80), relation: 'CHILD' });
  await tell('citizen', 'withdrawConsent', { personId: mother.id, purpose: purposes.at(-1)!.code });
  await tell('citizen', 'giveConsent', {
    personId: mother.id,
    purpose: purposes.at(-1)!.code,
    version: purposes.at(-1)!.version,
  });
  await tell('staff', 'findPersons', { facilityId, code: child.code });
  await tell('staff', 'changePerson', {
    personId,
    facilityId,
    name: `Little ${word} Corrected`,
    reason: `${word} spelling`,
  });
  secrets.push(code, child.code, mother.code);
  return { personId, mother, child, assisted, register };
}
