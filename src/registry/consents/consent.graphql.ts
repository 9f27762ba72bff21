import { createUnionType, Field, InputType, ObjectType } from '@nestjs/graphql';
import { Length } from 'class-validator';
import { ID, Refusal } from '../../platform/graphql';

@ObjectType({ description: 'A purpose for which the country asks consent, in the exact words in force.' })
export class ConsentPurposeText {
  @Field(() => String, { description: 'Code of the purpose.' })
  code: string;
  @Field(() => String, { description: 'Version of the text; sent back when consent is given.' })
  version: string;
  @Field(() => Boolean, {
    description: 'Whether a person can only be registered with it. The others never stand in the way.',
  })
  required: boolean;
  @Field(() => String, { description: 'Title, in the language of `text` or the nearest one.' })
  title: string;
  @Field(() => String, { description: 'The text to be read, whole.' })
  text: string;
  @Field(() => String, { description: 'Language of the text (BCP 47).' })
  language: string;
}

@ObjectType({ description: 'Where a person stands on one purpose.' })
export class Consent {
  @Field(() => String, { description: 'Code of the purpose.' })
  purpose: string;
  @Field(() => String, { description: 'Version of the text that was read.' })
  version: string;
  @Field(() => Boolean, { description: 'True: given. False: withdrawn.' })
  given: boolean;
  @Field(() => String, { description: 'Language in which the text was read (BCP 47).' })
  language: string;
  @Field(() => Date, { description: 'When.' })
  at: Date;
}

@ObjectType({
  implements: () => Refusal,
  description: 'Consent to a purpose that cannot be done without is missing, or was given to an older text.',
})
export class ConsentMissing implements Refusal {
  message: string;
  @Field(() => [ConsentPurposeText], { description: 'What has to be read and agreed to.' })
  purposes: ConsentPurposeText[];
}

@ObjectType({
  implements: () => Refusal,
  description: 'The record cannot be kept without this consent, so it cannot be withdrawn by itself.',
})
export class ConsentRequired implements Refusal {
  message: string;
  @Field(() => ConsentPurposeText, { description: 'The purpose.' })
  purpose: ConsentPurposeText;
}

export const GiveConsentResult = createUnionType({
  name: 'GiveConsentResult',
  description: 'Consent as it stands now, or why it could not be recorded.',
  types: () => [Consent, ConsentMissing] as const,
  resolveType: value => ('message' in value ? ConsentMissing : Consent),
});

export const WithdrawConsentResult = createUnionType({
  name: 'WithdrawConsentResult',
  description: 'Consent as it stands now, or why it cannot be withdrawn.',
  types: () => [Consent, ConsentRequired] as const,
  resolveType: value => ('message' in value ? ConsentRequired : Consent),
});

@InputType({ description: 'Consent to one purpose.' })
export class ConsentToInput {
  @Field(() => String, { description: 'Code of the purpose.' })
  @Length(1, 60)
  purpose: string;
  @Field(() => String, { description: 'Version of the text that was read.' })
  @Length(1, 60)
  version: string;
}

@InputType('GiveConsentInput', { description: 'Consent of a person to one purpose.' })
export class GiveConsentGraphqlInput extends ConsentToInput {
  @Field(() => ID, { description: 'Who.' })
  personId: string;
  @Field(() => ID, {
    nullable: true,
    description: 'Where a member of staff records it for her; absent for her own account.',
  })
  facilityId?: string | null;
}

@InputType('WithdrawConsentInput', { description: 'Consent of a person to one purpose is withdrawn.' })
export class WithdrawConsentGraphqlInput {
  @Field(() => ID, { description: 'Who.' })
  personId: string;
  @Field(() => String, { description: 'Code of the purpose.' })
  @Length(1, 60)
  purpose: string;
  @Field(() => ID, {
    nullable: true,
    description: 'Where a member of staff records it for her; absent for her own account.',
  })
  facilityId?: string | null;
}
