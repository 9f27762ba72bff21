import { type ContentText, textsIn } from '../localisation';
import type { CountryPack } from './country-pack';

/** What a pack says in the country's languages, the profile left to `localisation`, for the report of what is missing. */
export function translationsOf(pack: CountryPack): ContentText[] {
  const { areas, products, schedule, priorityGroups, consentPurposes, supplies = [] } = pack;
  return [
    ...textsIn({ areas, products, schedule, priorityGroups, consentPurposes, supplies }, 'pack'),
    ...messagesOf(pack),
  ];
}

/** A pack keeps its messages by language first; here each is one text in several languages. */
function messagesOf({ texts }: CountryPack): ContentText[] {
  const keys = new Set(Object.values(texts).flatMap(ofLanguage => Object.keys(ofLanguage)));
  return [...keys].sort().map(key => ({
    path: `pack/texts/${key}`,
    texts: Object.fromEntries(
      Object.entries(texts).flatMap(([language, ofLanguage]) =>
        ofLanguage[key] === undefined ? [] : [[language, ofLanguage[key]]],
      ),
    ),
  }));
}
