import { Injectable } from '@nestjs/common';
import { StaffDirectory } from '../../identity';
import { CountryWords } from '../../localisation';
import type { Context } from '../../platform/context';
import { Database, type UnitOfWork } from '../../platform/database';
import { Texts } from '../../platform/i18n';
import { MessageSender } from '../../platform/messaging';
import { nameFor } from '../names';
import { Places } from '../places/places';

/** What there is to tell: key of a text and what it names beside the `place`; null when it is over already. */
export type Finding = { key: string; about: Record<string, string | number> } | null;

/** Looks again at what is to be told, as whoever reads it: `reader` has the country's language first. */
export type Look = (work: UnitOfWork, reader: Context) => Promise<Finding>;

/**
 * Writes to those who are responsible at a place, by their roles there: at the facility, in an area above it, or in the
 * whole country. Whoever calls does it once for each fact; if the service stops between sending and noting that, it is told
 * twice rather than never.
 */
@Injectable()
export class WriteToStaff {
  constructor(
    private readonly database: Database,
    private readonly places: Places,
    private readonly directory: StaffDirectory,
    private readonly words: CountryWords,
    private readonly sender: MessageSender,
    private readonly texts: Texts,
  ) {}

  async run(
    ctx: Context,
    { facilityId, roles }: { facilityId: string; roles: readonly string[] },
    look: Look,
  ): Promise<void> {
    const { defaultLanguage } = await this.words.profile(ctx);
    const reader = { ...ctx, languages: [defaultLanguage, ...ctx.languages] };
    const told = await this.database.read(ctx, async work => {
      const finding = await look(work, reader);
      if (!finding) return null;
      const place = await this.places.of(work, facilityId);
      const receivers = await this.directory.addressesAt(work, roles, place);
      const names = (await this.places.namesOf(work, [facilityId])).get(facilityId)!;
      return { ...finding, receivers, place: nameFor(reader, names, facilityId) };
    });
    if (!told) return;
    const { key, about, place, receivers } = told;
    const text = this.texts.say(reader, key, { ...about, place });
    for (const receiver of receivers)
      await this.sender.send(reader, { channel: 'email', receiver, language: defaultLanguage, text });
  }
}
