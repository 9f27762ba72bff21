import { timingSafeEqual } from 'node:crypto';
import { Injectable } from '@nestjs/common';
import type { Context } from '../../platform/context';
import { TenantKeys } from '../../tenancy';
import type { HandoverProof } from './door-rules';

const DIGITS = 6;

/** What the receiver of a consignment shows or says at the door. */
export interface HandoverSecret {
  /** Six digits, to be said. */
  code: string;
  /** The text of a QR code, to be shown; it holds 128 bits that nobody can guess. */
  qrText: string;
}

/**
 * The secrets by which a receiver is known. They follow from the country's key and the unit, for one consignment and one
 * hand-over: none is stored, and a message can be sent again.
 */
@Injectable()
export class HandoverSecrets {
  constructor(private readonly keys: TenantKeys) {}

  async of(ctx: Context, unitId: string): Promise<HandoverSecret> {
    const [code, qr] = await Promise.all([
      this.keys.blindIndex(ctx, 'handover-code', unitId),
      this.keys.blindIndex(ctx, 'handover-qr', unitId),
    ]);
    return {
      code: String(code.readUIntBE(0, 6) % 10 ** DIGITS).padStart(DIGITS, '0'),
      qrText: qr.toString('hex', 0, 16).toUpperCase(), // capitals and digits: the smaller QR code
    };
  }

  /** Whether it is the consignment's secret, in a time that tells nothing. Spaces and small letters do not matter. */
  async matches(ctx: Context, unitId: string, kind: HandoverProof, given: string): Promise<boolean> {
    const { code, qrText } = await this.of(ctx, unitId);
    const right = Buffer.from(kind === 'QR' ? qrText : code);
    const said = Buffer.from(given.replace(/\s/g, '').toUpperCase());
    return said.length === right.length && timingSafeEqual(said, right);
  }
}
