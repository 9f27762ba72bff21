import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { TRACE_RULES, type TraceOutcome } from '../../forecasting';
import { TOPIC } from './explain-forecast';

/** Every outcome of a step; it does not compile when one is missing. */
const OUTCOMES: Record<TraceOutcome, true> = {
  met: true,
  'not-met': true,
  'does-not-apply': true,
  date: true,
  number: true,
  codes: true,
  blank: true,
  skipped: true,
  'not-skipped': true,
  prioritised: true,
  scored: true,
  best: true,
  'not-best': true,
  valid: true,
  'not-valid': true,
  extraneous: true,
  'sub-standard': true,
  'lot-expired': true,
  'dose-condition': true,
  'inadvertent-vaccine': true,
  'too-young': true,
  'too-old': true,
  'age-grace-period': true,
  'interval-too-soon': true,
  'interval-grace-period': true,
  'live-vaccine-conflict': true,
  'not-a-preferable-or-allowable-vaccine': true,
  'vaccine-age-out-of-range': true,
  'trade-name-differs': true,
  'volume-below-recommended': true,
  'series-already-complete': true,
  'aged-out': true,
  complete: true,
  contraindicated: true,
  immune: true,
  'not-complete': true,
  'not-recommended': true,
};

const LOCALES = join(__dirname, '../../../locales');

describe('the steps of a forecast', () => {
  it.each(readdirSync(LOCALES))('are all said in %s, and no other', language => {
    const texts = JSON.parse(readFileSync(join(LOCALES, language, 'forecasts.json'), 'utf8')) as {
      about: Record<string, string>;
      outcome: Record<string, string>;
    };

    expect(Object.keys(texts.outcome).sort()).toEqual(Object.keys(OUTCOMES).sort());
    expect(Object.keys(texts.about).sort()).toEqual(
      [...new Set(TRACE_RULES.map(rule => TOPIC[rule]))].sort(),
    );
  });
});
