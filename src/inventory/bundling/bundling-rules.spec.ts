import fc from 'fast-check';
import type { SupplyNeed } from '../../programmes';
import { piecesNeeded } from './bundling-rules';

const use = (productCode: string, given: number, vialsOpened: number) => ({
  productCode,
  given,
  vialsOpened,
});
const need = (of: 'dose' | 'vial', forEach = 1, pieces = 1): SupplyNeed => ({
  products: ['mr-10', 'bcg-20'],
  pieces,
  forEach,
  of,
});

describe('what goes with the vaccines of a session', () => {
  const used = [use('mr-10', 13, 2), use('bcg-20', 7, 1), use('opv-20', 30, 2)];

  it.each([
    ['a syringe for each dose', [need('dose')], 20],
    ['a diluent for each vial', [need('vial')], 3],
    ['a box for every hundred doses, the first of them too', [need('dose', 100)], 1],
    ['a box for every ten doses of all together', [need('dose', 10)], 2],
    ['two of them for each vial', [need('vial', 1, 2)], 6],
    ['all that is needed for one reason and another', [need('dose'), need('vial')], 23],
    ['nothing where nothing needs it', [], 0],
  ])('is %s', (_name, needs, pieces) => {
    expect(piecesNeeded(needs, used)).toBe(pieces);
  });

  it('never is less for more doses, and always enough', () => {
    const nat = fc.nat(1000);
    fc.assert(
      fc.property(nat, nat, fc.integer({ min: 1, max: 200 }), (given, more, forEach) => {
        const pieces = piecesNeeded([need('dose', forEach)], [use('mr-10', given, 0)]);
        expect(pieces * forEach).toBeGreaterThanOrEqual(given);
        expect((pieces - 1) * forEach).toBeLessThan(given || 1);
        expect(piecesNeeded([need('dose', forEach)], [use('mr-10', given + more, 0)])).toBeGreaterThanOrEqual(
          pieces,
        );
      }),
    );
  });
});
