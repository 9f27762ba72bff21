import { spawnSync } from 'node:child_process';
import { join } from 'node:path';
import { parseAllDocuments } from 'yaml';
import { readConfig } from '../../../src/platform/config';
import { findHelm } from '../../harness/helm';
import { skipUnless } from '../../harness/run/skip';

const root = join(__dirname, '../../..');
const helm = findHelm();

interface Container {
  image: string;
  command?: string[];
  env?: { name: string; value?: string; valueFrom?: { secretKeyRef?: { name: string; key: string } } }[];
  securityContext: Record<string, unknown>;
  resources: { requests: object; limits: { memory: string } };
  volumeMounts: { name: string; mountPath: string }[];
  livenessProbe?: { httpGet: { path: string } };
  readinessProbe?: { httpGet: { path: string } };
}
interface PodSpec {
  automountServiceAccountToken?: boolean;
  hostNetwork?: boolean;
  securityContext: Record<string, unknown>;
  containers: Container[];
  initContainers?: Container[];
  volumes: { name: string; emptyDir?: object }[];
  topologySpreadConstraints?: object[];
}
interface Manifest {
  kind: string;
  metadata: { name: string; labels: Record<string, string>; annotations?: Record<string, string> };
  spec: unknown; // each kind has its own
  data?: Record<string, string>;
}

const run = (...args: string[]) => spawnSync(helm ?? 'helm', args, { cwd: root, encoding: 'utf8' });

function render(example: string, ...values: string[]): Manifest[] {
  const sets = values.flatMap(value => ['--set', value]);
  const { stdout, stderr, status } = run(
    'template',
    'demo',
    'helm',
    '-f',
    `helm/examples/${example}.yaml`,
    ...sets,
  );
  if (status !== 0) throw new Error(stderr);
  return parseAllDocuments(stdout)
    .map(document => document.toJS() as Manifest | null)
    .filter(manifest => manifest !== null);
}

const ofKind = (manifests: Manifest[], kind: string) => manifests.filter(manifest => manifest.kind === kind);
const named = (manifests: Manifest[], kind: string, end: string) =>
  ofKind(manifests, kind).find(({ metadata }) => metadata.name.endsWith(end)) ?? fail(`no ${kind} ${end}`);

function fail(message: string): never {
  throw new Error(message);
}

/** Every pod of the release with its name, whatever kind makes it. */
const pods = (manifests: Manifest[]): [string, PodSpec][] =>
  manifests.flatMap(manifest => {
    const spec = manifest.spec as { template?: { spec: PodSpec } } & PodSpec;
    const pod = manifest.kind === 'Pod' ? spec : spec?.template?.spec;
    return pod ? [[manifest.metadata.name, pod] as [string, PodSpec]] : [];
  });
const containers = (manifests: Manifest[]) =>
  pods(manifests).flatMap(([, pod]) => [...pod.containers, ...(pod.initContainers ?? [])]);
const secretsOf = (manifests: Manifest[], kind: string, end: string) =>
  pods([named(manifests, kind, end)])
    .flatMap(([, pod]) => pod.containers)
    .flatMap(container => container.env ?? [])
    .filter(variable => variable.valueFrom?.secretKeyRef)
    .map(variable => variable.name);

/** Every variable that the service looks at when it starts. */
function variablesRead(): string[] {
  const asked: string[] = [];
  const usable: NodeJS.ProcessEnv = {
    DATABASE_URL: 'postgresql://db.example/tikasetu',
    TIKASETU_MASTER_KEY: Buffer.alloc(32).toString('base64'),
    TIKASETU_MESSAGE_GATEWAY_URL: 'https://messages.example/send',
  };
  const noting = (env: Record<string, string | undefined>, name: string): string | undefined => {
    asked.push(name);
    return env[name];
  };
  readConfig(new Proxy<Record<string, string | undefined>>(usable, { get: noting }));
  return asked;
}

