import type { SessionCaps } from '../../facilities';

/** What a cap counts the places of. */
export type Capped = keyof SessionCaps;
export const CAPPED: readonly Capped[] = ['account', 'device', 'network'];

/** What somebody books through, as tags that tell only who shares it; empty where nothing is known or nothing is capped. */
export type Origin = Readonly<Record<Capped, string>>;

/** How many places of one session each tag has, as they run up while one party after another is seated. */
export class PlacesTaken {
  private readonly counts = new Map<string, number>();

  add(capped: Capped, tag: string, places: number): void {
    this.counts.set(nameOf(capped, tag), this.of(capped, tag) + places);
  }

  of(capped: Capped, tag: string): number {
    return this.counts.get(nameOf(capped, tag)) ?? 0;
  }
}

/** The first cap that so many more people would break; null for none. All of a party are seated or nobody, so all count. */
export function brokenCap(
  caps: SessionCaps,
  origin: Origin,
  taken: PlacesTaken,
  people: number,
): { on: Capped; most: number } | null {
  for (const on of CAPPED) {
    const most = caps[on];
    if (most !== null && origin[on] !== '' && taken.of(on, origin[on]) + people > most) return { on, most };
  }
  return null;
}

const nameOf = (capped: Capped, tag: string): string => `${capped} ${tag}`;
