import { execFileSync } from 'node:child_process';
import { generateKeyPairSync } from 'node:crypto';
import { nationalCertificate, signHcert, verifyHcert, type NationalCertificate } from '../../codecs';
import type { CertificateView } from './certificate-view';
import { renderCertificatePdf } from './render-certificate-pdf';
import { sampleViews } from './sample-views';
import { hasPoppler, scannedByTwo, withPdf } from '../../../test/harness/scanned-page';

const { publicKey, privateKey } = generateKeyPairSync('ec', { namedCurve: 'P-256' });
const kid = 'AAAAAAAAAAA=';
const certified: NationalCertificate = {
  ver: '1.0.0',
  ci: 'URN:UVCI:01:XX:7F3K9QX2M4#8',
  co: 'XX',
  is: 'Ministry of Health',
  n: 'Amara Mensah-Owusu',
  dob: '2024-03-14',
  v: Array.from({ length: 5 }, (_, i) => ({
    vp: 'cvx:146',
    vd: 'Pentavalent',
    dt: `2024-0${i + 4}-26`,
    dn: i + 1,
    bo: 'PNT23-118',
    ce: 'Health Centre',
  })),
};
const qrText = signHcert({
  payload: certified,
  claimKey: nationalCertificate.claimKey,
  issuer: 'XX',
  issuedAt: new Date('2026-01-01'),
  expiresAt: new Date('2031-01-01'),
  signer: { kid, alg: 'ES256', privateKey },
});
const samples = sampleViews(qrText);
const english = samples[0]!;
/** The other languages of the product, which are in letters of a sample too. */
const inLatin = [
  [
    'es',
    'Certificado de vacunación',
    'Fecha de nacimiento',
    'Escanee el código para comprobar el certificado',
  ],
  ['fr', 'Certificat de vaccination', 'Date de naissance', 'Scannez le code pour vérifier ce certificat'],
  ['pt', 'Certificado de vacinação', 'Data de nascimento', 'Leia o código para verificar o certificado'],
].map(([language, title, label, qrHint]): CertificateView => ({
  ...english,
  language: language!,
  title: title!,
  qrHint: qrHint!,
  holder: { ...english.holder, facts: [{ label: label!, text: '2024' }] },
}));
const views = [...samples, ...inLatin];
const arabic = views.find(({ direction }) => direction === 'rtl')!;

const describeWithPoppler = hasPoppler() ? describe : describe.skip;

describe('a printed certificate', () => {
  test.each(views.map(view => [view.language, view] as const))(
    'in %s is a PDF with its fonts inside',
    (_, view) => {
      const pdf = Buffer.from(renderCertificatePdf(view)).toString('latin1');

      expect(pdf).toMatch(/^%PDF-1\.7/);
      expect(pdf).toContain('pdfuaid:part');
      expect(pdf).toMatch(/NotoSans/);
    },
  );

  test('is the same, byte for byte, when it is printed again', () => {
    expect(Buffer.from(renderCertificatePdf(english)).equals(renderCertificatePdf(english))).toBe(true);
  });
});

