import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { ForecastReason } from '../../forecasting';

/** Every reason of the engine; it does not compile when one is missing. */
const REASONS: Record<ForecastReason, true> = {
  'series-complete': true,
  'immunization-history': true,
  'evidence-of-immunity': true,
  contraindicated: true,
  'past-season': true,
  'past-maximum-age': true,
  'cannot-finish-before-maximum-age': true,
  'minimum-age': true,
  'minimum-interval': true,
  'vaccine-conflict': true,
  'season-start': true,
  'inadvertent-dose': true,
  'latest-dose': true,
  'no-limit': true,
  'recommended-age': true,
  'recommended-interval': true,
  'earliest-date': true,
};

const LOCALES = join(__dirname, '../../../locales');

describe('the reasons of a forecast', () => {
  it.each(readdirSync(LOCALES))('are all said in %s, and no other', language => {
    const texts = JSON.parse(readFileSync(join(LOCALES, language, 'vaccinations.json'), 'utf8')) as {
      reason: Record<string, string>;
    };

    expect(Object.keys(texts.reason).sort()).toEqual(Object.keys(REASONS).sort());
    expect(Object.values(texts.reason).every(text => text.length > 3)).toBe(true);
  });
});
