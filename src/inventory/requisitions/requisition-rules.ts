import type { ShipmentState } from '../shipments/shipments.store';

/** What is stored of how far a requisition has come; beyond APPROVED its shipment says it. */
export type DecidedState = 'REQUESTED' | 'APPROVED' | 'REFUSED' | 'CANCELLED';
export type RequisitionState = DecidedState | Exclude<ShipmentState, 'CANCELLED'>;

/** A product as it is asked for, and why it is not what was proposed. */
export interface AskedLine {
  productCode: string;
  /** In the unit of the product; more than none. */
  doses: number;
  reason?: string | null;
}

/** What the levels and the stock of the moment came to; null where no level was set. */
export interface ProposedLine {
  usable: number;
  onTheWay: number;
  proposed: number | null;
}

/** Lines that ask for something else than was proposed, and do not say why. */
export const unexplained = <Line extends AskedLine & ProposedLine>(lines: readonly Line[]): Line[] =>
  lines.filter(({ proposed, doses, reason }) => proposed !== null && proposed !== doses && !reason);

/** A product as it is granted, and why it is less than was asked for. */
export interface GrantedLine {
  productCode: string;
  /** In the unit of the product; 0 to refuse. */
  doses: number;
  reason?: string | null;
}

/** Why a decision cannot stand. */
export type GrantFault = 'productsDiffer' | 'moreThanAsked' | 'cutReason';

/** A decision names each product that was asked for once, grants no more than that, and says why it grants less. */
export function grantFault(
  asked: readonly { productCode: string; requested: number }[],
  granted: readonly GrantedLine[],
): GrantFault | null {
  const wanted = new Map(asked.map(({ productCode, requested }) => [productCode, requested]));
  const named = new Set(granted.map(({ productCode }) => productCode));
  if (named.size < granted.length || named.size !== wanted.size) return 'productsDiffer';
  if (granted.some(({ productCode }) => !wanted.has(productCode))) return 'productsDiffer';
  if (granted.some(({ productCode, doses }) => doses > wanted.get(productCode)!)) return 'moreThanAsked';
  return granted.some(({ productCode, doses, reason }) => doses < wanted.get(productCode)! && !reason)
    ? 'cutReason'
    : null;
}

/** Whether a decision is the one that stands. */
export const sameGrant = (
  lines: readonly { productCode: string; approved: number | null }[],
  granted: readonly GrantedLine[],
): boolean =>
  granted.every(({ productCode, doses }) =>
    lines.some(line => line.productCode === productCode && line.approved === doses),
  );
