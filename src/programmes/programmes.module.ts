import { Global, Module, type OnModuleInit } from '@nestjs/common';
import { LocalisationStore, TranslatedContent } from '../localisation';
import { DraftPack } from './draft-pack';
import { PackSections } from './pack-sections';
import { wordingsOf } from './pack-wordings';
import { translationsOf } from './pack-translations';
import { Programmes } from './programmes';
import { ProgrammesResolver } from './programmes.resolver';
import { ProgrammesStore } from './programmes.store';
import { PublishPack } from './publish-pack';
import { ReadPacks } from './read-packs';
import { ReadProgramme } from './read-programme';

@Global()
@Module({
  providers: [
    DraftPack,
    PackSections,
    Programmes,
    ProgrammesResolver,
    ProgrammesStore,
    PublishPack,
    ReadPacks,
    ReadProgramme,
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
  ) {}

  /** The profile belongs to `localisation`, which is below and knows nothing of packs; the products are our own. */
  onModuleInit(): void {
    this.sections.add({
      name: 'profile',
      apply: (ctx, work, pack) => this.localisation.saveProfile(ctx, work, pack.profile, wordingsOf(pack)),
    });
    this.sections.add({
      name: 'products',
      apply: (_ctx, work, pack) => this.store.applyProducts(work, pack.products),
    });
    this.content.add(async ctx => translationsOf((await this.programmes.current(ctx)).pack));
  }
}
