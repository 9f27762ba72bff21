import { Field, InputType, Int, ObjectType, registerEnumType } from '@nestjs/graphql';
import { ArrayMaxSize, Length } from 'class-validator';
import { ID, Page } from '../platform/graphql';

export const TextDirectionEnum = { LTR: 'ltr', RTL: 'rtl' } as const;
registerEnumType(TextDirectionEnum, {
  name: 'TextDirection',
  description: 'In which direction a language is written.',
  valuesMap: { LTR: { description: 'Left to right.' }, RTL: { description: 'Right to left.' } },
});

export const LanguageSourceEnum = { PACK: 'pack', ADDED: 'added' } as const;
registerEnumType(LanguageSourceEnum, {
  name: 'LanguageSource',
  description: 'Where a language of a country comes from.',
  valuesMap: {
    PACK: { description: 'From the published country pack.' },
    ADDED: { description: 'Added while the service ran.' },
  },
});

export const TextSourceEnum = { OWN: 'own', PRODUCT: 'product', FALLBACK: 'fallback' } as const;
registerEnumType(TextSourceEnum, {
  name: 'TextSource',
  description: 'Where a text in use comes from.',
  valuesMap: {
    OWN: { description: 'The country’s own wording.' },
    PRODUCT: { description: 'The product’s text in this language.' },
    FALLBACK: { description: 'A text in another language, since this one has none.' },
  },
});

export const MissingKindEnum = { PRODUCT: 'product', CONTENT: 'content' } as const;
registerEnumType(MissingKindEnum, {
  name: 'MissingTextKind',
  description: 'What sort of text is missing.',
  valuesMap: {
    PRODUCT: { description: 'A text of the product: say it with `setText`.' },
    CONTENT: { description: 'A name or text of the country pack: add it there.' },
  },
});

@ObjectType({ description: 'A language of the country.' })
export class Language {
  @Field(() => ID, { description: 'Code (BCP 47).' })
  code: string;
  @Field(() => String, { description: 'The language’s own name for itself.' })
  name: string;
  @Field(() => TextDirectionEnum, { description: 'In which direction it is written.' })
  direction: 'ltr' | 'rtl';
  @Field(() => [String], { description: 'Where a text missing in it is looked for next, in order.' })
  fallback: readonly string[];
  @Field(() => LanguageSourceEnum, { description: 'Where it comes from.' })
  source: 'pack' | 'added';
  @Field(() => Boolean, {
    description: 'Whether it is spoken to callers who ask for none that the country has.',
  })
  isDefault: boolean;
}

@ObjectType({ description: 'A text as it is said in one language.' })
export class TextInUseView {
  @Field(() => ID, { description: 'Key of the text: module and name.' })
  key: string;
  @Field(() => String, { description: 'The ICU message.' })
  text: string;
  @Field(() => String, { description: 'Language of the message (BCP 47).' })
  language: string;
  @Field(() => TextSourceEnum, { description: 'Where it comes from.' })
  source: 'own' | 'product' | 'fallback';
  @Field(() => [String], { description: 'The placeholders that every wording of it must have.' })
  placeholders: string[];
}

@ObjectType({ description: 'A text that a language lacks.' })
export class MissingTextView {
  @Field(() => MissingKindEnum, { description: 'What sort of text.' })
  kind: 'product' | 'content';
  @Field(() => ID, { description: 'Key of a text of the product, or path of one of the country pack.' })
  key: string;
  @Field(() => String, { nullable: true, description: 'The language in which it is said meanwhile.' })
  fallback: string | null;
  @Field(() => String, { description: 'What is said meanwhile.' })
  text: string;
}

@ObjectType({ description: 'A page of the texts that a language lacks.' })
export class MissingTextsPage extends Page {
  @Field(() => Int, { description: 'How many are missing in all.' })
  total: number;
  @Field(() => [MissingTextView], { description: 'The texts.' })
  items: MissingTextView[];
}

@InputType({ description: 'A text in the country’s own words.' })
export class SetTextInput {
  @Field(() => String, { description: 'Language (BCP 47), one of the country’s.' })
  language: string;
  @Field(() => String, { description: 'Key of the text.' })
  @Length(3, 200)
  key: string;
  @Field(() => String, { description: 'The ICU message, with the placeholders of the product’s text.' })
  @Length(1, 5000)
  text: string;
}

@InputType({ description: 'A language to be added.' })
export class AddLanguageInput {
  @Field(() => String, { description: 'Code (BCP 47).' })
  @Length(2, 35)
  code: string;
  @Field(() => String, { description: 'The language’s own name for itself.' })
  @Length(1, 100)
  name: string;
  @Field(() => TextDirectionEnum, { description: 'In which direction it is written.' })
  direction: 'ltr' | 'rtl';
  @Field(() => [String], { description: 'Where a text missing in it is looked for next, in order.' })
  @ArrayMaxSize(5)
  fallback: string[];
}
