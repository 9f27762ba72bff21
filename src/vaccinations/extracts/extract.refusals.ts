import { ObjectType } from '@nestjs/graphql';
import { Refusal } from '../../platform/graphql';

@ObjectType({ implements: () => [Refusal], description: 'Whoever asked does not decide.' })
export class ExtractNeedsSecondPerson implements Refusal {
  message: string;
}

@ObjectType({ implements: () => [Refusal], description: 'It was decided before.' })
export class ExtractDecided implements Refusal {
  message: string;
}
