/** How cold goods are kept and travel: as it is, +2 to +8 °C, −25 to −15 °C, −90 to −60 °C. */
export const TEMPERATURE_CLASSES = ['AMBIENT', 'CHILLED', 'FROZEN', 'ULTRA_COLD'] as const;
export type TemperatureClass = (typeof TEMPERATURE_CLASSES)[number];
