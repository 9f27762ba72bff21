/** A hub as a label names it. */
export interface LabelPlace {
  name: string;
  code: string;
}

/** What a label says. Never a receiver, an address, what is in it, or the tracking code. */
export interface LabelView {
  unit: string;
  from: LabelPlace;
  to: LabelPlace;
  /** The hub that it is sorted to first; null when it goes to none in between. */
  next: LabelPlace | null;
  /** BCP 47, of the words. */
  language: string;
  direction: 'ltr' | 'rtl';
  words: { from: string; to: string; next: string; temperature: string };
}
