import { Injectable } from '@nestjs/common';
import { isSpan } from '../../../common';
import { civilNow, Places } from '../../../facilities';
import { mayAnywhere } from '../../../platform/access';
import type { Context } from '../../../platform/context';
import { Database } from '../../../platform/database';
import { invalid, notFound } from '../../../platform/errors';
import { Texts } from '../../../platform/i18n';
import { Programmes } from '../../../programmes';
import { bornFor } from '../../appointment-rules';
import { PlaceAlert, TooManyAlerts, type WatchPlacesGraphqlInput } from './alerts.graphql';
import { type AlertRow, AlertsStore } from './alerts.store';

/** How many alerts an account has at the most. */
const MOST = 5;

/** A citizen says what she wants to be told of, and when no more. */
@Injectable()
export class WatchPlaces {
  constructor(
    private readonly database: Database,
    private readonly places: Places,
    private readonly programmes: Programmes,
    private readonly store: AlertsStore,
    private readonly texts: Texts,
  ) {}

  /**
   * The same wish again is the same alert. Throws NOT_FOUND for an area, INVALID_INPUT for a vaccine or age, that is
   * none.
   */
  async watch(ctx: Context, input: WatchPlacesGraphqlInput): Promise<PlaceAlert | TooManyAlerts> {
    mayAnywhere(ctx, 'appointment.book-own');
    if (input.age && !isSpan(input.age)) throw invalid('age', 'facilities.fault.age');
    const born = input.age ? bornFor(input.age, civilNow(ctx).date).earliest : null;
    const vaccine = input.vaccine ?? null;
    return this.database.write(ctx, async work => {
      await this.places.areaPath(work, input.areaId);
      const products = await this.programmes.products(ctx, work);
      if (vaccine && !products.some(product => product.vaccine === vaccine))
        throw invalid('vaccine', 'appointments.alert.fault.vaccine');
      const mine = await this.store.of(work, ctx.actor.id!);
      const known = mine.find(
        each => each.areaId === input.areaId && each.vaccine === vaccine && each.born === born,
      );
      if (known) return alertView(known);
      if (mine.length >= MOST)
        return Object.assign(new TooManyAlerts(), {
          message: this.texts.say(ctx, 'appointments.alert.tooMany', { most: MOST }),
          most: MOST,
        });
      const alert = {
        accountId: ctx.actor.id!,
        id: ctx.newId(),
        areaId: input.areaId,
        vaccine,
        born,
        language: ctx.languages[0]!,
      };
      await this.store.add(work, alert, ctx.now());
      return alertView({ ...alert, toldAt: null, endedAt: null });
    });
  }

  /** Ends an alert, at once and for good. Throws NOT_FOUND. */
  async end(ctx: Context, id: string): Promise<PlaceAlert> {
    mayAnywhere(ctx, 'appointment.book-own');
    const ended = await this.database.write(ctx, work => this.store.end(work, ctx.actor.id!, id, ctx.now()));
    if (!ended) throw notFound();
    return alertView(ended);
  }

  /** The citizen's alerts that are on. */
  async mine(ctx: Context): Promise<PlaceAlert[]> {
    mayAnywhere(ctx, 'appointment.book-own');
    const rows = await this.database.read(ctx, work => this.store.of(work, ctx.actor.id!));
    return rows.map(alertView);
  }
}

const alertView = ({ id, areaId, vaccine, born, toldAt, endedAt }: AlertRow): PlaceAlert =>
  Object.assign(new PlaceAlert(), { id, areaId, vaccine, born, toldAt, endedAt });
