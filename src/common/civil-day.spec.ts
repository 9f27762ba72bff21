import { civilDayOf } from './civil-day';

describe('the civil day of an instant', () => {
  it('is already tomorrow east of Greenwich in the evening', () => {
    expect(civilDayOf(new Date('2026-02-28T18:30:00Z'), 'Asia/Kolkata')).toBe('2026-03-01');
  });

  it('is still yesterday west of Greenwich in the morning', () => {
    expect(civilDayOf(new Date('2026-01-01T02:59:59Z'), 'America/Sao_Paulo')).toBe('2025-12-31');
  });

  it('changes at local midnight exactly', () => {
    expect(civilDayOf(new Date('2026-06-01T18:00:00Z'), 'Asia/Dhaka')).toBe('2026-06-02');
    expect(civilDayOf(new Date('2026-06-01T17:59:59.999Z'), 'Asia/Dhaka')).toBe('2026-06-01');
  });
});
