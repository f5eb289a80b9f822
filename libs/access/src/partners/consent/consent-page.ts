import { createHash } from 'node:crypto';

/** Version of the words on the consent page. Grants remember under which one they were made: new words, new version. */
export const CONSENT_TEXT_VERSION = '2026-11-1';

/** Dark on white with at least 7:1, targets of 44 px and more, focus that can be seen (WCAG 2.2 AA). */
const STYLE = `
  body { font: 1.125rem/1.5 system-ui, sans-serif; max-width: 34rem; margin: 3rem auto; padding: 0 1rem; color: #1b1b1b; background: #fff; overflow-wrap: break-word; }
  h1 { font-size: 1.6rem; line-height: 1.25; }
  h2 { font-size: 1.2rem; margin-bottom: .25rem; }
  .buttons { display: flex; flex-wrap: wrap; gap: 1rem; margin-top: 2rem; }
  button, .button { font: inherit; min-height: 2.75rem; padding: .6rem 1.4rem; border: 2px solid #00416a; border-radius: .25rem; cursor: pointer; text-decoration: none; }
  button.allow, .button { color: #fff; background: #00416a; }
  button.deny { color: #00416a; background: #fff; }
  button:focus-visible, a:focus-visible { outline: 3px solid #8a4600; outline-offset: 3px; }
`;

const STYLE_DIGEST = createHash('sha256').update(STYLE).digest('base64');

/** What the customer is asked. All texts are escaped here. */
export interface ConsentQuestion {
  /** Where the answer goes: a path of this server. */
  readonly action: string;
  readonly formToken: string;
  readonly customerName: string;
  readonly partnerName: string;
  /** German sentences, one for each scope. */
  readonly scopes: readonly string[];
  /** Last day of the grant, for people. */
  readonly until: string;
}

/** Asks the customer whether the partner may. Refusing is as easy as allowing. */
export function consentPage(question: ConsentQuestion): string {
  const { action, formToken, customerName, partnerName, scopes, until } = question;
  const partner = escapeHtml(partnerName);
  const items = scopes.map((scope) => `<li>${escapeHtml(scope)}</li>`).join('\n      ');
  return page(
    `Freigabe für ${partnerName}`,
    `<h1>Darf ${partner} auf Ihre Angaben zugreifen?</h1>
    <p>Angemeldet als ${escapeHtml(customerName)}.</p>
    <h2>Das darf ${partner} dann</h2>
    <ul>
      ${items}
    </ul>
    <h2>So lange gilt die Freigabe</h2>
    <p>Bis zum ${escapeHtml(until)}. Sie können sie jederzeit in Ihrem Kundenkonto beenden; dann ist der Zugriff sofort
    gesperrt. Jeder Zugriff wird protokolliert, das Protokoll steht in Ihrem Kundenkonto.</p>
    <p>Die Freigabe ist freiwillig und keine Bedingung für einen Vertrag mit uns. Eine frühere Freigabe für ${partner}
    wird durch diese ersetzt.</p>
    <form method="post" action="${escapeHtml(action)}">
      <input type="hidden" name="token" value="${escapeHtml(formToken)}">
      <div class="buttons">
        <button class="allow" type="submit" name="decision" value="allow">Ja, erlauben</button>
        <button class="deny" type="submit" name="decision" value="deny">Nein, ablehnen</button>
      </div>
    </form>`,
  );
}

/**
 * Goes on at `path` by itself. Browsers hold strict cookies back from a page that another site led to; from this one
 * they send them.
 */
export function onwardPage(path: string): string {
  const target = escapeHtml(path);
  return page(
    'Einen Moment bitte',
    `<h1>Einen Moment bitte</h1>
    <p>Es geht gleich weiter. Falls nicht:</p>
    <p><a class="button" href="${target}">Weiter</a></p>`,
    `<meta http-equiv="refresh" content="0;url=${target}">`,
  );
}

/** A page that only says something. */
export function messagePage(title: string, sentence: string): string {
  return page(title, `<h1>${escapeHtml(title)}</h1>\n    <p>${escapeHtml(sentence)}</p>`);
}

/**
 * Headers of such a page: it loads nothing, runs nothing and is shown in no frame.
 * @param formTargets origins beside this one to which an answer of its form may lead
 */
export function pageHeaders(formTargets: readonly string[] = []): Readonly<Record<string, string>> {
  const policy = [
    "default-src 'none'",
    `style-src 'sha256-${STYLE_DIGEST}'`,
    `form-action ${["'self'", ...formTargets].join(' ')}`,
    "base-uri 'none'",
    "frame-ancestors 'none'",
  ];
  return {
    'content-type': 'text/html; charset=utf-8',
    'content-security-policy': policy.join('; '),
    // Without a referrer browsers would send the form with the origin "null".
    'referrer-policy': 'same-origin',
  };
}

function page(title: string, body: string, head = ''): string {
  return `<!doctype html>
<html lang="de">
  <head>
    <meta charset="utf-8">
    <meta name="viewport" content="width=device-width, initial-scale=1">
    <title>${escapeHtml(title)}</title>
    <style>${STYLE}</style>
    ${head}
  </head>
  <body>
    <main>
    ${body}
    </main>
  </body>
</html>
`;
}

const ENTITIES: Readonly<Record<string, string>> = {
  '&': '&amp;',
  '<': '&lt;',
  '>': '&gt;',
  '"': '&quot;',
  "'": '&#39;',
};

function escapeHtml(text: string): string {
  return text.replace(/[&<>"']/g, (character) => ENTITIES[character] ?? '');
}
