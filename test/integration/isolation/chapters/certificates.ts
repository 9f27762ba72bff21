import { STAFF_ROLES } from '../../../../src/platform/access';
import { country } from '../../../harness/service';
import type { Home, Life } from './life';

/** Tests are certified too, certificates are revoked, corrected, printed and posted; somebody may ask. */
export async function inhabitCertificates(
  life: Life,
  {
    facilityId,
    nurseId,
    lots,
    bcg,
    personId,
    dose,
  }: Pick<Home, 'facilityId' | 'nurseId' | 'lots' | 'bcg' | 'personId' | 'dose'>,
): Promise<{ certificate: string }> {
  const { service, tenant, word, callers, later, key, ask, tell, expecting, secrets } = life;
  const tested = await tell('staff', 'recordTestResult', {
    facilityId,
    personId,
    disease: '840539006',
    method: 'NAAT',
    testName: `${word} test`,
    result: 'DETECTED',
    sampledAt: `${later(-20)}T08:00:00Z`,
    ...key(),
  });
  await ask('citizen', 'testResults', { personId });
  const stated = { personId, resultId: tested.id, states: 'RECOVERY' };
  await expecting('ResultProof', 'citizen', 'makeResultProof', stated);
  await expecting('TestResult', 'staff', 'voidTestResult', {
    personId,
    resultId: tested.id,
    reason: 'WRONG_PERSON',
  });
  const recallOrder = await tell('staff', 'requestRevocation', {
    lotId: lots[bcg],
    reason: `${word} recall`,
    ...key(),
  });
  await expecting('RevocationNeedsSecondPerson', 'staff', 'decideRevocation', {
    orderId: recallOrder.id,
    approved: true,
  });
  const colleague = await service.tokenFor(tenant, STAFF_ROLES.map(country), 'staff', nurseId);
  const decided = await service.graphql(
    `mutation ($orderId: ID!) { decideRevocation(input: { orderId: $orderId, approved: true }) { __typename } }`,
    { orderId: recallOrder.id },
    { ...callers.staff, token: colleague },
  );
  if (decided.data?.decideRevocation.__typename !== 'RevocationOrder')
    throw new Error(JSON.stringify(decided));
  await service.carryFacts();
  await service.runJobs();
  await ask('staff', 'revocationOrders', { first: 3 });

  // What people have put right, and whom they let ask
  const raised = await tell('citizen', 'raiseGrievance', {
    personId,
    facilityId,
    kind: 'ADD_PASSPORT',
    evidence: 'PASSPORT',
    passportNumber: `P${word.toUpperCase()}`,
    note: `${word} traveller`,
    ...key(),
  });
  await ask('staff', 'openGrievances', { facilityId, first: 3 });
  await expecting('Grievance', 'staff', 'decideGrievance', {
    personId,
    grievanceId: raised.id,
    granted: true,
    reason: `${word} passport seen`,
  });
  await ask('citizen', 'grievances', { personId });
  const vaccineGroup = dose.counted[0].vaccineGroup;
  const consent = await tell('citizen', 'giveStatusConsent', { personId, vaccineGroup, minutes: 60 });
  await expecting('CheckedStatus', 'anonymous', 'checkVaccinationStatus', {
    code: consent.code,
    checker: `${word} School`,
  });
  await ask('citizen', 'statusConsents', { personId });
  secrets.push(consent.code);
  await tell('citizen', 'endStatusConsent', { personId, consentId: consent.consent.id });

  await tell('citizen', 'takeBackCertificateDetails', { personId, details: ['PASSPORT'] });
  await expecting('DetailsStated', 'staff', 'stateCertificateDetails', {
    facilityId,
    personId,
    seen: 'PASSPORT',
    passportNumber: `Q${word.toUpperCase()}`,
    ...key(),
  });
  const proof = await ask('citizen', 'certificate', { personId });
  await expecting('PrintedCertificate', 'staff', 'printCertificate', {
    facilityId,
    personId,
    proof: 'PERSON_CARD',
    ...key(),
  });
  const prints = await tell('staff', 'printCertificates', { facilityId, personIds: [personId], ...key() });
  await service.runJobs();
  await ask('staff', 'printRun', { facilityId, runId: prints.id });
  const mail = await tell('staff', 'postPrintRun', { facilityId, runId: prints.id, personIds: [personId] });
  if (mail.posted.length === 0) throw new Error(`postPrintRun ${JSON.stringify(mail)}`);
  await ask('anonymous', 'verifyCertificate', { code: proof.certificate.qrText });

  await expecting('CertificateProof', 'citizen', 'makeCertificateProof', {
    personId,
    format: 'SMART_HEALTH_CARD',
  });
  return { certificate: proof.certificate.qrText };
}
