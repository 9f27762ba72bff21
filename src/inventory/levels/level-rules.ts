import { type CivilDate, daysBetween } from '../../common';

/** What a facility should have of a product: whole doses of a vaccine, pieces of a supply. */
export interface Levels {
  /** The reserve: below it the facility is in danger of running out. */
  minDoses: number;
  /** At or below it, what is on its way counted in, more is asked for. */
  reorderDoses: number;
  /** Not more than this is asked for. */
  maxDoses: number;
}

/** How supply works at a place, in days. */
export interface SupplyRhythm {
  /** How long the reserve is to last when a delivery fails. */
  safetyDays: number;
  /** From asking until the stock is there. */
  leadDays: number;
  /** From one supply to the next. */
  supplyDays: number;
}

/**
 * Levels for an average use, in doses a day: the reserve is what is used in the safety days, the reorder point adds what is
 * used until more arrives, and the maximum what is used until the next supply (WHO, Immunization in practice, module 2;
 * JSI, Guidelines for managing the supply chain, max-min systems). Up to whole vials.
 */
export function levelsFor(dailyUse: number, rhythm: SupplyRhythm, dosesPerVial: number): Levels {
  const lasting = (days: number): number => wholeVials(dailyUse * days, dosesPerVial);
  const { safetyDays, leadDays, supplyDays } = rhythm;
  return {
    minDoses: lasting(safetyDays),
    reorderDoses: lasting(safetyDays + leadDays),
    maxDoses: Math.max(dosesPerVial, lasting(safetyDays + Math.max(leadDays, supplyDays))),
  };
}

/** What there is of a product at a facility, in its unit. */
export interface Position {
  /** May be given today. */
  usable: number;
  /** Set aside for the facility elsewhere, or despatched to it. */
  onTheWay: number;
}

/**
 * How much to ask for: nothing above the reorder point, else up to the maximum, up to whole vials. Null where no level was
 * set.
 */
export function dosesToAskFor(
  { usable, onTheWay }: Position,
  levels: Levels | null,
  dosesPerVial: number,
): number | null {
  if (!levels) return null;
  const there = usable + onTheWay;
  return there > levels.reorderDoses ? 0 : wholeVials(Math.max(0, levels.maxDoses - there), dosesPerVial);
}

/** How long stock lasts at an average use; null where nothing is used. */
export const daysOfStock = (usable: number, dailyUse: number | null): number | null =>
  dailyUse ? usable / dailyUse : null;

/** Usable doses of a lot. */
export interface ExpiringLot {
  /** The last day on which it may be used. */
  expiresOn: CivilDate;
  doses: number;
}

/** Doses that will be lost to their date, and the first date of them; none: 0 and null. */
export interface AtRisk {
  doses: number;
  expiresOn: CivilDate | null;
}

/**
 * Doses whose last day comes within `days` and that will not be used up by then when as much is used as before, first
 * expired first out. A lot that will be used up in time is no worry, however near its day.
 */
export function atRiskOf(
  lots: readonly ExpiringLot[],
  { dailyUse, today, days }: { dailyUse: number | null; today: CivilDate; days: number },
): AtRisk {
  const soon = lots
    .filter(({ doses, expiresOn }) => doses > 0 && daysBetween(today, expiresOn) <= days)
    .toSorted((one, other) => daysBetween(other.expiresOn, one.expiresOn));
  let used = 0;
  const risk: AtRisk = { doses: 0, expiresOn: null };
  for (const { expiresOn, doses } of soon) {
    const canBeUsed = Math.floor((dailyUse ?? 0) * (daysBetween(today, expiresOn) + 1)) - used;
    const inTime = Math.min(doses, Math.max(0, canBeUsed));
    used += inTime;
    if (inTime === doses) continue;
    risk.doses += doses - inTime;
    risk.expiresOn ??= expiresOn;
  }
  return risk;
}

export const ALERT_KINDS = ['STOCK_OUT', 'BELOW_MINIMUM', 'NEAR_EXPIRY'] as const;
export type AlertKind = (typeof ALERT_KINDS)[number];

/**
 * What those who supply a facility are to be told. A product is missed where it has a level or was used of late; one that
 * the country no longer uses is not missed. What is out of stock is not also below its minimum.
 */
export function alertsFor(product: {
  usable: number;
  atRisk: number;
  dailyUse: number | null;
  levels: Levels | null;
  /** Whether the country uses the product now. */
  active: boolean;
}): AlertKind[] {
  const { usable, atRisk, dailyUse, levels, active } = product;
  const isMissed = active && (levels !== null || dailyUse !== null);
  const alerts: AlertKind[] = [];
  if (isMissed && usable <= 0) alerts.push('STOCK_OUT');
  else if (active && levels && usable < levels.minDoses) alerts.push('BELOW_MINIMUM');
  if (atRisk > 0) alerts.push('NEAR_EXPIRY');
  return alerts;
}

/** Up to whole vials; a rounding error of the arithmetic is not one more vial. */
const wholeVials = (doses: number, dosesPerVial: number): number =>
  Math.max(0, Math.ceil(doses / dosesPerVial - 1e-9)) * dosesPerVial;
