import type { AuditEvent, AuditEventAgent, AuditEventEntity, Coding } from 'fhir/r4';
import { OWN } from '../code-systems';

/** An entry of the trail, as far as an AuditEvent tells of it. */
export interface TrailEntry {
  id: string;
  at: Date;
  actorKind: string;
  actorId: string | null;
  actorRoles: readonly string[];
  action: string;
  resourceType: string;
  resourceId: string | null;
  personId: string | null;
  facilityId: string | null;
  purpose: string | null;
  address: string | null;
  traceId: string;
}

const DICOM = 'http://dicom.nema.org/resources/ontology/DCM';
const OBJECT_ROLE = 'http://terminology.hl7.org/CodeSystem/object-role';
const PATIENT_RECORD: Coding = { system: DICOM, code: '110110', display: 'Patient Record' };
const APPLICATION_ACTIVITY: Coding = { system: DICOM, code: '110100', display: 'Application Activity' };
const IP_ADDRESS = '2';

/** One entry as an AuditEvent (FHIR R4). Ids and codes only, as in the trail: no name of anybody. */
export function auditEvent(entry: TrailEntry, country: string): AuditEvent {
  return {
    resourceType: 'AuditEvent',
    id: entry.id,
    type: entry.personId ? PATIENT_RECORD : APPLICATION_ACTIVITY,
    subtype: [{ system: OWN.auditAction, code: entry.action }],
    action: isReading(entry.action) ? 'R' : 'E',
    recorded: entry.at.toISOString(),
    ...(entry.purpose ? { purposeOfEvent: [{ text: entry.purpose }] } : {}),
    agent: [agentOf(entry)],
    source: { site: country, observer: { display: 'TikaSetu' } },
    entity: entitiesOf(entry),
  };
}

/** Which acts only look. The verb is what follows the dot of the permission's name. */
const isReading = (action: string): boolean => /\.(read|find|verify)(-|$)/.test(action);

function agentOf({ actorKind, actorId, actorRoles, facilityId, address }: TrailEntry): AuditEventAgent {
  return {
    type: { coding: [{ system: OWN.actorKind, code: actorKind }] },
    ...(actorRoles.length > 0
      ? { role: actorRoles.map(code => ({ coding: [{ system: OWN.role, code }] })) }
      : {}),
    ...(actorId === null ? {} : { who: { identifier: { system: OWN.account, value: actorId } } }),
    requestor: true,
    ...(facilityId === null ? {} : { location: { reference: `Location/${facilityId}` } }),
    ...(address === null ? {} : { network: { address, type: IP_ADDRESS } }),
  };
}

function entitiesOf({ personId, resourceType, resourceId, traceId }: TrailEntry): AuditEventEntity[] {
  const person = personId === null ? [] : [{ what: { reference: `Patient/${personId}` }, role: PATIENT }];
  const isPerson = resourceType === 'person' && resourceId === personId;
  const system = OWN.record(resourceType);
  const record: AuditEventEntity = {
    ...(resourceId === null ? {} : { what: { identifier: { system, value: resourceId } } }),
    type: { system: OWN.recordType, code: resourceType },
    detail: [{ type: 'trace', valueString: traceId }],
  };
  return isPerson ? [{ ...record, ...person[0] }] : [...person, record];
}

const PATIENT: Coding = { system: OBJECT_ROLE, code: '1', display: 'Patient' };
