import { createHash } from 'node:crypto';
import { Inject, Injectable } from '@nestjs/common';
import { CONFIG, type Config } from '../../platform/config';
import { LOGGER, type Logger } from '../../platform/logging';
import { Outbound } from '../../platform/outbound';

/** Digits of the hash that are told; what is left of it stays here. */
const TOLD = 5;
/** Somebody waits for the answer at a form. */
const PATIENCE_MS = 3_000;

/**
 * Passwords found in breaches, asked of a service that learns five hexadecimal digits and gives back every hash that
 * begins with them (the range API of Have I Been Pwned, which anybody can copy and serve). Only where the installation
 * names one; when it does not answer, the list that comes with us is all that is compared.
 */
@Injectable()
export class BreachService {
  constructor(
    @Inject(CONFIG) private readonly config: Pick<Config, 'breachedPasswordsUrl'>,
    private readonly outbound: Outbound,
    @Inject(LOGGER) private readonly log: Pick<Logger, 'warn'>,
  ) {}

  /** Whether the service knows it; false without a service, and when it does not answer. */
  async knows(password: string): Promise<boolean> {
    const { breachedPasswordsUrl: url } = this.config;
    if (!url) return false;
    const hash = createHash('sha1').update(password).digest('hex').toUpperCase();
    try {
      const answer = await this.ask(`${url}${hash.slice(0, TOLD)}`);
      return countIn(answer, hash.slice(TOLD)) > 0;
    } catch (error) {
      this.log.warn({ err: error }, 'the service of breached passwords did not answer');
      return false;
    }
  }

  private async ask(url: string): Promise<string> {
    // Padded answers are all of about one length, so that whoever sees the wire does not learn the digits by it.
    const headers = { 'add-padding': 'true' };
    const { status, body } = await this.outbound.send({
      url,
      method: 'GET',
      headers,
      patienceMs: PATIENCE_MS,
    });
    if (status !== 200) throw new Error(`status ${status}`);
    return body.toString('latin1');
  }
}

/** Lines are `<the rest of the hash>:<how often>`; how often is 0 in those that only pad. */
function countIn(answer: string, rest: string): number {
  const line = answer.split(/\r?\n/).find(one => one.startsWith(`${rest}:`));
  return Number(line?.slice(rest.length + 1) ?? 0);
}
