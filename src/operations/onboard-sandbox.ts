import type { NestFastifyApplication } from '@nestjs/platform-fastify';
import { OpenOperatorAccount } from '../identity';
import type { Config } from '../platform/config';
import { systemContext } from '../platform/events';
import { Catalogue } from '../tenancy';
import { Client } from './client';
import { castCodes, castOf } from './journey/cast';
import { onboard, type Operator } from './journey/onboard';
import { settle } from './journey/settle';
import { Story } from './journey/story';
import { SANDBOX_OPERATOR } from './sandbox-operator';

/**
 * Fills a sandbox: its operator, and each country of `sandbox/` that is not there yet, by the same calls that a
 * ministry makes, over the API. What is there is kept, and a country that was left half-way is finished.
 */
export async function onboardSandbox(
  app: NestFastifyApplication,
  config: Config,
  url: string,
  say: (line: string) => void,
): Promise<Operator> {
  const operator = { email: SANDBOX_OPERATOR, password: config.sandboxPassword! };
  await app.get(OpenOperatorAccount).run(systemContext(null), { ...operator, name: 'Sandbox operator' });
  for (const code of castCodes()) {
    const known = await app.get(Catalogue).byCode(code);
    const story = new Story(line => (known?.state === 'LIVE' ? undefined : say(`  ${line}`)));
    const onboarded = await onboard(story, new Client(url), operator, code, castOf(code));
    await settle(story, onboarded);
  }
  return operator;
}
