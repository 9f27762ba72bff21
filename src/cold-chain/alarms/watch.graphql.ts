import { Field, Int, ObjectType } from '@nestjs/graphql';
import { ID } from '../../platform/graphql';

@ObjectType({ description: 'Alarms of the cold chain that stand in one area with all below it.' })
export class ColdChainAreaAlarms {
  @Field(() => ID, { description: 'The area.' })
  areaId: string;
  @Field(() => String, { description: 'Its name.' })
  area: string;
  @Field(() => Int, { description: 'Excursions that nobody has decided on.' })
  undecidedExcursions: number;
  @Field(() => Int, {
    description:
      'Loggers that are heard live, in equipment that works, and that missed three readings or more.',
  })
  silentLoggers: number;
  @Field(() => Int, { description: 'Equipment that failed and was not repaired.' })
  failedEquipment: number;
}

@ObjectType({ description: 'Where the cold chain needs somebody now.' })
export class ColdChainAlarms {
  @Field(() => Date, { description: 'When it was so.' })
  asOf: Date;
  @Field(() => [ColdChainAreaAlarms], {
    complexity: 50,
    description: 'The areas right below the asked one where an alarm stands; most alarms first.',
  })
  areas: ColdChainAreaAlarms[];
}
