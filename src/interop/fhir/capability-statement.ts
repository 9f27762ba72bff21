import type { CapabilityStatement } from 'fhir/r4';
import { IMMDS } from './code-systems';

const FORECAST = {
  name: 'immds-forecast',
  definition: `${IMMDS}/OperationDefinition/ImmDSForecastOperation`,
};

/** What the FHIR face can do (FHIR R4, `GET [base]/metadata`): the same for every country. */
export const CAPABILITY_STATEMENT: CapabilityStatement = {
  resourceType: 'CapabilityStatement',
  name: 'TikaSetuImmunizationForecast',
  title: 'TikaSetu: immunization forecast',
  status: 'active',
  date: '2026-11-22',
  kind: 'capability',
  description:
    'Evaluation and forecast by the immunization schedule that a country has in force. Nothing of a request is kept.',
  software: { name: 'TikaSetu' },
  implementationGuide: [`${IMMDS}/ImplementationGuide/hl7.fhir.us.immds`],
  fhirVersion: '4.0.1',
  format: ['application/fhir+json', 'json'],
  rest: [
    {
      mode: 'server',
      security: {
        cors: false,
        description:
          'Authorization: Bearer, with a token of the country. The country by host name or X-Tenant.',
      },
      resource: [
        {
          type: 'Patient',
          documentation:
            'GET [base]/Patient/[id]/$immds-forecast: of a person of the registry, today, from her own record.',
          operation: [FORECAST],
        },
        {
          type: 'AuditEvent',
          documentation: 'The trail, newest first, for auditors and data protection officers.',
          interaction: [{ code: 'search-type' }],
          searchParam: [
            { name: 'patient', type: 'reference', documentation: 'About this person.' },
            { name: 'agent', type: 'token', documentation: 'By this account.' },
            { name: 'subtype', type: 'token', documentation: 'This action.' },
            { name: 'date', type: 'date', documentation: 'From (ge) and before (lt) an instant.' },
          ],
        },
      ],
      operation: [FORECAST],
    },
  ],
};
