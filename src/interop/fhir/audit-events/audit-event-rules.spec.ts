import fc from 'fast-check';
import { faultsByFhirSchema } from '../../../../test/harness/fhir-schema';
import { auditEvent, type TrailEntry } from './audit-event-rules';

const id = fc.uuid();
const entry: fc.Arbitrary<TrailEntry> = fc.record({
  id,
  at: fc.date({ min: new Date('2000-01-01'), max: new Date('2200-01-01'), noInvalidDate: true }),
  actorKind: fc.constantFrom('staff', 'citizen', 'system', 'anonymous'),
  actorId: fc.option(id),
  actorRoles: fc.array(fc.constantFrom('vaccinator', 'auditor'), { maxLength: 3 }),
  action: fc.constantFrom('person.read', 'vaccination.record', 'audit.read', 'person.find'),
  resourceType: fc.constantFrom('person', 'audit', 'signing-key'),
  resourceId: fc.option(id),
  personId: fc.option(id),
  facilityId: fc.option(id),
  purpose: fc.option(fc.constantFrom('vaccination', 'test')),
  address: fc.option(fc.ipV4()),
  traceId: id,
});

describe('an entry of the trail as an AuditEvent', () => {
  it('is valid by HL7’s own schema, whatever the entry leaves out', () => {
    fc.assert(
      fc.property(entry, one => {
        expect(faultsByFhirSchema(auditEvent(one, 'aa'))).toEqual([]);
      }),
    );
  }, 60_000);

  it('says who, what, about whom, where, from where and why', () => {
    const [made] = fc.sample(entry, 1);
    const event = auditEvent(
      { ...made!, action: 'person.read', resourceType: 'person', resourceId: 'p', personId: 'p', actorId: 'a',
        actorRoles: ['vaccinator'], facilityId: 'f', purpose: 'vaccination', address: '192.0.2.1' }, // prettier-ignore
      'aa',
    );

    expect(event).toMatchObject({
      action: 'R',
      type: { code: '110110' },
      purposeOfEvent: [{ text: 'vaccination' }],
      agent: [
        {
          who: { identifier: { value: 'a' } },
          role: [{ coding: [{ code: 'vaccinator' }] }],
          location: { reference: 'Location/f' },
          network: { address: '192.0.2.1', type: '2' },
        },
      ],
      entity: [{ what: { reference: 'Patient/p' }, role: { code: '1' } }],
      source: { site: 'aa' },
    });
  });
});
