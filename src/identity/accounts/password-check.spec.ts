import type { TenantRef } from '../../platform/context';
import type { AppError } from '../../platform/errors';
import type { Catalogue } from '../../tenancy';
import type { BreachService } from './breach-service';
import { PasswordCheck } from './password-check';

const HERS = 'amina.rahman@health.example';
const ruritania = { code: 'rr' } as TenantRef;

/** With one country in the catalogue, and an outside service that knows one password. */
function checking(): PasswordCheck {
  const row = { names: { en: 'Ruritania', de: 'Königreich Ruritanien' }, hosts: ['impfen.strelsau.example'] };
  const catalogue = { byCode: async (code: string) => (code === 'rr' ? row : null) } as unknown as Catalogue;
  const breaches = { knows: async (password: string) => password === 'stolen somewhere else' };
  return new PasswordCheck(catalogue, breaches as BreachService);
}
const faultOf = (tenant: TenantRef | null, password: string): Promise<unknown> =>
  checking()
    .run({ tenant }, 'password', password, HERS)
    .then(
      () => null,
      (error: AppError) => error.faults[0]!.message,
    );

describe('a password that somebody chooses', () => {
  it.each([
    ['Ruritania2026!!', 'validation.passwordCommon'],
    ['KÖNIGREICH 12345', 'validation.passwordCommon'],
    ['strelsau-strelsau', 'validation.passwordCommon'],
    ['my cat is R4hm4n', 'validation.passwordOfAddress'],
    ['sonyericsson', 'validation.passwordBreached'],
    ['stolen somewhere else', 'validation.passwordBreached'],
    ['correct horse battery staple', null],
  ])('%s: %s', async (password, fault) => {
    await expect(faultOf(ruritania, password)).resolves.toBe(fault);
  });

  it('may have the words of a country in which nobody works who chooses it', async () => {
    await expect(faultOf(null, 'KÖNIGREICH 12345')).resolves.toBeNull();
  });
});
