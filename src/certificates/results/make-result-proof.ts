import { Injectable } from '@nestjs/common';
import { AuditTrail } from '../../audit';
import { civilDayOf } from '../../common';
import { nameFor, Places } from '../../facilities';
import { type TestResultRecord, TestResults } from '../../laboratory';
import type { Context } from '../../platform/context';
import { Database, type UnitOfWork } from '../../platform/database';
import { Texts } from '../../platform/i18n';
import { Programmes } from '../../programmes';
import { mayFor, PersonKeys, type PersonRecord, Persons, writeBirthDate } from '../../registry';
import { Catalogue } from '../../tenancy';
import { type ProvedDetails, statedDetails } from '../details/detail-rules';
import { StatedDetailsStore } from '../details/stated-details.store';
import { DCC_DISEASE } from '../proofs/eu-dcc.proof';
import type { MadeProof } from '../proofs/proof-format';
import { ProofHindered, ProofNotOffered } from '../proofs/proof.graphql';
import { ProofsStore } from '../proofs/proofs.store';
import { READERS } from '../read-certificates';
import { resultProofPlace } from '../sealed-place';
import { type Signer, SigningKeys } from '../signing/signing-keys';
import { euDccOfResult, type ResultToProve } from './eu-dcc-result';
import { type MakeResultProofInput, ResultProof } from './result-proof.graphql';
import { canState, proofUntil } from './result-proof-rules';
import { type ResultProofRow, ResultProofsStore } from './result-proofs.store';

type Made = ResultProof | ProofNotOffered | ProofHindered;

/**
 * Puts a test result in a format for travel, when its holder or somebody who prints for her asks for it. It is made
 * once: asked for again, the same is given, unless more is to be stated by then; and revoked when the result is voided
 * or the person's name or birth date corrected.
 */
@Injectable()
export class MakeResultProof {
  constructor(
    private readonly database: Database,
    private readonly store: ResultProofsStore,
    private readonly proofs: ProofsStore,
    private readonly results: TestResults,
    private readonly persons: Persons,
    private readonly places: Places,
    private readonly details: StatedDetailsStore,
    private readonly programmes: Programmes,
    private readonly catalogue: Catalogue,
    private readonly signingKeys: SigningKeys,
    private readonly personKeys: PersonKeys,
    private readonly audit: AuditTrail,
    private readonly texts: Texts,
  ) {}

  /** Throws NOT_FOUND for a person who is not the caller's to see. */
  run(ctx: Context, { personId, resultId, states }: MakeResultProofInput): Promise<Made> {
    return this.database.write(ctx, async work => {
      const person = await this.persons.byId(ctx, work, personId);
      mayFor(ctx, READERS, person);
      await this.proofs.lockHolder(work, person.id);
      const result = await this.results.one(work, person.id, resultId);
      const expiresAt = result && proofUntil(states, result.sampledAt, ctx.now());
      if (!result || !canState(states, DCC_DISEASE, result) || expiresAt! <= ctx.now())
        return this.notOffered(ctx);
      const signer = await this.signingKeys.signer(ctx, work);
      const proved = await this.details.of(ctx, work, person.id);
      const known = (await this.store.ofPerson(work, person.id)).find(
        proof =>
          proof.resultId === resultId &&
          proof.states === states &&
          proof.kid === signer.kid &&
          proof.ends.length === 0 &&
          (!proved.since || proof.issuedAt >= proved.since) &&
          proof.expiresAt >= ctx.now(),
      );
      if (known) return this.opened(ctx, work, known);
      const toProve = await this.toProve(ctx, work, person, result, proved);
      return this.make(ctx, work, { ...toProve, statement: states, expiresAt: expiresAt! }, signer);
    });
  }

  private async make(ctx: Context, work: UnitOfWork, toProve: ResultToProve, signer: Signer): Promise<Made> {
    const made = euDccOfResult(toProve, signer);
    if (typeof made === 'string') {
      const message = this.texts.say(ctx, `certificates.refusal.proofHindered.${made}`);
      return Object.assign(new ProofHindered(), { message, obstacle: made });
    }
    return this.keep(ctx, work, toProve, signer.kid, made);
  }

  private async toProve(
    ctx: Context,
    work: UnitOfWork,
    person: PersonRecord,
    result: TestResultRecord,
    proved: ProvedDetails,
  ): Promise<Omit<ResultToProve, 'statement' | 'expiresAt'>> {
    const tenant = (await this.catalogue.byCode(ctx.tenant!.code))!;
    const { profile, certificateDetails } = (await this.programmes.current(ctx)).pack;
    const known = writeBirthDate({ date: person.birthDate, precision: person.birthDatePrecision });
    const { birthDate = '' } = statedDetails(known, proved, certificateDetails);
    const ownWords = { ...ctx, languages: [profile.defaultLanguage, ...tenant.languages] };
    const names = await this.places.namesOf(work, [result.facilityId]);
    return {
      proofId: ctx.newId(),
      result,
      sampledOn: civilDayOf(result.sampledAt, tenant.timeZone),
      centre: nameFor(ownWords, names.get(result.facilityId) ?? {}, ''),
      person: {
        name: person.name,
        nameParts: person.nameParts,
        birthDate,
      },
      country: tenant.country,
      issuer: nameFor(ownWords, tenant.names, tenant.code),
      issuedAt: ctx.now(),
    };
  }

  private async keep(
    ctx: Context,
    work: UnitOfWork,
    { proofId: id, result, statement: states, issuedAt, expiresAt }: ResultToProve,
    kid: string,
    made: MadeProof,
  ): Promise<ResultProof> {
    const { personId, id: resultId } = result;
    const sealedText = await this.personKeys.seal(ctx, work, personId, resultProofPlace(id), made.text);
    const row = { id, personId, resultId, states, kid, issuedAt, expiresAt, sealedText };
    await this.store.add(work, row, made);
    this.audit.record(ctx, work, {
      action: 'certificate.make-proof',
      resource: { type: 'test-result', id: resultId },
      personId,
      detail: { states },
    });
    return asResultProof(row, made.text);
  }

  private async opened(ctx: Context, work: UnitOfWork, row: ResultProofRow): Promise<ResultProof> {
    const { id, personId, sealedText } = row;
    const text = await this.personKeys.openOne(ctx, work, personId, resultProofPlace(id), sealedText);
    return asResultProof(row, text);
  }

  private notOffered(ctx: Context): ProofNotOffered {
    const message = this.texts.say(ctx, 'certificates.refusal.proofNotOffered');
    return Object.assign(new ProofNotOffered(), { message });
  }
}

const asResultProof = (
  { id, resultId, states, expiresAt }: Pick<ResultProofRow, 'id' | 'resultId' | 'states' | 'expiresAt'>,
  text: string,
): ResultProof => Object.assign(new ResultProof(), { id, resultId, states, expiresAt, text });
