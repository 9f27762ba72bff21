import { createServer, type IncomingMessage, type Server } from 'node:http';
import { Inject, Injectable, type OnApplicationShutdown } from '@nestjs/common';
import { HttpAdapterHost } from '@nestjs/core';
import type { FastifyInstance, FastifyRequest } from 'fastify';
import { CONFIG, type Config } from '../config';

const isHealth = (url: string): boolean => /^\/health(?:[/?]|$)/.test(url);

/**
 * Where an installation asks whether the service lives, apart from where everybody asks for everything else (OWASP ASVS 5.0
 * 13.4.5): each port has its own addresses, and those of the other are not found there. Nothing where no port is named.
 */
@Injectable()
export class HealthPort implements OnApplicationShutdown {
  private readonly asked = new WeakSet<IncomingMessage>();
  private door: Server | null = null;

  constructor(
    @Inject(CONFIG) private readonly config: Config,
    private readonly host: HttpAdapterHost,
  ) {}

  /**
   * Whether a request came to the port that its address is at: by the route it was led to, however the address was
   * spelled.
   */
  isAtHome({ raw, url, routeOptions }: Pick<FastifyRequest, 'raw' | 'url' | 'routeOptions'>): boolean {
    return this.config.healthPort === null || isHealth(routeOptions.url ?? url) === this.asked.has(raw);
  }

  /** To be called by whoever serves, and by no command. Throws when the port is taken. */
  async open(): Promise<void> {
    const { healthPort, host } = this.config;
    if (healthPort === null || this.door) return;
    const server = this.host.httpAdapter.getInstance<FastifyInstance>();
    const door = createServer((request, response) => {
      this.asked.add(request);
      server.routing(request, response);
    });
    this.door = door;
    await new Promise<void>((resolve, reject) => {
      door.once('error', reject).listen(healthPort, host, resolve);
    });
  }

  async onApplicationShutdown(): Promise<void> {
    const { door } = this;
    if (!door?.listening) return;
    const closed = new Promise(resolve => door.close(resolve));
    door.closeAllConnections();
    await closed;
  }

  /** Which port it is, where any free one was asked for by 0; null while it is not open. */
  get port(): number | null {
    const address = this.door?.address();
    return typeof address === 'object' ? (address?.port ?? null) : null;
  }
}
