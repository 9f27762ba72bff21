import { ObjectType } from '@nestjs/graphql';
import { Refusal } from '../../platform/graphql';

@ObjectType({
  implements: () => [Refusal],
  description: 'Nobody reviews what she did herself. Somebody else does.',
})
export class ReviewNeedsSecondPerson implements Refusal {
  message: string;
}

@ObjectType({ implements: () => [Refusal], description: 'It was reviewed or answered before.' })
export class ReviewedBefore implements Refusal {
  message: string;
}
