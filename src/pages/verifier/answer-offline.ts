import {
  type BundleVerdict,
  openTrustBundle,
  outcomeOfFault,
  type PublicJwk,
  type TrustBundle,
  verifyWithBundle,
} from '../../codecs/trust-bundle';
import { shownDate, tidied, type Verdict } from '../verify/verdict';
import { shownAnswer, titleOf } from '../verify/verdict.page';

/** What a page took along when it was last loaded with a network. */
export interface TakenAlong {
  /** BCP 47. */
  language: string;
  /** See `OfflineWords`. */
  words: Record<string, string>;
  /** Those who sign trust bundles. */
  signers: PublicJwk[];
}

/** What stands at the head of the page, and its title. */
export interface Answer {
  title: string;
  html: string;
}

/**
 * The verdict on a code by signed trust bundles alone, as markup: runs in the browser, asks nobody, keeps nothing.
 * `published` is the JSON list of bundles as it was served, null when this device has none; `check` is of another script
 * where the text is of a format that needs one.
 */
export async function answerOffline(
  text: string,
  published: string | null,
  along: TakenAlong,
  now: Date,
  check: typeof verifyWithBundle = verifyWithBundle,
): Promise<Answer> {
  const say = (key: string): string => along.words[key] ?? key;
  const words = { language: along.language, say };
  const bundles = await believed(published, along.signers);
  const verdict = await judged(tidied(text), bundles, { ...along, say, check }, now);
  return { title: titleOf(words, verdict), html: shownAnswer(words, verdict).text };
}

type Words = TakenAlong & { say: (key: string) => string; check: typeof verifyWithBundle };

/** The bundles that one of the signers signed. */
async function believed(published: string | null, signers: PublicJwk[]): Promise<TrustBundle[]> {
  const opened = await Promise.all(listed(published).map(jws => openTrustBundle(jws, signers)));
  return opened.flatMap(one => (one.outcome === 'valid' ? [one.bundle] : []));
}

/** Whatever a network gave out for the list that is none counts as none. */
function listed(published: string | null): string[] {
  try {
    const list: unknown = JSON.parse(published ?? '[]');
    return Array.isArray(list) ? list : [];
  } catch {
    return [];
  }
}

async function judged(text: string, bundles: TrustBundle[], words: Words, now: Date): Promise<Verdict> {
  if (bundles.length === 0) return unchecked(words.say('verify.noTrust'));
  const found: { bundle: TrustBundle; verdict: BundleVerdict }[] = [];
  for (const bundle of bundles) found.push({ bundle, verdict: await words.check(text, bundle, now) });
  // The country that knows the key has the say; where none does, all of them say the same
  const { bundle, verdict } = found.find(one => !isUnknown(one.verdict)) ?? found[0]!;
  if (verdict.outcome === 'valid' && verdict.stale)
    return unchecked(dated(words, 'verify.outdated', bundle.issuedAt));
  return { ...inWords(verdict, bundle, words), checkedBy: dated(words, 'verify.offline', bundle.issuedAt) };
}

const isUnknown = (verdict: BundleVerdict): boolean =>
  verdict.outcome === 'invalid' && verdict.reason === 'key-unknown';

const dated = ({ say, language }: Words, key: string, instant: string): string =>
  say(key).replace('{date}', shownDate(language, instant));

function inWords(verdict: BundleVerdict, bundle: TrustBundle, words: Words): Verdict {
  if (verdict.outcome === 'invalid') {
    if (verdict.reason === 'content-unknown') return unchecked(words.say('verify.needsNetwork'));
    const outcome = outcomeOfFault[verdict.reason];
    return { ...nothing, outcome, message: words.say(`message.${outcome}`) };
  }
  const { key, facts, issuedAt, expiresAt } = verdict;
  const named = (texts: Record<string, string>): string | undefined =>
    texts[words.language] ?? Object.values(texts)[0];
  const vaccines = bundle.valueSets.vaccines ?? {};
  return {
    outcome: 'VALID',
    message: words.say('message.VALID'),
    issuer: named(key.names ?? bundle.names) ?? key.issuer,
    issuedAt: issuedAt?.toISOString() ?? null,
    expiresAt: expiresAt?.toISOString() ?? null,
    holderName: facts.holderName,
    birthDate: facts.birthDate ?? null,
    doses: facts.doses.map(dose => ({
      vaccine: vaccines[dose.vaccine]?.[words.language] ?? dose.words ?? dose.vaccine,
      date: dose.date,
      doseNumber: dose.doseNumber ?? null,
      lot: dose.lot ?? null,
    })),
  };
}

const nothing = {
  issuer: null,
  issuedAt: null,
  expiresAt: null,
  holderName: null,
  birthDate: null,
  doses: [],
};

/** It could not be looked at: neither good nor bad, and it says why. */
const unchecked = (message: string): Verdict => ({ ...nothing, outcome: 'UNCHECKED', message });
