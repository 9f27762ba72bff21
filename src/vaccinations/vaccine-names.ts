import { pickText } from '../localisation';
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
