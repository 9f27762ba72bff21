import { Global, Module, type OnModuleInit } from '@nestjs/common';
import { LocalisationStore, TranslatedContent } from '../localisation';
import { ConfigureTenant } from '../tenancy';
import { FactListeners } from '../platform/events';
import { DraftPack } from './drafts/draft-pack';
import { DraftStates } from './drafts/draft-states';
import { DraftsResolver } from './drafts/drafts.resolver';
import { EditDraft } from './drafts/edit-draft';
import { FaultWords } from './drafts/fault-words';
import { ReadPacks } from './drafts/read-packs';
import { StartDraft } from './drafts/start-draft';
import { PackSections } from './pack-sections';
import { wordingsOf } from './pack-wordings';
import { translationsOf } from './pack-translations';
import { Programmes } from './programmes';
import { ProgrammesResolver } from './programmes.resolver';
import { ProgrammesStore } from './programmes.store';
import { programmeCameIntoForce } from './programmes.events';
import { ApprovePack } from './publication/approve-pack';
import { CancelPublication } from './publication/cancel-publication';
import { ComeIntoForce } from './publication/come-into-force';
import { ProposePack } from './publication/propose-pack';
import { PublicationResolver } from './publication/publication.resolver';
import { PublicationsStore } from './publication/publications.store';
import { PublishPack } from './publication/publish-pack';
import { PutOnRecord } from './publication/put-on-record';
import { ReadPublications } from './publication/read-publications';
import { Readiness } from './publication/readiness';
import { Refuse } from './publication/refuse';
import { WithdrawProposal } from './publication/withdraw-proposal';
import { ReadProgramme } from './read-programme';

@Global()
@Module({
  providers: [
    ApprovePack,
    CancelPublication,
    ComeIntoForce,
    DraftPack,
    DraftStates,
    DraftsResolver,
    EditDraft,
    FaultWords,
    PackSections,
    Programmes,
    ProgrammesResolver,
    ProgrammesStore,
    ProposePack,
    PublicationResolver,
    PublicationsStore,
    PublishPack,
    PutOnRecord,
    ReadPacks,
    ReadProgramme,
    ReadPublications,
    Readiness,
    Refuse,
    StartDraft,
    WithdrawProposal,
  ],
  exports: [PackSections, Programmes],
})
export class ProgrammesModule implements OnModuleInit {
  constructor(
    private readonly sections: PackSections,
    private readonly store: ProgrammesStore,
    private readonly localisation: LocalisationStore,
    private readonly content: TranslatedContent,
    private readonly programmes: Programmes,
    private readonly listeners: FactListeners,
    private readonly configureTenant: ConfigureTenant,
  ) {}

  /** The profile belongs to `localisation`, which is below and knows nothing of packs; the products are our own. */
  onModuleInit(): void {
    this.sections.add({
      name: 'profile',
      apply: (ctx, work, pack) => this.localisation.saveProfile(ctx, work, pack.profile, wordingsOf(pack)),
    });
    this.sections.add({
      name: 'products',
      apply: (_ctx, work, pack) => this.store.apply(work, pack),
    });
    // A first programme makes a country configured, also where the process that published it was cut off.
    this.listeners.on(programmeCameIntoForce, ctx => this.configureTenant.run(ctx));
    this.content.add(async ctx => translationsOf((await this.programmes.current(ctx)).pack));
  }
}
