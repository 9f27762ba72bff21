import { pickText, type TextByLanguage } from '../localisation';
import type { Context } from '../platform/context';
import type { Programme } from '../programmes';

/** What a vaccine group of the country's schedule is called in the caller's language; its code when it has no name. */
export function groupName(ctx: Context, { pack }: Programme, code: string): string {
  const { vaccineGroups } = pack.schedule;
  const name = vaccineGroups.find(group => group.code === code)?.name ?? {};
  return pickText(name, [...ctx.languages, pack.profile.defaultLanguage]) ?? code;
}

/** What a product is called in the caller's language; its code when the programme in force no longer has it. */
export function productName(ctx: Context, { pack }: Programme, code: string): string {
  const name = pack.products.find(product => product.code === code)?.name ?? {};
  return pickText(name, [...ctx.languages, pack.profile.defaultLanguage]) ?? code;
}

/** Products in use whose vaccine is one of these, with what they are called in the caller's language. */
export const productsFor = (
  ctx: Context,
  programme: Programme,
  vaccines: readonly string[],
): { code: string; name: string; vaccine: string }[] =>
  programme.pack.products
    .filter(({ vaccine }) => vaccines.includes(vaccine))
    .map(({ code, vaccine }) => ({ code, vaccine, name: productName(ctx, programme, code) }));

/** Words of the schedule in the caller's language; else in any that it has. */
export const scheduleText = (ctx: Context, { pack }: Programme, words: TextByLanguage): string =>
  pickText(words, [...ctx.languages, pack.profile.defaultLanguage]) ?? Object.values(words)[0] ?? '';

/** What a vaccine of the country's schedule is called in the caller's language; its code when it has no name. */
export function vaccineName(ctx: Context, { pack }: Programme, code: string): string {
  const name = pack.schedule.vaccines.find(vaccine => vaccine.code === code)?.name ?? {};
  return pickText(name, [...ctx.languages, pack.profile.defaultLanguage]) ?? code;
}
