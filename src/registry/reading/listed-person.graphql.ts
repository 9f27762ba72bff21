import { Field, ObjectType } from '@nestjs/graphql';
import { ID } from '../../platform/graphql';

@ObjectType({
  description:
    'A person on a list of people to look for: who she is, and how to reach whoever cares for her.',
})
export class ListedPerson {
  @Field(() => ID, { description: 'Her id; `person` opens the record.' })
  personId: string;
  @Field(() => String, { description: 'Name.' })
  name: string;
  @Field(() => String, { description: "Birth date as far as it is known, in the caller's language." })
  birthDateText: string;
  @Field(() => String, { description: "Sex, in the caller's language." })
  sexText: string;
  @Field(() => [String], {
    description: 'Phones of her or of her carers, with the last two digits readable.',
  })
  maskedPhones: string[];
}