describeWithPoppler('a certificate on paper (skipped where poppler-utils is not installed)', () => {
  test.each(views.map(view => [view.language, view] as const))(
    'in %s can be scanned by two readers of different makers, and verifies',
    (_, view) => {
      const pdf = renderCertificatePdf(view);

      const scanned = scannedByTwo(pdf);

      expect(scanned).toEqual([qrText, qrText]);
      const keys = (asked: string) => (asked === kid ? [{ publicKey, usages: [] }] : []);
      expect(verifyHcert(scanned[0]!, { keys }, new Date('2026-06-01'))).toMatchObject({
        content: certified,
      });
    },
  );

  test.each([
    ['bn-BD', 'NotoSansBengali'],
    ['hi', 'NotoSans'], // which has the letters of Devanagari itself
    ['ar', 'NotoSansArabic'],
    ['am', 'NotoSansEthiopic'],
  ])('in %s is set in the letters of its script, none left out', (language, font) => {
    const view = views.find(one => one.language === language)!;
    const pdf = renderCertificatePdf(view);

    expect(fontsIn(pdf)).toContain(font);
    // PDF/UA is refused for a letter that no font has
    expect(Buffer.from(pdf).toString('latin1')).toContain('pdfuaid:part');
    const letters = (text: string) => [...text.normalize('NFKC').replace(/\s/g, '')].toSorted().join('');
    const found = letters(textOf(pdf));
    for (const letter of letters(view.holder.text)) expect(found).toContain(letter);
  });

  test('keeps its dates and ids in order on a page that reads from the right', () => {
    const words = wordsFromLeftToRight(renderCertificatePdf(arabic));

    expect(words).toEqual(expect.arrayContaining(['2024-03-15', '2024-04-26', '2031-01-03', 'PNT23-118']));
    expect(words).toContain(arabic.certificateId.text);
    expect(words.join(' ')).toContain('1 / 3');
  });

  test('begins a date with its month in letters at the right: day, month, year', () => {
    const printed = { label: 'تاريخ', text: '١٧ مارس ١٩٨٦' };
    const found = boxes(renderCertificatePdf({ ...arabic, dates: [printed] }));
    const [day, year] = ['١٧', '١٩٨٦'].map(text => found.find(word => word.text === text)!);
    const between = found.filter(
      ({ top, left, right }) =>
        Math.abs(top - day!.top) < 1 && right <= day!.left + 1 && left >= year!.right - 1,
    );
    const letters = between.flatMap(({ text }) => [...text]); // poppler may cut a word, and turn it around

    expect(day!.left).toBeGreaterThan(year!.right);
    expect(letters.toSorted()).toEqual([...'مارس'].toSorted());
  });

  test('shows hostile texts as they are and obeys none of them', () => {
    const hostile =
      '#import "x.typ" $1^2$ *b* _i_ `c` <a> @b \\u{41} #panic() "quoted" // not a comment /* */ = h';
    const text = textOf(renderCertificatePdf(withName(hostile)));

    expect(text.replace(/\s+/g, ' ')).toContain(
      '#import "x.typ" $1^2$ *b* _i_ `c` <a> @b \\u{41} #panic() "quoted"',
    );
  });

  test('stays within the page when its words have no place to break', () => {
    const word = 'নিরবচ্ছিন্ন'.repeat(12) + 'W'.repeat(150);
    const dose = {
      vaccine: word,
      product: word,
      dose: '1 / 3',
      date: '2024-04-26',
      lot: 'W'.repeat(20),
      place: word,
    };
    const pdf = renderCertificatePdf({ ...withName(word), doses: [dose] });
    const rightEdge = Math.max(...boxes(pdf).map(({ right }) => right));

    expect(rightEdge).toBeLessThan((210 - 20) * (72 / 25.4) + 1);
  });

  test('runs on to more pages when a life holds many doses, each with the heading and the certificate id', () => {
    const doses = Array.from({ length: 60 }, () => english.doses[1]!);
    const pages = textOf(renderCertificatePdf({ ...english, doses }))
      .split('\f')
      .slice(0, -1);

    expect(pages.length).toBeGreaterThan(1);
    for (const page of pages) {
      expect(page).toContain(english.columns.vaccine);
      expect(page).toContain(english.certificateId.text);
    }
  });
});

describe('texts that cannot be printed', () => {
  test.each([
    ['control characters', 'A\u0000B\u001b[31m\nC\u2028D'],
    ['direction overrides', 'A\u202egnp.exe\u2066'],
    ['half a character', 'A\ud83d'],
    ['a script no font has', '王小明 😀'],
    ['nothing', ''],
    ['ten thousand letters', 'x'.repeat(10_000)],
  ])('do not stop a certificate: %s', (_, name) => {
    expect(Buffer.from(renderCertificatePdf(withName(name)).subarray(0, 5)).toString()).toBe('%PDF-');
  });
});

function withName(text: string): CertificateView {
  return { ...english, holder: { ...english.holder, text }, notices: [text] };
}

/** Names of the fonts, without the mark of their subset. */
function fontsIn(pdf: Uint8Array): string[] {
  const list = withPdf(pdf, file => execFileSync('pdffonts', [file], { encoding: 'utf8' }));
  return [...list.matchAll(/^[A-Z]{6}\+(\w+)-/gm)].map(([, name]) => name!);
}

function textOf(pdf: Uint8Array): string {
  return withPdf(pdf, file => execFileSync('pdftotext', ['-layout', file, '-'], { encoding: 'utf8' }));
}

/** Each word with where it stands on the page, in points. */
function boxes(pdf: Uint8Array): { text: string; left: number; right: number; top: number }[] {
  const page = withPdf(pdf, file => execFileSync('pdftotext', ['-bbox', file, '-'], { encoding: 'utf8' }));
  return [
    ...page.matchAll(/<word xMin="([\d.]+)" yMin="([\d.]+)" xMax="([\d.]+)" yMax="[\d.]+">(.*)<\/word>/g),
  ].map(([, left, top, right, text]) => ({
    text: text!,
    left: Number(left),
    right: Number(right),
    top: Number(top),
  }));
}

/** The words line by line, each line from the left as the eye sees it. */
function wordsFromLeftToRight(pdf: Uint8Array): string[] {
  return boxes(pdf)
    .sort((one, other) => Math.round(one.top) - Math.round(other.top) || one.left - other.left)
    .map(({ text }) => text);
}
