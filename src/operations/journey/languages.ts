import { AddLanguageDocument, LanguagesDocument, MissingTextsDocument, SetTextDocument } from '../client';
import type { Onboarded } from './onboard';
import type { Story } from './story';

/** Step 3: a language that the pack lacks is added at run time; a text is worded anew; the report says what is missing. */
export async function languages(story: Story, { admin }: Onboarded, spoken: string): Promise<void> {
  story.chapter('3  Languages');
  const { languages: known } = await admin.call(LanguagesDocument, {});
  const fallback = known.find(language => language.isDefault)!.code;
  if (!known.some(language => language.code === spoken)) {
    const name = new Intl.DisplayNames([spoken], { type: 'language' }).of(spoken)!;
    await admin.call(AddLanguageDocument, {
      input: { code: spoken, name, direction: 'LTR', fallback: [fallback] },
    });
    story.tell('language added', { code: spoken, name });
  }
  const text = 'TikaSetu {code} ({minutes, number})';
  await admin.call(SetTextDocument, { input: { language: fallback, key: 'identity.signInCode', text } });
  const { missingTexts } = await admin.call(MissingTextsDocument, { language: spoken });
  story.tell('texts', { reworded: 'identity.signInCode', missing: missingTexts.total });
}
