import { Injectable } from '@nestjs/common';
import type { Context } from '../../platform/context';
import type { Refusal } from '../../platform/graphql';
import { Texts } from '../../platform/i18n';
import { SAID } from './publication.refusals';

/** Makes refusals, said in the caller's language. */
@Injectable()
export class Refuse {
  constructor(private readonly texts: Texts) {}

  with<T extends Refusal>(ctx: Context, kind: new () => T, facts: Omit<T, 'message'>): T {
    const refusal = Object.assign(new kind(), facts);
    const [key, params] = SAID.get(kind)!(refusal as never);
    return Object.assign(refusal, { message: this.texts.say(ctx, key, params) });
  }
}
