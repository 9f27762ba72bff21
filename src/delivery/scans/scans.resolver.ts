import { Args, Mutation, Query, Resolver } from '@nestjs/graphql';
import { Allow } from '../../platform/access';
import { type Context, Ctx } from '../../platform/context';
import { CaptureScans } from './capture-scans';
import { ReadUnit } from './read-unit';
import {
  CapturedScan,
  CaptureScanGraphqlInput,
  CaptureScansGraphqlInput,
  HandlingUnit,
  ScanCapture,
} from './scan.graphql';

@Resolver()
export class ScansResolver {
  constructor(
    private readonly capture: CaptureScans,
    private readonly read: ReadUnit,
  ) {}

  @Allow('unit.read')
  @Query(() => HandlingUnit, { description: 'Where a handling unit is and the way it came.' })
  handlingUnit(
    @Ctx() ctx: Context,
    @Args('code', { type: () => String, description: 'Its code, in any form in which it is read.' })
    code: string,
  ): Promise<HandlingUnit> {
    return this.read.run(ctx, code);
  }

  @Allow('scan.capture')
  @Mutation(() => CapturedScan, { description: 'Takes in one scan as it is made.' })
  captureScan(
    @Ctx() ctx: Context,
    @Args('input', { description: 'The scan.' }) { scan, ...device }: CaptureScanGraphqlInput,
  ): Promise<CapturedScan> {
    return this.capture.one(ctx, { ...device, scans: [scan] });
  }

  @Allow('scan.capture')
  @Mutation(() => ScanCapture, {
    description:
      'Takes in scans that a device gathered, whatever order they come in: the same scans always lead to the same state. Each has its own answer.',
  })
  captureScans(
    @Ctx() ctx: Context,
    @Args('input', { description: 'What the device gathered.' }) input: CaptureScansGraphqlInput,
  ): Promise<ScanCapture> {
    return this.capture.run(ctx, input);
  }
}
