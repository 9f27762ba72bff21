import { Field, Float, ObjectType } from '@nestjs/graphql';
import { ID, Page } from '../../platform/graphql';

@ObjectType({ description: 'A part of the country.' })
export class Area {
  @Field(() => ID, { description: 'Its id; it stays as long as the code does.' })
  id: string;
  @Field(() => String, { description: 'Its code, ISO 3166-2 where there is one.' })
  code: string;
  @Field(() => String, { description: "Its name in the caller's language." })
  name: string;
  @Field(() => String, { description: "Which level of the country's division it belongs to." })
  level: string;
  @Field(() => ID, { nullable: true, description: 'The area it lies in; absent at the top.' })
  parentId: string | null;
  @Field(() => [ID], { description: 'Every area from the top down to this one.' })
  path: string[];
  @Field(() => Float, { nullable: true, description: 'Degrees north of its centre or seat (WGS 84).' })
  latitude: number | null;
  @Field(() => Float, { nullable: true, description: 'Degrees east of its centre or seat (WGS 84).' })
  longitude: number | null;
  @Field(() => [String], { description: 'The beginnings that postal codes in it have.' })
  postalPrefixes: string[];
  @Field(() => Boolean, { description: 'False: the country no longer has it, old records still do.' })
  active: boolean;
}

@ObjectType({ description: 'A page of areas.' })
export class AreaPage extends Page {
  @Field(() => [Area], { description: 'The areas, in the order of their codes.' })
  items: Area[];
}
