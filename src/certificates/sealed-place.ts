/** Where the text of a certificate's code is sealed. */
export const sealedPlace = (certificateId: string) => ({
  table: 'certificate_code',
  column: 'sealed_text',
  row: certificateId,
});
