import { type EquipmentDetails, equipmentFault } from './equipment-rules';

const FRIDGE: EquipmentDetails = {
  kind: 'REFRIGERATOR',
  pqsCode: 'E003/030',
  manufacturer: 'Maker',
  model: 'M-1',
  serial: 'S-1',
  grai: null,
  giai: null,
  capacities: [{ temperature: 'CHILLED', litres: 120 }],
};

describe('a piece of cold chain equipment', () => {
  it('is as the catalogue and the keys on it say', () => {
    const keys = { grai: '09520123000011', giai: '9520123(A)-7' };

    expect(equipmentFault(FRIDGE)).toBeNull();
    expect(equipmentFault({ ...FRIDGE, ...keys })).toBeNull();
    expect(equipmentFault({ ...FRIDGE, pqsCode: null })).toBeNull();
  });

  it.each<[string, Partial<EquipmentDetails>, string]>([
    ['a catalogue number that is none', { pqsCode: '030' }, 'pqsCode'],
    ['a catalogue number of another kind', { pqsCode: 'E004/030' }, 'pqsKind'],
    ['a GRAI with a wrong check digit', { grai: '09520123000012' }, 'grai'],
    ['a GIAI with a space', { giai: '9520 123' }, 'giai'],
    ['no capacity', { capacities: [] }, 'capacityNone'],
    [
      'a capacity twice',
      { capacities: [...FRIDGE.capacities, { temperature: 'CHILLED', litres: 1 }] },
      'capacityTwice',
    ],
  ])('cannot have %s', (_what, wrong, why) => {
    expect(equipmentFault({ ...FRIDGE, ...wrong })?.why).toBe(why);
  });
});
