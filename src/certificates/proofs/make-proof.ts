import { Inject, Injectable } from '@nestjs/common';
import { AuditTrail } from '../../audit';
import type { NationalCertificate } from '../../codecs';
import { CONFIG, type Config } from '../../platform/config';
import type { Context } from '../../platform/context';
import { Database, type UnitOfWork } from '../../platform/database';
import { Texts } from '../../platform/i18n';
import { Programmes } from '../../programmes';
import { mayFor, PersonKeys, type PersonRecord, Persons } from '../../registry';
import { Doses } from '../../vaccinations';
import { stands } from '../certificate-rules';
import { CertificatesStore } from '../certificates.store';
import { type StatedDetails, statedDetails } from '../details/detail-rules';
import { StatedDetailsStore } from '../details/stated-details.store';
import type { StatusPlace } from '../../codecs/verifiable-credentials';
import { addressesOf, statusListAddress, type StatusListKind } from '../publishing/addresses';
import { contentOf, READERS } from '../read-certificates';
import { proofPlace, sealedPlace } from '../sealed-place';
import { type Signer, SigningKeys } from '../signing/signing-keys';
import {
  CertificateProof,
  type MakeCertificateProofInput,
  ProofHindered,
  ProofNotOffered,
} from './proof.graphql';
import type { MadeProof, ProofFormat, ProofObstacle, ProvenDose, ToProve } from './proof-format';
import { proofFormatNamed } from './proof-formats';
import { type ProofRow, ProofsStore } from './proofs.store';
import { dosesFor, provenDoses } from './proof-rules';
import { type StatusClaimant, StatusListsStore } from './status-lists.store';

/** The certificate that stands, opened, with what its proofs are made of. */
interface Standing {
  id: string;
  content: NationalCertificate;
  issuedAt: Date;
  expiresAt: Date;
  doses: ProvenDose[];
}

/**
 * Puts the certificate that stands in a format for travel, when its holder or somebody who prints for her asks for it. It
 * says nothing that the certificate does not say, ends with it, and is made once: asked for again, the same is given.
 */
@Injectable()
export class MakeProof {
  constructor(
    private readonly database: Database,
    private readonly store: ProofsStore,
    private readonly certificates: CertificatesStore,
    private readonly persons: Persons,
    private readonly doses: Doses,
    private readonly programmes: Programmes,
    private readonly details: StatedDetailsStore,
    private readonly signingKeys: SigningKeys,
    private readonly personKeys: PersonKeys,
    private readonly audit: AuditTrail,
    private readonly texts: Texts,
    private readonly statusLists: StatusListsStore,
    @Inject(CONFIG) private readonly config: Config,
  ) {}

  /** Throws NOT_FOUND for a person who is not the caller's to see. */
  run(
    ctx: Context,
    input: MakeCertificateProofInput,
  ): Promise<CertificateProof | ProofNotOffered | ProofHindered> {
    const format = proofFormatNamed(input.format);
    return this.database.write(ctx, async work => {
      const person = await this.persons.byId(ctx, work, input.personId);
      mayFor(ctx, READERS, person);
      await this.store.lockHolder(work, person.id);
      const standing = await this.standing(ctx, work, person.id);
      const doses = standing ? dosesFor(format, standing.doses, input.vaccinationId ?? null) : [];
      if (!standing || doses.length === 0) return this.notOffered(ctx);
      const signer = await this.signingKeys.signer(ctx, work, format.alg);
      const known = await this.known(ctx, work, person.id, standing.id, input, signer);
      if (known) return known;
      const id = ctx.newId();
      const claimant = { personId: person.id, certificateId: standing.id, proofId: id };
      const place = format.statusList ? await this.placeFor(ctx, work, format.statusList, claimant) : null;
      const stated = await this.stated(ctx, work, person.id, standing);
      const series = standing.doses.filter(format.states);
      const proving = { ...toProve(person, standing, doses, place, stated), series };
      const made = await format.make(proving, signer, this.addresses(ctx));
      if (typeof made === 'string') return this.hindered(ctx, made);
      return this.keep(ctx, work, person.id, standing, {
        id,
        format,
        vaccinationId: input.vaccinationId ?? null,
        signer,
        made,
      });
    });
  }

