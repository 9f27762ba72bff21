import type { Client } from '../client';
import type { Cast } from './cast';
import { forecast, vaccinate } from './clinic';
import { book, register } from './family';
import { languages } from './languages';
import { onboard, type Operator } from './onboard';
import { certify, close, lookBack } from './proof';
import { settle } from './settle';
import type { Story } from './story';

export interface Journey {
  /** The tenant's code: a fresh one, so that the story can be told again. */
  code: string;
  cast: Cast;
  /** The language the citizen speaks. */
  language: string;
}

/**
 * The whole story of a country, from nothing to a verified certificate, through the published API. Throws where it
 * breaks.
 */
export async function tellJourney(
  story: Story,
  client: Client,
  operator: Operator,
  { code, cast, language }: Journey,
): Promise<void> {
  const onboarded = await onboard(story, client, operator, code, cast);
  await languages(story, onboarded, language);
  const country = await settle(story, onboarded);
  const family = await register(story, country, language);
  const due = await forecast(story, family);
  const [first] = due;
  if (!first) throw new Error('Nothing is due for a child of ten weeks');
  const booked = await book(story, country, family, first.products[0]!);
  const given = await vaccinate(story, country, family, booked, due);
  const qrText = await certify(story, country, family, given, language);
  await lookBack(story, country, family);
  await close(story, country, qrText);
}
