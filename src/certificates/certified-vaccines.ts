import { Injectable } from '@nestjs/common';
import type { CertifiedDose } from '../codecs';
import type { Context } from '../platform/context';
import { Programmes } from '../programmes';
import { codeOf } from './certificate-content';
import type { CertificateDose } from './certificate.graphql';

/** Says the doses of a certificate in the reader's language, by the words of the country that issued it. */
@Injectable()
export class CertifiedVaccines {
  constructor(private readonly programmes: Programmes) {}

  /** A code that the country's products do not tell apart keeps the word that was signed. */
  async inWords(ctx: Context, doses: readonly CertifiedDose[]): Promise<CertificateDose[]> {
    const { pack } = await this.programmes.current(ctx);
    const vaccines = new Map<string, Set<string>>();
    for (const { vaccine, codes } of pack.products) {
      const code = codeOf({ codes, vaccineCode: vaccine });
      vaccines.set(code, (vaccines.get(code) ?? new Set()).add(vaccine));
    }
    return Promise.all(
      doses.map(async ({ vp, vd, dt, dn, bo }) => {
        const [vaccine, ...others] = vaccines.get(vp) ?? [];
        const known = vaccine !== undefined && others.length === 0;
        const name = known ? await this.programmes.vaccineName(ctx, vaccine) : vd;
        return { vaccine: name, date: dt, doseNumber: dn, lot: bo ?? null };
      }),
    );
  }
}
