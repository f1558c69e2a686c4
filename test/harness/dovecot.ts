import { type ChildProcess, spawn, spawnSync } from 'node:child_process';
import { once } from 'node:events';
import { chmod, chown, mkdir, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { connect, createServer } from 'node:net';
import { tmpdir, userInfo } from 'node:os';
import { join } from 'node:path';

/** Where it is for users without system programs in their path. */
const program = ['dovecot', '/usr/sbin/dovecot'].find(versionOf) ?? 'dovecot';
const installed = versionOf(program);
/** The Dovecot of this machine, such as `2.3.19`; undefined, and said so, if the tests can't be run with it. */
export const dovecotVersion = installed?.startsWith('2.3.') ? installed : undefined;
if (installed === undefined)
  process.stderr.write('skipped: no dovecot on this machine; test/harness/install-dovecot.sh installs it\n');
// Its configuration is written otherwise from 2.4 on.
else if (dovecotVersion === undefined)
  process.stderr.write(`skipped: dovecot ${installed} is here, and the tests know 2.3\n`);

export interface Dovecot extends AsyncDisposable {
  readonly port: number;
  /** Of every user, whoever it is. */
  readonly password: string;
  /** The files of a user's folder. */
  maildir(username: string, folder?: string): string;
}

export interface DovecotOptions {
  /** Instead of all that it can do. */
  readonly capability?: string;
  /** Speak TLS, by a certificate that nobody vouches for. */
  readonly tls?: boolean;
}

/** Nobody's: Dovecot gives root no mail. */
const NOBODY = 65534;
const PASSWORD = 'open-sesame-of-the-tests';

/** Runs a mail server on a free port of the loopback, with its files in a folder of its own. Any user may log in. */
export async function startDovecot({ capability, tls = false }: DovecotOptions = {}): Promise<Dovecot> {
  const folder = await mkdtemp(join(tmpdir(), 'context-sync-dovecot-'));
  const { uid, gid, username } = userInfo();
  const isRoot = uid === 0;
  const owner = isRoot ? { uid: NOBODY, gid: NOBODY } : { uid, gid };
  await mkdir(join(folder, 'mail'));
  if (isRoot) {
    await chmod(folder, 0o711);
    await chown(join(folder, 'mail'), owner.uid, owner.gid);
  }
  const port = await freePort();
  const certificate = tls ? selfSigned(folder) : undefined;
  const internal = isRoot
    ? ''
    : `default_internal_user = ${username}\ndefault_login_user = ${username}\ndefault_internal_group = ${groupName(gid)}`;
  const config = join(folder, 'dovecot.conf');
  await writeFile(
    config,
    `
protocols = imap
listen = 127.0.0.1
base_dir = ${folder}/run
state_dir = ${folder}/state
log_path = ${folder}/log
disable_plaintext_auth = no
auth_failure_delay = 0
first_valid_uid = 1
first_valid_gid = 1
${internal}
${certificate ? `ssl = yes\nssl_cert = <${certificate.cert}\nssl_key = <${certificate.key}` : 'ssl = no'}
${capability ? `imap_capability = ${capability}` : ''}
mail_location = maildir:${folder}/mail/%u:LAYOUT=fs
mail_max_userip_connections = 100
passdb {
  driver = static
  args = password=${PASSWORD}
}
userdb {
  driver = static
  args = uid=${owner.uid} gid=${owner.gid} home=${folder}/mail/%u
}
namespace inbox {
  inbox = yes
  separator = /
  mailbox Drafts {
    auto = create
    special_use = \\Drafts
  }
  mailbox Trash {
    auto = create
    special_use = \\Trash
  }
  mailbox Sent {
    auto = create
    special_use = \\Sent
  }
}
service imap-login {
  chroot =
  inet_listener imap {
    port = ${tls ? 0 : port}
  }
  inet_listener imaps {
    port = ${tls ? port : 0}
    ssl = yes
  }
}
service anvil {
  chroot =
}
`,
  );
  const child = spawn(program, ['-F', '-c', config], { stdio: ['ignore', 'ignore', 'pipe'] });
  let stderr = '';
  child.stderr.on('data', (data) => {
    stderr += data;
  });
  const stop = async () => {
    if (child.exitCode === null && child.kill()) await once(child, 'exit');
    await rm(folder, { recursive: true, force: true, maxRetries: 5 });
  };
  try {
    await untilItAnswers(port, child);
  } catch (error) {
    const log = await readFile(join(folder, 'log'), 'utf8').catch(() => '');
    await stop();
    throw new Error(`dovecot did not start: ${stderr}${log}`, { cause: error });
  }
  return {
    ...{ port, password: PASSWORD },
    maildir: (username, of = '') => join(folder, 'mail', username, of),
    [Symbol.asyncDispose]: stop,
  };
}

function versionOf(command: string): string | undefined {
  const { status, stdout } = spawnSync(command, ['--version'], { encoding: 'utf8' });
  return status === 0 ? stdout.split(' ')[0] : undefined;
}

function groupName(gid: number): string {
  return spawnSync('id', ['-gn'], { encoding: 'utf8' }).stdout.trim() || String(gid);
}

function selfSigned(folder: string): { readonly cert: string; readonly key: string } {
  const [cert, key] = [join(folder, 'cert.pem'), join(folder, 'key.pem')];
  const subject = ['-subj', '/CN=localhost', '-addext', 'subjectAltName=DNS:localhost,IP:127.0.0.1'];
  const made = spawnSync('openssl', [
    ...['req', '-x509', '-newkey', 'ec', '-pkeyopt', 'ec_paramgen_curve:prime256v1', '-nodes'],
    ...['-days', '2', ...subject, '-keyout', key, '-out', cert],
  ]);
  if (made.status !== 0) throw new Error(`openssl: ${made.stderr}`);
  return { cert, key };
}

async function freePort(): Promise<number> {
  const server = createServer().listen(0, '127.0.0.1');
  await once(server, 'listening');
  const address = server.address();
  server.close();
  await once(server, 'close');
  if (typeof address !== 'object' || address === null) throw new Error('no port');
  return address.port;
}

async function untilItAnswers(port: number, child: ChildProcess): Promise<void> {
  for (const end = Date.now() + 20_000; Date.now() < end; ) {
    if (child.exitCode !== null) throw new Error(`exit ${child.exitCode}`);
    const isUp = await new Promise<boolean>((resolve) => {
      const socket = connect(port, '127.0.0.1', () => {
        socket.destroy();
        resolve(true);
      });
      socket.on('error', () => resolve(false));
    });
    if (isUp) return;
    await new Promise((done) => setTimeout(done, 50));
  }
  throw new Error('no answer');
}
