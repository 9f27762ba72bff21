export { type ImportedTable, ImportReport, type Written } from './import-report';
export { sheltered, unsheltered } from './spreadsheet-cells';
export { readTable, type Table, type TableForm, type TableRow } from './table';
