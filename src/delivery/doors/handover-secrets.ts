import { timingSafeEqual } from 'node:crypto';
import { Injectable } from '@nestjs/common';
import type { Context } from '../../platform/context';
import { type BlindIndex, TenantKeys } from '../../tenancy';
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
    const [code, qr] = await this.indexes(ctx, unitId);
    return secretFrom(code.stored, qr.stored);
  }

  /**
   * Whether it is the consignment's secret, in a time that tells nothing. Spaces and small letters do not matter. One that
   * was sent before the country changed its key is right as long as anything is found under the older one.
   */
  async matches(ctx: Context, unitId: string, kind: HandoverProof, given: string): Promise<boolean> {
    const [code, qr] = await this.indexes(ctx, unitId);
    const said = Buffer.from(given.replace(/\s/g, '').toUpperCase());
    return code.all
      .map((form, i) => secretFrom(form, qr.all[i]!))
      .map(secret => Buffer.from(kind === 'QR' ? secret.qrText : secret.code))
      .filter(right => said.length === right.length && timingSafeEqual(said, right))
      .some(Boolean);
  }

  private indexes(ctx: Context, unitId: string): Promise<[BlindIndex, BlindIndex]> {
    return Promise.all([
      this.keys.blindIndex(ctx, 'handover-code', unitId),
      this.keys.blindIndex(ctx, 'handover-qr', unitId),
    ]);
  }
}

function secretFrom(code: Buffer, qr: Buffer): HandoverSecret {
  const [forCode, forQr] = [code.subarray(-32), qr.subarray(-32)]; // without the mark of the key
  return {
    code: String(forCode.readUIntBE(0, 6) % 10 ** DIGITS).padStart(DIGITS, '0'),
    qrText: forQr.toString('hex', 0, 16).toUpperCase(), // capitals and digits: the smaller QR code
  };
}
