import type { Home, Life } from './life';

/** The country's own words and keys. */
export async function inhabitWords(life: Life, { personId }: Pick<Home, 'personId'>): Promise<void> {
  const { word, later, ask, tell, expecting } = life;
  await tell('staff', 'setText', { language: 'en', key: 'validation.isEmail', text: `${word} address` });
  const [signing] = await ask('anonymous', 'signingKeys');
  await tell('staff', 'addLanguage', {
    code: 'sw',
    name: `${word} Swahili`,
    direction: 'LTR',
    fallback: ['en'],
  });
  const keys = await ask('staff', 'rotateSigningKey', { replacing: signing.kid });
  const idle = keys.find(({ state }: { state: string }) => state === 'SIGNING');
  await ask('staff', 'rotateSigningKey', { replacing: idle.kid });
  await ask('staff', 'withdrawSigningKey', { kid: idle.kid, reason: 'LOST' }); // it has signed nothing
  const publicJwk = JSON.parse(signing.publicJwk);
  const trust = { validUntil: `${later(30)}T00:00:00Z`, issuer: `https://${word}.example` };
  await expecting('TrustList', 'staff', 'importTrustList', {
    ...trust,
    code: 'keys',
    shape: 'JWKS',
    document: JSON.stringify({ keys: [{ ...publicJwk, kid: `${word} key` }] }),
  });
  await expecting('TrustList', 'staff', 'importTrustList', {
    ...trust,
    code: 'contexts',
    shape: 'JSON_LD_CONTEXTS',
    document: JSON.stringify({ [`https://${word}.example/v1`]: { '@context': {} } }),
  });
  await ask('staff', 'trustLists');
  await expecting('CertificateProof', 'citizen', 'makeCertificateProof', {
    personId,
    format: 'W3C_CREDENTIAL',
  });
}

/** A country pack is drafted and proposed; what is next for everybody, and what another programme would change of it. */
export async function inhabitProgrammes(
  life: Life,
  { areaId, personId }: Pick<Home, 'areaId' | 'personId'>,
): Promise<void> {
  const { service, tenant, word, today, later, ask, tell, expecting } = life;
  const files = await ask('staff', 'shippedCountryPack');
  await tell('staff', 'draftCountryPack', {
    files: files.map(({ name, content }: { name: string; content: string }) => ({ name, content })),
  });
  const begun = await expecting('CountryPackDrafted', 'staff', 'startCountryPackDraft', {});
  const source = { id: 'circular', title: `${word} circular`, publisher: `${word} Ministry`, year: 2026 };
  const versions = { pack: `${tenant.code}.next`, schedule: `${tenant.code}.next` };
  const edited = await expecting('CountryPackDrafted', 'staff', 'editCountryPack', {
    packId: begun.pack.id,
    edits: [{ setSource: source }, { setVersion: versions }],
  });
  const proposal = await expecting('CountryPackProposal', 'staff', 'proposeCountryPack', {
    packId: edited.pack.id,
    effectiveOn: later(30),
    note: `${word} note`,
  });
  await expecting('CountryPackProposal', 'staff', 'withdrawCountryPack', {
    proposalId: proposal.id,
    reason: `${word} reason`,
  });
  await ask('staff', 'countryPack', { id: edited.pack.id });
  await ask('staff', 'previewCertificate', { packId: edited.pack.id, language: 'en' });
  await ask('staff', 'compareCountryPacks', { from: begun.pack.id, to: edited.pack.id });
  await ask('staff', 'countryPackProposals');
  await ask('staff', 'countryPackPublications');

  // What is next for everybody, and what another programme would change of it
  await service.carryFacts();
  await service.runJobs();
  await ask('staff', 'dueList', { areaId, to: later(300), first: 3 });
  await ask('staff', 'forecasts', { personIds: [personId] });
  const [pack] = await ask('staff', 'countryPacks');
  const tried = await tell('staff', 'simulateProgramme', { packId: pack.id, from: today, months: 12 });
  await service.runJobs();
  await ask('staff', 'programmeSimulation', { id: tried.id });
  await ask('staff', 'job', { id: tried.id });
  const dropped = await tell('staff', 'simulateProgramme', { packId: pack.id, from: today, months: 1 });
  await ask('staff', 'cancelJob', { id: dropped.id });
}
