import { execFileSync, spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import fc from 'fast-check';
import { PROJECT_ROOT } from '../../../platform/config';
import { announcementText, entriesOf, entriesText, resultOf, resultText } from './draw-files';
import { anyDraw, anyEntries } from '../../../../test/harness/worlds/any-draw';

const PROGRAM = join(PROJECT_ROOT, 'scripts/tikasetu.mjs');
let folder: string;

beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'tikasetu-draw-'));
});
afterAll(() => rmSync(folder, { recursive: true }));

const drawnAt = new Date('2099-01-02T01:00:00Z');

function publish(texts: readonly string[]): string[] {
  return texts.map((text, i) => {
    const file = join(folder, `${i}.txt`);
    writeFileSync(file, text);
    return file;
  });
}

const replay = (texts: readonly string[]): { status: number | null; stdout: string; stderr: string } =>
  spawnSync(process.execPath, [PROGRAM, 'replay-draw', ...publish(texts)], { encoding: 'utf8' });

/** The program is plain Node and shares no code with the service; fast-check prints the seed of a failure. */
test('an auditor who draws again from the published files gets the same people', () => {
  fc.assert(
    fc.property(anyDraw, anyEntries, ({ announcement, seed, publicValue }, entries) => {
      const before = announcementText(announcement);
      const list = entriesText(entries);
      const replayed = replay([before, list, resultText(before, list, { seed, publicValue, drawnAt })]);
      expect(replayed).toMatchObject({ status: 0, stdout: expect.stringMatching(/^THE SAME/) });
    }),
    { numRuns: 25 },
  );
});

describe('of a draw that was tampered with', () => {
  const { announcement, seed } = fc.sample(anyDraw, { seed: 7, numRuns: 1 })[0]!;
  const rules = { ...announcement, places: 2, publicValue: null, policy: 'LOTTERY' as const };
  const entries = ['p', 'q', 'r', 's'].map(id => ({
    id,
    stream: 'OWN' as const,
    rank: null,
    enteredAt: '',
    account: '',
    device: '',
    network: '',
  }));
  const before = announcementText(rules);
  const list = entriesText(entries);
  const after = resultText(before, list, { seed, publicValue: null, drawnAt });
  const result = resultOf(after);

  test('the first difference in the order is named', () => {
    const order = [result.order[0], result.order[2], result.order[1], result.order[3]];
    const said = replay([before, list, JSON.stringify({ ...result, order })]);
    expect(said.status).toBe(1);
    expect(said.stderr).toContain(`number 2 is ${result.order[1]}, but ${result.order[2]} was published`);
  });

  test('a place given to somebody else is named', () => {
    const said = replay([
      before,
      list,
      JSON.stringify({ ...result, winners: [result.order[0], result.order[3]] }),
    ]);
    expect(said.stderr).toContain(`among those with a place, number 2 is ${result.order[1]}`);
  });

  test('a seed that was not the announced one is named', () => {
    const other = resultText(before, list, { seed: Buffer.alloc(32, 1), publicValue: null, drawnAt });
    expect(replay([before, list, other]).stderr).toContain('the hash of the seed');
  });

  test('an entry added after the list was frozen is named', () => {
    const more = entriesText([...entries, { ...entries[0]!, id: 'late' }]);
    expect(replay([before, more, after]).stderr).toContain('the hash of the entries');
  });

  test('rules that were changed after they were announced are named', () => {
    const changed = announcementText({ ...rules, places: 3 });
    expect(replay([changed, list, after]).stderr).toContain('the hash of the announcement');
  });
});

test('the answer of the public query is one file that can be replayed as it is', () => {
  const [draw] = fc.sample(anyDraw, { seed: 3, numRuns: 1 });
  const before = announcementText(draw!.announcement);
  const list = entriesText([]);
  const result = resultText(before, list, { ...draw!, drawnAt });
  const [file] = publish([
    JSON.stringify({ data: { draw: { announcement: before, entries: list, result } } }),
  ]);
  expect(execFileSync(process.execPath, [PROGRAM, 'replay-draw', file!], { encoding: 'utf8' })).toMatch(
    /^THE SAME/,
  );
});

test('a list of entries is read as it was written', () => {
  fc.assert(
    fc.property(anyEntries, entries => {
      const sorted = [...entries].sort((a, b) => (a.id < b.id ? -1 : 1));
      expect(entriesOf(entriesText(entries))).toEqual(sorted);
    }),
  );
});
