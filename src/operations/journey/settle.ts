import { addTo, civilDayOf } from '../../common';
import {
  AreasBelowDocument,
  type Client,
  FacilityByCodeDocument,
  ImportFacilitiesDocument,
  PlanSessionDocument,
  ProductsDocument,
  ReceiveStockDocument,
} from '../client';
import type { Cast } from './cast';
import { member, type Onboarded } from './onboard';
import type { Story } from './story';

const DOSES = 200;
const SESSION_DAYS = 7;

/** A country with a place that vaccinates: its staff signed in, its stock received, its week planned. */
export interface Settled extends Onboarded {
  facilityId: string;
  manager: Client;
  registrar: Client;
  vaccinator: Client;
  storeKeeper: Client;
  auditor: Client;
}

/** Step 4: a facility by file, its staff, a lot of every product, and a week of sessions. May be told again. */
export async function settle(story: Story, country: Onboarded): Promise<Settled> {
  story.chapter('4  Places and staff');
  const { admin, cast } = country;
  const { areas } = await admin.call(AreasBelowDocument, {});
  const area = areas.items.find(({ code }) => code === cast.facility.area);
  if (!area) throw new Error(`The pack has no area ${cast.facility.area}`);
  const { importFacilities } = await admin.call(ImportFacilitiesDocument, {
    csv: facilityFile(cast),
    dryRun: false,
  });
  if (importFacilities.rejected > 0) throw new Error(JSON.stringify(importFacilities.faults));
  const { facilities } = await admin.call(FacilityByCodeDocument, { code: cast.facility.code });
  const facility = facilities.items[0]!;
  story.tell('facility', { name: facility.name, area: area.name, id: facility.id });
  const here = { facilityId: facility.id };
  const settled: Settled = {
    ...country,
    facilityId: facility.id,
    manager: await member(country, 'manager', { role: 'district-manager', areaId: area.id }),
    registrar: await member(country, 'registrar', { role: 'registrar', ...here }),
    vaccinator: await member(country, 'vaccinator', { role: 'vaccinator', ...here }),
    storeKeeper: await member(country, 'storeKeeper', { role: 'store-keeper', ...here }),
    auditor: await member(country, 'auditor', { role: 'auditor' }),
  };
  story.tell('staff signed in', { roles: 'district-manager, registrar, vaccinator, store-keeper, auditor' });
  await stock(story, settled);
  await sessions(story, settled);
  return settled;
}

/** The register of facilities as a ministry would send it: one place, by the code of its area. */
function facilityFile({ facility }: Cast): string {
  const languages = Object.keys(facility.names);
  const header = [
    'code',
    'area',
    'category',
    'kind',
    'active',
    ...languages.map(language => `name:${language}`),
  ];
  const more = ['latitude', 'longitude', 'phone', ...(facility.postalCode ? ['postal_code'] : [])];
  const cells = [
    facility.code,
    facility.area,
    'PUBLIC',
    'FIXED',
    'yes',
    ...languages.map(language => facility.names[language]!),
    String(facility.latitude),
    String(facility.longitude),
    facility.phone,
    ...(facility.postalCode ? [facility.postalCode] : []),
  ];
  return `${[...header, ...more].join(',')}\n${cells.join(',')}\n`;
}

async function stock(story: Story, { storeKeeper, facilityId, cast }: Settled): Promise<void> {
  const { products } = await storeKeeper.call(ProductsDocument, {});
  const expiresOn = addTo(civilDayOf(new Date(), cast.timeZone), '1 year');
  for (const { code } of products) {
    const { receiveStock } = await storeKeeper.call(ReceiveStockDocument, {
      input: {
        facilityId,
        productCode: code,
        lotNumber: `SBX-${code.toUpperCase()}`,
        expiresOn,
        doses: DOSES,
        idempotencyKey: `sandbox-stock-${code}`,
      },
    });
    if (receiveStock.__typename !== 'StockItem') throw new Error(JSON.stringify(receiveStock));
  }
  story.tell('stock received', { lots: products.length, dosesEach: DOSES });
}

async function sessions(story: Story, { manager, facilityId, cast }: Settled): Promise<void> {
  const { products } = await manager.call(ProductsDocument, {});
  const today = civilDayOf(new Date(), cast.timeZone);
  for (let day = 0; day < SESSION_DAYS; day++) {
    await manager.call(PlanSessionDocument, {
      input: {
        facilityId,
        date: addTo(today, `${day} days`),
        startTime: '00:00',
        endTime: '23:59',
        products: products.map(product => product.code),
        capacity: [{ places: 40 }],
        walkInPlaces: 10,
        assistedPlaces: 5,
      },
    });
  }
  story.tell('sessions planned', { from: today, days: SESSION_DAYS });
}
