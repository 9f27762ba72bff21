import { Controller, Get, NotFoundException, Param, Req, Res } from '@nestjs/common';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { Public } from '../../platform/access';
import { systemContext } from '../../platform/events';
import { Catalogue, type CatalogueRow } from '../../tenancy';
import { PublishKeys } from './publish-keys';
import { TrustBundles } from '../verifying/trust-bundles';

/** So long may a verifier or a cache between keep what it got: a withdrawn key is off every list after that. */
const CACHE = 'public, max-age=300';
const JSON_TYPE = 'application/json; charset=utf-8';

/**
 * What verifiers fetch, as plain files: the country by its code in the path, or by its own host. Each could be served
 * from a folder, and the ones of an archived country are.
 */
@Public()
@Controller()
export class PublishingController {
  constructor(
    private readonly catalogue: Catalogue,
    private readonly keys: PublishKeys,
    private readonly bundles: TrustBundles,
  ) {}

  @Get(['.well-known/jwks.json', ':tenant/.well-known/jwks.json'])
  async jwks(@Req() request: FastifyRequest, @Res() reply: FastifyReply, @Param('tenant') code?: string) {
    await send(reply, JSON_TYPE, await this.keys.jwks(await this.tenantOf(request, code)));
  }

  @Get(['.well-known/did.json', ':tenant/did.json'])
  async did(@Req() request: FastifyRequest, @Res() reply: FastifyReply, @Param('tenant') code?: string) {
    const document = await this.keys.didDocument(await this.tenantOf(request, code));
    await send(reply, 'application/did+ld+json', document);
  }

  @Get(['trust/dsc.json', ':tenant/trust/dsc.json'])
  async signers(@Req() request: FastifyRequest, @Res() reply: FastifyReply, @Param('tenant') code?: string) {
    const tenant = await this.tenantOf(request, code);
    await send(reply, JSON_TYPE, await this.keys.gdhcnList(systemContext(tenant), tenant));
  }

  @Get(['trust/bundle.jws', ':tenant/trust/bundle.jws'])
  async trustBundle(
    @Req() request: FastifyRequest,
    @Res() reply: FastifyReply,
    @Param('tenant') code?: string,
  ) {
    const tenant = await this.tenantOf(request, code);
    await send(reply, 'application/jose', await this.bundles.signed(systemContext(tenant)));
  }

  /** Throws 404 for a country that is not served here. */
  private async tenantOf({ hostname }: FastifyRequest, code?: string): Promise<CatalogueRow> {
    const tenant = code ? await this.catalogue.byCode(code) : await this.catalogue.byHost(hostname);
    if (!tenant) throw new NotFoundException();
    return tenant;
  }
}

/** Anybody's page may read it: verifiers run in browsers too. */
async function send(reply: FastifyReply, type: string, body: object | string): Promise<void> {
  await reply
    .type(type)
    .header('cache-control', CACHE)
    .header('access-control-allow-origin', '*')
    .header('cross-origin-resource-policy', 'cross-origin')
    .send(typeof body === 'string' ? body : JSON.stringify(body));
}
