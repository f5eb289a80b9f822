import { createHash } from 'node:crypto';
import { messageOf, type ErrorCode, type Language } from '#lib/kernel';

const STYLE = `
  body { font: 1.125rem/1.5 system-ui, sans-serif; max-width: 34rem; margin: 3rem auto; padding: 0 1rem; color: #1b1b1b; background: #fff; }
  a { color: #00527a; }
  a:focus-visible { outline: 3px solid #b35900; outline-offset: 2px; }`;

const STYLE_HASH = createHash('sha256').update(STYLE).digest('base64');

/** Nothing but the page's own style; it has no script and no form. */
export const PAGE_POLICY = `default-src 'none'; style-src 'sha256-${STYLE_HASH}'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'`;

const TITLES: Readonly<Record<Language, string>> = {
  de: 'Anmeldung nicht möglich',
  'de-simple': 'Die Anmeldung hat nicht geklappt',
  en: 'Sign-in not possible',
};

const AGAIN: Readonly<Record<Language, string>> = {
  de: 'Noch einmal anmelden',
  'de-simple': 'Noch einmal anmelden',
  en: 'Sign in again',
};

/** What a browser shows when a sign-in cannot go on: why, and the way to begin anew. Holds nothing of the request. */
export function signInPage(code: ErrorCode, language: Language): string {
  const title = TITLES[language];
  return `<!doctype html>
<html lang="${language === 'en' ? 'en' : 'de'}">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>${title}</title>
<style>${STYLE}</style>
</head>
<body>
<main>
<h1>${title}</h1>
<p>${messageOf(code, language)}</p>
<p><a href="/auth/login">${AGAIN[language]}</a></p>
</main>
</body>
</html>
`;
}