skipUnless(helm, 'the Helm chart: no helm on PATH, and none could be had from npm')('The Helm chart', () => {
  describe.each(['one-country', 'three-countries'])('for %s', example => {
    const manifests = helm ? render(example) : [];

    test('passes helm lint without a warning', () => {
      const { status, stdout } = run('lint', 'helm', '--strict', '-f', `helm/examples/${example}.yaml`);

      expect(`${stdout}${status}`).toMatch(/0 chart\(s\) failed\n0$/);
    });

    test('runs an API, a worker, and a migration before them', () => {
      expect(pods(manifests).map(([name]) => name)).toEqual(
        expect.arrayContaining(['demo-tikasetu-api', 'demo-tikasetu-worker', 'demo-tikasetu-migrate']),
      );
      expect(named(manifests, 'Job', '-migrate').metadata.annotations?.['helm.sh/hook']).toBe(
        'pre-install,pre-upgrade',
      );
    });

    test('runs no pod as root, with a token, or on the node’s network', () => {
      const held = {
        runAsNonRoot: true,
        runAsUser: 1000,
        runAsGroup: 1000,
        fsGroup: 1000,
        seccompProfile: { type: 'RuntimeDefault' },
      };

      expect(pods(manifests).length).toBeGreaterThanOrEqual(4);
      expect(
        pods(manifests).filter(
          ([, pod]) =>
            pod.automountServiceAccountToken !== false ||
            pod.hostNetwork ||
            JSON.stringify(pod.securityContext) !== JSON.stringify(held),
        ),
      ).toEqual([]);
    });

    test('lets no container write its root file system, gain privileges or keep a capability', () => {
      expect(
        new Set(containers(manifests).map(({ securityContext }) => JSON.stringify(securityContext))),
      ).toEqual(
        new Set([
          JSON.stringify({
            allowPrivilegeEscalation: false,
            privileged: false,
            readOnlyRootFilesystem: true,
            runAsNonRoot: true,
            capabilities: { drop: ['ALL'] },
          }),
        ]),
      );
      expect(
        containers(manifests).filter(({ volumeMounts }) => !volumeMounts.some(m => m.mountPath === '/tmp')),
      ).toEqual([]);
    });

    test('bounds the memory of every container and never runs a floating image', () => {
      expect(containers(manifests).filter(({ resources }) => !resources?.limits?.memory)).toEqual([]);
      expect(containers(manifests).filter(({ image }) => !/:\d+\.\d+\.\d+$/.test(image))).toEqual([]);
    });

    test('carries no secret, only the names of secrets', () => {
      const plain = containers(manifests)
        .flatMap(({ env = [] }) => env)
        .filter(({ value }) => value !== undefined)
        .map(({ name }) => name);

      expect(ofKind(manifests, 'Secret')).toEqual([]);
      expect(plain.filter(name => /DATABASE|KEY|PASSWORD|TOKEN|SECRET/.test(name))).toEqual([]);
      expect(JSON.stringify(manifests)).not.toMatch(/postgres(ql)?:\/\//);
    });

    test('gives the login that may create logins to the worker and the migration, not to the API', () => {
      expect(secretsOf(manifests, 'Deployment', '-api')).toEqual([
        'PLATFORM_DATABASE_URL',
        'TIKASETU_MASTER_KEY',
      ]);
      expect(secretsOf(manifests, 'Deployment', '-worker')).toContain('DATABASE_URL');
      expect(secretsOf(manifests, 'Job', '-migrate')).toContain('DATABASE_URL');
    });

    test('names its variables as the service reads them', () => {
      const everything = [
        'sandbox.enabled=true',
        'sandbox.existingSecret=training',
        'sandbox.outboundLoopback=true',
        'vcApiCountries={xa,xb}',
        'breachedPasswordsUrl=https://range.example/',
        'outside.existingClaim=kept-apart',
        'anonymousDocuments.existingConfigMap=documents',
        'countries[0].origins={https://portal.health.example}',
        'secrets.database.replicaKey=REPLICA_DATABASE_URL',
        'secrets.masterKey.secondKey=TIKASETU_MASTER_KEY_SECOND',
      ];

      const given = containers(render(example, ...everything))
        .flatMap(({ env = [] }) => env)
        .map(({ name }) => name);

      expect(new Set(given)).toEqual(new Set([...variablesRead(), 'NODE_ENV']));
    });

    test('lets the worker alone write what is kept outside the database', () => {
      const mounting = pods(render(example, 'outside.existingClaim=kept-apart'))
        .filter(([, { volumes }]) => JSON.stringify(volumes).includes('kept-apart'))
        .map(([name, { containers: inside }]) => [name, JSON.stringify(inside[0]!.volumeMounts)]);

      expect(mounting).toEqual([
        [expect.stringMatching(/-worker$/), expect.stringContaining('"mountPath":"/outside"')],
      ]);
    });

    test('asks the service whether it lives and is ready', () => {
      const probed = pods(ofKind(manifests, 'Deployment')).flatMap(([, pod]) => pod.containers);

      expect(probed.map(({ livenessProbe }) => livenessProbe?.httpGet.path)).toEqual([
        '/health/live',
        '/health/live',
      ]);
      expect(probed.map(({ readinessProbe }) => readinessProbe?.httpGet.path)).toEqual([
        '/health/ready',
        '/health/ready',
      ]);
      // At a port of its own, to which no service leads.
      const [targets, probes] = [ofKind(manifests, 'Service'), probed].map(part => JSON.stringify(part));
      expect(probes!.match(/"path":"\/health\/[a-z]+","port":"health"/g)).toHaveLength(6);
      expect(targets).not.toContain('health');
    });

    test('spreads, scales and survives a drained node', () => {
      const names = (kind: string) => ofKind(manifests, kind).map(({ metadata }) => metadata.name);
      const both = ['demo-tikasetu-api', 'demo-tikasetu-worker'];

      expect(names('PodDisruptionBudget')).toEqual(both);
      expect(names('HorizontalPodAutoscaler')).toEqual(both);
      expect(
        pods(ofKind(manifests, 'Deployment')).map(([, pod]) => pod.topologySpreadConstraints?.length),
      ).toEqual([2, 2]);
    });

    test('refuses all traffic that no policy allows', () => {
      const deny = named(manifests, 'NetworkPolicy', '-deny').spec as object;
      const policies = ofKind(manifests, 'NetworkPolicy').map(
        ({ spec }) => spec as { ingress?: { from?: object[] }[]; egress?: { to?: object[] }[] },
      );

      expect(deny).toEqual({
        podSelector: {
          matchLabels: { 'app.kubernetes.io/name': 'tikasetu', 'app.kubernetes.io/instance': 'demo' },
        },
        policyTypes: ['Ingress', 'Egress'],
      });
      expect(policies.flatMap(({ ingress = [] }) => ingress).filter(({ from }) => !from?.length)).toEqual([]);
      expect(policies.flatMap(({ egress = [] }) => egress).filter(({ to }) => !to?.length)).toEqual([]);
    });
  });

  test('opens one host for each country and one for the operators', () => {
    const ingress = named(render('three-countries'), 'Ingress', 'tikasetu');

    const { rules } = ingress.spec as { rules: { host: string }[] };

    expect(rules.map(({ host }) => host)).toEqual([
      'vaccination.xa.example',
      'vaccination.xb.example',
      'vaccination.xc.example',
      'operators.tikasetu.example',
    ]);
  });

  test('keeps a country whose code YAML takes for a truth value', () => {
    const manifests = render('one-country', 'countries[0].code=no');

    expect(named(manifests, 'ConfigMap', '-countries').data).toEqual({ no: 'vaccination.health.example' });
  });

  test('opens a sandbox only where it is asked for', () => {
    const sandbox = render('one-country', 'sandbox.enabled=true', 'sandbox.existingSecret=training');

    expect(JSON.stringify(render('one-country'))).not.toContain('SANDBOX');
    expect(secretsOf(sandbox, 'Deployment', '-api')).toContain('TIKASETU_SANDBOX_PASSWORD');
  });

  test('lets each country have a release of its own in one namespace', () => {
    const [first, second] = ['one', 'two'].map(release =>
      run('template', release, 'helm', '-f', 'helm/examples/one-country.yaml').stdout.match(
        /^ {2}name: .*/gm,
      ),
    );

    expect(first?.filter(name => second?.includes(name))).toEqual([]);
  });

  test.each([
    ['no country', 'countries=null', 'countries'],
    ['a country without a host', 'countries[0].host=null', 'host'],
    ['a host that is a URL', 'countries[0].host=https://x.example', 'host'],
    ['two countries with one code', 'countries[1].code=xa,countries[1].host=b.example', 'xa'],
    [
      'two countries on one host',
      'countries[1].code=xb,countries[1].host=vaccination.health.example',
      'used twice',
    ],
    ['a secret in place of its name', 'secrets.masterKey.value=c2VjcmV0', 'value'],
    ['nowhere to send messages', 'messageGatewayUrl=', 'messageGatewayUrl'],
    ['messages sent in the clear', 'messageGatewayUrl=http://sms.example', 'messageGatewayUrl'],
    ['a sandbox without its password’s secret', 'sandbox.enabled=true', 'existingSecret'],
    ['no secret for the database', 'secrets.database.existingSecret=', 'existingSecret'],
    ['a misspelt key', 'api.replica=3', 'replica'],
    ['no replica', 'api.replicas=0', 'replicas'],
    ['an image that floats', 'image.tag=latest', 'tag'],
    ['a database anywhere', 'network.postgres=null', 'postgres'],
    ['limits without memory', 'worker.resources.limits.memory=null', 'memory'],
    ['fewer at most than at least', 'api.autoscaling.maxReplicas=1', 'maxReplicas'],
  ])('refuses %s', (_, value, named) => {
    const sets = value.split(',').flatMap(part => ['--set', part]);

    const { status, stderr } = run(
      'template',
      'demo',
      'helm',
      '-f',
      'helm/examples/one-country.yaml',
      ...sets,
    );

    expect(status).not.toBe(0);
    expect(stderr).toContain(named);
  });
});
