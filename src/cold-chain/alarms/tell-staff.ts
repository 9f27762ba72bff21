import { Injectable, type OnModuleInit } from '@nestjs/common';
import { nameFor, Places } from '../../facilities';
import { StaffDirectory } from '../../identity';
import { CountryWords } from '../../localisation';
import { PERMISSIONS } from '../../platform/access';
import type { Context } from '../../platform/context';
import { Database, type UnitOfWork } from '../../platform/database';
import { FactListeners } from '../../platform/events';
import { Texts } from '../../platform/i18n';
import { MessageSender } from '../../platform/messaging';
import { equipmentChanged, excursionDecided, excursionOpened, loggerFellSilent } from '../cold-chain.events';
import { EquipmentStore } from '../equipment/equipment.store';
import { ExcursionsStore } from '../excursions/excursions.store';
import { LoggersStore } from '../loggers/loggers.store';

/** Those who decide there, and those who look after the equipment there. */
const RESPONSIBLE: readonly string[] = [
  ...new Set<string>([...PERMISSIONS['excursion.decide'], ...PERMISSIONS['cold-equipment.register']]),
];

/** What there is to tell: a text of `cold-chain.told` and what it names; null when it is over already. */
type Finding = { key: string; about: Record<string, string | number> } | null;

/**
 * Writes to those who are responsible at a place, by their roles there: at the facility, in an area above it, or in the
 * whole country. Each alarm once, unless the service stops between sending and noting it: then twice rather than never.
 */
@Injectable()
export class TellStaff implements OnModuleInit {
  constructor(
    private readonly database: Database,
    private readonly excursions: ExcursionsStore,
    private readonly loggers: LoggersStore,
    private readonly equipment: EquipmentStore,
    private readonly places: Places,
    private readonly directory: StaffDirectory,
    private readonly words: CountryWords,
    private readonly sender: MessageSender,
    private readonly texts: Texts,
    private readonly listeners: FactListeners,
  ) {}

  onModuleInit(): void {
    this.listeners.on(excursionOpened, (ctx, { payload: { facilityId, excursionId } }) =>
      this.tell(ctx, facilityId, work => this.opened(work, facilityId, excursionId)),
    );
    this.listeners.on(excursionDecided, (ctx, { payload: { facilityId, excursionId, discardedLotIds } }) =>
      this.tell(ctx, facilityId, work => this.decided(work, facilityId, excursionId, discardedLotIds.length)),
    );
    this.listeners.on(loggerFellSilent, (ctx, { payload: { facilityId, loggerId, since } }) =>
      this.tell(ctx, facilityId, (work, instant) => this.silent(work, facilityId, loggerId, instant(since))),
    );
    this.listeners.on(equipmentChanged, (ctx, { payload: { facilityId, equipmentId, state } }) =>
      state === 'FAILED'
        ? this.tell(ctx, facilityId, work => this.failed(work, facilityId, equipmentId))
        : Promise.resolve(),
    );
  }

  private async tell(
    ctx: Context,
    facilityId: string,
    find: (work: UnitOfWork, instant: (at: string) => string) => Promise<Finding>,
  ): Promise<void> {
    const { defaultLanguage } = await this.words.profile(ctx);
    const reader = { ...ctx, languages: [defaultLanguage, ...ctx.languages] };
    const instant = instantsIn(defaultLanguage, ctx.tenant!.timeZone);
    const told = await this.database.read(ctx, async work => {
      const finding = await find(work, instant);
      if (!finding) return null;
      const place = await this.places.of(work, facilityId);
      const receivers = await this.directory.addressesAt(work, RESPONSIBLE, place);
      const names = (await this.places.namesOf(work, [facilityId])).get(facilityId)!;
      return { ...finding, receivers, place: nameFor(reader, names, facilityId) };
    });
    if (!told) return;
    const { key, about, place, receivers } = told;
    const text = this.texts.say(reader, `cold-chain.told.${key}`, { ...about, place });
    for (const receiver of receivers)
      await this.sender.send(reader, { channel: 'email', receiver, language: defaultLanguage, text });
  }

  private async opened(work: UnitOfWork, facilityId: string, id: string): Promise<Finding> {
    const excursion = await this.excursions.one(work, facilityId, id);
    if (!excursion || excursion.decidedAt) return null;
    const { side, minutes, limitCelsius } = excursion;
    const lots = (await this.excursions.lots(work, excursion)).filter(({ holdId }) => holdId !== null).length;
    return { key: side === 'low' ? 'tooCold' : 'tooWarm', about: { minutes, limit: limitCelsius, lots, id } };
  }

  private async decided(
    work: UnitOfWork,
    facilityId: string,
    id: string,
    discarded: number,
  ): Promise<Finding> {
    const lots = await this.excursions.lots(work, { facilityId, id });
    return { key: 'decided', about: { id, discarded, released: lots.length - discarded } };
  }

  private async silent(work: UnitOfWork, facilityId: string, id: string, since: string): Promise<Finding> {
    const logger = await this.loggers.one(work, facilityId, id);
    return logger && { key: 'silent', about: { serial: logger.serial, model: logger.model, since } };
  }

  private async failed(work: UnitOfWork, facilityId: string, id: string): Promise<Finding> {
    const equipment = await this.equipment.one(work, facilityId, id);
    if (equipment?.state !== 'FAILED') return null;
    const { manufacturer, model, serial } = equipment;
    return { key: 'failed', about: { manufacturer, model, serial } };
  }
}

/** Shows instants by the country's clock. */
function instantsIn(language: string, timeZone: string): (at: string) => string {
  const form = new Intl.DateTimeFormat(language, { dateStyle: 'medium', timeStyle: 'short', timeZone });
  return at => form.format(new Date(at));
}
