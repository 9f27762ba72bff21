import type { Home, Life } from './life';

/** The places of a country, of which one is lived in. */
export async function inhabitFacilities(
  life: Life,
): Promise<Pick<Home, 'areaId' | 'area' | 'languages' | 'facilityId'>> {
  const { tenant, word, ask, tell, expecting } = life;
  const areas = await ask('anonymous', 'areas', { first: 3 });
  const languages: { code: string }[] = await ask('anonymous', 'languages');
  const areaId: string = areas.items[0].id;
  const { id: facilityId } = await expecting('Facility', 'staff', 'registerFacility', {
    code: `F-${tenant.code}-1`,
    names: languages.map(({ code: language }) => ({ language, text: `${word} Clinic` })),
    areaId,
    category: 'PUBLIC',
    kind: 'FIXED',
    address: `1 ${word} Road`,
    latitude: 6.5,
    longitude: -1.5,
    openingHours: `${word} hours`,
  });
  await ask('staff', 'importFacilities', {
    csv: [
      ['code', 'area', 'category', 'kind', 'active', ...languages.map(({ code }) => `name:${code}`)].join(),
      [
        `F-${tenant.code}-2`,
        areas.items[0].code,
        'PUBLIC',
        'FIXED',
        'yes',
        ...languages.map(() => `${word} Post`),
      ].join(),
    ].join('\n'),
    dryRun: false,
  });
  await tell('staff', 'changeFacility', { facilityId, address: `2 ${word} Road` });
  return { areaId, area: areas.items[0].code as string, languages, facilityId: facilityId as string };
}
