import { Injectable } from '@nestjs/common';
import { type DoseFact, factsOfHcert, type NationalCertificate, nationalCertificate } from '../codecs';
import type { Context } from '../platform/context';
import { Programmes } from '../programmes';
import { codeOf } from './certificate-content';
import type { CertificateDose } from './certificate.graphql';

/** Says the doses of a certificate in the reader's language, by the words of the country that issued it. */
@Injectable()
export class CertifiedVaccines {
  constructor(private readonly programmes: Programmes) {}

  /** Those of a certificate of the country's own. */
  ofNational(ctx: Context, certificate: NationalCertificate): Promise<CertificateDose[]> {
    return this.inWords(ctx, factsOfHcert(nationalCertificate.claimKey, certificate)?.doses ?? []);
  }

  /**
   * By the words of the country of `ctx`; without one, by those that were signed. A code that the country's products do
   * not tell apart keeps the word that was signed. A dose without a number is numbered among those of its vaccine.
   */
  async inWords(ctx: Context | null, doses: readonly DoseFact[]): Promise<CertificateDose[]> {
    const vaccines = ctx ? await this.byCode(ctx) : new Map<string, Set<string>>();
    return Promise.all(
      doses.map(async ({ vaccine: code, words, date, doseNumber, lot }, at) => {
        const [vaccine, ...others] = vaccines.get(code) ?? [];
        const known = ctx && vaccine !== undefined && others.length === 0;
        const name = known ? await this.programmes.vaccineName(ctx, vaccine) : (words ?? code);
        const earlier = doses.slice(0, at).filter(dose => dose.vaccine === code);
        return { vaccine: name, date, doseNumber: doseNumber ?? earlier.length + 1, lot: lot ?? null };
      }),
    );
  }

  /** Vaccines by each code that a certificate may have for one of their products. */
  private async byCode(ctx: Context): Promise<Map<string, Set<string>>> {
    const { pack } = await this.programmes.current(ctx);
    const vaccines = new Map<string, Set<string>>();
    for (const { vaccine, codes } of pack.products) {
      const inSystems = Object.entries(codes).flatMap(([system, code]) => [code, `${system}:${code}`]);
      for (const code of new Set([codeOf({ codes, vaccineCode: vaccine }), ...inSystems]))
        vaccines.set(code, (vaccines.get(code) ?? new Set()).add(vaccine));
    }
    return vaccines;
  }
}
