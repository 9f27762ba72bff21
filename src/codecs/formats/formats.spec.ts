import fc from 'fast-check';
import { reasons } from '../verdict';
import { readClaimed, verifyCertificate } from './formats';

const nobody = { keys: () => [] };
const within = new Date('2026-06-01T00:00:00Z');

async function reasonOf(text: string): Promise<string> {
  const verdict = await verifyCertificate(text, nobody, within);
  return verdict.outcome === 'valid' ? 'valid' : verdict.reason;
}

describe('a certificate of any format', () => {
  test.each([
    ['HCERT', 'HC1:NCF', 'zlib'],
    ['HCERT after a line end', '\r\nHC1:abc', 'base45'],
    ['SMART Health Card', 'shc:/5', 'numeric'],
    ['SMART Health Card as JWS', 'eyJ.', 'json'],
    ['SD-JWT VC', 'eyJhIjoxfQ.e30.AAAA~', 'jws'],
    ['SD-JWT VC in JSON', '{"payload":"e30","signature":1}', 'jws'],
    ['visible digital seal', '{"data":{"hdr":{}}}', 'json'],
    ['visible digital seal, its signature first', '{ "sig": {"alg": 1}}', 'json'],
    ['DIVOC archive', 'PK', 'zlib'],
    ['DIVOC document', '{"proof":{}}', 'json'],
    [
      'W3C credential, by its first context',
      '{"@context":["https://www.w3.org/ns/credentials/v2"]}',
      'schema',
    ],
    [
      'DIVOC document, by its first context',
      '{"@context":["https://www.w3.org/2018/credentials/v1"]}',
      'json',
    ],
    ['nothing known here', 'https://example.org/', 'prefix'],
    ['nothing', '', 'prefix'],
  ])('is told by how it begins: %s', async (_, text, reason) => {
    expect(await reasonOf(text)).toBe(reason);
  });

  test('is never valid while nobody is trusted, and anything at all gets a reason', async () => {
    const begins = fc.constantFrom(
      'HC1:',
      'shc:/',
      'eyJ',
      'eyJhIjoxfQ.e30.AAAA~',
      'eyJhbGciOiJFUzI1NiIsImtpZCI6ImsifQ.eyJpc3MiOiJpIn0.AAAA~',
      'PK',
      '{',
      '{"data":{"hdr":',
      '{"payload":"e30","protected":"eyJhbGciOiJFUzI1NiJ9","signature":"AA","header":',
      '{"sig":{"alg":',
      '',
    );
    const anyText = fc
      .tuple(begins, fc.string({ unit: 'binary', maxLength: 2000 }))
      .map(parts => parts.join(''));

    await fc.assert(
      fc.asyncProperty(anyText, async text => {
        expect(reasons).toContain(await reasonOf(text));
        const read = readClaimed(text);
        expect([...reasons, 'read']).toContain(read.outcome === 'read' ? 'read' : read.reason);
      }),
      { numRuns: 2000 },
    );
  });

  test('is asked for as text', async () => {
    expect(await reasonOf(undefined as unknown as string)).toBe('prefix');
  });
});
