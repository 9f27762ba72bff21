import { Injectable } from '@nestjs/common';
import { MANY, type UnitOfWork } from '../../platform/database';

/** What a device said of a dose that is recorded. */
export interface OfflineDoseRow {
  personId: string;
  vaccinationId: string;
  deviceId: string;
  clientId: string;
  /** By the device's own clock. */
  deviceGivenAt: Date;
  /** By our clock. */
  givenAt: Date;
  receivedAt: Date;
  distinctReason: string | null;
}

@Injectable()
export class OfflineStore {
  async addAll(work: UnitOfWork, rows: readonly OfflineDoseRow[]): Promise<void> {
    if (rows.length >= MANY)
      return work.copy(
        `offline_dose (person_id, vaccination_id, device_id, client_id, device_given_at, given_at, received_at, distinct_reason)`,
        rows.map(row => [
          row.personId,
          row.vaccinationId,
          row.deviceId,
          row.clientId,
          row.deviceGivenAt,
          row.givenAt,
          row.receivedAt,
          row.distinctReason,
        ]),
      );
    await work.query(
      `INSERT INTO offline_dose
         (person_id, vaccination_id, device_id, client_id, device_given_at, given_at, received_at, distinct_reason)
       SELECT * FROM json_to_recordset($1::json) AS d("personId" uuid, "vaccinationId" uuid, "deviceId" text, "clientId" text,
         "deviceGivenAt" timestamptz, "givenAt" timestamptz, "receivedAt" timestamptz, "distinctReason" text)`,
      [JSON.stringify(rows)],
    );
  }
}
