import { type Check, digits, type Finding } from './check-texts';
import { yymmdd } from './date-checks';

/** Stops the reading of a coupon at the first fault. */
class CouponFault extends Error {
  constructor(readonly found: Finding) {
    super(found.message);
  }
}

/** Reads the digits of a coupon from left to right; each field says what is wrong with it in its own words. */
class CouponReader {
  private at = 0;

  constructor(private readonly text: string) {}

  get isAtEnd() {
    return this.at >= this.text.length;
  }

  /** One digit between these, both included, or one of those listed. */
  code(field: string, allowed: string, said: string): string {
    this.must(!this.isAtEnd, `The coupon's ${field} is missing.`, 0, this.text.length);
    const digit = this.text.charAt(this.at);
    this.must(allowed.includes(digit), `The coupon's ${field} must be ${said}.`, this.at, 1);
    this.at++;
    return digit;
  }

  /** A digit that says how many follow (that many and `more`), and those. */
  counted(field: string, allowed: string, said: string, more = 0): void {
    const length = this.code(`${field} VLI`, allowed, said);
    this.take(Number(length) + more, `The coupon's ${field} is shorter than what is indicated by its VLI.`);
  }

  take(length: number, short: string): string {
    const rest = this.text.length - this.at;
    this.must(rest >= length, short, rest ? this.at : 0, rest || this.text.length);
    this.at += length;
    return this.text.slice(this.at - length, this.at);
  }

  /** Whether the optional field of this number comes next; it is stepped into. */
  enters(field: string): boolean {
    if (this.text.charAt(this.at) !== field) return false;
    this.at++;
    return true;
  }

  date(field: string): string {
    const from = this.at;
    const date = this.take(6, `The coupon's ${field} is too short for YYMMDD format.`);
    this.must(!yymmdd(date), `The coupon's ${field} is invalid.`, from, 6);
    return date;
  }

  must(holds: boolean, message: string, at: number, length: number): void {
    if (!holds) throw new CouponFault({ message, at, length });
  }

  end(message: string): void {
    this.must(this.isAtEnd, message, this.at, this.text.length - this.at);
  }
}

const reading =
  (read: (reader: CouponReader) => void): Check =>
  text => {
    const wrong = digits(text);
    if (wrong) return wrong;
    try {
      read(new CouponReader(text));
      return null;
    } catch (error) {
      if (error instanceof CouponFault) return error.found;
      throw error;
    }
  };

const PREFIX = ['0123456', '"0" to "6"'] as const;
const LENGTH = ['12345', '"1" to "5"'] as const;
const REQUIREMENT = ['012349', '"0" to "4" or "9"'] as const;
const OFFER_SHORT = "The coupon's Offer Code is shorter than the required six digits.";

/** AI (8112): the positive offer file coupon (GS1 AI (8112) Coupon Data Specification). */
export const couponPositiveOffer = reading(coupon => {
  coupon.code('Format Code', '01', '"0" or "1"');
  coupon.counted('Funder', ...PREFIX, 6);
  coupon.take(6, OFFER_SHORT);
  coupon.counted('Serial Number', '0123456789', 'a digit', 6);
  coupon.end('The coupon contains excess data after the serial number.');
});

/** AI (8110): the North American coupon (NA Coupon Application Guideline Using GS1 DataBar Expanded). */
export const couponCode = reading(coupon => {
  coupon.counted('primary GS1 Company Prefix', ...PREFIX, 6);
  coupon.take(6, OFFER_SHORT);
  coupon.counted('Save Value', ...LENGTH);
  purchase(coupon, 'primary', false);
  if (coupon.enters('1')) {
    coupon.code('Additional Purchase Rules Code', '0123', '"0" to "3"');
    purchase(coupon, 'second', true);
  }
  if (coupon.enters('2')) purchase(coupon, 'third', true);
  const expires = coupon.enters('3') ? coupon.date('expiration date') : null;
  const starts = coupon.enters('4') ? coupon.date('start date') : null;
  const ordered = expires === null || starts === null || expires >= starts;
  coupon.must(ordered, "The coupon's expiration date precede the start date.", 0, 0);
  if (coupon.enters('5')) coupon.counted('Serial Number', '0123456789', 'a digit', 6);
  if (coupon.enters('6')) coupon.counted('Retailer GCP/GLN', '1234567', '"1" to "7"', 6);
  if (coupon.enters('9')) {
    coupon.code('Save Value Code', '01256', '"0", "1", "2", "5" or "6"');
    coupon.code('Save Value Applies to Item', '012', '"0" to "2"');
    coupon.code('Store Coupon Flag', '0123456789', 'a digit');
    coupon.code("Don't Multiply Flag", '01', '"0" or "1"');
  }
  coupon.end('The coupon contains excess data after the recognised optional fields.');
});

/** What must be bought: how much, of what kind, of which family, and for the second and third item by whom. */
function purchase(coupon: CouponReader, which: string, hasOwnPrefix: boolean): void {
  coupon.counted(`${which} purchase Requirement`, ...LENGTH);
  coupon.code(`${which} purchase Requirement Code`, ...REQUIREMENT);
  coupon.take(3, `The coupon's ${which} purchase Family Code is shorter than the required three digits.`);
  // 9: the same company as the primary purchase, no prefix follows.
  if (!hasOwnPrefix || coupon.enters('9')) return;
  coupon.counted(`${which} purchase GS1 Company Prefix`, ...PREFIX, 6);
}
