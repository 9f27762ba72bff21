import { qrMatrix, qrTerminal } from '../../codecs';
import {
  AccessLogDocument,
  AuditTrailDocument,
  ChangeTenantStateDocument,
  type Client,
  LatestCertificateDocument,
  ReceiveStockDocument,
  ServiceError,
  VerifyCertificateDocument,
} from '../client';
import { correct, type Given } from './clinic';
import type { Family } from './family';
import type { Settled } from './settle';
import type { Story } from './story';

const PATIENCE_MS = 20_000;

/** Step 9: the certificate of the dose, verified by a stranger; corrected, its successor is good and itself is not. */
export async function certify(
  story: Story,
  country: Settled,
  family: Family,
  given: Given,
  language: string,
): Promise<string> {
  story.chapter('9  Certify and verify');
  const stranger = country.anonymous.with({ tenant: undefined, language });
  const first = await certificateOf(family, language, null);
  story.tell('certificate', {
    number: first.number,
    issuedAt: String(first.issuedAt),
    pdfBytes: bytesOf(first.pdf),
  });
  story.show(qrTerminal(qrMatrix(first.qrText!)));
  await verified(story, stranger, first.qrText!, 'VALID');
  await verified(story, stranger, tampered(first.qrText!), 'NOT_GENUINE', 'UNREADABLE');
  await correct(story, country, family, given);
  const second = await certificateOf(family, language, first.number);
  story.tell('certificate re-issued', { number: second.number, lot: second.doses[0]?.lot });
  await verified(story, stranger, first.qrText!, 'REVOKED', 'SUPERSEDED');
  await verified(story, stranger, second.qrText!, 'VALID');
  return second.qrText!;
}

/** The latest certificate once it is ready and is not the one numbered `before`. */
async function certificateOf({ guardian, childId }: Family, language: string, before: string | null) {
  const until = Date.now() + PATIENCE_MS;
  for (;;) {
    const { certificate: latest } = await guardian.call(LatestCertificateDocument, {
      personId: childId,
      language,
    });
    if (latest.status === 'READY' && latest.certificate?.qrText && latest.certificate.number !== before)
      return latest.certificate;
    if (Date.now() > until)
      throw new Error(`No certificate within ${PATIENCE_MS / 1000} seconds: ${latest.message}`);
    await new Promise(resolve => setTimeout(resolve, 300));
  }
}

async function verified(story: Story, stranger: Client, code: string, ...expected: string[]): Promise<void> {
  const { verifyCertificate: verdict } = await stranger.call(VerifyCertificateDocument, { code });
  if (!expected.includes(verdict.outcome))
    throw new Error(`${verdict.outcome} instead of ${expected.join(' or ')}`);
  story.tell('verified by a stranger', {
    outcome: verdict.outcome,
    reason: verdict.reason,
    holder: verdict.holderName,
    issuer: verdict.issuer,
    message: verdict.message,
  });
}

/** The code with one character near its end changed, to another of the alphabet. */
function tampered(code: string): string {
  const at = code.length - 10;
  return code.slice(0, at) + (code[at] === 'A' ? 'B' : 'A') + code.slice(at + 1);
}

const bytesOf = (pdf: string | null | undefined): number => Buffer.from(pdf ?? '', 'base64').length;

/** Step 10: the citizen sees who read and wrote about her child, the auditor everything. */
export async function lookBack(story: Story, country: Settled, family: Family): Promise<void> {
  story.chapter('10  Look back');
  const { accessLog } = await family.guardian.call(AccessLogDocument, { personId: family.childId });
  for (const entry of accessLog.items) {
    story.tell(entry.who, { action: entry.actionText, at: String(entry.at), place: entry.facilityName });
  }
  if (accessLog.items.every(entry => entry.own)) throw new Error('Nobody but the citizen is in the log');
  const { auditTrail } = await country.auditor.call(AuditTrailDocument, {});
  story.tell('the auditor reads', { entries: auditTrail.items.length });
}

/** And at the end: suspended, then archived, the country changes nothing, and its certificates still verify. */
export async function close(story: Story, country: Settled, qrText: string): Promise<void> {
  story.chapter('And when the country is closed');
  const stranger = country.anonymous.with({ tenant: undefined });
  await step(story, country, 'SUSPEND');
  await refusedReadOnly(story, country);
  await verified(story, stranger, qrText, 'VALID');
  await step(story, country, 'ARCHIVE');
  await verified(story, stranger, qrText, 'VALID');
}

async function step(story: Story, { code, operator }: Settled, taken: 'SUSPEND' | 'ARCHIVE'): Promise<void> {
  const input = { code, step: taken, reason: 'the story is over' };
  const { changeTenantState } = await operator.call(ChangeTenantStateDocument, { input });
  story.tell('state', { tenant: code, state: changeTenantState.state });
}

async function refusedReadOnly(story: Story, { storeKeeper, facilityId }: Settled): Promise<void> {
  const input = {
    facilityId,
    productCode: 'x',
    lotNumber: 'X',
    expiresOn: '2099-01-01',
    doses: 1,
    idempotencyKey: 'suspended-stock',
  };
  try {
    await storeKeeper.call(ReceiveStockDocument, { input });
  } catch (error) {
    if (!(error instanceof ServiceError) || error.code !== 'TENANT_READ_ONLY') throw error;
    return story.tell('a change is refused', { code: error.code });
  }
  throw new Error('A suspended country was changed');
}
