import { GraphQLError } from 'graphql';
import { systemContext } from '../../events';
import { AppError, type ErrorCode, invalid } from '../../errors';
import type { Texts } from '../../i18n';
import type { Logger } from '../../logging';
import { errorsPlugin } from './errors-plugin';

/** What an attempt to get by a control is answered with: by validation, by rules, by rights, by limits. */
const ATTEMPTS: ErrorCode[] = [
  'BAD_REQUEST',
  'FORBIDDEN',
  'INVALID_INPUT',
  'NOT_FOUND',
  'OPERATION_TOO_COMPLEX',
  'RATE_LIMITED',
  'STATE_FORBIDS',
  'STEP_UP_NEEDED',
  'UNAUTHENTICATED',
];

describe('an attempt that a control refused', () => {
  const lines: { level: string; line: Record<string, unknown> }[] = [];
  const note = (level: string) => (line: Record<string, unknown>) => void lines.push({ level, line });
  const logger = { debug: note('debug'), info: note('info'), warn: note('warn'), error: note('error') };
  const texts = { say: (_: unknown, key: string) => key } as unknown as Texts;
  const contextValue = { ...systemContext(null), actor: { kind: 'staff', id: 'account', grants: [] } };
  const refuse = async (thrown: AppError): Promise<void> => {
    const request = await errorsPlugin(texts, logger as unknown as Logger).requestDidStart!({} as never);
    const error = new GraphQLError(thrown.message, { originalError: thrown, path: ['findPersons'] });
    await (request as { didEncounterErrors: (about: unknown) => Promise<void> }).didEncounterErrors({
      contextValue,
      errors: [error],
    });
  };
  beforeEach(() => void lines.splice(0));

  it.each(ATTEMPTS)('is a line of an ordinary log, with who it was and where: %s', async code => {
    await refuse(new AppError(code));

    expect(lines).toHaveLength(1);
    expect(['info', 'warn']).toContain(lines[0]!.level);
    expect(lines[0]!.line).toMatchObject({
      code,
      path: ['findPersons'],
      actor: { kind: 'staff', id: 'account' },
    });
  });

  it('says nothing of what was sent', async () => {
    await refuse(invalid('input.phone', 'validation.phone', { value: '0171 555' }));

    expect(JSON.stringify(lines)).not.toContain('0171');
  });
});
