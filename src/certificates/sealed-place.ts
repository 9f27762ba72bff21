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

/** Where the text of a proof of a test result is sealed, likewise. */
export const resultProofPlace = (proofId: string) => ({
  table: 'result_proof',
  column: 'sealed_text',
  row: proofId,
});

/** Where what a grievance asks for is sealed, and the answer to it, likewise. */
export const casePlace = (grievanceId: string) => ({
  table: 'certificate_grievance',
  column: 'sealed_case',
  row: grievanceId,
});
export const answerPlace = (grievanceId: string) => ({
  table: 'certificate_grievance_decision',
  column: 'sealed_reason',
  row: grievanceId,
});

/** Tables for which a detail that was proved is sealed; passports had one of their own, and stay sealed for it. */
export type DetailTable = 'stated_detail' | 'travel_document';

const detailColumns = {
  stated_detail: { table: 'stated_detail', column: 'sealed_value' },
  travel_document: { table: 'travel_document', column: 'sealed_number' },
} as const;

/** Where a detail that was proved is sealed, likewise. */
export const detailPlace = (detailId: string, table: DetailTable = 'stated_detail') => ({
  ...detailColumns[table],
  row: detailId,
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
  { table: 'result_proof', column: 'sealed_text', key: ['person_id', 'proof_id'] },
  { table: 'certificate_grievance', column: 'sealed_case', key: ['person_id', 'id'] },
  { table: 'certificate_grievance_decision', column: 'sealed_reason', key: ['person_id', 'grievance_id'] },
  {
    ...detailColumns.stated_detail,
    key: ['person_id', 'id', 'sealed_in'],
    place: ([, id, table]) => detailPlace(id!, table as DetailTable),
  },
  {
    table: 'print_sheet',
    column: 'sealed_pdf',
    key: ['facility_id', 'run_id', 'number'],
    place: ([, run, number]) => sealedSheet({ id: run! }, Number(number)),
  },
];
