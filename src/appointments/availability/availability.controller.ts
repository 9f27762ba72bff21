import { Controller, Get, Inject, Query, Req, Res, UseFilters } from '@nestjs/common';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { isCivilDate } from '../../common';
import { Public } from '../../platform/access';
import { CONTEXTS, type Contexts } from '../../platform/context';
import { invalid } from '../../platform/errors';
import { inputPipe } from '../../platform/graphql';
import { AvailabilityGraphqlInput } from '../appointment.graphql';
import { Availabilities, MOST_REMEMBERED, REMEMBERED_SECONDS } from './availability';
import { AvailabilityErrors } from './availability-errors';
import { type Counted, ShortMemory } from './short-memory';

/** An answer as it is sent. */
interface Body extends Counted {
  json: Buffer;
}

/**
 * Availability by GET, for caches on the way (RFC 9111): the same question and the same answer as the query of that
 * name. `Age` is counted from the database's count, so that no cache adds its time to ours. Nobody signs in to it; a
 * token sent is not looked at.
 */
@Public()
@Controller('availability')
@UseFilters(AvailabilityErrors)
export class AvailabilityController {
  private readonly bodies = new ShortMemory<Body>(MOST_REMEMBERED, REMEMBERED_SECONDS * 1000);
  private readonly pipe = inputPipe();

  constructor(
    private readonly availabilities: Availabilities,
    @Inject(CONTEXTS) private readonly contexts: Contexts,
  ) {}

  @Get()
  async answer(
    @Req() request: FastifyRequest,
    @Res() reply: FastifyReply,
    @Query() query: Record<string, unknown>,
  ): Promise<void> {
    const { json, countedAt } = await this.bodies.of(nameOf(request), () => this.make(request, query));
    await reply
      .headers({
        'content-type': 'application/json; charset=utf-8',
        'cache-control': `public, max-age=${REMEMBERED_SECONDS}`,
        age: String(Math.floor((performance.now() - countedAt) / 1000)),
        vary: 'Accept-Language, X-Tenant',
      })
      .send(json);
  }

  private async make(request: FastifyRequest, query: Record<string, unknown>): Promise<Body> {
    const { authorization: _, ...headers } = request.headers;
    const { hostname, ip } = request;
    const ctx = await this.contexts.of({ headers, hostname, ip } as FastifyRequest);
    const { countedAt, ...answer } = await this.availabilities.run(ctx, await this.inputOf(query));
    return { json: Buffer.from(JSON.stringify(answer)), countedAt };
  }

  private async inputOf(query: Record<string, unknown>): Promise<AvailabilityGraphqlInput> {
    const { latitude, longitude, km, from, days, doseNumber, ...rest } = query;
    if (!isCivilDate(from)) throw invalid('from', 'appointments.fault.day');
    const unknown = Object.keys(rest).find(name => !TEXTS.includes(name) || typeof rest[name] !== 'string');
    if (unknown) throw invalid(unknown.slice(0, 40), 'appointments.fault.notAsked');
    const near =
      latitude === undefined
        ? {}
        : { near: { latitude: Number(latitude), longitude: Number(longitude), km: Number(km) } };
    const input = {
      ...rest,
      ...near,
      from,
      days: days === undefined ? 7 : whole(days),
      ...(doseNumber === undefined ? {} : { doseNumber: whole(doseNumber) }),
    };
    return this.pipe.transform(input, { type: 'body', metatype: AvailabilityGraphqlInput });
  }
}

/** What may be asked about besides numbers and the day. */
const TEXTS: readonly string[] = ['areaId', 'postalCode', 'facilityId', 'product', 'age'];

/** What the answer depends on: the country, the languages and the question, as they were sent. */
const nameOf = ({ hostname, headers, url }: FastifyRequest): string =>
  [hostname, headers['x-tenant'], headers['accept-language'], url].join('\n');

/** Not a number, which every bound refuses, unless it is a whole one. */
const whole = (text: unknown): number => (/^\d{1,4}$/.test(String(text)) ? Number(text) : NaN);
