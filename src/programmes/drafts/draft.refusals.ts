import { createUnionType, Field, ObjectType } from '@nestjs/graphql';
import { Refusal } from '../../platform/graphql';
import { CountryPack, CountryPackDrafted, CountryPackRefused } from '../country-pack.graphql';

@ObjectType({
  implements: () => [Refusal],
  description: 'Somebody has edited the draft since. Look at the newest state and make the edit there.',
})
export class CountryPackMovedOn implements Refusal {
  message: string;
  @Field(() => CountryPack, { description: 'The newest state of the draft.' })
  newest: CountryPack;
}

export const EditCountryPackResult = createUnionType({
  name: 'EditCountryPackResult',
  description: 'A new state of the draft, what is wrong with the edits, or that somebody else was faster.',
  types: () => [CountryPackDrafted, CountryPackRefused, CountryPackMovedOn] as const,
  resolveType: (value: object) => value.constructor as typeof CountryPackDrafted,
});
