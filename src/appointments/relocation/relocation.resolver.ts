import { Args, Mutation, Query, Resolver } from '@nestjs/graphql';
import { Allow } from '../../platform/access';
import { type Context, Ctx } from '../../platform/context';
import { ID } from '../../platform/graphql';
import { PreviewRelocation } from './preview-relocation';
import { RelocateAppointments } from './relocate-appointments';
import {
  RelocateAppointmentsGraphqlInput,
  Relocation,
  RelocationPreview,
  RelocationPreviewGraphqlInput,
} from './relocation.graphql';

@Resolver()
export class RelocationResolver {
  constructor(
    private readonly relocating: RelocateAppointments,
    private readonly preview: PreviewRelocation,
  ) {}

  @Allow('appointment.relocate')
  @Query(() => RelocationPreview, {
    complexity: 500,
    description: 'How many people of sessions that cannot be held as booked would find places elsewhere.',
  })
  relocationPreview(
    @Ctx() ctx: Context,
    @Args('input', { description: 'Which sessions, and where to.' }) input: RelocationPreviewGraphqlInput,
  ): Promise<RelocationPreview> {
    return this.preview.run(ctx, input);
  }

  @Allow('appointment.relocate')
  @Query(() => Relocation, { description: 'How far moving appointments has come.' })
  relocation(
    @Ctx() ctx: Context,
    @Args('facilityId', { type: () => ID, description: 'The facility.' }) facilityId: string,
    @Args('id', { type: () => ID, description: 'The order.' }) id: string,
  ): Promise<Relocation> {
    return this.relocating.read(ctx, { facilityId, id });
  }

  @Allow('appointment.relocate')
  @Mutation(() => Relocation, {
    description:
      'Ends booking of sessions that cannot be held as booked and moves their people, as a job; everybody is told. Whom no session has a place for is first to get one.',
  })
  relocateAppointments(
    @Ctx() ctx: Context,
    @Args('input', { description: 'Which sessions, and where to.' }) input: RelocateAppointmentsGraphqlInput,
  ): Promise<Relocation> {
    return this.relocating.run(ctx, input);
  }
}
