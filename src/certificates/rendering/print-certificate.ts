import { Inject, Injectable } from '@nestjs/common';
import { AuditTrail } from '../../audit';
import { civilDayOf } from '../../common';
import { nameFor, Places } from '../../facilities';
import { CountryWords, showCivilDate } from '../../localisation';
import { CONFIG, type Config } from '../../platform/config';
import type { Context } from '../../platform/context';
import { Database } from '../../platform/database';
import { Texts } from '../../platform/i18n';
import { type CountryPack, type PackTextKey, Programmes } from '../../programmes';
import { mayFor, Persons } from '../../registry';
import { Catalogue, type CatalogueRow } from '../../tenancy';
import { Doses } from '../../vaccinations';
import { CertifiedVaccines } from '../certified-vaccines';
import { showBirthDate, showNumber, showShortDate } from './printed-words';
import { type ReadCertificate, READERS } from '../read-certificates';
import type { CertificateView, PrintedDose } from './certificate-view';
import { renderCertificatePdf } from './render-certificate-pdf';

/** Makes a certificate a page to print or to show, in a language of the country. */
@Injectable()
export class PrintCertificate {
  constructor(
    private readonly database: Database,
    private readonly persons: Persons,
    private readonly doses: Doses,
    private readonly places: Places,
    private readonly programmes: Programmes,
    private readonly words: CountryWords,
    private readonly vaccines: CertifiedVaccines,
    private readonly catalogue: Catalogue,
    private readonly texts: Texts,
    private readonly audit: AuditTrail,
    @Inject(CONFIG) private readonly config: Config,
  ) {}

  /**
   * The PDF in base64; null for a revoked certificate, which nobody should print. `language` (BCP 47) is looked for
   * among the country's, the caller's own comes next. Throws NOT_FOUND for a person who is not the caller's to see.
   */
  async run(ctx: Context, certificate: ReadCertificate, language: string | null): Promise<string | null> {
    const places = await this.placesOf(ctx, certificate);
    if (certificate.status === 'REVOKED') return null;
    const tenant = (await this.catalogue.byCode(ctx.tenant!.code))!;
    const { pack } = await this.programmes.current(ctx);
    const inLanguage = await this.languageOf(ctx, tenant, pack, language);
    const view = await this.view(inLanguage, tenant, pack, certificate, places);
    return Buffer.from(renderCertificatePdf(view)).toString('base64');
  }

  /** Where each dose was given, by the vaccination's id. */
  private placesOf(
    ctx: Context,
    { id, personId }: ReadCertificate,
  ): Promise<Map<string, Record<string, string>>> {
    return this.database.read(ctx, async work => {
      mayFor(ctx, READERS, await this.persons.byId(ctx, work, personId));
      this.audit.record(ctx, work, {
        action: 'certificate.print',
        resource: { type: 'certificate', id },
        personId,
      });
      const doses = await this.doses.ofPerson(ctx, work, personId);
      const names = await this.places.namesOf(
        work,
        doses.map(({ facilityId }) => facilityId),
      );
      return new Map(doses.map(dose => [dose.id, names.get(dose.facilityId) ?? {}]));
    });
  }

  /** The page is in one language: the first of the chain that the country has worded its certificates in. */
  private async languageOf(
    ctx: Context,
    tenant: CatalogueRow,
    { texts, profile }: CountryPack,
    asked: string | null,
  ): Promise<Context> {
    const chain = asked ? [...(await this.words.chain(tenant, asked)), ...ctx.languages] : ctx.languages;
    const language = chain.find(code => texts[code]) ?? profile.defaultLanguage;
    return { ...ctx, languages: [language, ...chain] };
  }

  private async view(
    ctx: Context,
    tenant: CatalogueRow,
    { profile }: CountryPack,
    certificate: ReadCertificate,
    places: ReadonlyMap<string, Record<string, string>>,
  ): Promise<CertificateView> {
    const language = ctx.languages[0]!;
    const { content, text, issuedAt, expiresAt } = certificate;
    const say = (key: PackTextKey): Promise<string> => this.programmes.say(ctx, key);
    const day = (instant: Date): string =>
      showCivilDate(profile, language, civilDayOf(instant, tenant.timeZone));
    const stated = await this.vaccines.ofNational(ctx, content);
    return {
      language,
      direction: profile.languages.find(({ code }) => code === language)?.direction ?? 'ltr',
      issuer: nameFor(
        { ...ctx, languages: [...ctx.languages, ...tenant.languages] },
        tenant.names,
        tenant.code,
      ),
      title: await say('certificate.title'),
      holder: {
        label: await say('certificate.person'),
        text: content.n,
        facts: content.dob
          ? [
              {
                label: await say('certificate.birthDate'),
                text: showBirthDate(profile, language, content.dob),
              },
            ]
          : [],
      },
      columns: {
        vaccine: await say('certificate.vaccine'),
        dose: await say('certificate.dose'),
        date: await say('certificate.date'),
        lot: await say('certificate.lot'),
        place: await say('certificate.facility'),
      },
      doses: stated.map((dose, index): PrintedDose => ({
        vaccine: dose.vaccine,
        dose: showNumber(profile, language, dose.doseNumber),
        date: showShortDate(profile, language, dose.date),
        lot: dose.lot ?? '',
        place: nameFor(ctx, places.get(certificate.vaccinationIds[index]!) ?? {}, ''),
      })),
      qrText: text,
      qrHint: await this.programmes.say(ctx, 'certificate.verify', {
        url: `${this.config.publicUrl}/verify`,
      }),
      certificateId: { label: await say('certificate.number'), text: content.ci },
      dates: [
        { label: await say('certificate.issuedOn'), text: day(issuedAt) },
        { label: this.texts.say(ctx, 'certificates.validUntil'), text: day(expiresAt) },
      ],
      notices: [],
    };
  }
}
