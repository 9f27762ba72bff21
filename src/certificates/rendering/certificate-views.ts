import { Inject, Injectable } from '@nestjs/common';
import { type CertifiedDose } from '../../codecs';
import { civilDayOf } from '../../common';
import { nameFor } from '../../facilities';
import { CountryWords, pickText, showCivilDate } from '../../localisation';
import { CONFIG, type Config } from '../../platform/config';
import type { Context } from '../../platform/context';
import { Texts } from '../../platform/i18n';
import { type PackTextKey, type Programme, Programmes } from '../../programmes';
import { Catalogue, type CatalogueRow } from '../../tenancy';
import { codeOf } from '../certificate-content';
import type { CertificateView, LabelledText, PrintedDose } from './certificate-view';
import { showBirthDate, showNumber, showShortDate } from './printed-words';
import type { Standing } from './standing-rules';
import { templateFor } from './template-rules';

/** What a page says, before it is in any language. */
export interface ToPrint {
  /** The text of the code. */
  qrText: string;
  number: string;
  name: string;
  /** As far as it is known. */
  birthDate?: string;
  /** Oldest first, as they were signed. */
  doses: readonly CertifiedDose[];
  /** Where each dose was given, in the order of `doses`; names by language. */
  places: readonly Readonly<Record<string, string>>[];
  issuedAt: Date;
  expiresAt: Date;
  /** Whether doses of these vaccines are still to come; left out where nobody asked the schedule. */
  standing?: Standing;
}

/** Says all that stands on a page in a language of the country, by the words and the template of a pack. */
@Injectable()
export class CertificateViews {
  constructor(
    private readonly programmes: Programmes,
    private readonly words: CountryWords,
    private readonly catalogue: Catalogue,
    private readonly texts: Texts,
    @Inject(CONFIG) private readonly config: Config,
  ) {}

  /**
   * `language` (BCP 47) is looked for among the country's, the caller's own comes next: the page is in the first of them
   * that the pack has worded its certificates in. `only` is the code of the template to take, fitting or not.
   */
  async of(
    ctx: Context,
    programme: Programme,
    certificate: ToPrint,
    language: string | null,
    only?: string,
  ): Promise<CertificateView> {
    const tenant = (await this.catalogue.byCode(ctx.tenant!.code))!;
    const inLanguage = await this.languageOf(ctx, tenant, programme, language);
    return this.view(inLanguage, tenant, programme, certificate, only);
  }

  private async languageOf(
    ctx: Context,
    tenant: CatalogueRow,
    { pack: { texts, profile } }: Programme,
    asked: string | null,
  ): Promise<Context> {
    const chain = asked ? [...(await this.words.chain(tenant, asked)), ...ctx.languages] : ctx.languages;
    const language = chain.find(code => texts[code]) ?? profile.defaultLanguage;
    return { ...ctx, languages: [language, ...chain] };
  }

  private view(
    ctx: Context,
    tenant: CatalogueRow,
    programme: Programme,
    certificate: ToPrint,
    only: string | undefined,
  ): CertificateView {
    const { pack } = programme;
    const { profile, certificateTemplates = [] } = pack;
    const language = ctx.languages[0]!;
    const chain = [...ctx.languages, profile.defaultLanguage];
    const say = (key: PackTextKey, params = {}): string => this.programmes.sayIn(pack, ctx, key, params);
    const vaccines = certificate.doses.flatMap(({ vp }) => vaccineOf(programme, vp) ?? []);
    const template = only
      ? certificateTemplates.find(({ code }) => code === only)
      : templateFor(certificateTemplates, language, vaccines);
    const day = (label: string, instant: Date): LabelledText => ({
      label,
      text: showCivilDate(profile, language, civilDayOf(instant, tenant.timeZone)),
    });
    return {
      language,
      direction: profile.languages.find(({ code }) => code === language)?.direction ?? 'ltr',
      issuer: nameFor(
        { ...ctx, languages: [...ctx.languages, ...tenant.languages] },
        tenant.names,
        tenant.code,
      ),
      title: (template?.title && pickText(template.title, chain)) ?? say('certificate.title'),
      holder: {
        label: say('certificate.person'),
        text: certificate.name,
        facts: certificate.birthDate
          ? [
              {
                label: say('certificate.birthDate'),
                text: showBirthDate(profile, language, certificate.birthDate),
              },
            ]
          : [],
      },
      columns: {
        vaccine: say('certificate.vaccine'),
        dose: say('certificate.dose'),
        date: say('certificate.date'),
        lot: say('certificate.lot'),
        place: say('certificate.facility'),
      },
      doses: certificate.doses.map((dose, index): PrintedDose => ({
        vaccine: nameOf(programme, chain, dose),
        dose: showNumber(profile, language, dose.dn),
        date: showShortDate(profile, language, dose.dt),
        lot: dose.bo ?? '',
        place: nameFor(ctx, certificate.places[index] ?? {}, ''),
      })),
      qrText: certificate.qrText,
      qrHint: say('certificate.verify', { url: `${this.config.publicUrl}/verify` }),
      certificateId: { label: say('certificate.number'), text: certificate.number },
      dates: [
        day(say('certificate.issuedOn'), certificate.issuedAt),
        day(this.texts.say(ctx, 'certificates.validUntil'), certificate.expiresAt),
      ],
      notices: (template?.notices ?? []).flatMap(({ text }) => pickText(text, chain) ?? []),
      ...(certificate.standing
        ? { standing: this.texts.say(ctx, `certificates.standing.${certificate.standing}`) }
        : {}),
      ...(template ? { accent: template.accent, emblem: template.emblem } : {}),
    };
  }
}

/** The vaccine of the schedule that a signed code names, where it names just one. */
function vaccineOf({ pack }: Programme, code: string): string | undefined {
  const named = pack.products.filter(
    ({ codes, vaccine }) => codeOf({ codes, vaccineCode: vaccine }) === code,
  );
  const [first, ...others] = new Set(named.map(({ vaccine }) => vaccine));
  return others.length === 0 ? first : undefined;
}

/** A code that the pack's products do not tell apart keeps the word that was signed. */
function nameOf(programme: Programme, chain: readonly string[], { vp, vd }: CertifiedDose): string {
  const code = vaccineOf(programme, vp);
  const vaccine = programme.pack.schedule.vaccines.find(one => one.code === code);
  return (vaccine && pickText(vaccine.name, chain)) ?? vd;
}
