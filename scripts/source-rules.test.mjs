// What the source and the packages must not have, by rule: docs/asvs.md points here. Each rule names where it does not hold
// and why, and is tried against a line that breaks it.
import assert from 'node:assert/strict';
import { globSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { test } from 'node:test';
import { ROOT } from './lib/bootstrap.mjs';

const FILES = globSync('src/**/*.{ts,js}', { cwd: ROOT })
  .map(path => path.replaceAll('\\', '/'))
  .filter(path => !/\.(spec|fixture)\.ts$/.test(path));
const source = new Map(FILES.map(path => [path, readFileSync(join(ROOT, path), 'utf8')]));
const json = path => JSON.parse(readFileSync(join(ROOT, path), 'utf8'));

const RULES = [
  {
    name: 'no program of the system is run',
    ban: /['"](?:node:)?(?:child_process|cluster)['"]/,
    breaks: `import { exec } from 'node:child_process';`,
  },
  {
    name: 'no text becomes a program',
    ban: /\beval\(|\bnew Function\(|['"](?:node:)?vm['"]/,
    breaks: `new Function('return 1')`,
  },
  {
    name: 'nothing secret comes from Math.random',
    ban: /Math\.random\(/,
    breaks: `const code = Math.random();`,
    except: { 'src/platform/database/planes.ts': 'how long a migration waits before it tries again' },
  },
  {
    name: 'no cipher but AES-256-GCM, and no padding that tells',
    ban: /createCipheriv\((?!'aes-256-gcm')|createCipher\(|RSA_PKCS1_PADDING|-(?:ecb|cbc)\b/,
    breaks: `createCipheriv('aes-256-cbc', key, iv)`,
  },
  {
    name: 'no hash that is broken',
    ban: /\bhash\('(?:sha1|md5)'|createH(?:ash|mac)\('(?:sha1|md5)'/,
    breaks: `createHash('md5')`,
    except: {
      'src/vaccinations/forecast/kept-forecast.ts':
        'tells whether a plan has changed; nobody gains by two that agree',
      'src/identity/accounts/breach-service.ts': 'by which the range API names passwords; kept nowhere',
    },
  },
  {
    name: 'no matching expression from a text of somebody else',
    ban: /new RegExp\(/,
    breaks: `new RegExp(input)`,
    except: {
      'src/localisation/safe-pattern.ts': 'of the few forms that cannot run away, which it checks',
      'src/pages/browser/explorer.js': 'of what she wrote in her own editor',
      'src/codecs/epcis/query.ts': 'of our own words',
      'src/interop/fhir/audit-events/audit-search-rules.ts': 'of our own words',
    },
  },
  {
    name: 'the environment is read at start and nowhere else',
    ban: /process\.env\b/,
    breaks: `const key = process.env.SECRET;`,
    where: /^src\/(?!main\.ts$|operations\/)/, // these are what is started
  },
  {
    name: 'no page is built from text by innerHTML',
    ban: /\.(?:innerHTML|outerHTML)\s*=(?!=)|insertAdjacentHTML\(|document\.write\(/,
    breaks: `node.innerHTML = text;`,
  },
  {
    name: 'nothing is sent to anybody but by the two ways out, and the database',
    ban: /(?<![.\w])fetch\(|['"](?:node:)?(?:http|https|http2|net|tls|dgram|dns|dns\/promises)['"]/,
    breaks: `await fetch('https://stats.example', { body });`,
    where: /^src\/(?!pages\/browser\/|operations\/)/, // the one runs with the reader, the others are commands
    except: {
      'src/app.ts': 'types of a request',
      'src/interop/epcis/epcis-errors.ts': 'answers on http, not calls',
      'src/interop/fhir/fhir-errors.ts': 'answers on http, not calls',
      'src/platform/database/unit-of-work.ts': 'the type of the connection to the database',
      'src/platform/health/health-port.ts': 'answers; calls nobody',
      'src/platform/messaging/gateway-sender.ts': 'the way to the gateway of the installation',
      'src/platform/outbound/outbound.ts': 'the way to addresses that somebody gave',
    },
  },
  {
    name: 'no answer names a file: documents come inside JSON',
    ban: /content-disposition/i,
    breaks: `reply.header('Content-Disposition', name);`,
  },
  {
    name: 'no certificate of TLS is taken unseen',
    ban: /rejectUnauthorized\s*:\s*false|NODE_TLS_REJECT_UNAUTHORIZED/,
    breaks: `{ rejectUnauthorized: false }`,
  },
];

for (const { name, ban, breaks, where = /./, except = {} } of RULES)
  test(name, () => {
    const broken = [...source]
      .filter(([path, text]) => where.test(path) && ban.test(text) && !(path in except))
      .map(([path]) => path);
    const stale = Object.keys(except).filter(path => !ban.test(source.get(path) ?? ''));

    assert.ok(ban.test(breaks), 'the rule would see nothing');
    assert.deepEqual({ broken, stale }, { broken: [], stale: [] });
  });

test('every package that is installed is pinned by its hash, and comes from the registry', () => {
  const packages = Object.entries(json('package-lock.json').packages).filter(([path]) => path !== '');
  const loose = packages
    // Of other platforms' optional packages the registry that the lockfile was made with told no hash; npm fetches none.
    .filter(([, { optional, integrity }]) => !(optional && integrity === undefined))
    .filter(
      ([, { integrity, resolved }]) =>
        !integrity.startsWith('sha512-') || (resolved && !resolved.startsWith('https:')),
    )
    .map(([path]) => path);

  assert.deepEqual(loose, []);
});

test('cryptography is Node’s own and jose’s: no other package of it is ours', () => {
  const known =
    /^(bcrypt|argon2|crypto-js|node-forge|tweetnacl|elliptic|jsonwebtoken|sjcl|libsodium|@noble\/|openpgp|aes-js)/;

  assert.deepEqual(
    Object.keys(json('package.json').dependencies).filter(name => known.test(name)),
    [],
  );
});

test('no secret question, and no password given out, is in the published schema', () => {
  const schema = readFileSync(join(ROOT, 'schema.graphql'), 'utf8').replace(/"""[\s\S]*?"""/g, '');

  assert.doesNotMatch(schema, /secretQuestion|securityQuestion|passwordHint|\bpasswordHash\b/i);
  assert.doesNotMatch(schema, /^type \w+ [^}]*\bpassword\b/m);
});
