import { importCdsi } from './import-cdsi';
import { readXml } from './read-xml';
import { validateSchedule } from '../schedule/validate-schedule';

const release = { version: '9.9', effectiveFrom: '2030-01-01', year: 2030 };

const SCHEDULE = `<?xml version="1.0"?><scheduleSupportingData>
  <liveVirusConflicts><liveVirusConflict>
    <previous><vaccineType>Other live</vaccineType><cvx>19</cvx></previous>
    <current><vaccineType>X</vaccineType><cvx>3</cvx></current>
    <conflictBeginInterval>1 day</conflictBeginInterval>
    <minConflictEndInterval>24 days</minConflictEndInterval><conflictEndInterval>28 days</conflictEndInterval>
  </liveVirusConflict></liveVirusConflicts>
  <vaccineGroups><vaccineGroup><name>X</name><administerFullVaccineGroup/></vaccineGroup></vaccineGroups>
  <vaccineGroupToAntigenMap><vaccineGroupMap><name>X</name><antigen>Xitis</antigen></vaccineGroupMap></vaccineGroupToAntigenMap>
  <cvxToAntigenMap><cvxMap><cvx>03</cvx><shortDescription>X &amp; more &#x2265;</shortDescription>
    <association><antigen>Xitis</antigen><associationBeginAge/><associationEndAge/></association></cvxMap></cvxToAntigenMap>
  <observations><observation><observationCode>007</observationCode><observationTitle>Pregnant</observationTitle></observation></observations>
</scheduleSupportingData>`;

const ANTIGEN = `<antigenSupportingData>
  <immunity/><contraindications><vaccineGroup><contraindication><observationCode>007</observationCode>
    <contraindicationText>Not when pregnant</contraindicationText>
    <contraindicationGuidance>Ask first</contraindicationGuidance><beginAge>n/a</beginAge><endAge/></contraindication></vaccineGroup></contraindications>
  <series><seriesName>Xitis  standard </seriesName><targetDisease>Xitis</targetDisease><vaccineGroup>X</vaccineGroup>
    <seriesType>Standard</seriesType><equivalentSeriesGroups/><requiredGender/>
    <selectSeries><defaultSeries>Yes</defaultSeries><productPath>No</productPath><seriesGroup>1</seriesGroup>
      <seriesPriority>A</seriesPriority><seriesPreference>1</seriesPreference></selectSeries><indication/>
    <seriesDose><doseNumber>Dose 1</doseNumber>
      <age><absMinAge>1 years -4 Days</absMinAge><minAge>1 year</minAge><effectiveDate>20250102</effectiveDate></age>
      <interval><fromPrevious>n/a</fromPrevious></interval><allowableInterval/>
      <preferableVaccine><vaccineType>X</vaccineType><cvx>3</cvx><volume>0.5</volume><forecastVaccineType>Y</forecastVaccineType></preferableVaccine>
      <conditionalSkip><context>Both</context><setLogic>n/a</setLogic><set><setID>1</setID><conditionLogic/>
        <condition><conditionType>Vaccine Count By Age</conditionType><doseCount>0</doseCount><doseType>valid</doseType>
          <doseCountLogic>Greater Than</doseCountLogic><vaccineTypes>3; 19</vaccineTypes></condition></set></conditionalSkip>
      <recurringDose>No</recurringDose><seasonalRecommendation/></seriesDose>
  </series></antigenSupportingData>`;

const imported = importCdsi(
  [
    { name: 'a.xml', content: ANTIGEN },
    { name: 's.xml', content: SCHEDULE },
  ],
  release,
);

describe('supporting data of a publisher', () => {
  it('becomes a schedule without faults', () => {
    expect(validateSchedule(imported)).toEqual([]);
    expect(imported).toMatchObject({ version: '9.9', effectiveFrom: '2030-01-01' });
  });

  it('is mended where releases are careless', () => {
    expect(imported.antigens[0]?.series[0]).toMatchObject({
      name: 'Xitis standard',
      doses: [
        {
          ages: [{ absoluteMinimum: '1 years - 4 days', minimum: '1 year', effectiveFrom: '2025-01-02' }],
          preferableVaccines: [{ vaccine: '03', volumeMl: 0.5, recommend: true }],
          conditionalSkips: [
            {
              context: 'both',
              sets: [
                {
                  conditions: [
                    {
                      type: 'vaccine-count',
                      doseCount: 0,
                      compare: 'greater-than',
                      doseType: 'valid',
                      vaccines: ['03', '19'],
                    },
                  ],
                },
              ],
            },
          ],
        },
      ],
    });
    expect(imported.antigens[0]?.series[0]?.doses[0]).not.toHaveProperty('preferableIntervals');
    expect(imported.antigens[0]?.contraindications?.group).toEqual([
      { observation: '007', text: { en: 'Not when pregnant' }, guidance: { en: 'Ask first' } },
    ]);
  });

  it('is the same schedule from JSON as from XML', () => {
    const files = [ANTIGEN, SCHEDULE].map((xml, i) => ({
      name: `${i}.json`,
      content: `\uFEFF${JSON.stringify(readXml(xml))}`,
    }));
    expect(importCdsi(files, release)).toEqual(imported);
  });

  it('is matched by name whatever the case, and by code whatever the zeros', () => {
    const shouted = ANTIGEN.replace('<vaccineGroup>X<', '<vaccineGroup> x <')
      .replace('<targetDisease>Xitis<', '<targetDisease>XITIS<')
      .replace('<cvx>3<', '<cvx>003<')
      .replace('<observationCode>007<', '<observationCode>7<')
      .replace('20250102', '2025-01-02');
    const again = importCdsi(
      [
        { name: 'a.xml', content: shouted },
        { name: 's.xml', content: SCHEDULE },
      ],
      release,
    );
    expect(validateSchedule(again)).toEqual([]);
    expect(JSON.stringify(again).toLowerCase()).toBe(JSON.stringify(imported).toLowerCase());
  });

  it('keeps vaccines that only a rule names, without antigens', () => {
    expect(imported.vaccines).toEqual([
      { code: '03', name: { en: 'X & more ≥' }, antigens: [{ antigen: 'Xitis' }] },
      { code: '19', name: { en: 'Other live' }, antigens: [] },
    ]);
  });

  it('is refused without its schedule file, and where a word is not understood', () => {
    expect(() => importCdsi([{ name: 'a.xml', content: ANTIGEN }], release)).toThrow('CVX to antigen map');
    const odd = ANTIGEN.replace('Vaccine Count By Age', 'Phase of the moon');
    const files = [
      { name: 'a.xml', content: odd },
      { name: 's.xml', content: SCHEDULE },
    ];
    expect(() => importCdsi(files, release)).toThrow('condition type cannot be read: phase of the moon');
  });
});

describe('reading XML', () => {
  it('gives text, children, repeated children and nothing', () => {
    expect(readXml('<a><b> one </b><c/><!-- no --><d>1</d><d><![CDATA[<2>]]></d></a>')).toEqual({
      a: { b: 'one', c: null, d: ['1', '<2>'] },
    });
  });

  it('refuses tags that do not match', () => {
    expect(() => readXml('<a><b></a>')).toThrow(SyntaxError);
    expect(() => readXml('<a>')).toThrow(SyntaxError);
  });

  it('never reaches outside the document', () => {
    const declaring = '<!DOCTYPE a [<!ENTITY x SYSTEM "file:///etc/passwd">]><a>&x;</a>';

    expect(() => readXml(declaring)).toThrow(SyntaxError);
    expect(readXml('<!DOCTYPE a><a>&x;</a>')).toEqual({ a: '&x;' });
  });
});
