import type { Client } from '../client';
import type { Cast } from './cast';
import { book, register } from './family';
import { onboard, type Operator } from './onboard';
import { settle } from './settle';
import type { Story } from './story';

export interface Journey {
  /** The tenant's code: a fresh one, so that the story can be told again. */
  code: string;
  cast: Cast;
  /** The language the citizen speaks. */
  language: string;
}

/** The whole story of a country, from nothing to a verified certificate, through the published API. Throws where it breaks. */
export async function tellJourney(
  story: Story,
  client: Client,
  operator: Operator,
  { code, cast, language }: Journey,
): Promise<void> {
  const country = await settle(story, await onboard(story, client, operator, code, cast));
  const family = await register(story, country, language);
  await book(story, country, family);
}
