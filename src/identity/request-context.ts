import { randomUUID } from 'node:crypto';
import { Injectable } from '@nestjs/common';
import type { FastifyRequest } from 'fastify';
import { newId } from '../common';
import { CountryWords, negotiate } from '../localisation';
import type { Context } from '../platform/context';
import { AppError } from '../platform/errors';
import { SOURCE_LANGUAGE, Texts } from '../platform/i18n';
import { Catalogue, type CatalogueRow } from '../tenancy';
import { PartnerQuotas } from './partners/partner-quotas';
import { deviceName } from './sign-ins/sign-in-rules';
import { Authenticate } from './tokens/authenticate';

const TRACEPARENT = /^00-([0-9a-f]{32})-[0-9a-f]{16}-[0-9a-f]{2}$/;

/** Makes the context of a request: tenant by header or host, actor by token, languages by Accept-Language. */
@Injectable()
export class RequestContext {
  constructor(
    private readonly catalogue: Catalogue,
    private readonly authenticate: Authenticate,
    private readonly words: CountryWords,
    private readonly texts: Texts,
    private readonly quotas: PartnerQuotas,
  ) {}

  /** Throws TENANT_NOT_SERVED for a named country that is not here, UNAUTHENTICATED for a token that does not verify, RATE_LIMITED for a
   * partner above its quota. */
  async of(
    request: Pick<FastifyRequest, 'headers' | 'hostname' | 'host' | 'ip' | 'method' | 'url'>,
  ): Promise<Context> {
    const tenant = await this.tenantOf(request);
    const now = (): Date => new Date();
    const { authorization, dpop: proof, 'user-agent': userAgent } = request.headers;
    const { actor, key } = await this.authenticate.run({ tenant, now }, { authorization, proof, request });
    await this.quotas.count({ tenant, now }, actor, request.headers);
    return {
      tenant,
      actor,
      device: { name: deviceName(userAgent), key },
      languages: await this.languagesFor(tenant, request.headers['accept-language']),
      now,
      newId,
      traceId: TRACEPARENT.exec(String(request.headers.traceparent))?.[1] ?? randomUUID().replaceAll('-', ''),
      address: request.ip,
      purpose: purposeOf(request.headers['x-purpose']),
    };
  }

  /** The product's languages in the order that the caller likes them: what can be said before her tenant is known. */
  languagesOf(request: Pick<FastifyRequest, 'headers'>): readonly string[] {
    return this.productChain(request.headers['accept-language']);
  }

  private async tenantOf(
    request: Pick<FastifyRequest, 'headers' | 'hostname'>,
  ): Promise<CatalogueRow | null> {
    const named = request.headers['x-tenant'];
    if (named === undefined) return this.catalogue.byHost(request.hostname);
    const tenant = typeof named === 'string' ? await this.catalogue.byCode(named) : null;
    if (!tenant) throw new AppError('TENANT_NOT_SERVED');
    return tenant;
  }

  private async languagesFor(
    tenant: CatalogueRow | null,
    header: string | undefined,
  ): Promise<readonly string[]> {
    return tenant ? this.words.chain(tenant, header) : this.productChain(header);
  }

  private productChain(header: string | undefined): string[] {
    return negotiate(header, this.texts.productLanguages(), SOURCE_LANGUAGE);
  }
}

/** A purpose is a short code of the caller's, kept in the audit; anything else is not kept. */
function purposeOf(header: string | string[] | undefined): string | null {
  return typeof header === 'string' && /^[A-Za-z0-9._ -]{1,60}$/.test(header) ? header : null;
}
