import { describe, expect, it } from '@jest/globals';
import { kindOfAnswer } from './answer-kind.js';

const kind = (contentType: string | undefined, body: string): string => kindOfAnswer(contentType, Buffer.from(body));

describe('kindOfAnswer', () => {
  it('knows JSON and XML by their content type', () => {
    expect(kind('application/json;charset=utf-8', ' {"d":{}}')).toBe('json');
    expect(kind('application/atom+xml; type=entry', '<entry/>')).toBe('xml');
    expect(kind('application/xml', '<error/>')).toBe('xml');
  });

  it('knows a logon page that answers with status 200', () => {
    expect(kind('text/html', '<html><form><input type="password" name="p"></form></html>')).toBe('login-page');
    expect(kind('text/html; charset=utf-8', '<!DOCTYPE html><title>Logon</title>')).toBe('login-page');
  });

  it('knows the page of a firewall', () => {
    expect(kind('text/html', '<html><title>Request Rejected</title></html>')).toBe('firewall-page');
  });

  it('believes the body where it contradicts a content type of JSON', () => {
    expect(kind('application/json', '\n<!DOCTYPE HTML><input type=password>')).toBe('login-page');
    expect(kind('application/json', '\u{feff}{"d":1}')).toBe('json');
    expect(kind('application/json', 'OK')).toBe('other');
  });

  it('goes by the body where the content type is missing', () => {
    expect(kind(undefined, '{"d":{}}')).toBe('json');
    expect(kind(undefined, '<?xml version="1.0"?><error/>')).toBe('xml');
    expect(kind('', 'pong')).toBe('other');
  });

  it('takes other pages and media for something else', () => {
    expect(kind('text/html', '<html><h1>Wartungsarbeiten</h1></html>')).toBe('other');
    expect(kind('application/pdf', '%PDF-1.4')).toBe('other');
  });
});
