import { SANDBOX_OPERATOR } from '../sandbox-operator';
import { Client } from '../client';
import { castCodes, castOf } from './cast';
import { freshCode } from './onboard';
import { Story } from './story';
import { tellJourney } from './tell-journey';

/** `node dist/src/operations/journey/main.js [country [language]]`, called by `npm run journey`. */
async function main([country, language]: string[]): Promise<void> {
  const operator = { email: SANDBOX_OPERATOR, password: process.env.TIKASETU_SANDBOX_PASSWORD! };
  const client = new Client(process.env.TIKASETU_URL!);
  for (const code of country ? [country] : castCodes()) {
    const cast = castOf(code);
    for (const spoken of language ? [language] : cast.journeyLanguages) {
      const story = new Story(line => process.stdout.write(`${line}\n`));
      story.chapter(`═══ ${code} in ${spoken} ═══`);
      await tellJourney(story, client, operator, { code: freshCode(code), cast, language: spoken });
    }
  }
}

void main(process.argv.slice(2)).catch((error: Error) => {
  process.stderr.write(`${error.stack ?? error.message}\n`);
  process.exitCode = 1;
});
