import type { Variables } from './variables';

type Answer = any; // oxlint-disable-line no-explicit-any -- any operation's
type By = 'staff' | 'citizen';

/** How a country is lived in: {@link inhabit}'s own ways of asking. */
export interface Asking {
  ask: (by: By, name: string, variables?: Variables) => Promise<Answer>;
  tell: (by: By, name: string, input: Variables) => Promise<Answer>;
  expecting: (type: string, by: By, name: string, input: Variables) => Promise<Answer>;
  key: () => { idempotencyKey: string };
}

/** What an officer does for people's privacy; `gone` is somebody whom nothing else is done with. */
export async function inhabitPrivacy(
  { ask, tell, expecting, key }: Asking,
  { personId, facilityId, gone, word }: { personId: string; facilityId: string; gone: string; word: string },
): Promise<void> {
  const { __typename: _, ...rules } = await ask('staff', 'privacyRules');
  const { __typename: _b, ...breakGlass } = rules.breakGlass;
  const { __typename: _a, ...alerts } = rules.alerts;
  await ask('staff', 'setPrivacyRules', { rules: { ...rules, breakGlass, alerts, keepLooksDays: 500 } });
  const hold = await tell('staff', 'placeLegalHold', { personId, reference: `${word} case`, ...key() });
  await tell('staff', 'liftLegalHold', { personId, holdId: hold.id });
  const glass = await tell('staff', 'breakGlass', { facilityId, reason: `${word} outbreak`, ...key() });
  await ask('staff', 'brokenGlasses', { reviewed: false, first: 3 });
  await expecting('ReviewNeedsSecondPerson', 'staff', 'reviewBreakGlass', {
    facilityId,
    id: glass.id,
    finding: 'JUSTIFIED',
  });
  const { items: looks } = await ask('citizen', 'accessLog', { personId, first: 25 });
  const objection = await tell('citizen', 'objectToLook', {
    personId,
    entryId: (looks as { id: string; own: boolean }[]).find(({ own }) => own)!.id,
    text: `${word} wonders`,
  });
  await ask('citizen', 'myLookObjections', { personId });
  await ask('staff', 'lookObjections', { answered: false, first: 3 });
  await expecting('LookObjection', 'staff', 'answerObjection', {
    personId,
    objectionId: objection.id,
    finding: 'JUSTIFIED',
    answer: `${word} answer`,
  });
  const month = new Date(Date.UTC(new Date().getUTCFullYear() - 1, 0, 1)).toISOString().slice(0, 10);
  const extract = await tell('staff', 'requestDoseExtract', {
    fromMonth: month,
    untilMonth: month,
    purpose: `${word} research`,
    ...key(),
  });
  await ask('staff', 'doseExtract', { id: extract.id });
  await ask('staff', 'doseExtractCells', { id: extract.id, first: 3 });
  await expecting('ExtractNeedsSecondPerson', 'staff', 'decideDoseExtract', {
    extractId: extract.id,
    approve: true,
  });
  const request = await tell('citizen', 'requestErasure', { personId: gone, ground: 'ASKED_BY_PERSON' });
  await ask('staff', 'erasureRequests', { state: 'ASKED', first: 3 });
  await expecting('ErasureRequest', 'staff', 'decideErasure', {
    personId: gone,
    requestId: request.id,
    erase: true,
  });
}
