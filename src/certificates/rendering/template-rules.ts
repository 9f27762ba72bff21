import type { CertificateTemplate } from '../../programmes';

/**
 * The first template that is for this language and for nothing but these vaccines; undefined where none is, and the page
 * is plain. `vaccines` are codes of the schedule.
 */
export function templateFor(
  templates: readonly CertificateTemplate[],
  language: string,
  vaccines: readonly string[],
): CertificateTemplate | undefined {
  return templates.find(
    template =>
      (template.languages?.includes(language) ?? true) &&
      (template.vaccines === undefined || vaccines.every(code => template.vaccines!.includes(code))),
  );
}
