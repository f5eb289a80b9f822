import { describe, expect, it } from '@jest/globals';
import { readMail } from './read-mail.js';

const read = (...lines: readonly string[]) => readMail(Buffer.from(lines.join('\r\n'), 'utf8'));

describe('reading a mail', () => {
  it('shows subject and text of a plain one', () => {
    expect(read('From: a@example.org', 'SUBJECT:  Ihr Code ', '', 'Guten Tag,', '', '123456', '')).toEqual({
      subject: 'Ihr Code',
      text: 'Guten Tag,\n\n123456',
    });
  });

  it('unfolds a subject and decodes its words, blanks between two of them left out', () => {
    const { subject } = read('Subject: =?UTF-8?Q?Ihre_M=C3=A4ngel?=', ' =?utf-8?B?bWVsZHVuZw==?= vom', '\tMontag', '');
    expect(subject).toBe('Ihre Mängelmeldung vom\tMontag');
    expect(read('Subject: =?iso-8859-1?q?Gr=FC=DFe?=', '').subject).toBe('Grüße');
  });

  it('decodes quoted-printable and Base64 in their charset', () => {
    const quoted = read(
      'Content-Type: text/plain; charset="utf-8"',
      'Content-Transfer-Encoding: quoted-printable',
      '',
      'Z=C3=A4hler =',
      '1 =3D 2   ',
      'Ende',
    );
    expect(quoted.text).toBe('Zähler 1 = 2\nEnde');
    const base64 = read(
      'Content-Type: text/plain; charset=iso-8859-1',
      'Content-Transfer-Encoding: BASE64',
      '',
      Buffer.from('Grüße', 'latin1').toString('base64'),
    );
    expect(base64.text).toBe('Grüße');
  });

  it('finds the plain text in the parts of parts, and takes HTML only where there is none', () => {
    const html = ['Content-Type: text/html', '', '<b>Hallo</b>'];
    const plain = ['content-type: TEXT/PLAIN; charset=utf-8', '', 'Hallo', ''];
    const inner = ['Content-Type: multipart/alternative; boundary=in', '', '--in', ...html, '--in', ...plain, '--in--'];
    const outer = ['Content-Type: multipart/mixed; boundary="out er"', 'Subject: x', '', 'preamble'];
    expect(read(...outer, '--out er', ...inner, '--out er--', 'epilogue').text).toBe('Hallo');
    expect(read(...outer, '--out er', ...html, '--out er--').text).toBe('<b>Hallo</b>');
    expect(read(...outer, '--out er', 'Content-Type: image/png', '', 'AAAA', '--out er--').text).toBe('');
  });

  it('takes a part without any header, and a body without any subject', () => {
    expect(read('Content-Type: multipart/mixed; boundary=b', '', '--b', '', 'Hallo', '--b--').text).toBe('Hallo');
    expect(read('', 'Hallo')).toEqual({ subject: '', text: 'Hallo' });
  });

  it.each([
    ['nothing', ''],
    ['one line', 'Subject'],
    ['an unknown charset', 'Content-Type: text/plain; charset=klingon\r\n\r\nHallo'],
    ['parts without an end', 'Content-Type: multipart/mixed; boundary=b\r\n\r\n--b'],
    ['a boundary of nothing', 'Content-Type: multipart/mixed; boundary=\r\n\r\n--\r\n\r\nx'],
    ['endless parts', `Content-Type: multipart/mixed; boundary=b\r\n\r\n${'--b\r\n\r\n'.repeat(10_000)}`],
    ['a broken word', 'Subject: =?utf-8?B?%%%?=\r\n\r\n'],
  ])('is never in the way of %s', (_, text) => {
    expect(readMail(Buffer.from(text))).toEqual({ subject: expect.any(String), text: expect.any(String) });
  });
});
