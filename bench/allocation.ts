// npm run simulate:allocation [seed]: 10,000 scripted clients, one in ten a program, against 1,000 places, by each policy.
// A simulation of the rules by which the service gives places out, not of the service: it runs in seconds.
import { randomBytes, randomInt } from 'node:crypto';
import { crowdOf, giveOut } from '../test/harness/worlds/crowd';
import { POLICIES } from '../test/harness/worlds/any-draw';

const print = (line: string): void => void process.stdout.write(`${line}\n`);

const CLIENTS = 10_000;
const PLACES = 1_000;
const CAPS = {
  none: { account: null, device: null, network: null },
  caps: { account: 1, device: 2, network: 20 },
};

const seed = Number(process.argv[2] ?? randomInt(2 ** 31));
const drawSeed = process.argv[2] ? Buffer.alloc(32, seed) : randomBytes(32);
const crowd = crowdOf({ clients: CLIENTS, seed });

print(`${CLIENTS} clients, 90 % of them people, ${PLACES} places. Crowd seed ${seed}.`);
print(`Draw seed ${drawSeed.toString('hex')}. Caps: account 1, device 2, network 20.\n`);
print('| policy | caps | places given | won by people | most for one account / device / network |');
print('|---|---|---:|---:|---|');
for (const policy of POLICIES) {
  for (const [name, caps] of Object.entries(CAPS)) {
    const { winners, honestWinners, most } = giveOut(
      crowd,
      policy,
      { places: PLACES, reserved: [], caps },
      drawSeed,
    );
    const share = ((100 * honestWinners) / winners).toFixed(1);
    print(
      `| ${policy} | ${name} | ${winners} | ${share} % | ${most.account} / ${most.device} / ${most.network} |`,
    );
  }
}
