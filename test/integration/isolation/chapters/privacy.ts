import type { Home, Life } from './life';

/** What an officer does for people's privacy; somebody with whom nothing else was done wants to be erased. */
export async function inhabitPrivacy(
  { word, ask, tell, expecting, key }: Life,
  { personId, facilityId, register }: Pick<Home, 'personId' | 'facilityId' | 'register'>,
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
  const gone = await register('citizen', {
    name: `${word} Goner`,
    birthDate: '1951-02-03',
    relation: 'PARENT',
  });
  const request = await tell('citizen', 'requestErasure', { personId: gone.id, ground: 'ASKED_BY_PERSON' });
  await ask('staff', 'erasureRequests', { state: 'ASKED', first: 3 });
  await expecting('ErasureRequest', 'staff', 'decideErasure', {
    personId: gone.id,
    requestId: request.id,
    erase: true,
  });
}
