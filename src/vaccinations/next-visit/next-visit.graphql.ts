import { Field, Int, ObjectType } from '@nestjs/graphql';
import { Appointment } from '../../appointments';
import { DateScalar, ID } from '../../platform/graphql';
import { ProductToGive } from '../forecast/forecast.graphql';

@ObjectType('NextVisit', {
  description: 'What comes after a person’s last dose, and where a place is kept for it.',
})
export class NextVisitView {
  @Field(() => ID, { description: 'Code of the vaccine group.' })
  vaccineGroup: string;
  @Field(() => String, { description: "What the group is called in the caller's language." })
  vaccineGroupName: string;
  @Field(() => Int, { description: 'Number of the dose to come.' })
  doseNumber: number;
  @Field(() => ProductToGive, {
    nullable: true,
    description: 'The product: the same as before where that counts. Absent when none in use counts.',
  })
  product: ProductToGive | null;
  @Field(() => DateScalar, { nullable: true, description: 'From this day on the dose counts.' })
  earliest: string | null;
  @Field(() => DateScalar, { description: 'From this day on it is recommended.' })
  recommended: string;
  @Field(() => DateScalar, { nullable: true, description: 'After this day it is overdue.' })
  pastDue: string | null;
  @Field(() => DateScalar, { nullable: true, description: 'The last day on which it may be given.' })
  latest: string | null;
  @Field(() => ID, { description: 'Where the last dose was given.' })
  facilityId: string;
  @Field(() => Appointment, {
    nullable: true,
    description:
      'Her open appointment for it. HELD: a place was kept for her; confirm it by `expiresAt` with `confirmAppointment`.',
  })
  appointment: Appointment | null;
}
