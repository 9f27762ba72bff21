import { Injectable, type OnModuleInit } from '@nestjs/common';
import { nameFor } from '../../facilities';
import { CountryWords, showCivilDate } from '../../localisation';
import type { Context } from '../../platform/context';
import { Database } from '../../platform/database';
import { FactListeners } from '../../platform/events';
import { Texts } from '../../platform/i18n';
import { MessageSender } from '../../platform/messaging';
import { type ConsignmentRow, ConsignmentsStore } from '../consignments/consignments.store';
import { type Milestone, milestonesOf } from '../consignments/plan-rules';
import { consignmentMoved } from '../delivery.events';
import { type DoorStep, heldUntil, lastMileOf } from '../doors/door-rules';
import { DoorsStore } from '../doors/doors.store';
import { HandoverSecrets } from '../doors/handover-secrets';
import { NetworkStore } from '../network/network.store';
import { ScansStore } from '../scans/scans.store';
import { isWorthTelling } from './message-rules';
import { Receivers } from './receivers';
import { type ReceiverRow, ReceiversStore } from './receivers.store';

/** What there is to tell somebody. */
interface News {
  consignment: ConsignmentRow;
  receiver: ReceiverRow;
  phone: string;
  milestone: Milestone;
  trail: readonly DoorStep[];
}

/**
 * Who waits for a consignment is told by message how it stands, in her language; with the secret when it comes to her or
 * waits for her. Never what is in it, or for whom. Each milestone once, unless the service stops between sending and
 * noting it: then twice rather than never. Of what was told late only the newest counts.
 */
@Injectable()
export class TellReceiver implements OnModuleInit {
  constructor(
    private readonly database: Database,
    private readonly consignments: ConsignmentsStore,
    private readonly scans: ScansStore,
    private readonly doors: DoorsStore,
    private readonly network: NetworkStore,
    private readonly store: ReceiversStore,
    private readonly receivers: Receivers,
    private readonly secrets: HandoverSecrets,
    private readonly words: CountryWords,
    private readonly sender: MessageSender,
    private readonly texts: Texts,
    private readonly listeners: FactListeners,
  ) {}

  onModuleInit(): void {
    this.listeners.on(consignmentMoved, (ctx, { payload }) => this.run(ctx, payload.unitId));
  }

  async run(ctx: Context, unitId: string): Promise<void> {
    const news = await this.newsOf(ctx, unitId);
    if (!news) return;
    const { receiver, phone, milestone } = news;
    const profile = await this.words.profile(ctx);
    const reader = { ...ctx, languages: [receiver.language, profile.defaultLanguage] };
    const text = await this.say(reader, news);
    await this.sender.send(reader, { channel: 'sms', receiver: phone, language: receiver.language, text });
    await this.database.write(ctx, work => this.store.markTold(ctx, work, unitId, milestone));
  }

  private newsOf(ctx: Context, unitId: string): Promise<News | null> {
    return this.database.read(ctx, async work => {
      const receiver = await this.store.of(work, unitId);
      if (!receiver || receiver.quiet) return null;
      const [consignment, trail, directions] = await Promise.all([
        this.consignments.consignment(work, unitId),
        this.scans.doorTrail(work, unitId),
        this.doors.directions(work, unitId),
      ]);
      const milestone = milestonesOf(trail, directions).at(-1);
      if (!consignment || !milestone || !isWorthTelling(milestone, ctx.now())) return null;
      if (await this.store.wasTold(work, unitId, milestone.cause)) return null;
      const phone = await this.receivers.phoneOf(ctx, work, unitId, receiver);
      return phone === null ? null : { consignment, receiver, phone, milestone, trail };
    });
  }

  private async say(reader: Context, { consignment, milestone, trail }: News): Promise<string> {
    const { status, place, reason } = milestone;
    const hubId = status === 'REDIRECTED' ? consignment.toHubId : place;
    const until = heldUntil(lastMileOf(trail, 0).held, reader.tenant!.timeZone);
    const isHeld = status === 'READY_FOR_PICKUP' && until !== null;
    const profile = await this.words.profile(reader);
    return this.texts.say(reader, `delivery.told.${isHeld ? 'READY_UNTIL' : status}`, {
      tracking: consignment.trackingCode,
      secret: (await this.secrets.of(reader, consignment.unitId)).code,
      place: hubId === null ? '' : await this.nameOf(reader, hubId),
      until: isHeld ? showCivilDate(profile, reader.languages[0]!, until) : '',
      reason: this.texts.say(reader, `delivery.failure.${reason ?? 'UNSAID'}`),
    });
  }

  private async nameOf(reader: Context, hubId: string): Promise<string> {
    const [hub] = await this.database.read(reader, work => this.network.hubsOf(work, [hubId]));
    return hub ? nameFor(reader, hub.names, hub.code) : '';
  }
}
