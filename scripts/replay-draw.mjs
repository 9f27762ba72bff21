// npx tikasetu replay-draw <announcement> <entries> <result>
// npx tikasetu replay-draw <answer of the query `draw` as JSON>
// Draws again from what was published and says whether the same people come out, or the first difference. It shares no
// code with the service: it is written from docs/fair-allocation.md, so that the two check each other.
import { createHash, createHmac } from 'node:crypto';
import { readFileSync } from 'node:fs';

const USAGE = 'usage: tikasetu replay-draw <announcement> <entries> <result>, or one file with all three';

/** Gives the exit code: 0 the same, 1 a difference, 2 files that cannot be read. */
export function replayDraw(files) {
  if (files.length !== 3 && files.length !== 1) return say(console.error, USAGE, 2);
  let published;
  try {
    published = read(files);
  } catch (error) {
    return say(console.error, `These files cannot be read as a draw: ${error.message}`, 2);
  }
  const difference = firstDifference(published);
  if (difference) return say(console.error, `DIFFERENT: ${difference}`, 1);
  const { entries, result } = published;
  return say(
    console.log,
    `THE SAME: ${entries.length} entries, ${result.winners.length} places, in the order that was published.`,
    0,
  );
}

function say(print, text, code) {
  print(text);
  return code;
}

function read(files) {
  const texts = files.length === 3 ? files.map(file => readFileSync(file, 'utf8')) : textsOfAnswer(files[0]);
  const [announcementText, entriesText, resultText] = texts;
  if (typeof entriesText !== 'string' || typeof resultText !== 'string')
    throw new Error('it is not drawn yet');
  const [header, ...lines] = entriesText.replace(/\n$/, '').split('\n');
  const columns = header.split(',');
  const entries = lines.map(line =>
    Object.fromEntries(line.split(',').map((value, i) => [columns[i], value])),
  );
  const announcement = JSON.parse(announcementText);
  if (announcement.format !== 'tikasetu.draw-announcement/1') throw new Error('an unknown format');
  return { announcementText, entriesText, announcement, entries, result: JSON.parse(resultText) };
}

function textsOfAnswer(file) {
  const answer = JSON.parse(readFileSync(file, 'utf8'));
  const draw = answer.data?.draw ?? answer.draw ?? answer;
  return [draw.announcement, draw.entries, draw.result];
}

const sha256 = bytes => createHash('sha256').update(bytes).digest('hex');
const hmac = (key, text) => createHmac('sha256', key).update(text, 'utf8').digest();

function firstDifference({ announcementText, entriesText, announcement, entries, result }) {
  const facts = [
    ['the announcement is of draw', announcement.draw, result.draw],
    ['the hash of the announcement', sha256(announcementText), result.announcementHash],
    ['the hash of the entries', sha256(entriesText), result.entriesHash],
    ['the hash of the seed', sha256(Buffer.from(result.seed, 'hex')), announcement.seedCommitment],
    [
      'a public value was',
      announcement.publicValue ? 'announced' : 'not announced',
      result.publicValue === null ? 'not announced' : 'announced',
    ],
  ];
  const wrong = facts.find(([, is, said]) => is !== said);
  if (wrong) return `${wrong[0]} ${wrong[1]}, but ${wrong[2]} was published`;
  if (new Set(entries.map(({ entry }) => entry)).size < entries.length) return 'an entry is listed twice';
  const order = ordered(announcement, entries, result);
  return (
    differenceOf(
      'in the order',
      order.map(({ entry }) => entry),
      result.order,
    ) ?? differenceOf('among those with a place', winnersOf(announcement, order), result.winners)
  );
}

function differenceOf(where, recomputed, published) {
  const length = Math.max(recomputed.length, published.length);
  for (let i = 0; i < length; i++) {
    if (recomputed[i] !== published[i])
      return `${where}, number ${i + 1} is ${recomputed[i] ?? 'nobody'}, but ${published[i] ?? 'nobody'} was published`;
  }
  return null;
}

function ordered({ policy }, entries, { seed, publicValue }) {
  const bytes = Buffer.from(seed, 'hex');
  const key = publicValue === null ? bytes : hmac(bytes, publicValue);
  const rankOf = ({ rank }) => (policy.startsWith('RANK') ? Number(rank || Infinity) : 0);
  const turnOf = ({ entry, enteredAt }) =>
    policy === 'LOTTERY' || policy === 'RANK_THEN_LOT' ? hmac(key, entry).toString('hex') : enteredAt;
  const keyed = entries.map(entry => ({ entry, by: [rankOf(entry), turnOf(entry), entry.entry] }));
  keyed.sort((a, b) => {
    const at = a.by.findIndex((value, i) => value !== b.by[i]);
    return at < 0 ? 0 : a.by[at] < b.by[at] ? -1 : 1;
  });
  return keyed.map(({ entry }) => entry);
}

function winnersOf({ places, reserved, caps }, order) {
  const used = {};
  const winners = new Set();
  const groups = entry =>
    entry.stream === 'ASSISTED'
      ? []
      : ['account', 'device', 'network'].filter(on => caps[on] !== null && entry[on] !== '');
  const serve = (wants, most) => {
    let given = 0;
    for (const entry of order) {
      if (given === most || winners.size === places) return;
      if (winners.has(entry.entry) || !wants(entry)) continue;
      const capped = groups(entry);
      if (capped.some(on => (used[`${on}:${entry[on]}`] ?? 0) >= caps[on])) continue;
      for (const on of capped) used[`${on}:${entry[on]}`] = (used[`${on}:${entry[on]}`] ?? 0) + 1;
      winners.add(entry.entry);
      given++;
    }
  };
  for (const part of reserved)
    serve(entry => (part.for === 'ASSISTED' ? entry.stream === 'ASSISTED' : entry.rank !== ''), part.places);
  serve(() => true, places);
  return order.map(({ entry }) => entry).filter(entry => winners.has(entry));
}
