import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { AnonymousDocuments } from './anonymous-documents';

const TEXT = 'query Areas { areas { items { id } } }\nquery Me { me { kind } }\n';

describe('who has not signed in', () => {
  const folder = mkdtempSync(join(tmpdir(), 'tikasetu-documents-'));
  writeFileSync(join(folder, 'public.graphql'), TEXT);
  writeFileSync(join(folder, 'notes.txt'), '{ secret }');
  afterAll(() => rmSync(folder, { recursive: true }));
  const send = (query: string) => () =>
    new AnonymousDocuments([folder]).mustAllow({ body: { query }, query: {} });

  it('may send a listed file, or one of its operations', () => {
    expect(send(TEXT)).not.toThrow();
    expect(send('query Me {\n  me {\n    kind\n  }\n}')).not.toThrow();
  });

  it.each(['{ me { kind } }', `${TEXT} `, '{ secret }', '', '{{{{'])('may not send %j', text => {
    expect(send(text)).toThrow(expect.objectContaining({ code: 'UNAUTHENTICATED' }));
  });

  it('may not send one by GET either', () => {
    const documents = new AnonymousDocuments([folder]);

    expect(() => documents.mustAllow({ body: undefined, query: { query: '{ me { kind } }' } })).toThrow();
    expect(() => documents.mustAllow({ body: { query: TEXT }, query: { query: '{ x }' } })).toThrow();
  });

  it.each([null, undefined, 'text', [], { query: 1 }])(
    'is left to the server’s refusal with the body %j',
    body => {
      expect(() => new AnonymousDocuments([folder]).mustAllow({ body, query: {} })).not.toThrow();
    },
  );
});
