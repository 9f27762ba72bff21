import { Controller, Get, NotFoundException, Param, Req, Res } from '@nestjs/common';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { vaccinationTypePath } from '../../codecs/sd-jwt';
import { vaccinationContext, vaccinationContextPath } from '../../codecs/verifiable-credentials';
import { Public } from '../../platform/access';
import { systemContext } from '../../platform/events';
import { Catalogue, type CatalogueRow } from '../../tenancy';
import { PublishKeys } from './publish-keys';
import { PublishRevocations } from './publish-revocations';
import { PublishStatusList } from './publish-status-list';
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
    private readonly revocations: PublishRevocations,
    private readonly statusLists: PublishStatusList,
  ) {}

  @Get(['.well-known/jwks.json', ':tenant/.well-known/jwks.json'])
  async jwks(@Req() request: FastifyRequest, @Res() reply: FastifyReply, @Param('tenant') code?: string) {
    const tenant = await this.tenantOf(request, code);
    await send(reply, JSON_TYPE, await this.keys.jwks(systemContext(tenant), tenant));
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

  @Get(['trust/revocations.jws', ':tenant/trust/revocations.jws'])
  async revoked(@Req() request: FastifyRequest, @Res() reply: FastifyReply, @Param('tenant') code?: string) {
    const tenant = await this.tenantOf(request, code);
    await send(reply, 'application/jose', await this.revocations.dccList(systemContext(tenant), tenant));
  }

  @Get(['.well-known/crl/:file', ':tenant/.well-known/crl/:file'])
  async cards(
    @Req() request: FastifyRequest,
    @Res() reply: FastifyReply,
    @Param('file') file: string,
    @Param('tenant') code?: string,
  ) {
    const tenant = await this.tenantOf(request, code);
    const thumbprint = /^([\w-]+)\.json$/.exec(file)?.[1] ?? '';
    const list = await this.revocations.cardList(systemContext(tenant), tenant, thumbprint);
    await send(reply, JSON_TYPE, list ?? notFound());
  }

  @Get(['trust/status/:number', ':tenant/trust/status/:number'])
  async statusList(
    @Req() request: FastifyRequest,
    @Res() reply: FastifyReply,
    @Param('number') number: string,
    @Param('tenant') code?: string,
  ) {
    const tenant = await this.tenantOf(request, code);
    const list = await this.statusLists.bitstring(systemContext(tenant), tenant, listNumber(number));
    await send(reply, 'application/vc', list ?? notFound());
  }

  @Get(['trust/token-status/:number', ':tenant/trust/token-status/:number'])
  async tokenStatusList(
    @Req() request: FastifyRequest,
    @Res() reply: FastifyReply,
    @Param('number') number: string,
    @Param('tenant') code?: string,
  ) {
    const tenant = await this.tenantOf(request, code);
    const list = await this.statusLists.token(systemContext(tenant), tenant, listNumber(number));
    await send(reply, 'application/statuslist+jwt', list ?? notFound());
  }

  /**
   * Where the keys of an issuer of SD-JWT VCs are (draft-ietf-oauth-sd-jwt-vc, section 5): before the issuer's own
   * path.
   */
  @Get('.well-known/jwt-vc-issuer/:tenant')
  async issuer(@Req() request: FastifyRequest, @Res() reply: FastifyReply, @Param('tenant') code: string) {
    await send(reply, JSON_TYPE, this.keys.issuerMetadata(await this.tenantOf(request, code)));
  }

  /** What our SD-JWT VCs are, the same for every country. */
  @Get(vaccinationTypePath)
  async type(@Res() reply: FastifyReply) {
    await send(reply, JSON_TYPE, this.keys.vaccinationType());
  }

  /** What the terms of our W3C credentials mean, the same for every country. */
  @Get(vaccinationContextPath)
  async context(@Res() reply: FastifyReply) {
    await send(reply, 'application/ld+json', vaccinationContext);
  }

  /** Throws 404 for a country that is not served here. */
  private async tenantOf({ hostname }: FastifyRequest, code?: string): Promise<CatalogueRow> {
    const tenant = code ? await this.catalogue.byCode(code) : await this.catalogue.byHost(hostname);
    return tenant ?? notFound();
  }
}

function notFound(): never {
  throw new NotFoundException();
}

/** Of a list as its address has it: from 1, of six digits at the most. */
const listNumber = (text: string): number => (/^[1-9]\d{0,5}$/.test(text) ? Number(text) : notFound());

/** Anybody's page may read it: verifiers run in browsers too. */
async function send(reply: FastifyReply, type: string, body: object | string): Promise<void> {
  await reply
    .type(type)
    .header('cache-control', CACHE)
    .header('access-control-allow-origin', '*')
    .header('cross-origin-resource-policy', 'cross-origin')
    .send(typeof body === 'string' ? body : JSON.stringify(body));
}
