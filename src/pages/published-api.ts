import { Injectable } from '@nestjs/common';
import { HttpAdapterHost } from '@nestjs/core';
import type { FastifyInstance } from 'fastify';
import type { Visit } from './visit';

/** What the API answers: data, or the reason in the visitor's language. */
export interface ApiAnswer<Data> {
  data?: Data | null;
  errors?: { message: string }[];
}

/** A page is a client of the published API like any other: the same limits and the same answers, without a network. */
@Injectable()
export class PublishedApi {
  constructor(private readonly host: HttpAdapterHost) {}

  /** `country`: its code, for what only a country can answer. */
  async ask<Data>(
    visit: Visit,
    query: string,
    variables: Record<string, unknown>,
    country?: string,
  ): Promise<ApiAnswer<Data>> {
    const answer = await this.host.httpAdapter.getInstance<FastifyInstance>().inject({
      method: 'POST',
      url: '/graphql',
      headers: {
        'accept-language': visit.ctx.languages.join(', '),
        ...(country ? { 'x-tenant': country } : {}),
      },
      remoteAddress: visit.ctx.address ?? undefined,
      payload: { query, variables },
    });
    return answer.json<ApiAnswer<Data>>();
  }
}
