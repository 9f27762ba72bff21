import { jaroWinkler, nameSimilarity, skeletonOf, wordsOf } from './name-rules';

test('a name is compared without case, marks, punctuation and order', () => {
  expect(wordsOf('  O’Brien-Núñez,  JOSÉ ')).toEqual(['o', 'brien', 'nunez', 'jose']);
  expect(nameSimilarity('José Núñez', 'NUNEZ jose')).toBe(1);
});

test.each([
  ['Rahim', 'রহিম', 'رحيم', 'रहीम'],
  ['Yusuf', 'ইউসুফ', 'يوسف', 'यूसुफ़'],
  ['Salim', 'সেলিম', 'سليم', 'सलीम'],
  ['Mariam', 'মরিয়ম', 'مريم', 'मरियम'],
])('%s has one skeleton in Latin, Bengali, Arabic and Devanagari', (...spellings) => {
  expect(new Set(spellings.map(spelling => wordsOf(spelling).map(skeletonOf).join(' '))).size).toBe(1);
});

test('a single name is a name', () => {
  expect(nameSimilarity('Sukarno', 'Sukarno')).toBe(1);
});

test('a part left out costs a little, another name much', () => {
  const leftOut = nameSimilarity('Ana Torres', 'Ana Torres Vega');
  const another = nameSimilarity('Ana Torres', 'Luis Vega');
  expect(leftOut).toBeGreaterThan(0.8);
  expect(leftOut).toBeLessThan(1);
  expect(another).toBeLessThan(0.6);
});

test('scripts that are not transcribed are compared as they are', () => {
  expect(nameSimilarity('王秀英', '王秀英')).toBe(1);
  expect(nameSimilarity('王秀英', '李伟')).toBe(0);
});

test('Jaro-Winkler gives the values of its authors', () => {
  expect(jaroWinkler('martha', 'marhta')).toBeCloseTo(0.961, 3);
  expect(jaroWinkler('dwayne', 'duane')).toBeCloseTo(0.84, 3);
  expect(jaroWinkler('dixon', 'dicksonx')).toBeCloseTo(0.813, 3);
});
