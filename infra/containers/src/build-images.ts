import { chmodSync, cpSync, mkdirSync, mkdtempSync, renameSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { findJars } from '@liaison/embedded-kafka';
import { ContainersError } from './containers-error.ts';
import { runProgram, succeeds } from './run-program.ts';

const root = fileURLToPath(new URL('../../../', import.meta.url));
const here = fileURLToPath(new URL('../', import.meta.url));

/** Images that can be pulled, and those that stand in for them where nothing can be. */
const bases = {
  debian: { pulled: 'debian:bookworm-slim', made: 'liaison-base/debian:bookworm' },
  java: { pulled: 'eclipse-temurin:17-jre', made: 'liaison-base/java:bookworm' },
} as const;

async function has(image: string): Promise<boolean> {
  return succeeds('docker', ['image', 'inspect', image]);
}

/** Finds the base images: there already, pulled, or made here. @throws ContainersError `base-missing` */
async function findBases(): Promise<Record<keyof typeof bases, string>> {
  const { debian, java } = bases;
  const pulled = await Promise.all(
    [debian, java].map((one) => succeeds('docker', ['pull', '--quiet', one.pulled])),
  );
  // Prometheus has no image of Debian's to be pulled: it is made in any case.
  await runProgram('sh', [join(here, 'make-base-images.sh')]).catch((cause: unknown) => {
    throw new ContainersError('base-missing', { cause });
  });
  return {
    debian: pulled[0] === true ? debian.pulled : debian.made,
    java: pulled[1] === true ? java.pulled : java.made,
  };
}

/** Copies the workspace as it is committed or changed, without tests and what belongs to them. */
async function copyWorkspace(to: string): Promise<void> {
  const listed = await runProgram('git', ['ls-files', '--cached', '--others', '--exclude-standard'], {
    cwd: root,
    capture: true,
  });
  const isWanted = (file: string): boolean =>
    !/^(tests|docs)\/|\.test\.ts$|\/(test|fixtures|corpus)\//.test(file) || file === 'tests/package.json';
  for (const file of listed.split('\n').filter((one) => one !== '' && isWanted(one))) {
    mkdirSync(dirname(join(to, file)), { recursive: true });
    cpSync(join(root, file), join(to, file));
  }
}

async function buildLiaison(base: string): Promise<void> {
  const context = mkdtempSync(join(tmpdir(), 'liaison-image-'));
  try {
    const app = join(context, 'app');
    await copyWorkspace(app);
    const install = [
      '--yes',
      'pnpm@12.21.0',
      'install',
      '--frozen-lockfile',
      '--prod',
      '--config.package-import-method=copy',
    ];
    await runProgram('npx', install, { cwd: app, env: { CI: '1' } });
    // Times of the installation would make a layer of their own each time.
    rmSync(join(app, 'node_modules', '.modules.yaml'), { force: true });
    rmSync(join(app, 'node_modules', '.pnpm-workspace-state-v1.json'), { force: true });
    renameSync(join(app, 'node_modules'), join(context, 'node_modules'));
    cpSync(join(root, 'node_modules', 'node', 'bin', 'node'), join(context, 'node'), { dereference: true });
    chmodSync(join(context, 'node'), 0o755);
    const build = ['build', '--tag', 'liaison:local', '--build-arg', `BASE_IMAGE=${base}`];
    await runProgram('docker', [...build, '--file', join(here, 'Dockerfile'), context]);
  } finally {
    rmSync(context, { recursive: true, force: true });
  }
}

async function buildKafka(base: string): Promise<void> {
  const context = mkdtempSync(join(tmpdir(), 'liaison-kafka-image-'));
  try {
    cpSync(await findJars(), join(context, 'libs'), { recursive: true });
    cpSync(join(here, 'kafka-bin'), join(context, 'bin'), { recursive: true });
    const build = ['build', '--tag', 'liaison-kafka:local', '--build-arg', `BASE_IMAGE=${base}`];
    await runProgram('docker', [...build, '--file', join(here, 'Dockerfile.kafka'), context]);
  } finally {
    rmSync(context, { recursive: true, force: true });
  }
}

/** Builds the images. @throws ContainersError `docker-missing`, `base-missing`, `step-failed` */
export async function buildImages(): Promise<void> {
  if (!(await succeeds('docker', ['info']))) throw new ContainersError('docker-missing');
  const found = await findBases();
  await buildKafka(found.java);
  await buildLiaison(found.debian);
  if (!(await has('liaison:local'))) throw new ContainersError('step-failed');
}
