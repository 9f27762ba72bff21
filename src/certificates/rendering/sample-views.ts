import type { CertificateView } from './certificate-view';

/** One certificate in five scripts, to look at the page and to test it. Invented people and places. */
type Words = Omit<CertificateView, 'qrText' | 'direction'> & { direction?: 'rtl' };

const words: Words[] = [
  {
    // names-a-country: a page as the specs print it
    language: 'en',
    issuer: 'Ministry of Health',
    title: 'Certificate of vaccination',
    holder: {
      label: 'Name',
      text: 'Amara Mensah-Owusu',
      facts: [
        { label: 'Date of birth', text: '2024' },
        { label: 'Health identifier', text: 'GH-4471-90-2216' },
      ],
    },
    columns: { vaccine: 'Vaccine', dose: 'Dose', date: 'Given on', lot: 'Lot', place: 'Place' },
    doses: [
      dose('BCG', 'Tuberculosis', '1 / 1', '2024-03-15', '0371M042', 'Tema General Hospital'),
      dose('DTP-HepB-Hib', 'Pentavalent', '1 / 3', '2024-04-26', 'PNT23-118', 'Ashaiman Health Centre'),
      dose('DTP-HepB-Hib', 'Pentavalent', '2 / 3', '2024-05-24', 'PNT23-118', 'Ashaiman Health Centre'),
      dose('DTP-HepB-Hib', 'Pentavalent', '3 / 3', '2024-06-28', 'PNT24-007', 'Ashaiman Health Centre'),
      dose('Measles-rubella', undefined, '1 / 2', '2024-12-16', 'MR8842', 'Outreach session, Zenu community'),
    ],
    qrHint: 'Scan to check that this certificate is genuine',
    certificateId: { label: 'Certificate number', text: 'URN:UVCI:01:GH:7F3K9QX2M4#8' },
    dates: [
      { label: 'Issued on', text: '3 January 2026' },
      { label: 'Valid until', text: '3 January 2031' },
    ],
    notices: [
      'This certificate states vaccinations recorded in the national register on the day of issue. It is not a travel document.',
      'The code above carries the same facts, signed by the issuer. Check it at verify.example or with any reader of health certificates.',
    ],
  },
  {
    // names-a-country: a page as the specs print it
    language: 'bn-BD',
    issuer: 'স্বাস্থ্য ও পরিবার কল্যাণ মন্ত্রণালয়',
    title: 'টিকাদান সনদপত্র',
    holder: {
      label: 'নাম',
      text: 'মোছাম্মৎ রহিমা খাতুন',
      facts: [
        { label: 'জন্ম তারিখ', text: '২০২৪' },
        { label: 'স্বাস্থ্য পরিচিতি নম্বর', text: '৪৪৭১ ৯০ ২২১৬' },
      ],
    },
    columns: { vaccine: 'টিকা', dose: 'ডোজ', date: 'তারিখ', lot: 'লট', place: 'স্থান' },
    doses: [
      dose('বিসিজি', 'যক্ষ্মা', '১ / ১', '১৫-০৩-২০২৪', '0371M042', 'কিশোরগঞ্জ সদর হাসপাতাল'),
      dose('পেন্টাভ্যালেন্ট', 'ডিপিটি-হেপবি-হিব', '১ / ৩', '২৬-০৪-২০২৪', 'PNT23-118', 'উপজেলা স্বাস্থ্য কমপ্লেক্স'),
      dose('পেন্টাভ্যালেন্ট', 'ডিপিটি-হেপবি-হিব', '২ / ৩', '২৪-০৫-২০২৪', 'PNT23-118', 'উপজেলা স্বাস্থ্য কমপ্লেক্স'),
    ],
    qrHint: 'সনদটি আসল কি না যাচাই করতে স্ক্যান করুন',
    certificateId: { label: 'সনদ নম্বর', text: 'URN:UVCI:01:BD:7F3K9QX2M4#8' },
    dates: [
      { label: 'প্রদানের তারিখ', text: '৩ জানুয়ারি ২০২৬' },
      { label: 'মেয়াদ', text: '৩ জানুয়ারি ২০৩১ পর্যন্ত' },
    ],
    notices: ['প্রদানের দিনে জাতীয় নিবন্ধনে লিপিবদ্ধ টিকাসমূহ এই সনদে উল্লেখ করা হয়েছে। এটি ভ্রমণ দলিল নয়।'],
  },
  {
    // names-a-country: a page as the specs print it
    language: 'hi',
    issuer: 'स्वास्थ्य और परिवार कल्याण मंत्रालय',
    title: 'टीकाकरण प्रमाणपत्र',
    holder: {
      label: 'नाम',
      text: 'श्रीमती लक्ष्मी कृष्णमूर्ति',
      facts: [{ label: 'जन्म तिथि', text: '१९८६' }],
    },
    columns: { vaccine: 'टीका', dose: 'खुराक', date: 'तिथि', lot: 'लॉट', place: 'स्थान' },
    doses: [
      dose('टिटनेस-डिप्थीरिया', undefined, '1 / 2', '15-03-2024', 'TD2291', 'प्राथमिक स्वास्थ्य केंद्र, रामपुर'),
      dose('टिटनेस-डिप्थीरिया', undefined, '2 / 2', '16-04-2024', 'TD2304', 'प्राथमिक स्वास्थ्य केंद्र, रामपुर'),
    ],
    qrHint: 'प्रमाणपत्र की जाँच के लिए स्कैन करें',
    certificateId: { label: 'प्रमाणपत्र संख्या', text: 'URN:UVCI:01:XX:7F3K9QX2M4#8' },
    dates: [{ label: 'जारी करने की तिथि', text: '3 जनवरी 2026' }],
    notices: ['यह प्रमाणपत्र जारी होने के दिन राष्ट्रीय रजिस्टर में दर्ज टीकों को बताता है। यह यात्रा दस्तावेज़ नहीं है।'],
  },
  {
    // names-a-country: a page as the specs print it
    language: 'ar',
    direction: 'rtl',
    issuer: 'وزارة الصحة',
    title: 'شهادة تطعيم',
    holder: {
      label: 'الاسم',
      text: 'فاطمة الزهراء بنت عبد الرحمن',
      facts: [
        { label: 'تاريخ الميلاد', text: '٢٠٢٤' },
        { label: 'الرقم الصحي', text: '4471-90-2216' },
      ],
    },
    columns: { vaccine: 'اللقاح', dose: 'الجرعة', date: 'التاريخ', lot: 'التشغيلة', place: 'المكان' },
    doses: [
      dose('بي سي جي', 'السل', '1 / 1', '2024-03-15', '0371M042', 'المستشفى العام'),
      dose('اللقاح الخماسي', 'DTP-HepB-Hib', '1 / 3', '2024-04-26', 'PNT23-118', 'مركز الصحة رقم 12'),
      dose('اللقاح الخماسي', 'DTP-HepB-Hib', '2 / 3', '٢٠٢٤-٠٥-٢٤', 'PNT23-118', 'مركز الصحة رقم 12'),
    ],
    qrHint: 'امسح الرمز للتحقق من صحة الشهادة',
    certificateId: { label: 'رقم الشهادة', text: 'URN:UVCI:01:XX:7F3K9QX2M4#8' },
    dates: [
      { label: 'تاريخ الإصدار', text: '٣ يناير ٢٠٢٦' },
      { label: 'صالحة حتى', text: '2031-01-03' },
    ],
    notices: ['تبيّن هذه الشهادة اللقاحات المسجّلة في السجل الوطني يوم الإصدار، وليست وثيقة سفر.'],
  },
  {
    language: 'am',
    issuer: 'የጤና ሚኒስቴር',
    title: 'የክትባት ምስክር ወረቀት',
    holder: {
      label: 'ስም',
      text: 'ወይዘሮ ትዕግሥት ገብረ ሥላሴ',
      facts: [
        { label: 'የትውልድ ቀን', text: '1978' },
        { label: 'የጤና መለያ', text: '4471-90-2216' },
      ],
    },
    columns: { vaccine: 'ክትባት', dose: 'መጠን', date: 'ቀን', lot: 'ሎት', place: 'ቦታ' },
    doses: [dose('ቢጫ ወባ', 'Yellow fever', '1 / 1', '2024-03-15', 'YF-0371', 'አዲስ አበባ ጤና ጣቢያ')],
    qrHint: 'ምስክር ወረቀቱን ለማረጋገጥ ይቃኙ',
    certificateId: { label: 'የምስክር ወረቀት ቁጥር', text: 'URN:UVCI:01:XX:7F3K9QX2M4#8' },
    dates: [{ label: 'የተሰጠበት ቀን', text: '2026-01-03' }],
    notices: ['ይህ ምስክር ወረቀት በተሰጠበት ቀን በብሔራዊ መዝገብ የተመዘገቡ ክትባቶችን ያሳያል። የጉዞ ሰነድ አይደለም።'],
  },
];

/** The sample in each language, around the given code. */
export function sampleViews(qrText: string): CertificateView[] {
  return words.map(view => ({ direction: 'ltr' as const, ...view, qrText }));
}

function dose(
  vaccine: string,
  product: string | undefined,
  number: string,
  date: string,
  lot: string,
  place: string,
) {
  return { vaccine, product, dose: number, date, lot, place };
}
