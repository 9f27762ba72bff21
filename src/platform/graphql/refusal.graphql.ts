import { Field, InterfaceType } from '@nestjs/graphql';
import { byClass } from './by-class';

/** The answer of a verb that was understood and is not possible now; each says what the caller can do next. */
@InterfaceType({
  description: 'An expected "no". The type says which one, its fields what to do next.',
  resolveType: byClass,
})
export abstract class Refusal {
  @Field(() => String, { description: "The refusal in the caller's language." })
  message: string;
}
