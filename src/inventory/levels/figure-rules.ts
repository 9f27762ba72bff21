import type { CivilDate } from '../../common';
import type { StockFigureRow } from './figures.store';
import { type AlertKind, alertsFor, atRiskOf } from './level-rules';
import type { LevelRow, ProductStock } from './levels.store';

/** Whole days before today over which use is measured: a quarter, so that one campaign or one holiday is not the rule. */
export const MEASURED_DAYS = 90;
/** Where nobody has set it for a product: time enough to use a lot up elsewhere. */
const EXPIRY_DAYS = 90;

/** What is to be kept of a product at a facility, and told. */
export interface ProductFigure {
  figure: StockFigureRow;
  alerts: AlertKind[];
}

/** A product at a facility, as a key. */
export const keyOf = ({ facilityId, productCode }: { facilityId: string; productCode: string }): string =>
  `${facilityId} ${productCode}`;

/** What is known besides the stock itself; by {@link keyOf}. */
export interface KnownOfStock {
  today: CivilDate;
  /** The figures as they were kept last. */
  known: ReadonlyMap<string, StockFigureRow>;
  /** Doses used a day, of facilities that were measured now. */
  measured: ReadonlyMap<string, { dailyUse: number }>;
  levels: ReadonlyMap<string, LevelRow>;
  /** Codes of products that the country uses. */
  inUse: ReadonlySet<string>;
}

/** Use is measured once a day; what was measured today stands until tomorrow. */
export function figuresFor(stock: readonly ProductStock[], rest: KnownOfStock): ProductFigure[] {
  return stock.map(row => {
    const { facilityId, productCode, lots, unusable, onTheWay } = row;
    const key = keyOf(row);
    const before = rest.known.get(key);
    const levels = rest.levels.get(key) ?? null;
    const dailyUse =
      before?.measuredOn === rest.today ? before.dailyUse : (rest.measured.get(key)?.dailyUse ?? null);
    const usable = lots.reduce((sum, { doses }) => sum + doses, 0);
    const risk = atRiskOf(lots, { dailyUse, today: rest.today, days: levels?.expiryDays ?? EXPIRY_DAYS });
    return {
      figure: {
        facilityId,
        productCode,
        usable,
        unusable,
        onTheWay,
        atRisk: risk.doses,
        expiresOn: risk.expiresOn,
        dailyUse,
        measuredOn: rest.today,
      },
      alerts: alertsFor({
        usable,
        atRisk: risk.doses,
        dailyUse,
        levels,
        active: rest.inUse.has(productCode),
      }),
    };
  });
}
