import type { SealedColumn } from '../tenancy';

/** Where the text of a certificate's code is sealed, with the key of the person it is about. */
export const sealedPlace = (certificateId: string) => ({
  table: 'certificate_code',
  column: 'sealed_text',
  row: certificateId,
});

/** Where the text of a proof is sealed, likewise. */
export const proofPlace = (proofId: string) => ({
  table: 'certificate_proof',
  column: 'sealed_text',
  row: proofId,
});

/** Where the pages of a sheet are sealed, with the country's key: many people are on one. */
export const sealedSheet = ({ id }: { id: string }, number: number) => ({
  table: 'print_sheet',
  column: 'sealed_pdf',
  row: `${id}/${number}`,
});

/** All of them, for whoever changes keys. */
export const SEALED_COLUMNS: readonly SealedColumn[] = [
  { table: 'certificate_code', column: 'sealed_text', key: ['person_id', 'certificate_id'] },
  { table: 'certificate_proof', column: 'sealed_text', key: ['person_id', 'certificate_id', 'proof_id'] },
  {
    table: 'print_sheet',
    column: 'sealed_pdf',
    key: ['facility_id', 'run_id', 'number'],
    row: ([, run, number]) => `${run}/${number}`,
  },
];