  private async standing(ctx: Context, work: UnitOfWork, personId: string): Promise<Standing | null> {
    const row = await this.certificates.newestOf(work, personId);
    if (!row || !stands(row) || row.expiresAt < ctx.now()) return null;
    const sealed = await this.certificates.sealedTexts(work, personId, [row.id]);
    const content = contentOf(
      await this.personKeys.openOne(ctx, work, personId, sealedPlace(row.id), sealed.get(row.id)!),
    );
    const given = await this.doses.ofPerson(ctx, work, personId);
    const products = await this.programmes.products(ctx, work);
    return { ...row, content, doses: provenDoses(content.v, row.vaccinationIds, given, products) };
  }

  /** No more than is asked for and proved today, though an older certificate said more. */
  private async stated(
    ctx: Context,
    work: UnitOfWork,
    personId: string,
    { content }: Standing,
  ): Promise<StatedDetails> {
    const { pack } = await this.programmes.current(ctx);
    const proved = await this.details.of(ctx, work, personId);
    return statedDetails(content.dob ?? '', proved, pack.certificateDetails);
  }

  /** What was made before by the key that signs now; one by a key since withdrawn is not to be had again. */
  private async known(
    ctx: Context,
    work: UnitOfWork,
    personId: string,
    certificateId: string,
    { format, vaccinationId }: MakeCertificateProofInput,
    { kid }: Signer,
  ): Promise<CertificateProof | null> {
    const rows = await this.store.ofCertificates(work, personId, [certificateId]);
    const row = rows.find(
      one => one.format === format && one.vaccinationId === (vaccinationId ?? null) && one.kid === kid,
    );
    if (!row) return null;
    const text = await this.personKeys.openOne(ctx, work, personId, proofPlace(row.id), row.sealedText);
    return asProof(row, text);
  }

  private async keep(
    ctx: Context,
    work: UnitOfWork,
    personId: string,
    { id: certificateId, expiresAt }: Standing,
    {
      id,
      format,
      vaccinationId,
      signer,
      made,
    }: {
      id: string;
      format: ProofFormat;
      vaccinationId: string | null;
      signer: Signer;
      made: MadeProof;
    },
  ): Promise<CertificateProof> {
    const sealedText = await this.personKeys.seal(ctx, work, personId, proofPlace(id), made.text);
    const { kid } = signer;
    const row = {
      id,
      personId,
      certificateId,
      format: format.name,
      vaccinationId,
      kid,
      expiresAt,
      sealedText,
    };
    await this.store.add(ctx, work, row, made);
    this.audit.record(ctx, work, {
      action: 'certificate.make-proof',
      resource: { type: 'certificate', id: certificateId },
      personId,
      detail: { format: format.name },
    });
    return asProof(row, made.text);
  }

  private async placeFor(
    ctx: Context,
    work: UnitOfWork,
    kind: StatusListKind,
    claimant: StatusClaimant,
  ): Promise<StatusPlace> {
    const { number, place } = await this.statusLists.claim(work, claimant);
    return { list: statusListAddress(this.addresses(ctx), kind, number), index: place };
  }

  private addresses(ctx: Context) {
    return addressesOf(this.config.publicUrl, ctx.tenant!.code);
  }

  private notOffered(ctx: Context): ProofNotOffered {
    return Object.assign(new ProofNotOffered(), {
      message: this.texts.say(ctx, 'certificates.refusal.proofNotOffered'),
    });
  }

  private hindered(ctx: Context, obstacle: ProofObstacle): ProofHindered {
    const message = this.texts.say(ctx, `certificates.refusal.proofHindered.${obstacle}`);
    return Object.assign(new ProofHindered(), { message, obstacle });
  }
}

export const asProof = (
  { id, format, vaccinationId, expiresAt }: Omit<ProofRow, 'sealedText'>,
  text: string,
): CertificateProof => Object.assign(new CertificateProof(), { id, format, vaccinationId, expiresAt, text });

const toProve = (
  { name, nameParts }: PersonRecord,
  { content, issuedAt, expiresAt }: Standing,
  doses: readonly ProvenDose[],
  place: StatusPlace | null,
  { birthDate = '', passport }: StatedDetails,
): Omit<ToProve, 'series'> => ({
  number: content.ci,
  country: content.co,
  issuer: content.is,
  // Parts of a name that was corrected since are not those of the one that was certified
  person: {
    name: content.n,
    nameParts: name === content.n ? nameParts : null,
    birthDate,
    passport,
  },
  doses,
  issuedAt,
  expiresAt,
  place,
});
