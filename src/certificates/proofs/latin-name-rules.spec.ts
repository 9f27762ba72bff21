import { machineReadable } from './latin-name-rules';

describe('a name as a passport has it', () => {
  it.each([
    ['José María Ñúñez-O’Brien', 'JOSE<MARIA<NUNEZ<OBRIEN'],
    ['Straße', 'STRASSE'],
    ['Søren Ærø', 'SOEREN<AEROE'],
    ['Nguyễn Thị Ánh', 'NGUYEN<THI<ANH'],
    ['  Ama ', 'AMA'],
    ['রহিমা খাতুন', null],
    ['Ama রহিমা', null],
    ['', null],
  ])('%s', (name, written) => {
    expect(machineReadable(name)).toBe(written);
  });
});
