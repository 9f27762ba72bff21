import type { Context } from '../../platform/context';
import { OpenVial } from './vial.graphql';
import type { VialRow } from './vials.store';

/** A vial as it is shown now. */
export const asVial = (ctx: Context, vial: VialRow): OpenVial =>
  Object.assign(new OpenVial(), vial, { usable: vial.left > 0 && ctx.now() < vial.useBy });
