import { randomInt } from 'node:crypto';
import { Injectable } from '@nestjs/common';
import type { UnitOfWork } from '../../platform/database';

/**
 * Places on one list: eight times the least that the standard allows (Bitstring Status List 1.0, section 3.1), so that a
 * holder is one among many wherever her credential stands.
 */
export const PLACES_ON_A_LIST = 1_048_576;
/** A list on which so many places drawn in a row are taken is about two thirds full: the next one begins. */
const DRAWS = 6;

/** Whose place it is going to be. */
export interface StatusClaimant {
  personId: string;
  certificateId: string;
  proofId: string;
}

@Injectable()
export class StatusListsStore {
  /** Takes a place drawn at random on the newest list, which no other credential ever has. */
  async claim(work: UnitOfWork, claimant: StatusClaimant): Promise<{ number: number; place: number }> {
    for (let number = await this.newest(work); ; number++) {
      for (let draw = 0; draw < DRAWS; draw++) {
        const place = randomInt(PLACES_ON_A_LIST);
        if (await this.isFree(work, number, place, claimant)) return { number, place };
      }
    }
  }

  /** The revoked places of a list; null for a list that has not begun. A revoked one stays so. */
  async revokedPlaces(work: UnitOfWork, number: number): Promise<number[] | null> {
    const [row] = await work.query<{ hasBegun: boolean; places: number[] }>(
      `SELECT EXISTS (SELECT FROM status_list_claim WHERE list_number = $1) AS "hasBegun",
              ARRAY (SELECT c.place FROM status_list_claim c JOIN certificate_end e USING (person_id, certificate_id)
                     WHERE c.list_number = $1 AND e.kind = 'revoked') AS places`,
      [number],
    );
    return row?.hasBegun ? row.places : null;
  }

  private async newest(work: UnitOfWork): Promise<number> {
    const [row] = await work.query<{ number: number | null }>(
      `SELECT max(list_number) AS number FROM status_list_claim`,
    );
    return row?.number ?? 1;
  }

  private async isFree(
    work: UnitOfWork,
    number: number,
    place: number,
    { personId, certificateId, proofId }: StatusClaimant,
  ): Promise<boolean> {
    const rows = await work.query(
      `INSERT INTO status_list_claim (list_number, place, person_id, certificate_id, proof_id)
       VALUES ($1, $2, $3, $4, $5) ON CONFLICT (list_number, place) DO NOTHING RETURNING place`,
      [number, place, personId, certificateId, proofId],
    );
    return rows.length === 1;
  }
}
