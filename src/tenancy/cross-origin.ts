import { Inject, Injectable } from '@nestjs/common';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { CONFIG, type Config } from '../platform/config';
import { Catalogue } from './catalogue';

/** What a page of an allowed origin may send and read: the API's own headers, and no cookie, for there is none. */
const ALLOWED = {
  'access-control-allow-methods': 'GET, POST',
  'access-control-allow-headers':
    'authorization, content-type, dpop, x-tenant, x-purpose, traceparent, apollo-require-preflight',
  'access-control-max-age': '600',
};
const READABLE = { 'access-control-expose-headers': 'retry-after' };

/**
 * Which pages on other origins may call the API for which country (CORS, Fetch standard §3.2): those that the installation
 * lists for it, to the letter. No origin is reflected, `null` is none, and who is not listed is told nothing.
 */
@Injectable()
export class CrossOrigin {
  constructor(
    @Inject(CONFIG) private readonly config: Config,
    private readonly catalogue: Catalogue,
  ) {}

  /** Says so in the answer's headers; answers a preflight itself. */
  async answer(request: FastifyRequest, reply: FastifyReply): Promise<void> {
    const { origin } = request.headers;
    void reply.header('vary', 'Origin');
    if (origin === undefined) return;
    const asksFirst = request.method === 'OPTIONS' && 'access-control-request-method' in request.headers;
    // A preflight names no country but by its host: whether one has this origin, the call itself then says which.
    const allowed = asksFirst ? this.ofAny(origin) : this.of(await this.countryOf(request)).includes(origin);
    if (!allowed) return;
    void reply.headers({ 'access-control-allow-origin': origin, ...(asksFirst ? ALLOWED : READABLE) });
    if (asksFirst) await reply.status(204).send();
  }

  private of(country: string | undefined): readonly string[] {
    return this.config.origins.get(country ?? '') ?? [];
  }

  private ofAny(origin: string): boolean {
    return [...this.config.origins.values()].some(origins => origins.includes(origin));
  }

  private async countryOf({ headers, hostname }: FastifyRequest): Promise<string | undefined> {
    const named = headers['x-tenant'];
    return typeof named === 'string' ? named : (await this.catalogue.byHost(hostname))?.code;
  }
}
