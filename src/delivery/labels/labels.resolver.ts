import { Args, Query, Resolver } from '@nestjs/graphql';
import { Allow } from '../../platform/access';
import { type Context, Ctx } from '../../platform/context';
import { ConsignmentLabels, LabelFormat } from './label.graphql';
import { PrintLabels } from './print-labels';

@Resolver()
export class LabelsResolver {
  constructor(private readonly print: PrintLabels) {}

  @Allow('consignment.read')
  @Query(() => ConsignmentLabels, { complexity: 500, description: 'Labels of consignments, to be printed.' })
  consignmentLabels(
    @Ctx() ctx: Context,
    @Args('units', { type: () => [String], description: 'Codes of their units, at most 100.' })
    units: string[],
    @Args('format', { type: () => LabelFormat, description: 'What they are printed by.' })
    format: LabelFormat,
  ): Promise<ConsignmentLabels> {
    return this.print.run(ctx, units, format);
  }
}
