import type { Grant } from '../../platform/context';

/** Whether two grants are of one role at one place. */
export const isSameGrant = (one: Grant, other: Grant): boolean =>
  one.role === other.role && one.reach.kind === other.reach.kind && reachId(one) === reachId(other);

const reachId = ({ reach }: Grant): string => (reach.kind === 'country' ? '' : reach.id);
