/**
 * The texts a country words itself, and the arguments each must show. Closed: a misspelt name in a pack is a fault,
 * not a silent nothing. Dates and times are given to a message already in the country's own form.
 */
export const PACK_TEXTS = {
  'certificate.title': [],
  'certificate.person': [],
  'certificate.birthDate': [],
  'certificate.identifier': [],
  'certificate.disease': [],
  'certificate.vaccine': [],
  'certificate.dose': [],
  'certificate.date': [],
  'certificate.facility': [],
  'certificate.lot': [],
  'certificate.number': [],
  'certificate.issuedBy': [],
  'certificate.issuedOn': [],
  'certificate.verify': ['url'],
  'message.signInCode': ['code', 'minutes'],
  'message.appointmentConfirmed': ['name', 'facility', 'date', 'time', 'code'],
  'message.appointmentChanged': ['name', 'facility', 'date', 'time', 'code'],
  'message.appointmentCancelled': ['name', 'facility', 'date'],
  'message.doseRecorded': ['name', 'vaccine', 'date', 'facility'],
  'message.nextDoseDue': ['name', 'vaccine', 'date'],
  'message.doseOverdue': ['name', 'vaccine', 'date'],
  'message.certificateReady': ['name', 'url'],
} as const satisfies Record<string, readonly string[]>;

export type PackTextKey = keyof typeof PACK_TEXTS;
