import { Injectable } from '@nestjs/common';
import type { Context } from '../../platform/context';
import { Database } from '../../platform/database';
import { Programmes } from '../../programmes';
import { PersonKeys } from '../../registry';
import { Doses } from '../../vaccinations';
import type { ReadCertificate } from '../read-certificates';
import { proofPlace } from '../sealed-place';
import { asProof } from './make-proof';
import type { OfferedProof } from './proof.graphql';
import { proofFormats } from './proof-formats';
import { offers, provenDoses } from './proof-rules';
import { ProofsStore } from './proofs.store';

/** What a certificate can be had in, and has been. The caller was allowed to read it. */
@Injectable()
export class ReadProofs {
  constructor(
    private readonly database: Database,
    private readonly store: ProofsStore,
    private readonly doses: Doses,
    private readonly programmes: Programmes,
    private readonly personKeys: PersonKeys,
  ) {}

  /** Nothing for one that is not in force: what was made of it is not to be shown any more. */
  async of(ctx: Context, certificate: ReadCertificate): Promise<OfferedProof[]> {
    const { id, personId, content, vaccinationIds, status } = certificate;
    if (status !== 'VALID') return [];
    const { offered, made, keyring } = await this.database.read(ctx, async work => {
      const given = await this.doses.ofPerson(ctx, work, personId);
      const products = await this.programmes.products(ctx, work);
      const offered = offers(proofFormats, provenDoses(content.v, vaccinationIds, given, products));
      const keyring = await this.personKeys.of(ctx, work, [personId]);
      return { offered, made: await this.store.ofCertificates(work, personId, [id]), keyring };
    });
    return Promise.all(
      offered.map(async offer => {
        const row = made.find(
          ({ format, vaccinationId }) => format === offer.format && vaccinationId === offer.vaccinationId,
        );
        const place = row && proofPlace(row.id);
        const text = place && (await this.personKeys.open(ctx, keyring, personId, place, row.sealedText));
        return { ...offer, proof: row && typeof text === 'string' ? asProof(row, text) : null };
      }),
    );
  }
}
