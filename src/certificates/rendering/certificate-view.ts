/**
 * All that stands on a printed certificate, as finished texts in the language of the page: whoever fills it has
 * localised labels, dates and digits already. Every text may be in any script and hold anything: it is set as it is.
 */
export interface CertificateView {
  /** BCP 47, for shaping and for screen readers. */
  language: string;
  direction: 'ltr' | 'rtl';
  /** The authority, at the head of the page. */
  issuer: string;
  title: string;
  /** The person: the name large, the facts (birth date, identifier, guardian, …) below it. */
  holder: LabelledText & { facts: LabelledText[] };
  /** Headings of the table of doses. */
  columns: Record<DoseColumn, string>;
  /** Oldest first. */
  doses: PrintedDose[];
  /** The text of the QR code: `HC1:…`. */
  qrText: string;
  /** Below the code: what to do with it. */
  qrHint: string;
  certificateId: LabelledText;
  /** When issued, valid until, …: in the foot of the page. */
  dates: LabelledText[];
  /** Small print, a line each. */
  notices: string[];
  /** Whether doses are still to come, in words; absent where that is not known. */
  standing?: string;
  /** Colour of lines and headings, `#rrggbb`; absent, the product's own. */
  accent?: string;
  /** Picture at the head, an SVG that is drawn by itself. */
  emblem?: string;
}

/** A text with the word for what it is. */
export interface LabelledText {
  label: string;
  text: string;
}

/** What is told of each dose. */
export type DoseColumn = 'vaccine' | 'dose' | 'date' | 'lot' | 'place';

/** One line of the table; `product` stands small below the vaccine. */
export type PrintedDose = Record<DoseColumn, string> & { product?: string };
