import { pickText } from '../../localisation';
import type { Context } from '../../platform/context';
import type { Texts } from '../../platform/i18n';
import type { Programme } from '../../programmes';
import type { Wording } from './answer-rules';

/** The words for a caller: the product's texts and the schedule's names in her languages, else in the country's first. */
export function wordingOf(ctx: Context, texts: Texts, { pack }: Programme): Wording {
  const languages = [...ctx.languages, pack.profile.defaultLanguage];
  return {
    say: (key, params) => texts.say(ctx, key, params),
    name: text => (text && pickText(text, languages)) ?? undefined,
  };
}
