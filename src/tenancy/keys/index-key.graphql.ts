import { Field, Int, ObjectType } from '@nestjs/graphql';

@ObjectType('IndexKey', {
  description:
    'A key by which the country finds identifiers and phones without reading them. The key itself is shown to nobody.',
})
export class IndexKeyState {
  @Field(() => Int, { description: '1 for the first, and so on.' })
  number!: number;

  @Field(() => Date, { description: 'When it was made.' })
  madeAt!: Date;

  @Field(() => Date, {
    description: 'From when on new values are stored under it: when every process has read it.',
  })
  storesFrom!: Date;

  @Field(() => Date, {
    nullable: true,
    description:
      'Since when nothing is stored under it any more; null while something is. A copy of the database that is younger ' +
      'says nothing to whoever knows this key and not the next.',
  })
  emptiedAt!: Date | null;
}
