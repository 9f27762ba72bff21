import pg, { type ClientConfig, type PoolClient, type PoolConfig } from 'pg';

type Connected = (error: Error | undefined, client: PoolClient | undefined, release: () => void) => void;

/** SQLSTATE of PostgreSQL's answer to a wrong password. */
export const WRONG_PASSWORD = '28P01';

const isWrongPassword = (error: unknown): boolean =>
  (error as { code?: string } | null)?.code === WRONG_PASSWORD;

/**
 * The driver for a login that has one of several passwords: `pg`, but that a connection which one of them did not open
 * is tried with the next, and later ones begin with what opened the last. A login's password changes while the
 * master key does, between one connection and the next, and whoever asks for a connection is not to notice.
 */
export function driverFor(passwords: readonly string[]): typeof pg {
  let believed = 0;

  class EitherClient extends pg.Client {
    constructor(config?: ClientConfig) {
      super(config);
      this.password = passwords[believed];
    }
  }

  class EitherPool extends pg.Pool {
    constructor(options?: PoolConfig) {
      super({ ...options, Client: EitherClient });
    }

    override connect(): Promise<PoolClient>;
    override connect(connected: Connected): void;
    override connect(connected?: Connected): Promise<PoolClient> | void {
      if (connected) this.attempt(connected, passwords.length - 1);
      else return promised(then => this.connect(then));
    }

    private attempt(connected: Connected, more: number): void {
      const tried = believed;
      super.connect((error, client, release) => {
        if (!isWrongPassword(error) || more === 0) return connected(error, client, release);
        if (believed === tried) believed = (tried + 1) % passwords.length; // else another attempt has turned already
        this.attempt(connected, more - 1);
      });
    }
  }

  return { ...pg, Pool: EitherPool };
}

const promised = (connect: (connected: Connected) => void): Promise<PoolClient> =>
  new Promise((resolve, reject) => connect((error, client) => (error ? reject(error) : resolve(client!))));
