import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { startSandbox, type Sandbox } from '../start-sandbox.js';
import { SmtpClient } from './mail/testing/smtp-client.js';

let sandbox: Sandbox;
beforeAll(async () => {
  sandbox = await startSandbox({ ports: 0 });
});
afterAll(async () => await sandbox.close());

async function call(method: string, path: string, body?: object): Promise<unknown> {
  const response = await fetch(`${sandbox.controlUrl}${path}`, {
    method,
    ...(body && { body: JSON.stringify(body) }),
  });
  return await response.json();
}

async function sendMail(recipient: string): Promise<void> {
  const client = SmtpClient.open(sandbox.environment['SMTP_URL'] ?? '');
  await client.hear();
  for (const line of ['EHLO x', 'MAIL FROM:<>', `RCPT TO:<${recipient}>`, 'DATA', 'Subject: Hallo\r\n\r\n.', 'QUIT']) {
    await client.say(line);
  }
}

describe('hooks of a system at the control endpoint', () => {
  it('act on the same system as its port, its books and a reset', async () => {
    await call('POST', '/foreign-bookings', { household: 'kim', amount: '-4.50' });
    await call('POST', '/foreign-bookings', { household: 'aylin', amount: '1.00' });
    expect(await call('GET', '/books/till')).toMatchObject([{ balance: '23.40' }, { balance: '43.50' }]);
    expect(await call('POST', '/reset?system=till&household=kim')).toEqual({ reset: ['till'] });
    expect(await call('GET', '/books/till')).toMatchObject([{ balance: '43.50' }]);
    await call('POST', '/reset');
    expect(await call('GET', '/books/till')).toEqual([]);
  });

  it('show the mail that was sent to the URL in the environment', async () => {
    expect(sandbox.addresses.at(-1)).toMatchObject({ name: 'mail', url: sandbox.environment['SMTP_URL'] });
    await sendMail('lena.vogt@example.org');
    await sendMail('aylin.kaya@example.org');
    expect(await call('GET', '/mails')).toMatchObject([{ subject: 'Hallo' }, { subject: 'Hallo' }]);
    expect(await call('POST', '/reset?household=aylin')).toEqual({
      reset: expect.arrayContaining(['mail', 'tenancy']),
    });
    expect(await call('GET', '/mails')).toMatchObject([{ recipients: ['lena.vogt@example.org'] }]);
    await call('POST', '/reset?system=mail');
    expect(await call('GET', '/mails')).toEqual([]);
  });

  it('leave the paths of the endpoint itself alone', async () => {
    expect(await call('GET', '/personas')).toMatchObject({ personas: expect.any(Array) });
    expect(await call('GET', '/books/hafas')).toEqual({
      error: expect.stringMatching(/^Books are kept by .*tenancy.*fare-shop.*till.*mail/),
    });
  });
});
