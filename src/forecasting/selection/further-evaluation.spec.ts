import { ask, dose, madeUp, series } from '../made-up.fixture';

describe('what is left to a clinician', () => {
  const tooOld = { status: 'aged-out' as const, text: { en: 'The country decides' } };
  const pregnant = { observation: 'pregnant', text: { en: 'Weigh the risks' } };
  const girls = series([dose({ ages: [{ minimum: '1 year', maximum: '2 years' }] })], {
    furtherEvaluation: [tooOld, pregnant],
  });
  const said = (on: string, person = {}) => ask(madeUp([girls]), on, person).groups[0]!.furtherEvaluation;

  it('is said where the series stands so, or the person does', () => {
    expect(said('2021-06-01')).toEqual([]);
    expect(said('2022-06-01')).toEqual([tooOld.text]);
    expect(said('2021-06-01', { observations: [{ code: 'pregnant' }] })).toEqual([pregnant.text]);
  });

  it('changes nothing of the forecast', () => {
    const silent = madeUp([{ ...girls, furtherEvaluation: [] }]);
    const [loud, quiet] = [madeUp([girls]), silent].map(
      schedule => ask(schedule, '2022-06-01', { observations: [{ code: 'pregnant' }] }).groups[0]!,
    );
    expect({ ...loud, furtherEvaluation: [] }).toEqual(quiet);
  });
});
