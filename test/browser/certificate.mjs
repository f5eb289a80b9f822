import { execFileSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

/**
 * A certificate that signs itself, and its key; Node cannot make one.
 * @param {readonly string[]} hosts
 */
export function makeCertificate(hosts) {
  const folder = mkdtempSync(join(tmpdir(), 'saaltor-certificate-'));
  try {
    const [keyFile, certificateFile] = [join(folder, 'key.pem'), join(folder, 'certificate.pem')];
    const key = ['-newkey', 'ec', '-pkeyopt', 'ec_paramgen_curve:prime256v1', '-nodes', '-keyout', keyFile];
    const names = ['-subj', '/CN=Saaltor', '-addext', `subjectAltName=${hosts.map((host) => `DNS:${host}`).join(',')}`];
    const request = ['req', '-x509', '-days', '2', ...key, ...names, '-out', certificateFile];
    execFileSync(process.env['OPENSSL'], request, { stdio: ['ignore', 'ignore', 'pipe'], timeout: 20_000 });
    return { key: readFileSync(keyFile), cert: readFileSync(certificateFile) };
  } finally {
    rmSync(folder, { recursive: true });
  }
}
