import { registerEnumType } from '@nestjs/graphql';
import type { TemperatureClass } from '../common';

export const TemperatureClassEnum = {
  AMBIENT: 'AMBIENT',
  CHILLED: 'CHILLED',
  FROZEN: 'FROZEN',
  ULTRA_COLD: 'ULTRA_COLD',
} as const satisfies Record<TemperatureClass, TemperatureClass>;
registerEnumType(TemperatureClassEnum, {
  name: 'TemperatureClass',
  description: 'How cold goods are kept, also on their way. They travel only by legs of their own class.',
  valuesMap: {
    AMBIENT: { description: 'As it is: printed certificates, syringes, parcels.' },
    CHILLED: { description: '2 to 8 °C, never frozen: most vaccines, many samples.' },
    FROZEN: { description: '−25 to −15 °C.' },
    ULTRA_COLD: { description: '−90 to −60 °C.' },
  },
});

/** Which way a temperature left its range. */
export const ExcursionSideEnum = { TOO_COLD: 'low', TOO_WARM: 'high' } as const;
registerEnumType(ExcursionSideEnum, {
  name: 'ExcursionSide',
  description: 'Which way it left its range.',
  valuesMap: {
    TOO_COLD: { description: 'Colder than what is kept there bears.' },
    TOO_WARM: { description: 'Warmer.' },
  },
});
